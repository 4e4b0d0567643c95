/*
 * logistic_solve.h
 *		What follows from the sums of a step: collinear terms, the next step,
 *		the covariance. Pure mathematics, without postgres.h.
 */
#ifndef CLIENTELE_SCORE_LOGISTIC_SOLVE_H
#define CLIENTELE_SCORE_LOGISTIC_SOLVE_H

#include <stdbool.h>

#include "math/sum.h"

/* The system of a step. Terms are taken in an order of the caller's. */
typedef struct LogisticSystem
{
	int			nterms;
	const int  *order;			/* nterms: a permutation */
	const double *penalties;	/* nterms: of ridge, 0 where there is none */
	const double *estimates;
	const LongSum *gradient;
	const double *information;	/* lower triangle */
	bool	   *left_out;		/* nterms */
	double	   *memory;			/* nterms^2 + nterms, for the factor */
	int		   *scratch;		/* 2 nterms */
	void		(*interrupt) (void);
} LogisticSystem;

extern int	logistic_leave_out(const LogisticSystem *system,
							   unsigned char *dependence);
extern int	logistic_newton_step(const LogisticSystem *system, double *step,
								 double *decrement);
extern void logistic_covariance(const LogisticSystem *system, int n,
								const double *scales, const double *centers,
								int nnumbers, double *covariance);
extern double logistic_gain(const LogisticSystem *system, const double *step);

#endif							/* CLIENTELE_SCORE_LOGISTIC_SOLVE_H */
