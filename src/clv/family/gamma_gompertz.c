/*
 * gamma_gompertz.c
 *		GGompertz/NBD as a family of purchase models, and the quadrature over
 *		lifetimes that its likelihood and its predictions share.
 *
 * Source: Bemmaor & Glady (2012), "Modeling purchasing behavior with sudden
 * 'death': a flexible customer lifetime model", Management Science 58(5).
 *
 * Nothing has a closed form here that one would want to compute: each answer is
 * an integral over the time at which the customer leaves, of positive terms.
 * The paper's forms are differences of hypergeometric functions, which cancel.
 *
 * Two facts make the quadrature cheap. First, what is left of a lifetime at age
 * t is a lifetime of the same kind with beta - 1 times e^(-b t) in the place of
 * beta - 1, so that every integral can begin at 0, and e^(b t) is never formed
 * for the age of a customer. Second, where the integrand stops being analytic is
 * known, so the order of Gauss-Legendre quadrature that a length needs is known
 * beforehand:
 *
 * - (alpha + u)^-k at u = -alpha;
 * - for beta < 1, S at u = ln(1 - beta) / b, left of 0 too;
 * - S where e^(b u) = 1 - beta, off the real line: pi / b away from the time at
 *	 which e^(b u) = beta - 1 for beta > 1, 2 pi / b for beta < 1.
 *
 * In xi = ln(1 + u/d), with d the smaller distance of the first two, the
 * integrand is analytic within pi of the real line as far as these go; the third
 * bounds the length in b u, until u is so far beyond the place that S is an
 * exponential function to all digits. What remains is by how much the integrand
 * changes over the length. A long stretch is covered by rules of 24 nodes one
 * after the other until what is left is negligible, for which there is an exact
 * bound.
 */
#include "clv/family/gamma_gompertz.h"

#include <math.h>

#include "math/quadrature.h"

/* Beyond this exponent of e^(b u), S is exponential. */
#define FAR		600.0

/*
 * Orders of Gauss-Legendre, up to which length in xi and up to which change of
 * the logarithm of the integrand each is good to some 1e-13.
 */
static const struct
{
	int			order;
	double		length;
	double		change;
}			rules[] =

{
	{4, 0.28, 0.33},
	{6, 1.1, 1.8},
	{8, 2.2, 4.5},
	{12, 4.5, 13.0},
	{16, 6.9, 24.0},
	{24, 11.3, 49.0}
};

#define RULES	((int) (sizeof(rules) / sizeof(rules[0])))
#define LONGEST (rules[RULES - 1].length)
#define SHORT_RULES	3
#define STEEPEST (rules[RULES - 1].change)

/* A length is cut to six tenths so often at most. */
#define MAX_CUTS	100

/* The lifetime of a new customer. */
GompertzLife
gompertz_life(const double *parameters)
{
	GompertzLife life;

	life.b = parameters[GOMPERTZ_B];
	life.s = parameters[GOMPERTZ_S];
	life.beta = parameters[GOMPERTZ_BETA];
	life.excess = life.beta - 1.0;
	return life;
}

/* What is left of it for a customer who is still one after that time. */
GompertzLife
gompertz_later(const GompertzLife *life, double time)
{
	GompertzLife later = *life;
	double		decay;

	if (!(time > 0.0))
		return later;
	decay = exp(-life->b * time);
	later.excess = life->excess * decay;
	/* two positive terms where 1 + excess would cancel */
	if (life->excess < 0.0)
		later.beta = life->beta * decay - expm1(-life->b * time);
	else
		later.beta = 1.0 + later.excess;
	return later;
}

/* w(t) = ln(1 + (e^(b t) - 1) / beta) */
double
gompertz_wear(const GompertzLife *life, double time)
{
	double		v = life->b * time;
	double		ratio = v < FAR ? expm1(v) / life->beta : INFINITY;

	return isinf(ratio) ? v - log(life->beta) : log1p(ratio);
}

/* The time at which wear is w. */
double
gompertz_time(const GompertzLife *life, double wear)
{
	if (wear > FAR)
		return (wear + log(life->beta)) / life->b;
	return log1p(life->beta * expm1(wear)) / life->b;
}

/*
 * The distance d to the nearest real point left of the stretch where the
 * integrand is singular; there may be none: then a distance at which ln(1 + u/d)
 * is a straight line.
 */
static double
nearest_singularity(const GompertzStretch *stretch, double length)
{
	double		d = 1e6 * length;

	if (stretch->power > 0.0 && stretch->alpha < d)
		d = stretch->alpha;
	if (stretch->life.excess < 0.0)
	{
		/* beta itself is a lower bound, and near it where it matters */
		double		distance = stretch->life.beta < 0.25 ?
			stretch->life.beta : -log(-stretch->life.excess);

		if (distance < d * stretch->life.b)
			d = distance / stretch->life.b;
	}
	return d;
}

/*
 * The first rule among that many that is good for a length in xi and a change
 * of the logarithm together; RULES if none is.
 */
static int
rule_for(double xi, double change, int choices)
{
	for (int i = 0; i < choices; i++)
	{
		if (xi * rules[i].change + change * rules[i].length <=
			rules[i].length * rules[i].change)
			return i;
	}
	return RULES;
}

/*
 * The same for a short length, from bounds that take no logarithm; RULES if they
 * do not say.
 */
static int
short_rule(const GompertzStretch *stretch, double length, double d)
{
	const GompertzLife *life = &stretch->life;
	double		v = life->b * length;
	double		wear = life->excess < 0.0 ? v / life->beta : v;
	double		xi = length / d;
	double		change = stretch->delta * length + life->s * wear;

	if (stretch->purchases > 0.0)
		return RULES;
	if (stretch->power > 0.0)
		change += stretch->power * (length / stretch->alpha);
	if (stretch->leaving)
		change += wear;
	return rule_for(xi * fmax(1.0, life->b * (d + length)), change, SHORT_RULES);
}

/*
 * The rule for [0, length]; RULES if none is good enough.
 */
static int
choose_rule(const GompertzStretch *stretch, double length, double d)
{
	const GompertzLife *life = &stretch->life;
	double		excess = fabs(life->excess);
	double		log_ratio = 0.0;
	double		xi;
	double		wear;
	double		change;
	int			rule = short_rule(stretch, length, d);

	if (rule < RULES)
		return rule;
	xi = log1p(length / d);
	wear = gompertz_wear(life, length);
	change = stretch->delta * length + life->s * wear;
	if (stretch->power > 0.0)
		log_ratio = log1p(length / stretch->alpha);
	change += stretch->power * log_ratio;
	if (stretch->leaving)
		change += fabs(life->b * length - wear);
	if (stretch->purchases > 0.0)
		change += stretch->purchases *
			(log1p(length / stretch->begin) - log_ratio);

	/* The singularities off the real line, until they are far behind. */
	if (excess > 1e-17)
	{
		double		reach = life->excess > 0.0 ? 1.0 : 2.0;

		if (excess < 1.0)
			reach -= 0.5 * log(excess);
		xi *= fmax(1.0, life->b * (d + length) / reach);
	}
	return rule_for(xi, change, RULES);
}

/* Fill in nodes for [0, length] by that rule. */
static int
fill_nodes(const GompertzStretch *stretch, double length, double d, int rule,
		   GompertzNode *nodes)
{
	const GompertzLife *life = &stretch->life;
	int			order = rules[rule].order;
	const double *at = gauss_legendre_nodes(order);
	const double *weights = gauss_legendre_weights(order);
	double		xi = log1p(length / d);
	double		factor = xi * (stretch->leaving ? life->s * life->b : 1.0);
	double		inverse_beta = 1.0 / life->beta;
	bool		own = d == stretch->alpha;

	for (int i = 0; i < order; i++)
	{
		GompertzNode *node = &nodes[i];
		double		u = d * expm1(xi * at[i]);
		double		v = life->b * u;
		double		exponent;

		node->time = u;
		if (v < FAR)
		{
			double		growth = expm1(v);
			double		inverse = 1.0 / (life->beta + growth);

			node->wear = log1p(growth * inverse_beta);
			node->hazard = (1.0 + growth) * inverse;
			node->rest = life->excess * inverse;
		}
		else
		{
			node->wear = v - log(life->beta);
			node->hazard = 1.0;
			node->rest = 0.0;
		}
		exponent = -life->s * node->wear - stretch->delta * u;
		node->log_ratio = 0.0;
		if (stretch->power > 0.0)
		{
			node->log_ratio = own ? xi * at[i] : log1p(u / stretch->alpha);
			exponent -= stretch->power * node->log_ratio;
		}
		if (stretch->purchases > 0.0)
			exponent += stretch->purchases *
				(log1p(u / stretch->begin) - node->log_ratio);
		node->weight = weights[i] * factor * (d + u) * exp(exponent);
		if (stretch->leaving)
			node->weight *= node->hazard;
	}
	return order;
}

/* Nodes for all of [0, length], or none. */
int
gompertz_nodes_whole(const GompertzStretch *stretch, double length,
					 GompertzNode *nodes)
{
	double		d = nearest_singularity(stretch, length);
	int			rule = choose_rule(stretch, length, d);

	return rule == RULES ? 0 : fill_nodes(stretch, length, d, rule, nodes);
}

/* Nodes for as much of [0, length] as one rule does for. */
int
gompertz_nodes(const GompertzStretch *stretch, double *length,
			   GompertzNode *nodes)
{
	const GompertzLife *life = &stretch->life;
	double		d;
	int			rule;

	/* No longer than each cause by itself allows... */
	if (isinf(*length))
		*length = gompertz_time(life, STEEPEST / life->s);
	d = nearest_singularity(stretch, *length);
	rule = choose_rule(stretch, *length, d);
	if (rule == RULES)
	{
		*length = fmin(*length, d * expm1(LONGEST));
		*length = fmin(*length, gompertz_time(life, STEEPEST / life->s));
		if (stretch->delta > 0.0)
			*length = fmin(*length, STEEPEST / stretch->delta);
		if (stretch->power > 0.0)
			*length = fmin(*length, stretch->alpha *
						   expm1(fmin(STEEPEST / stretch->power, FAR)));
		if (stretch->purchases > 0.0)
			*length = fmin(*length, stretch->begin *
						   expm1(fmin(STEEPEST / stretch->purchases, FAR)));

		/* ...and as long as they do together. */
		for (int i = 0; i < MAX_CUTS; i++)
		{
			d = nearest_singularity(stretch, *length);
			rule = choose_rule(stretch, *length, d);
			if (rule < RULES)
				break;
			*length *= 0.6;
		}
		if (rule == RULES)
			rule--;
	}
	return fill_nodes(stretch, *length, d, rule, nodes);
}

/* Move the beginning on. */
double
gompertz_advance(GompertzStretch *stretch, double time)
{
	double		fall = stretch->delta * time +
		stretch->life.s * gompertz_wear(&stretch->life, time);
	double		log_ratio = 0.0;

	if (stretch->power > 0.0)
	{
		log_ratio = log1p(time / stretch->alpha);
		fall += stretch->power * log_ratio;
	}
	if (stretch->purchases > 0.0)
	{
		fall -= stretch->purchases *
			(log1p(time / stretch->begin) - log_ratio);
		stretch->begin += time;
	}
	stretch->alpha += time;
	stretch->life = gompertz_later(&stretch->life, time);
	return fall;
}

static const char *const parameter_names[] = {"r", "alpha", "beta", "b", "s"};
static const int time_power[] = {0, 1, 0, -1, 0};

const PurchaseFamily gamma_gompertz_family = {
	.name = "ggompertz/nbd",
	.nparameters = GOMPERTZ_PARAMETERS,
	.parameter_names = parameter_names,
	.log_likelihood = gamma_gompertz_log_likelihood,
	.start = gamma_gompertz_start,
	.time_power = time_power,
	.dropout_kind = DROPOUT_RATE,
	.log_likelihood_one = gamma_gompertz_log_likelihood_one,
	.p_alive = gamma_gompertz_p_alive,
	.expected_purchases = gamma_gompertz_expected_purchases,
	.expected_purchases_new = gamma_gompertz_expected_purchases_new,
	.purchase_probability = gamma_gompertz_purchase_probability,
	.purchase_probability_new = gamma_gompertz_purchase_probability_new,
	.discounted_purchases = gamma_gompertz_discounted_purchases,
	.purchase_rate = gamma_gompertz_purchase_rate,
	.dropout = gamma_gompertz_dropout,
};
