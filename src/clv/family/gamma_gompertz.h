/*
 * gamma_gompertz.h
 *		GGompertz/NBD: customers who buy as a Poisson process and whose risk of
 *		leaving grows with their age.
 *
 * Bemmaor & Glady (2012). The purchase rate is from Gamma(r, rate alpha); the
 * lifetime is Gompertz, P(lifetime > t) = exp(-eta (e^(b t) - 1)), with eta from
 * Gamma(s, rate beta), so that over all customers
 *
 *		S(t) = (beta / (beta - 1 + e^(b t)))^s.
 *
 * Parameters: r, alpha, beta, b, s, in this order. beta above 1: who stays is
 * ever more likely to leave; below 1: who stays has shown to be of the lasting
 * kind. With beta = b times beta' and b to 0 this is Pareto/NBD(r, alpha, s,
 * beta').
 *
 * In this header is also what its likelihood and its predictions have in common:
 * lifetimes from any age on, and quadrature over stretches of them.
 */
#ifndef CLIENTELE_CLV_FAMILY_GAMMA_GOMPERTZ_H
#define CLIENTELE_CLV_FAMILY_GAMMA_GOMPERTZ_H

#include "clv/family/family.h"

extern const PurchaseFamily gamma_gompertz_family;

enum
{
	GOMPERTZ_R, GOMPERTZ_ALPHA, GOMPERTZ_BETA, GOMPERTZ_B, GOMPERTZ_S,
	GOMPERTZ_PARAMETERS
};

/*
 * The lifetime that is left at some age. It is of the same kind at every age:
 * only beta moves towards 1.
 */
typedef struct GompertzLife
{
	double		b;
	double		s;
	double		beta;
	double		excess;			/* beta - 1, which has not lost digits */
} GompertzLife;

extern GompertzLife gompertz_life(const double *parameters);
extern GompertzLife gompertz_later(const GompertzLife *life, double time);

/* w(t) = ln(1 + (e^(b t) - 1) / beta), with which survival is e^(-s w). */
extern double gompertz_wear(const GompertzLife *life, double time);

/* The time at which wear is w. */
extern double gompertz_time(const GompertzLife *life, double wear);

/*
 * What is to be integrated over u from 0 on:
 *
 *		(1 + u/alpha)^-power e^(-delta u) S(u), times, if leaving is set, the
 *		hazard -S'/S; and times (z(u) / z(0))^purchases,
 *		z(u) = (begin + u) / (alpha + u).
 *
 * All of it relative to the beginning of the stretch.
 */
typedef struct GompertzStretch
{
	GompertzLife life;			/* at the beginning */
	double		alpha;			/* of the purchase rate there */
	double		power;			/* 0: no purchases */
	double		delta;
	bool		leaving;
	double		purchases;
	double		begin;			/* with purchases > 0: its time, above 0 */
} GompertzStretch;

/* One node of the quadrature, with the weight of the integrand there. */
typedef struct GompertzNode
{
	double		time;			/* u */
	double		log_ratio;		/* ln(1 + u/alpha) */
	double		wear;			/* w(u) */
	double		hazard;			/* phi = hazard / (s b) */
	double		rest;			/* 1 - phi */
	double		weight;
} GompertzNode;

#define GOMPERTZ_MAX_NODES	24

/*
 * Nodes for a first part of the stretch, as long as one rule does for, at most
 * length, which is set to how long it is. Returns how many.
 */
extern int	gompertz_nodes(const GompertzStretch *stretch, double *length,
						   GompertzNode *nodes);

/*
 * Nodes for all of [0, length]; 0 if that is more than one rule can do.
 */
extern int	gompertz_nodes_whole(const GompertzStretch *stretch, double length,
								 GompertzNode *nodes);

/*
 * Move the beginning on by time; returns by which factor, as a logarithm, the
 * integrand (without the hazard) falls until there.
 */
extern double gompertz_advance(GompertzStretch *stretch, double time);

/* gamma_gompertz_fit.c */
extern bool gamma_gompertz_log_likelihood(const double *log_parameters,
										  const FamilyData *data,
										  double *value, double *gradient,
										  double *hessian);
extern void gamma_gompertz_start(const FamilyData *data,
								 double *log_parameters);

/* gamma_gompertz_predict.c */
extern double gamma_gompertz_log_likelihood_one(const double *parameters,
												const PurchaseHistorySummary *customer);
extern double gamma_gompertz_p_alive(const double *parameters,
									 const PurchaseHistorySummary *customer,
									 double t);
extern double gamma_gompertz_expected_purchases(const double *parameters,
												const PurchaseHistorySummary *customer,
												double t);
extern double gamma_gompertz_expected_purchases_new(const double *parameters,
													double t);
extern double gamma_gompertz_purchase_probability(const double *parameters,
												  const PurchaseHistorySummary *customer,
												  int n, double t);
extern double gamma_gompertz_purchase_probability_new(const double *parameters,
													  int n, double t);
extern double gamma_gompertz_discounted_purchases(const double *parameters,
												  const PurchaseHistorySummary *customer,
												  double t, double delta);
extern double gamma_gompertz_purchase_rate(const double *parameters,
										   const PurchaseHistorySummary *customer);
extern double gamma_gompertz_dropout(const double *parameters,
									 const PurchaseHistorySummary *customer);

#endif							/* CLIENTELE_CLV_FAMILY_GAMMA_GOMPERTZ_H */
