/*
 * nbd.h
 *		NBD: customers who never leave.
 *
 * Parameters: r, alpha, in this order.
 */
#ifndef CLIENTELE_CLV_FAMILY_NBD_H
#define CLIENTELE_CLV_FAMILY_NBD_H

#include "clv/family/family.h"

extern const PurchaseFamily nbd_family;

/*
 * ln Gamma(r + x) - ln Gamma(r) and its two derivatives by r: what the number
 * of purchases has to do with a rate from Gamma(r, alpha).
 */
typedef struct RateRising
{
	double		log_sum;
	double		first;
	double		second;
} RateRising;

extern RateRising rate_rising(double r, double x);

/*
 * The same from the first rising table of the data, to be filled for this r by
 * rate_rising_fill().
 */
extern void rate_rising_fill(const FamilyData *data, double r);
extern RateRising rate_rising_at(const FamilyData *data, double r, double x);

/* P(n purchases within t) of a customer who stays, rate from Gamma(r, alpha) */
extern double nbd_probability(double r, double alpha, double n, double t);

#endif							/* CLIENTELE_CLV_FAMILY_NBD_H */
