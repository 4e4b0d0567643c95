/*
 * gamma_gompertz_predict.c
 *		Predictions of GGompertz/NBD.
 *
 * A customer bought x times, the last time at t, and was seen until T. With
 * k = r + x, what the two ways to that history weigh, both relative to being a
 * customer at t, is
 *
 *		still one at T:	e^-E, E = k ln((alpha + T)/(alpha + t)) + s w(T - t)
 *		left between:	the integral over u from 0 to T - t of
 *						(1 + u/(alpha + t))^-k (-S'(u)) du
 *
 * where S(u) = e^(-s w(u)) is the lifetime that is left at t. Their sum is the
 * likelihood but for factors, the share of the first is P(alive). Given that,
 * the rate is from Gamma(k, alpha + T), the lifetime left is one of the same kind
 * (gompertz_later), and the two are independent. So expected purchases are
 * k / (alpha + T) times the expected time until the customer leaves or the
 * horizon ends; discounted, each moment counts e^(-delta u).
 *
 * Sums are of positive terms, each kept relative to the first one, and each
 * stretch of an integral ends when an exact bound says that the rest does not
 * count: the weight of all that is left of a lifetime is that of being alive.
 */
#include "clv/family/gamma_gompertz.h"

#include <math.h>

#include "math/beta.h"
#include "math/gamma.h"

/* What does not count beside 1. */
#define NEGLIGIBLE	1e-17

/* Survival to a wear beyond this, in units of 1/s, has no digits left. */
#define LIFE_END	740.0

/* Up to this argument a series is cheaper than quadrature... */
#define SERIES_LIMIT	0.9

/* ...unless so many nodes do. */
#define FEW_NODES	12

/* More panels, and more cuts of one, than any integral has. */
#define MAX_PANELS	1000
#define MAX_CUTS	100

/* A customer who has just made the first purchase. */
static const PurchaseHistorySummary new_customer = {0.0, 0.0, 0.0, 0.0};

/* What a history says. */
typedef struct Posterior
{
	double		log_weight;		/* of the history, but for factors in x */
	double		alive;			/* P(alive), and its complement */
	double		gone;
	double		rate;			/* mean rate of purchases */
	double		power;			/* given alive: r + x, alpha + T, and the */
	double		alpha;			/* lifetime that is left */
	GompertzLife life;
} Posterior;

static double
sum_of_weights(const GompertzNode *nodes, int n)
{
	double		sum = 0.0;

	for (int i = 0; i < n; i++)
		sum += nodes[i].weight;
	return sum;
}

/* Bayes' theorem for one customer. */
static Posterior
posterior_of(const double *parameters, const PurchaseHistorySummary *customer)
{
	double		alpha = parameters[GOMPERTZ_ALPHA];
	double		recency = customer->frequency > 0.0 ? customer->recency : 0.0;
	double		length = customer->age - recency;
	GompertzLife life = gompertz_life(parameters);
	GompertzStretch stretch = {.leaving = true};
	GompertzNode nodes[GOMPERTZ_MAX_NODES];
	Posterior	result;
	double		left = 0.0;		/* weight of having left */
	double		left_rate = 0.0;	/* the same times the mean rate then */
	double		fall = 0.0;
	double		weight = 1.0;	/* of being alive so far */

	result.power = parameters[GOMPERTZ_R] + customer->frequency;
	stretch.power = result.power;
	stretch.alpha = alpha + recency;
	stretch.life = gompertz_later(&life, recency);
	for (int panel = 0; panel < MAX_PANELS && length > 0.0; panel++)
	{
		double		part = length;
		int			n = gompertz_nodes(&stretch, &part, nodes);
		double		sum = 0.0;
		double		sum_rate = 0.0;

		for (int i = 0; i < n; i++)
		{
			sum += nodes[i].weight;
			sum_rate += nodes[i].weight / (stretch.alpha + nodes[i].time);
		}
		left += weight * sum;
		left_rate += weight * sum_rate;
		fall += gompertz_advance(&stretch, part);
		weight = exp(-fall);
		if (part == length)
			break;
		length -= part;
		if (weight <= NEGLIGIBLE * left)
		{
			/* What is left is not worth looking at, but how little it is. */
			fall += gompertz_advance(&stretch, length);
			weight = exp(-fall);
			break;
		}
	}

	result.alpha = alpha + customer->age;
	result.life = gompertz_later(&life, customer->age);
	result.alive = weight / (weight + left);
	result.gone = left / (weight + left);
	result.rate = result.power * (weight / result.alpha + left_rate) /
		(weight + left);
	result.log_weight = log(weight + left) -
		parameters[GOMPERTZ_S] * gompertz_wear(&life, recency);
	return result;
}

/*
 * The mean of all that is left of a lifetime, discounted: with c = s + delta/b
 *
 *		1/(b c) 2F1(1, s; c + 1; 1 - 1/beta)				for beta >= 1,
 *		beta/(b c) 2F1(1, 1 + delta/b; c + 1; 1 - beta)		below,
 *
 * series of positive terms that fall faster than powers of their argument.
 * Returns false if that is near 1.
 */
static bool
mean_left(const GompertzLife *life, double delta, double *result)
{
	double		discount = delta / life->b;
	double		c = life->s + discount;
	double		first = life->excess < 0.0 ? 1.0 + discount : life->s;
	double		z = life->excess < 0.0 ? -life->excess : life->excess / life->beta;
	double		term = 1.0;
	double		sum = 1.0;

	if (z > SERIES_LIMIT)
		return false;
	for (int n = 0; term > NEGLIGIBLE * (1.0 - z) * sum; n++)
	{
		term *= (first + n) / (c + 1.0 + n) * z;
		sum += term;
	}
	*result = sum / (c * life->b) * (life->excess < 0.0 ? life->beta : 1.0);
	return true;
}

/*
 * Expected time until the customer leaves or t has passed, with a discount: the
 * integral over u from 0 to t of e^(-delta u) S(u) du. By quadrature if a few
 * nodes do, or else what is left now less what is left then, from where the
 * series for it converge on.
 */
static double
expected_time(const GompertzLife *life, double t, double delta)
{
	GompertzStretch stretch = {.life = *life,.delta = delta};
	GompertzNode nodes[GOMPERTZ_MAX_NODES];
	GompertzLife last = gompertz_later(life, t);
	double		length = t;
	double		fall = 0.0;
	double		total = 0.0;

	for (int panel = 0; panel < MAX_PANELS && length > 0.0; panel++)
	{
		double		part = length;
		double		weight = exp(-fall);
		double		now;
		double		then = 0.0;
		double		staying = 0.0;
		double		rest;
		int			n;

		n = isinf(length) ? 0 : gompertz_nodes_whole(&stretch, length, nodes);
		if (n > 0 && n <= FEW_NODES)
			return total + weight * sum_of_weights(nodes, n);
		if (isfinite(length))
			staying = exp(-life->s * gompertz_wear(&stretch.life, length) -
						  delta * length);
		if (mean_left(&stretch.life, delta, &now) &&
			(staying == 0.0 || mean_left(&last, delta, &then)) &&
			staying * then <= 0.5 * now)
			return total + weight * (now - staying * then);

		n = gompertz_nodes(&stretch, &part, nodes);
		total += weight * sum_of_weights(nodes, n);
		if (part == length)
			break;
		length -= part;
		fall += gompertz_advance(&stretch, part);

		/*
		 * The mean of what is left: until e^(b u) = beta at most all of it,
		 * from then on the hazard is at least half of s b.
		 */
		rest = 2.0 / (life->s * life->b + delta);
		if (stretch.life.beta > 1.0)
			rest += log(stretch.life.beta) / life->b;
		if (exp(-fall) * rest <= NEGLIGIBLE * total)
			break;
	}
	return total;
}

/*
 * The probability of n purchases within t of a customer who is alive: n in all
 * that time, or n until leaving,
 *
 *		S(t) NBD(n; t) + integral over u from 0 to t of NBD(n; u) (-S'(u)) du,
 *
 * where NBD(n; u) is a multiple of z^n (1 + u/alpha)^-k, z = u / (alpha + u).
 * The integrand has a peak, at any place, and as narrow as it likes. From there
 * the quadrature goes left and right.
 */
typedef struct Mass
{
	GompertzLife life;
	double		power;
	double		alpha;
	int			n;
} Mass;

/*
 * The slope of the logarithm of u times the integrand in ln u. It falls as u
 * grows, but for at most 1.
 */
static double
mass_slope(const Mass *mass, double u)
{
	GompertzLife then = gompertz_later(&mass->life, u);
	double		share = u / (mass->alpha + u);
	double		v = mass->life.b * u;

	return 1.0 + mass->n * (1.0 - share) - mass->power * share +
		v * (then.excess - mass->life.s) / then.beta;
}

/* A place near the peak, or the end. */
static double
mass_peak(const Mass *mass, double t)
{
	const GompertzLife *life = &mass->life;
	double		high = log(t);
	double		low;

	if (mass_slope(mass, t) >= 0.0)
		return t;

	/* where all terms but 1 + n are small */
	low = fmin(mass->alpha / mass->power,
			   fmin(life->beta, 1.0) / (life->b * (1.0 + life->s)));
	low = log(0.1 * fmin(low, t));
	for (int i = 0; i < 30 && high - low > 0.3 / sqrt(1.0 + mass->n); i++)
	{
		double		middle = 0.5 * (low + high);

		if (mass_slope(mass, exp(middle)) >= 0.0)
			low = middle;
		else
			high = middle;
	}
	return exp(low);
}

/* The stretch of the integral that begins at u. */
static GompertzStretch
mass_stretch(const Mass *mass, double u)
{
	GompertzStretch stretch = {.leaving = true};

	stretch.life = gompertz_later(&mass->life, u);
	stretch.alpha = mass->alpha + u;
	stretch.power = mass->power;
	stretch.purchases = mass->n;
	stretch.begin = u;
	return stretch;
}

/*
 * The integral from start to t, relative to the integrand at start without the
 * hazard.
 */
static double
mass_rightwards(const Mass *mass, double start, double t)
{
	GompertzStretch stretch = mass_stretch(mass, start);
	GompertzNode nodes[GOMPERTZ_MAX_NODES];
	double		length = t - start;
	double		fall = 0.0;
	double		total = 0.0;

	for (int panel = 0; panel < MAX_PANELS && length > 0.0; panel++)
	{
		double		part = length;
		int			n = gompertz_nodes(&stretch, &part, nodes);

		total += exp(-fall) * sum_of_weights(nodes, n);
		if (part == length)
			break;
		length -= part;
		fall += gompertz_advance(&stretch, part);

		/* beyond the peak of NBD(n; u) all that is left counts at most... */
		if (mass->n * mass->alpha <= mass->power * (t - length) &&
			exp(-fall) <= NEGLIGIBLE * total)
			break;
	}
	return total;
}

/* The same from start to 0, for n > 0. */
static double
mass_leftwards(const Mass *mass, double start)
{
	GompertzNode nodes[GOMPERTZ_MAX_NODES];
	double		high = start;
	double		steps = 20.0 / (1.0 + mass->n); /* down, in the logarithm */
	double		rise = 0.0;
	double		total = 0.0;

	for (int panel = 0; panel < MAX_PANELS; panel++)
	{
		double		low = high;
		GompertzStretch stretch;
		int			n = 0;

		for (int cuts = 0; cuts < MAX_CUTS; cuts++)
		{
			low = high * exp(-steps);
			if (low == high)
				break;
			stretch = mass_stretch(mass, low);
			n = gompertz_nodes_whole(&stretch, high - low, nodes);
			if (n > 0)
				break;
			steps *= 0.6;
		}
		steps *= 2.0;
		/* narrower than a double can tell */
		if (n == 0)
			break;
		rise += gompertz_advance(&stretch, high - low);

		/* rise: from low to start, as a fall */
		total += exp(rise) * sum_of_weights(nodes, n);
		high = low;

		/* below the peak all that is left counts at most... */
		if (mass->n * mass->alpha >= mass->power * low &&
			expm1(mass->life.s * gompertz_wear(&mass->life, low)) * exp(rise) <= NEGLIGIBLE * total)
			break;
	}
	return total;
}

static double
mass_if_alive(const Mass *mass, double t)
{
	double		end = gompertz_time(&mass->life, LIFE_END / mass->life.s);
	double		length = t < end ? t : end;
	double		peak = mass->n > 0 ? mass_peak(mass, length) : 0.0;
	double		sum = mass_rightwards(mass, peak, length);
	double		weight = 1.0;
	double		alive = 0.0;

	if (mass->n > 0)
	{
		double		z = peak / (mass->alpha + peak);
		double		complement = mass->alpha / (mass->alpha + peak);

		sum += mass_leftwards(mass, peak);
		weight = exp(log_beta_kernel(mass->n, mass->power, z, complement) -
					 mass->life.s * gompertz_wear(&mass->life, peak)) / mass->n;
	}
	if (isfinite(t))
	{
		double		z = t / (mass->alpha + t);
		double		complement = mass->alpha / (mass->alpha + t);
		double		wear = mass->life.s * gompertz_wear(&mass->life, t);

		if (mass->n > 0)
			alive = exp(log_beta_kernel(mass->n, mass->power, z, complement) - wear) / mass->n;
		else
			alive = exp(-mass->power * log1p(t / mass->alpha) - wear);
	}
	return weight * sum + alive;
}

/* Log-likelihood of one customer. */
double
gamma_gompertz_log_likelihood_one(const double *parameters,
								  const PurchaseHistorySummary *customer)
{
	double		r = parameters[GOMPERTZ_R];
	double		alpha = parameters[GOMPERTZ_ALPHA];
	double		x = customer->frequency;
	double		recency = x > 0.0 ? customer->recency : 0.0;

	/* r ln alpha - (r + x) ln(alpha + t), regrouped so that r may be large */
	return log_gamma_difference(r, x) - r * log1p(recency / alpha) -
		x * log(alpha + recency) +
		posterior_of(parameters, customer).log_weight;
}

/* P(alive), after a further time t without news. */
double
gamma_gompertz_p_alive(const double *parameters,
					   const PurchaseHistorySummary *customer, double t)
{
	Posterior	p = posterior_of(parameters, customer);

	if (!(t > 0.0))
		return p.alive;
	return p.alive * exp(-p.life.s * gompertz_wear(&p.life, t));
}

/* Expected purchases in (age, age + t]. */
double
gamma_gompertz_expected_purchases(const double *parameters,
								  const PurchaseHistorySummary *customer,
								  double t)
{
	return gamma_gompertz_discounted_purchases(parameters, customer, t, 0.0);
}

double
gamma_gompertz_expected_purchases_new(const double *parameters, double t)
{
	return gamma_gompertz_discounted_purchases(parameters, &new_customer, t, 0.0);
}

/* P(n purchases in (age, age + t]) */
double
gamma_gompertz_purchase_probability(const double *parameters,
									const PurchaseHistorySummary *customer,
									int n, double t)
{
	Posterior	p;
	Mass		mass;
	double		result;

	if (n < 0)
		return 0.0;
	if (!(t > 0.0))
		return n == 0 ? 1.0 : 0.0;
	p = posterior_of(parameters, customer);
	mass.life = p.life;
	mass.power = p.power;
	mass.alpha = p.alpha;
	mass.n = n;
	result = p.alive == 0.0 ? 0.0 : p.alive * mass_if_alive(&mass, t);
	if (n == 0)
		result += p.gone;
	return result < 1.0 ? result : 1.0;
}

double
gamma_gompertz_purchase_probability_new(const double *parameters, int n,
										double t)
{
	return gamma_gompertz_purchase_probability(parameters, &new_customer, n, t);
}

/*
 * Expected discounted purchases in (age, age + t]. Finite even for all time to
 * come and without a discount: every lifetime ends exponentially at last.
 */
double
gamma_gompertz_discounted_purchases(const double *parameters,
									const PurchaseHistorySummary *customer,
									double t, double delta)
{
	Posterior	p;

	if (!(t > 0.0))
		return 0.0;
	p = posterior_of(parameters, customer);
	if (p.alive == 0.0)
		return 0.0;
	return p.alive * (p.power / p.alpha * expected_time(&p.life, t, delta));
}

/* Posterior mean of the rate of purchases while a customer. */
double
gamma_gompertz_purchase_rate(const double *parameters,
							 const PurchaseHistorySummary *customer)
{
	return posterior_of(parameters, customer).rate;
}

/*
 * The hazard of leaving now, of a customer of that age who is still one: the
 * posterior mean of eta b e^(b T), eta from Gamma(s, beta - 1 + e^(b T)) given
 * that. A customer who has left has no hazard, and that of who left long ago,
 * continued to today, would say nothing.
 */
double
gamma_gompertz_dropout(const double *parameters,
					   const PurchaseHistorySummary *customer)
{
	GompertzLife life = gompertz_life(parameters);
	GompertzLife now = gompertz_later(&life, customer->age);

	return now.s * now.b / now.beta;
}
