/*
 * quadrature.h
 *		Integrals: Gauss-Legendre of a stated order, and double exponential.
 */
#ifndef CLIENTELE_MATH_QUADRATURE_H
#define CLIENTELE_MATH_QUADRATURE_H

typedef double (*Integrand) (double x, void *context);

/* Nodes and weights on [0, 1] of order 4, 6, 8, 12, 16, 24, 32; NULL otherwise */
extern const double *gauss_legendre_nodes(int order);
extern const double *gauss_legendre_weights(int order);

/*
 * E[f(p)] for p ~ Beta(a, b): double exponential quadrature in the logit of p.
 * The function is called with p and 1 - p, neither of which has lost digits,
 * and must be smooth in the logit, and p f(p) bounded where that has a mean. a
 * and b from 1e-6 to 1e6. Below the smallest normal double (where most of the
 * mass is for a < 1e-3) f is taken to be level.
 */
typedef double (*BetaIntegrand) (double p, double complement, void *context);
extern double beta_expectation(double a, double b, BetaIntegrand f,
							   void *context);

/*
 * Integral over the whole line of a function that is analytic in a strip about
 * it and decays at least exponentially on both sides. Most of it lies within a
 * few widths of 0, where the function is not small.
 */
extern double line_integral(Integrand f, void *context, double width);

/* Integral over x > 0 of a function with f(0) = 1 that decays on the scale width */
extern double half_line_integral(Integrand f, void *context, double width);

#endif							/* CLIENTELE_MATH_QUADRATURE_H */
