/*
 * condensed_alive.h
 *		BG/CNBD-k and MBG/CNBD-k: the future of a customer who is alive.
 *
 * Given that, what is not known about a customer who bought k x phases long,
 * has been seen until T, and last bought a time gap before: the phase j since
 * then, 0 to k - 1; the rate of the phases, from Gamma(r + k x + j, alpha + T);
 * and the probability of leaving after a purchase, from Beta(a, b'), which is
 * independent of both. With N phases in the time to come, j + N of them are M
 * in all, and floor(M / k) purchases for one who does not leave.
 */
#ifndef CLIENTELE_CLV_FAMILY_CONDENSED_ALIVE_H
#define CLIENTELE_CLV_FAMILY_CONDENSED_ALIVE_H

#include "clv/family/condensed.h"

typedef struct CondensedAlive
{
	int			k;
	double		r;				/* r + k x */
	double		alpha;			/* alpha + T */
	double		a;
	double		b;				/* b' = b + x + m */
	double		gap;			/* since the last purchase */
	double		phases;			/* sum of what follows, before it was scaled */
	double		phase[CONDENSED_MAX];	/* probabilities of j */
} CondensedAlive;

/* condensed_alive.c: expected purchases within t; P(alive then) */
extern double condensed_purchases(const CondensedAlive *customer, double t);
extern double condensed_survival(const CondensedAlive *customer, double t);

/* condensed_discount.c: expected purchases, each discounted by delta */
extern double condensed_discounted(const CondensedAlive *customer, double t,
								   double delta);

#endif							/* CLIENTELE_CLV_FAMILY_CONDENSED_ALIVE_H */
