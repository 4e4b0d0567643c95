/*
 * beta_binomial_fit.c
 *		Likelihood of BG/BB, its gradient and its Hessian.
 *
 * See beta_binomial_past.c for f(j), the customer who has left before
 * opportunity j + 1, and A, who is alive at n. With psi differences
 *
 *		b = psi(beta + j - x) - psi(beta)
 *		c = psi(alpha + beta + j) - psi(alpha + beta)
 *		d = psi(delta + j) - psi(delta)
 *		h = psi(gamma + delta + j + 1) - psi(gamma + delta)
 *
 * the derivatives u of ln f(j) with respect to alpha, beta, gamma, delta are
 * a - c, b - c, 1/gamma - h, d - h; a = psi(alpha + x) - psi(alpha) is that of
 * all pasts. The gradient of ln L is the mean E[u] over the pasts, weighted by
 * f(j)/L and A/L, and its Hessian E[u' + u u^T] - E[u] E[u]^T.
 *
 * So what is wanted are sums over j = t .. n-1 of f times 1, b, c, d, h and their
 * products, fifteen in all. For customers of one x they are differences
 * S(t) - S(n) of sums that run down from a common end: one pass for all of them,
 * with five multiplications of tables that all x share and no division, however
 * many cells there are. Such a difference loses no digit that counts, as S(n)
 * is less than A. The pass covers those j only for which some cell has a term
 * of weight: f falls like a power alpha + x of j at least, so that customers
 * of many purchases need few terms.
 *
 * Cost of an evaluation: four tables as long as the largest age, some ten
 * nanoseconds for each j of each x, a hundred for each cell.
 */
#include "clv/family/beta_binomial.h"

#include <math.h>

#include "clv/family/family_data.h"
#include "math/gamma.h"

/* f below e^-DEEP of a cell's largest term has no weight. */
#define DEEP	50.0

/* What f is multiplied by before it is too large, and its logarithm. */
#define RESCALE		0x1p-500
#define LOG_RESCALE	(500.0 * 0.693147180559945309417)

enum
{
	ONE, B, C, D, H, CC, DD, HH, CD, CH, DH,
				BB,
				BC,
				BD,
				BH,
				NSUMS
};

/* Sums down to one j, in units of exp(log_scale). */
typedef struct DeadSums
{
	double		sum[NSUMS];
	double		log_scale;
} DeadSums;

/* What all customers share of an opportunity j. */
typedef struct Opportunity
{
	double		product[BB];	/* 1, c, d, h and their products; see fill() */
	double		step;			/* f(j)/f(j+1) times beta + j - x */
} Opportunity;

/* The tables of one evaluation, each for j = 0 .. largest age + 1. */
typedef struct Tables
{
	RisingTable beta;
	RisingTable alpha_beta;
	RisingTable delta;
	RisingTable gamma_delta;
	double	   *inverse;		/* 1/(beta + j) */
	Opportunity *opportunity;
	DeadSums   *dead;
} Tables;

/* Twelve numbers of four tables, inverse, Opportunity, DeadSums */
typedef char room_for_tables[13 * sizeof(double) + sizeof(Opportunity) + sizeof(DeadSums) <=
							 FAMILY_OPPORTUNITY_WIDTH * sizeof(double) ? 1 : -1];

/* Sums over cells, with respect to the natural parameters. */
typedef struct Total
{
	double		value;
	double		gradient[BG_BB_PARAMETERS];
	double		hessian[BG_BB_PARAMETERS][BG_BB_PARAMETERS];
} Total;

/* Cut the tables out of the scratch memory. */
static void
place_tables(const FamilyData *data, Tables *tables)
{
	size_t		length = data->opportunities + 2;
	RisingTable *rising[4] = {
		&tables->beta, &tables->alpha_beta, &tables->delta, &tables->gamma_delta
	};
	double	   *at = data->opportunity;

	for (int i = 0; i < 4; i++)
	{
		rising[i]->log_sum = at;
		rising[i]->first = at + length;
		rising[i]->second = at + 2 * length;
		at += 3 * length;
	}
	tables->inverse = at;
	tables->opportunity = (Opportunity *) (at + length);
	tables->dead = (DeadSums *) (tables->opportunity + length);
}

/* Fill the tables for these parameters. */
static void
fill_tables(const FamilyData *data, const double *theta, Tables *tables)
{
	size_t		length = data->opportunities + 2;
	double		alpha_beta = theta[BG_BB_ALPHA] + theta[BG_BB_BETA];
	double		gamma_delta = theta[BG_BB_GAMMA] + theta[BG_BB_DELTA];

	rising_fill(theta[BG_BB_BETA], length, tables->beta.log_sum,
				tables->beta.first, tables->beta.second);
	rising_fill(alpha_beta, length, tables->alpha_beta.log_sum,
				tables->alpha_beta.first, tables->alpha_beta.second);
	rising_fill(theta[BG_BB_DELTA], length, tables->delta.log_sum,
				tables->delta.first, tables->delta.second);
	rising_fill(gamma_delta, length, tables->gamma_delta.log_sum,
				tables->gamma_delta.first, tables->gamma_delta.second);

	for (size_t j = 0; j < length; j++)
	{
		Opportunity *o = &tables->opportunity[j];
		size_t		next = j + 1 < length ? j + 1 : j;
		double		c = tables->alpha_beta.first[j];
		double		d = tables->delta.first[j];
		double		h = tables->gamma_delta.first[next];

		tables->inverse[j] = 1.0 / (theta[BG_BB_BETA] + (double) j);
		o->product[ONE] = 1.0;
		o->product[B] = 0.0;
		o->product[C] = c;
		o->product[D] = d;
		o->product[H] = h;
		/* with the second derivatives, which always go with the squares */
		o->product[CC] = c * c - tables->alpha_beta.second[j];
		o->product[DD] = d * d + tables->delta.second[j];
		o->product[HH] = h * h - tables->gamma_delta.second[next];
		o->product[CD] = c * d;
		o->product[CH] = c * h;
		o->product[DH] = d * h;
		o->step = (alpha_beta + (double) j) *
			(gamma_delta + (double) (j + 1)) / (theta[BG_BB_DELTA] + (double) j);
	}
}

/*
 * The sums for customers of x purchases, j = high down to low; at high there is
 * nothing.
 */
static void
sum_down(const Tables *tables, const double *theta, size_t x, size_t low,
		 size_t high)
{
	DeadSums	at = {.log_scale = 0.0};
	size_t		last = high - 1;
	double		f = 1.0;

	at.log_scale = log(theta[BG_BB_GAMMA]) + tables->beta.log_sum[last - x] -
		tables->alpha_beta.log_sum[last] +
		(tables->delta.log_sum[last] - tables->gamma_delta.log_sum[high]);
	tables->dead[high] = at;

	for (size_t j = last;; j--)
	{
		const Opportunity *o = &tables->opportunity[j];
		double		b = tables->beta.first[j - x];
		double		fb = f * b;

		for (int i = 0; i < BB; i++)
			at.sum[i] += f * o->product[i];
		at.sum[B] += fb;
		at.sum[BB] += fb * b + f * tables->beta.second[j - x];
		at.sum[BC] += fb * o->product[C];
		at.sum[BD] += fb * o->product[D];
		at.sum[BH] += fb * o->product[H];
		tables->dead[j] = at;
		if (j == low)
			break;

		/* f(j) is f(j+1) at least: it never becomes too small */
		f *= tables->opportunity[j - 1].step * tables->inverse[j - 1 - x];
		if (f > 1e150)
		{
			f *= RESCALE;
			for (int i = 0; i < NSUMS; i++)
				at.sum[i] *= RESCALE;
			at.log_scale += LOG_RESCALE;
		}
	}
}

/*
 * Add a cell; seen is its age, or where the sums end if that is less. What
 * depends on alpha + x alone is added elsewhere.
 */
static void
add_cell(const Tables *tables, const double *theta, size_t x, size_t last,
		 size_t n, size_t seen, double customers, Total *total)
{
	double		inverse_gamma = 1.0 / theta[BG_BB_GAMMA];
	double		b = tables->beta.first[n - x];
	double		c = tables->alpha_beta.first[n];
	double		d = tables->delta.first[n];
	double		h = tables->gamma_delta.first[n];
	double		cc = tables->alpha_beta.second[n];
	double		hh = tables->gamma_delta.second[n];
	double		log_alive = tables->beta.log_sum[n - x] -
		tables->alpha_beta.log_sum[n] +
		(tables->delta.log_sum[n] - tables->gamma_delta.log_sum[n]);
	double		log_sum = log_alive;
	double		alive = 1.0;
	double		dead[NSUMS] = {0};
	double		u[BG_BB_PARAMETERS];
	double		g[BG_BB_PARAMETERS];
	double		q[BG_BB_PARAMETERS][BG_BB_PARAMETERS];

	if (seen > last)
	{
		const DeadSums *from = &tables->dead[last];
		const DeadSums *to = &tables->dead[seen];
		double		scale = exp(to->log_scale - from->log_scale);
		double		left = from->sum[ONE] - scale * to->sum[ONE];

		/* Less than nothing: rounding, and next to nothing against A. */
		if (left > 0.0)
		{
			double		log_left = from->log_scale + log(left);
			double		e = exp(-fabs(log_left - log_alive));
			double		weight;

			log_sum = fmax(log_alive, log_left) + log1p(e);
			alive = (log_alive > log_left ? 1.0 : e) / (1.0 + e);
			weight = (log_alive > log_left ? e : 1.0) / (1.0 + e) / left;
			for (int i = 0; i < NSUMS; i++)
				dead[i] = weight * (from->sum[i] - scale * to->sum[i]);
		}
	}

	u[BG_BB_ALPHA] = -c;
	u[BG_BB_BETA] = b - c;
	u[BG_BB_GAMMA] = -h;
	u[BG_BB_DELTA] = d - h;
	g[BG_BB_ALPHA] = alive * u[BG_BB_ALPHA] - dead[C];
	g[BG_BB_BETA] = alive * u[BG_BB_BETA] + dead[B] - dead[C];
	g[BG_BB_GAMMA] = alive * u[BG_BB_GAMMA] + dead[ONE] * inverse_gamma - dead[H];
	g[BG_BB_DELTA] = alive * u[BG_BB_DELTA] + dead[D] - dead[H];

	/* E[u' + u u^T] of the dead */
	q[BG_BB_ALPHA][BG_BB_ALPHA] = dead[CC];
	q[BG_BB_ALPHA][BG_BB_BETA] = dead[CC] - dead[BC];
	q[BG_BB_ALPHA][BG_BB_GAMMA] = dead[CH] - inverse_gamma * dead[C];
	q[BG_BB_ALPHA][BG_BB_DELTA] = dead[CH] - dead[CD];
	q[BG_BB_BETA][BG_BB_BETA] = dead[BB] - 2.0 * dead[BC] + dead[CC];
	q[BG_BB_BETA][BG_BB_GAMMA] = inverse_gamma * (dead[B] - dead[C]) -
		dead[BH] + dead[CH];
	q[BG_BB_BETA][BG_BB_DELTA] = dead[BD] - dead[BH] - dead[CD] + dead[CH];
	q[BG_BB_GAMMA][BG_BB_GAMMA] = dead[HH] - 2.0 * inverse_gamma * dead[H];
	q[BG_BB_GAMMA][BG_BB_DELTA] = inverse_gamma * (dead[D] - dead[H]) -
		dead[DH] + dead[HH];
	q[BG_BB_DELTA][BG_BB_DELTA] = dead[DD] - 2.0 * dead[DH] + dead[HH];
	/* u' of the alive */
	q[BG_BB_ALPHA][BG_BB_ALPHA] -= alive * cc;
	q[BG_BB_ALPHA][BG_BB_BETA] -= alive * cc;
	q[BG_BB_BETA][BG_BB_BETA] += alive * (tables->beta.second[n - x] - cc);
	q[BG_BB_GAMMA][BG_BB_GAMMA] -= alive * hh;
	q[BG_BB_GAMMA][BG_BB_DELTA] -= alive * hh;
	q[BG_BB_DELTA][BG_BB_DELTA] += alive * (tables->delta.second[n] - hh);

	total->value += customers * log_sum;
	for (int i = 0; i < BG_BB_PARAMETERS; i++)
	{
		total->gradient[i] += customers * g[i];
		for (int j = i; j < BG_BB_PARAMETERS; j++)
			total->hessian[i][j] += customers *
				(q[i][j] + alive * u[i] * u[j] - g[i] * g[j]);
	}
}

/*
 * Add the cells of a group: those whose terms overlap have their sums in
 * common. Cells are sorted by recency.
 */
static void
add_group(const FamilyData *data, const FrequencyGroup *group,
		  const Tables *tables, const double *theta, Total *total)
{
	size_t		x = (size_t) group->frequency;
	double		reach = expm1(DEEP / (theta[BG_BB_ALPHA] + group->frequency));
	size_t		done = group->first;
	size_t		high = 0;

	for (size_t i = group->first; i <= group->end; i++)
	{
		size_t		last = 0;
		size_t		end = 0;

		if (i < group->end)
		{
			const TimeCell *cell = &data->cells[i];
			double		terms;

			last = (size_t) data->recency.values[cell->recency];
			end = (size_t) data->age.values[cell->age];
			terms = ceil((theta[BG_BB_ALPHA] + theta[BG_BB_BETA] + (double) last) * reach);
			if (terms < (double) (end - last))
				end = last + (size_t) terms;
		}
		if (i > done && (i == group->end || last > high))
		{
			size_t		low = (size_t) data->recency.values[data->cells[done].recency];

			if (high > low)
				sum_down(tables, theta, x, low, high);
			for (; done < i; done++)
			{
				const TimeCell *cell = &data->cells[done];
				size_t		n = (size_t) data->age.values[cell->age];

				add_cell(tables, theta, x,
						 (size_t) data->recency.values[cell->recency], n,
						 n < high ? n : high, cell->customers, total);
			}
			high = 0;
		}
		if (end > high)
			high = end;
	}
}

/* Log-likelihood and derivatives with respect to the logarithms. */
bool
beta_binomial_log_likelihood(const double *log_parameters,
							 const FamilyData *data, double *value,
							 double *gradient, double *hessian)
{
	double		theta[BG_BB_PARAMETERS];
	Total		total = {0};
	Tables		tables;

	for (int i = 0; i < BG_BB_PARAMETERS; i++)
	{
		theta[i] = exp(log_parameters[i]);
		if (!(theta[i] > 1e-100 && theta[i] < 1e100))
			return false;
	}
	place_tables(data, &tables);
	fill_tables(data, theta, &tables);
	rising_fill(theta[BG_BB_ALPHA], data->rising_length,
				data->rising[0].log_sum, data->rising[0].first,
				data->rising[0].second);

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		x = group->frequency;
		double		n = group->customers;
		Total		part = {0};

		/* More purchases than opportunities: no likelihood at all. */
		if (data->recency.values[data->cells[group->first].recency] < x)
			return false;
		add_group(data, group, &tables, theta, &part);
		if (x < (double) data->rising_length)
		{
			const RisingTable *alpha = &data->rising[0];

			part.value += n * alpha->log_sum[(size_t) x];
			part.gradient[BG_BB_ALPHA] += n * alpha->first[(size_t) x];
			part.hessian[BG_BB_ALPHA][BG_BB_ALPHA] += n * alpha->second[(size_t) x];
		}
		else
		{
			part.value += n * log_gamma_difference(theta[BG_BB_ALPHA], x);
			part.gradient[BG_BB_ALPHA] += n * digamma_difference(theta[BG_BB_ALPHA], x);
			part.hessian[BG_BB_ALPHA][BG_BB_ALPHA] += n * trigamma_difference(theta[BG_BB_ALPHA], x);
		}

		total.value += part.value;
		for (int j = 0; j < BG_BB_PARAMETERS; j++)
		{
			total.gradient[j] += part.gradient[j];
			for (int k = j; k < BG_BB_PARAMETERS; k++)
				total.hessian[j][k] += part.hessian[j][k];
		}
	}

	/* From the parameters to their logarithms. */
	if (!isfinite(total.value))
		return false;
	*value = total.value;
	for (int i = 0; i < BG_BB_PARAMETERS; i++)
	{
		gradient[i] = theta[i] * total.gradient[i];
		if (!isfinite(gradient[i]))
			return false;
	}
	for (int i = 0; i < BG_BB_PARAMETERS; i++)
	{
		for (int j = i; j < BG_BB_PARAMETERS; j++)
		{
			double		second = theta[i] * theta[j] * total.hessian[i][j];

			if (i == j)
				second += gradient[i];
			if (!isfinite(second))
				return false;
			hessian[i * BG_BB_PARAMETERS + j] = second;
			hessian[j * BG_BB_PARAMETERS + i] = second;
		}
	}
	return true;
}

/*
 * Where to start: p about the share of opportunities with a purchase, theta such
 * that half of a customer's time so far is a usual life.
 */
void
beta_binomial_start(const FamilyData *data, double *log_parameters)
{
	double		n = fmax(data->mean_opportunities, 1.0);
	double		share = data->repeat_purchases / data->customers / n;

	share = fmin(fmax(share, 1e-6), 0.9);
	log_parameters[BG_BB_ALPHA] = 0.0;
	log_parameters[BG_BB_BETA] = log((1.0 - share) / share);
	log_parameters[BG_BB_GAMMA] = log(0.5);
	log_parameters[BG_BB_DELTA] = log(0.5 * n);
}
