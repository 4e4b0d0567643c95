/*
 * newton.h
 *		Damped Newton ascent of a smooth function of a few parameters.
 */
#ifndef CLIENTELE_MATH_NEWTON_H
#define CLIENTELE_MATH_NEWTON_H

#include <stdbool.h>

#define NEWTON_MAX_PARAMETERS 64

/*
 * Value, gradient (n) and Hessian (n x n, row-major) at theta. Returns false if
 * the function is not finite there (a step to such a point is shortened).
 */
typedef bool (*NewtonFunction) (const double *theta, double *value,
								double *gradient, double *hessian,
								void *context);

/* Called once an iteration; true asks to stop (an interrupt is pending). */
typedef bool (*NewtonInterrupt) (void *context);

typedef enum NewtonStatus
{
	NEWTON_CONVERGED,			/* gradient and step below their tolerances */
	NEWTON_BOUNDARY,			/* left the box |theta_i| <= limit, or is flat */
	NEWTON_NOT_CONVERGED,		/* iterations exhausted or no ascent possible */
	NEWTON_INTERRUPTED,
	NEWTON_NOT_FINITE			/* not finite at the starting point */
} NewtonStatus;

typedef struct NewtonOptions
{
	int			max_iterations; /* 0: 200 */
	double		gradient_tolerance; /* 0: 1e-9; of the Newton decrement, see
									 * .c */
	double		limit;			/* 0: none; |theta_i| beyond this is boundary */
	double		flatness;		/* 0: 1e-9; an eigenvalue of -Hessian,
								 * relative to scale, below this is flat */
	double		scale;			/* weight of the data (number of customers);
								 * 0: 1 */
	double		max_step;		/* 0: 2; bound on the largest change of one
								 * parameter in one iteration */
	NewtonInterrupt interrupt;	/* or NULL */
	void	   *interrupt_context;
} NewtonOptions;

typedef struct NewtonResult
{
	NewtonStatus status;
	int			iterations;
	int			evaluations;
	double		value;
	double		gradient[NEWTON_MAX_PARAMETERS];
	double		hessian[NEWTON_MAX_PARAMETERS * NEWTON_MAX_PARAMETERS];
	double		decrement;		/* Newton decrement at the end */
} NewtonResult;

/* Maximize; theta holds the start and receives the place that was reached. */
extern void newton_maximize(NewtonFunction function, void *context, int n,
							double *theta, const NewtonOptions *options,
							NewtonResult *result);

#endif							/* CLIENTELE_MATH_NEWTON_H */
