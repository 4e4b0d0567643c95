/*
 * ascent.h
 *		From several starts to the best place that a likelihood has.
 */
#ifndef CLIENTELE_CLV_FAMILY_ASCENT_H
#define CLIENTELE_CLV_FAMILY_ASCENT_H

#include "clv/family/purchase_fit.h"
#include "math/newton.h"

/* What is to be maximized, over n logarithms of parameters or coefficients. */
typedef struct Ascent
{
	NewtonFunction function;
	void	   *context;
	int			n;
	double		limit;			/* each is kept within +-limit */
	double		customers;		/* weight of the data */
	const FitOptions *options;	/* for the interrupt */
} Ascent;

/*
 * Maximize from one start after the other (starts is nstarts x n, row by row)
 * until one converges; theta becomes the best place reached: one that
 * converged unless there is a higher one. Iterations and evaluations are added
 * to those of result. best->status is NEWTON_INTERRUPTED if an interrupt ended
 * it.
 */
extern void ascend(const Ascent *ascent, const double *starts, int nstarts,
				   double *theta, NewtonResult *best, FitResult *result);

/* What the end of an ascent says of a fit. */
extern FitStatus fit_status(const NewtonResult *reached, const double *theta,
							int n, double limit);

#endif							/* CLIENTELE_CLV_FAMILY_ASCENT_H */
