/*
 * beta_geometric_fit.c
 *		Likelihood of BG/NBD and MBG/NBD, its gradient and its Hessian.
 *
 * With m = 1 if a customer may leave after the first purchase and 0 otherwise,
 * for a customer with x repeat purchases, the last at t, seen until T:
 *
 *		A = ln Gamma(r + x) - ln Gamma(r)
 *		D = ln B(a, b + x + m) - ln B(a, b)
 *		u = -(r + x) ln(alpha + T)								(alive)
 *		v = ln(a / (b + x + m - 1)) - (r + x) ln(alpha + t)		(has left)
 *		log-likelihood = A + r ln alpha + D + ln(e^u + e^v)
 *
 * where v is missing for x = m = 0: such a customer is certain to be alive.
 * This form needs no power of alpha + T, which would leave the range of a
 * double from some hundred purchases on, and the difference v - u has no terms
 * that cancel.
 *
 * Derivatives: let w = e^u / (e^u + e^v), which is P(alive). Then the gradient
 * of the last term is w u' + (1 - w) v', its Hessian
 *		w u'' + (1 - w) v'' + w (1 - w) (u' - v')(u' - v')^T.
 *
 * Times enter as ln(1 + T/alpha) and T/(alpha + T): as r and alpha grow together
 * (customers of one rate) ln(alpha + T) - ln alpha would lose its digits. The
 * derivatives with respect to alpha are formed for ln alpha at once.
 *
 * A and D depend on x alone and come, with their derivatives, from prefix sums
 * over whole numbers: one look-up for all customers of a frequency. What
 * depends on t and T is summed over the cells of that frequency with one
 * exponential and one logarithm a cell; every sum below is over customers.
 *
 * A customer with parameters of his own (covariates) is a cell of one customer,
 * for which no table is made: the sums over few purchases are formed there and
 * then, the others by the gamma function.
 */
#include "clv/family/beta_geometric.h"

#include <math.h>
#include <string.h>

#include "clv/family/family_data.h"
#include "math/gamma.h"

enum
{
	R, ALPHA, A, B,
	NPARAMETERS
};

/* Cells that are summed without a break. */
#define BLOCK	256

/* Purchases of one customer over which a sum is cheaper than gamma functions. */
#define SHORT_SUM	40.0

/* ln Gamma(theta + n) - ln Gamma(theta) and its two derivatives. */
typedef struct Rising
{
	double		log_sum;
	double		first;
	double		second;
} Rising;

/*
 * Sums over the cells of one frequency, with S(T) = T / (alpha + T). The
 * differences are those between T and t.
 */
typedef struct CellSums
{
	double		log_mixture;	/* ln(1 + e^(v - u)) */
	double		log_age;		/* ln(1 + T / alpha) */
	double		share;			/* S(T) */
	double		share_rest;		/* S(T) (1 - S(T)) */
	double		dead;			/* 1 - w */
	double		dead_log;		/* (1 - w) ln((alpha + T) / (alpha + t)) */
	double		dead_share;		/* (1 - w) (S(T) - S(t)) */
	double		dead_share_rest;	/* the same times 1 - S(T) - S(t) */
	/* w (1 - w) times 1 and the products of the two differences above */
	double		mixed;
	double		mixed_log;
	double		mixed_share;
	double		mixed_log_log;
	double		mixed_log_share;
	double		mixed_share_share;
} CellSums;

/* Look up, or call the gamma function beyond the end of the table. */
static Rising
rising_at(const RisingTable *table, size_t length, double theta, double n)
{
	Rising		result;

	if (n < (double) length)
	{
		size_t		i = (size_t) n;

		result.log_sum = table->log_sum[i];
		result.first = table->first[i];
		result.second = table->second[i];
	}
	else
	{
		result.log_sum = log_gamma_difference(theta, n);
		result.first = digamma_difference(theta, n);
		result.second = trigamma_difference(theta, n);
	}
	return result;
}

/* The same for one customer, without a table. */
static Rising
rising_alone(double theta, double n)
{
	Rising		result = {0};
	double		product = 1.0;

	if (n > SHORT_SUM)
	{
		result.log_sum = log_gamma_difference(theta, n);
		result.first = digamma_difference(theta, n);
		result.second = trigamma_difference(theta, n);
		return result;
	}
	for (double i = 0.0; i < n; i++)
	{
		double		factor = theta + i;
		double		inverse = 1.0 / factor;

		product *= factor;
		if (product > 1e100 || product < 1e-100)
		{
			result.log_sum += log(product);
			product = 1.0;
		}
		result.first += inverse;
		result.second -= inverse * inverse;
	}
	result.log_sum += log(product);
	return result;
}

/* ln(1 + time / alpha) and time / (alpha + time) of each distinct time. */
static void
fill_dictionary(const TimeDictionary *dictionary, double alpha)
{
	for (size_t i = 0; i < dictionary->length; i++)
	{
		double		time = dictionary->values[i];

		dictionary->logarithm[i] = log1p(time / alpha);
		dictionary->share[i] = time / (alpha + time);
	}
}

/*
 * Add one cell whose customers may have left: la = ln(1 + T/alpha), sa = S(T),
 * sr = S(t), and their differences.
 */
static inline void
sum_cell(double customers, double power, double log_odds, double la,
		 double dlog, double sa, double sr, double dshare, CellSums *sums)
{
	double		odds = log_odds + power * dlog; /* v - u */
	double		e = exp(-fabs(odds));
	double		large = 1.0 / (1.0 + e);
	double		small = e * large;
	double		dead = odds > 0.0 ? large : small;
	double		weight = customers * dead;

	sums->log_mixture += customers * ((odds > 0.0 ? odds : 0.0) + log(1.0 + e));
	sums->log_age += customers * la;
	sums->share += customers * sa;
	sums->share_rest += customers * sa * (1.0 - sa);
	sums->dead += weight;
	sums->dead_log += weight * dlog;
	sums->dead_share += weight * dshare;
	sums->dead_share_rest += weight * dshare * (1.0 - sa - sr);
	weight = customers * large * small;
	sums->mixed += weight;
	sums->mixed_log += weight * dlog;
	sums->mixed_share += weight * dshare;
	sums->mixed_log_log += weight * dlog * dlog;
	sums->mixed_log_share += weight * dlog * dshare;
	sums->mixed_share_share += weight * dshare * dshare;
}

/*
 * Sums over the cells [first, end) whose customers may have left; power = r + x
 * and log_odds = ln(a / (b + x + m - 1)). Adds to result.
 */
static void
sum_block(const FamilyData *data, size_t first, size_t end, double power,
		  double log_odds, CellSums *result)
{
	CellSums	sums = {0};
	const double *log_age = data->age.logarithm;
	const double *share_age = data->age.share;
	const double *log_recency = data->recency.logarithm;
	const double *share_recency = data->recency.share;

	for (size_t i = first; i < end; i++)
	{
		const TimeCell *cell = &data->cells[i];
		double		la = log_age[cell->age];
		double		sa = share_age[cell->age];
		double		sr = share_recency[cell->recency];

		sum_cell(cell->customers, power, log_odds, la,
				 la - log_recency[cell->recency], sa, sr, sa - sr, &sums);
	}
	result->log_mixture += sums.log_mixture;
	result->log_age += sums.log_age;
	result->share += sums.share;
	result->share_rest += sums.share_rest;
	result->dead += sums.dead;
	result->dead_log += sums.dead_log;
	result->dead_share += sums.dead_share;
	result->dead_share_rest += sums.dead_share_rest;
	result->mixed += sums.mixed;
	result->mixed_log += sums.mixed_log;
	result->mixed_share += sums.mixed_share;
	result->mixed_log_log += sums.mixed_log_log;
	result->mixed_log_share += sums.mixed_log_share;
	result->mixed_share_share += sums.mixed_share_share;
}

/*
 * Sums over a group, block by block: a plain sum over 10^5 cells has a rounding
 * error that the last Newton steps would notice.
 */
static void
sum_cells(const FamilyData *data, const FrequencyGroup *group, double power,
		  double log_odds, CellSums *result)
{
	memset(result, 0, sizeof(*result));
	for (size_t i = group->first; i < group->end; i += BLOCK)
		sum_block(data, i, group->end - i < BLOCK ? group->end : i + BLOCK,
				  power, log_odds, result);
}

/* The same where every customer is certain to be alive. */
static void
sum_alive_cells(const FamilyData *data, const FrequencyGroup *group,
				CellSums *result)
{
	CellSums	sums = {0};

	for (size_t i = group->first; i < group->end; i++)
	{
		const TimeCell *cell = &data->cells[i];
		double		share = data->age.share[cell->age];

		sums.log_age += cell->customers * data->age.logarithm[cell->age];
		sums.share += cell->customers * share;
		sums.share_rest += cell->customers * share * (1.0 - share);
	}
	*result = sums;
}

/* The value, and derivatives by r, ln alpha, a, b. */
typedef struct Derivatives
{
	double		total;
	double		g[NPARAMETERS];
	double		h[NPARAMETERS][NPARAMETERS];	/* upper half */
} Derivatives;

/* r, alpha, a, b from their logarithms; false beyond all reason. */
static bool
natural_parameters(const double *log_parameters, double *theta)
{
	for (int i = 0; i < NPARAMETERS; i++)
	{
		theta[i] = exp(log_parameters[i]);
		if (!(theta[i] > 1e-150 && theta[i] < 1e150))
			return false;
	}
	return true;
}

/*
 * Add n customers of one frequency x, with y = x + m: the sums over their
 * cells, and the rising sums r by x, b and c = a + b by y.
 */
static void
add_customers(double n, double x, double y, const double *theta,
			  double log_alpha, const Rising *rate, const Rising *b,
			  const Rising *c, const CellSums *s, Derivatives *d)
{
	double		power = theta[R] + x;
	double		inverse_a = 1.0 / theta[A];
	double		inverse_b = y > 0.0 ? 1.0 / (theta[B] + (y - 1.0)) : 0.0;

	d->total += n * (rate->log_sum + (b->log_sum - c->log_sum)) -
		theta[R] * s->log_age - x * (s->log_age + n * log_alpha) +
		s->log_mixture;

	d->g[R] += n * rate->first - s->log_age + s->dead_log;
	d->g[ALPHA] += theta[R] * s->share - x * (n - s->share) -
		power * s->dead_share;
	d->g[A] += s->dead * inverse_a - n * c->first;
	d->g[B] += n * (b->first - c->first) - s->dead * inverse_b;

	d->h[R][R] += n * rate->second + s->mixed_log_log;
	d->h[R][ALPHA] += s->share - s->dead_share - power * s->mixed_log_share;
	d->h[R][A] += inverse_a * s->mixed_log;
	d->h[R][B] -= inverse_b * s->mixed_log;
	d->h[ALPHA][ALPHA] += power * (s->dead_share_rest - s->share_rest +
								   power * s->mixed_share_share);
	d->h[ALPHA][A] -= power * inverse_a * s->mixed_share;
	d->h[ALPHA][B] += power * inverse_b * s->mixed_share;
	d->h[A][A] += (s->mixed - s->dead) * inverse_a * inverse_a - n * c->second;
	d->h[A][B] -= s->mixed * inverse_a * inverse_b + n * c->second;
	d->h[B][B] += (s->mixed + s->dead) * inverse_b * inverse_b +
		n * (b->second - c->second);
}

/*
 * From the parameters to their logarithms; alpha is there already. False if
 * not finite.
 */
static bool
to_logarithms(const double *theta, const Derivatives *d, double *value,
			  double *gradient, double *hessian)
{
	const double scale[NPARAMETERS] = {theta[R], 1.0, theta[A], theta[B]};

	if (!isfinite(d->total))
		return false;
	*value = d->total;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		gradient[i] = scale[i] * d->g[i];
		if (!isfinite(gradient[i]))
			return false;
	}
	for (int i = 0; i < NPARAMETERS; i++)
	{
		for (int j = i; j < NPARAMETERS; j++)
		{
			double		second = scale[i] * scale[j] * d->h[i][j];

			if (i == j && i != ALPHA)
				second += gradient[i];
			if (!isfinite(second))
				return false;
			hessian[i * NPARAMETERS + j] = second;
			hessian[j * NPARAMETERS + i] = second;
		}
	}
	return true;
}

/* Log-likelihood and derivatives with respect to the logarithms. */
bool
beta_geometric_log_likelihood(int first_dropout, const double *log_parameters,
							  const FamilyData *data, double *value,
							  double *gradient, double *hessian)
{
	double		theta[NPARAMETERS];
	Derivatives d = {0};
	double		ab;

	if (!natural_parameters(log_parameters, theta))
		return false;
	ab = theta[A] + theta[B];

	fill_dictionary(&data->age, theta[ALPHA]);
	fill_dictionary(&data->recency, theta[ALPHA]);
	rising_fill(theta[R], data->rising_length, data->rising[0].log_sum,
				data->rising[0].first, data->rising[0].second);
	rising_fill(theta[B], data->rising_length, data->rising[1].log_sum,
				data->rising[1].first, data->rising[1].second);
	rising_fill(ab, data->rising_length, data->rising[2].log_sum,
				data->rising[2].first, data->rising[2].second);

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		x = group->frequency;
		double		y = x + first_dropout;
		Rising		rate = rising_at(&data->rising[0], data->rising_length,
									 theta[R], x);
		Rising		b = rising_at(&data->rising[1], data->rising_length,
								  theta[B], y);
		Rising		c = rising_at(&data->rising[2], data->rising_length,
								  ab, y);
		CellSums	s;

		if (y > 0.0)
			sum_cells(data, group, theta[R] + x,
					  log(theta[A] / (theta[B] + (y - 1.0))), &s);
		else
			sum_alive_cells(data, group, &s);
		add_customers(group->customers, x, y, theta, log_parameters[ALPHA],
					  &rate, &b, &c, &s, &d);
	}
	return to_logarithms(theta, &d, value, gradient, hessian);
}

/* The same for one customer. */
bool
beta_geometric_derivatives_one(int first_dropout, const double *log_parameters,
							   const PurchaseHistorySummary *customer,
							   double *value, double *gradient,
							   double *hessian)
{
	double		theta[NPARAMETERS];
	Derivatives d = {0};
	CellSums	s = {0};
	double		x = customer->frequency;
	double		y = x + first_dropout;
	double		age = customer->age;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		alpha;
	double		share;
	Rising		rate;
	Rising		b;
	Rising		c;

	if (!natural_parameters(log_parameters, theta))
		return false;
	alpha = theta[ALPHA];
	share = age / (alpha + age);
	if (y > 0.0)
	{
		double		gap = (age - recency) / (alpha + recency);

		sum_cell(1.0, theta[R] + x, log(theta[A] / (theta[B] + (y - 1.0))),
				 log1p(age / alpha), log1p(gap), share,
				 recency / (alpha + recency), gap * (alpha / (alpha + age)),
				 &s);
	}
	else
	{
		s.log_age = log1p(age / alpha);
		s.share = share;
		s.share_rest = share * (1.0 - share);
	}
	rate = rising_alone(theta[R], x);
	b = rising_alone(theta[B], y);
	c = rising_alone(theta[A] + theta[B], y);
	add_customers(1.0, x, y, theta, log_parameters[ALPHA], &rate, &b, &c, &s,
				  &d);
	return to_logarithms(theta, &d, value, gradient, hessian);
}

/*
 * Where to start: a moderate spread of rates around the mean one, one customer
 * in four leaving after a purchase.
 */
void
beta_geometric_start(const FamilyData *data, double *log_parameters)
{
	double		mean = data->repeat_purchases / data->customers;
	double		log_alpha = log(0.5 / mean);

	log_parameters[R] = log(0.5);
	log_parameters[ALPHA] = log_alpha < -5.0 ? -5.0 : (log_alpha > 5.0 ? 5.0 : log_alpha);
	log_parameters[A] = log(0.5);
	log_parameters[B] = log(1.5);
}

/* Log-likelihood of one customer. */
double
beta_geometric_log_likelihood_one(int first_dropout, const double *parameters,
								  const PurchaseHistorySummary *customer)
{
	double		r = parameters[R];
	double		alpha = parameters[ALPHA];
	double		a = parameters[A];
	double		b = parameters[B];
	double		x = customer->frequency;
	double		y = x + first_dropout;
	double		recency = x > 0.0 ? customer->recency : 0.0;
	double		odds;
	double		result;

	/* Regroup r ln alpha - (r + x) ln(alpha + T) so that r may be large. */
	result = log_gamma_difference(r, x) - r * log1p(customer->age / alpha) -
		x * log(alpha + customer->age);
	if (y == 0.0)
		return result;

	result += log_gamma_difference(b, y) - log_gamma_difference(a + b, y);
	odds = log(a / (b + (y - 1.0))) +
		(r + x) * log1p((customer->age - recency) / (alpha + recency));
	return result + (odds > 0.0 ? odds : 0.0) + log1p(exp(-fabs(odds)));
}
