/*
 * gamma_gompertz_fit.c
 *		Likelihood of GGompertz/NBD, its gradient and its Hessian.
 *
 * For a customer with x repeat purchases, the last at t, seen until T, with
 * k = r + x and w(y) = ln(1 + (e^(b y) - 1)/beta):
 *
 *		log-likelihood = ln Gamma(r + x) - ln Gamma(r) - x ln alpha + ln M
 *		M = a(T) + integral over y from t to T of d(y) dy
 *		a(y) = (1 + y/alpha)^-k e^(-s w(y))					(alive at y)
 *		d(y) = (1 + y/alpha)^-k e^(-s w(y)) s w'(y)			(leaves at y)
 *
 * M is a mixture of an atom at T and a density, each of which is the exponential
 * of something with simple derivatives, its scores. The gradient of ln M is the
 * mean of the scores under the mixture, its Hessian the mean of their
 * derivatives and of their products, less the product of the means. So what is
 * integrated is the density times 1, the 5 scores, and the 15 second ones.
 *
 * One integral a customer would cost a thousand nanoseconds. But the integral
 * from t to T is that from t to the largest age L of the customers with that
 * frequency, G(t), less G(T):
 *
 *		M = G(t) + (a(T) - G(T)),
 *
 * and nothing cancels: G(T), the weight of leaving after T, is less than a(T),
 * that of not having left by then, so that both summands are positive and the
 * rounding errors of G are small beside a(T). G and a - G are needed once for
 * each distinct t and T of a frequency; and G at one time is G at the next one
 * plus the integral over the little piece between them, for which 4 nodes do.
 * Whatever their number, customers cost a few multiplications each.
 *
 * All is kept relative to a at the time at hand: G(t)/a(t) lies between 0 and 1
 * for any parameters.
 */
#include "clv/family/gamma_gompertz.h"

#include <math.h>
#include <string.h>

#include "clv/family/family_times.h"
#include "math/gamma.h"

enum
{
	R = GOMPERTZ_R,
	ALPHA = GOMPERTZ_ALPHA,
	BETA = GOMPERTZ_BETA,
	B = GOMPERTZ_B,
	S = GOMPERTZ_S,
	NPARAMETERS = GOMPERTZ_PARAMETERS
};

#define NSECOND		(NPARAMETERS * (NPARAMETERS + 1) / 2)

/* What does not count beside 1. */
#define NEGLIGIBLE	1e-17

/* Cells that are summed without a break. */
#define BLOCK		256

/*
 * Weight, and weight times the scores, and times their products and
 * derivatives: the upper triangle, row by row.
 */
typedef struct Moments
{
	double		weight;
	double		first[NPARAMETERS];
	double		second[NSECOND];
} Moments;

#define NMOMENTS	(1 + NPARAMETERS + NSECOND)

/* What a slot of the scratch memory holds. */
typedef struct Slot
{
	Moments		moments;		/* G / a of a recency, 1 - G / a of an age */
	double		log_alive;		/* ln a */
} Slot;

#define SLOT_DOUBLES	(sizeof(Slot) / sizeof(double))

/* What the scores at a time are made of. */
typedef struct Place
{
	double		log_ratio;		/* ln(1 + y/alpha) */
	double		share;			/* y / (alpha + y) */
	double		growth;			/* v = b y */
	double		wear;			/* w */
	double		hazard;			/* phi = dw/dv */
	double		rest;			/* 1 - phi */
} Place;

/*
 * The parameters, the group's power, and a share y / (alpha + y) about which the
 * moments of the score of alpha are taken. About 0, of 10^5 purchases the
 * variance would be a small difference of large numbers.
 */
typedef struct Terms
{
	double		r;
	double		s;
	double		power;			/* r + x */
	double		center;
} Terms;

/*
 * Add what happens at a place: leaving is 1 for the density there and 0 for
 * being alive. Scores are derivatives with respect to the logarithms of the
 * parameters.
 */
static inline void
add_place(Moments *moments, double weight, double leaving, const Place *at,
		  const Terms *terms)
{
	double		stays = exp(-at->wear);
	double		gone = 1.0 - stays;
	double		v_phi = at->growth * at->hazard;
	double		v_rest = at->growth * at->rest;
	double		s = terms->s;
	double		more = leaving + s;
	double		g[NPARAMETERS];
	double	   *second = moments->second;

	g[R] = -terms->r * at->log_ratio;
	g[ALPHA] = terms->power * (at->share - terms->center);
	g[BETA] = s * gone - leaving * stays;
	g[B] = leaving * (1.0 + v_rest) - s * v_phi;
	g[S] = leaving - s * at->wear;

	moments->weight += weight;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		double		term = weight * g[i];

		moments->first[i] += term;
		for (int j = i; j < NPARAMETERS; j++)
			*second++ += term * g[j];
	}
	/* derivatives of the scores; those left out are 0 */
	second = moments->second;
	second[0] += weight * g[R];
	second[1] += weight * terms->r * at->share;
	second[5] -= weight * terms->power * at->share * (1.0 - at->share);
	second[9] -= weight * more * gone * stays;
	second[10] += weight * more * v_phi * stays;
	second[11] += weight * s * gone;
	second[12] += weight * (leaving * v_rest - s * v_phi - more * v_phi * v_rest);
	second[13] -= weight * s * v_phi;
	second[14] -= weight * s * at->wear;
}

/* to = first + factor * second, which may be one of them */
static inline void
add_moments(Moments *to, const Moments *first, double factor,
			const Moments *second)
{
	const double *a = &first->weight;
	const double *b = &second->weight;
	double	   *result = &to->weight;

	for (int i = 0; i < NMOMENTS; i++)
		result[i] = a[i] + factor * b[i];
}

/*
 * The integral from a time, where the stretch begins, over length, relative to
 * a at that time. here is the place there.
 */
static void
integrate(GompertzStretch stretch, double length, const Place *here,
		  double alpha, const Terms *terms, Moments *result)
{
	GompertzNode nodes[GOMPERTZ_MAX_NODES];
	Place		begin = *here;
	double		weight = 1.0;
	double		fall = 0.0;

	memset(result, 0, sizeof(*result));
	for (;;)
	{
		double		part = length;
		int			n = gompertz_nodes(&stretch, &part, nodes);

		for (int i = 0; i < n; i++)
		{
			Place		at;

			at.log_ratio = begin.log_ratio + nodes[i].log_ratio;
			at.share = 1.0 - alpha / (stretch.alpha + nodes[i].time);
			at.growth = begin.growth + stretch.life.b * nodes[i].time;
			at.wear = begin.wear + nodes[i].wear;
			at.hazard = nodes[i].hazard;
			at.rest = nodes[i].rest;
			add_place(result, weight * nodes[i].weight, 1.0, &at, terms);
		}
		if (part == length)
			return;
		length -= part;
		begin.log_ratio += log1p(part / stretch.alpha);
		begin.growth += stretch.life.b * part;
		begin.wear += gompertz_wear(&stretch.life, part);
		fall += gompertz_advance(&stretch, part);
		weight = exp(-fall);
		if (weight <= NEGLIGIBLE * result->weight)
			return;
	}
}

/* What there is to know about a time. */
static Place
place_of(const GompertzLife *life, double alpha, double time,
		 GompertzLife *later)
{
	Place		place;

	*later = gompertz_later(life, time);
	place.log_ratio = log1p(time / alpha);
	place.share = time / (alpha + time);
	place.growth = life->b * time;
	place.wear = gompertz_wear(life, time);
	place.hazard = 1.0 / later->beta;
	place.rest = later->excess / later->beta;
	return place;
}

/*
 * Fill in the slots of a group, from its last time to its first, and choose the
 * center.
 */
static void
fill_slots(const FamilyTimes *times, size_t group, const double *theta,
		   const GompertzLife *life, Terms *terms, Slot *slots)
{
	Moments		later;			/* G / a at the time before in this loop */
	double		later_alive = 0.0;	/* ln a there */
	size_t		middle = (times->first[group] + times->first[group + 1]) / 2;

	terms->center = times->times[middle].time /
		(theta[ALPHA] + times->times[middle].time);
	memset(&later, 0, sizeof(later));
	for (size_t i = times->first[group + 1]; i-- > times->first[group];)
	{
		const GroupTime *time = &times->times[i];
		GompertzStretch stretch = {.leaving = true};
		Place		here = place_of(life, theta[ALPHA], time->time,
									&stretch.life);
		double		log_alive;

		stretch.alpha = theta[ALPHA] + time->time;
		stretch.power = terms->power;
		log_alive = -terms->power * here.log_ratio - terms->s * here.wear;

		if (i + 1 < times->first[group + 1])
		{
			Moments		piece;

			integrate(stretch, times->times[i + 1].time - time->time, &here,
					  theta[ALPHA], terms, &piece);
			add_moments(&later, &piece, exp(later_alive - log_alive), &later);
		}
		later_alive = log_alive;

		if (time->recency != NO_SLOT)
		{
			slots[time->recency].moments = later;
			slots[time->recency].log_alive = log_alive;
		}
		if (time->age != NO_SLOT)
		{
			Moments		alive;

			memset(&alive, 0, sizeof(alive));
			add_place(&alive, 1.0, 0.0, &here, terms);
			add_moments(&slots[time->age].moments, &alive, -1.0, &later);
			slots[time->age].log_alive = log_alive;
		}
	}
}

/* Sums of ln M, its gradient and Hessian over the cells [first, end). */
static void
sum_block(const FamilyData *data, const FamilyTimes *times, const Slot *slots,
		  size_t first, size_t end, double *total, double *gradient,
		  double *second)
{
	double		sum = 0.0;
	double		g[NPARAMETERS] = {0};
	double		h[NSECOND] = {0};

	for (size_t i = first; i < end; i++)
	{
		double		customers = data->cells[i].customers;
		const Slot *recency = &slots[times->recency[i]];
		const Slot *age = &slots[times->age[i]];
		Moments		m;
		double		inverse;
		double	   *to = h;
		const double *from = m.second;

		add_moments(&m, &recency->moments,
					exp(age->log_alive - recency->log_alive), &age->moments);
		sum += customers * (recency->log_alive + log(m.weight));
		inverse = 1.0 / m.weight;
		for (int j = 0; j < NPARAMETERS; j++)
			m.first[j] *= inverse;
		for (int j = 0; j < NPARAMETERS; j++)
		{
			double		mean = m.first[j];

			g[j] += customers * mean;
			for (int k = j; k < NPARAMETERS; k++)
				*to++ += customers * (*from++ * inverse - mean * m.first[k]);
		}
	}
	*total += sum;
	for (int j = 0; j < NPARAMETERS; j++)
		gradient[j] += g[j];
	for (int j = 0; j < NSECOND; j++)
		second[j] += h[j];
}

/* Log-likelihood and derivatives with respect to the logarithms. */
bool
gamma_gompertz_log_likelihood(const double *log_parameters,
							  const FamilyData *data, double *value,
							  double *gradient, double *hessian)
{
	const FamilyTimes *times = family_times(data, SLOT_DOUBLES);
	Slot	   *slots = (Slot *) times->scratch;
	const RisingTable *rising = &data->rising[0];
	double		theta[NPARAMETERS];
	double		second[NSECOND] = {0};
	double		total = 0.0;
	const double *from = second;
	GompertzLife life;

	for (int i = 0; i < NPARAMETERS; i++)
	{
		theta[i] = exp(log_parameters[i]);
		if (!(theta[i] > 1e-100 && theta[i] < 1e100))
			return false;
		gradient[i] = 0.0;
	}
	life = gompertz_life(theta);
	rising_fill(theta[R], data->rising_length, rising->log_sum, rising->first,
				rising->second);

	for (size_t i = 0; i < data->ngroups; i++)
	{
		const FrequencyGroup *group = &data->groups[i];
		double		x = group->frequency;
		double		n = group->customers;
		size_t		entry = (size_t) x;
		Terms		terms = {theta[R], theta[S], theta[R] + x, 0.0};
		double		log_sum;
		double		slope;
		double		curvature;

		fill_slots(times, i, theta, &life, &terms, slots);
		for (size_t j = group->first; j < group->end; j += BLOCK)
			sum_block(data, times, slots, j,
					  group->end - j < BLOCK ? group->end : j + BLOCK, &total,
					  gradient, second);

		if (entry < data->rising_length)
		{
			log_sum = rising->log_sum[entry];
			slope = rising->first[entry];
			curvature = rising->second[entry];
		}
		else
		{
			log_sum = log_gamma_difference(theta[R], x);
			slope = digamma_difference(theta[R], x);
			curvature = trigamma_difference(theta[R], x);
		}
		total += n * (log_sum - x * log_parameters[ALPHA]);
		gradient[R] += n * theta[R] * slope;
		gradient[ALPHA] += n * (terms.power * terms.center - x);
		second[0] += n * theta[R] * (slope + theta[R] * curvature);
	}

	*value = total;
	if (!isfinite(total))
		return false;
	for (int i = 0; i < NPARAMETERS; i++)
	{
		if (!isfinite(gradient[i]))
			return false;
		for (int j = i; j < NPARAMETERS; j++, from++)
		{
			if (!isfinite(*from))
				return false;
			hessian[i * NPARAMETERS + j] = *from;
			hessian[j * NPARAMETERS + i] = *from;
		}
	}
	return true;
}

/*
 * Where to start: a moderate spread of rates around the mean one, and a hazard
 * that has half of the customers leave in the mean age and grows meanwhile.
 */
void
gamma_gompertz_start(const FamilyData *data, double *log_parameters)
{
	double		mean = data->repeat_purchases / data->customers;
	double		log_alpha = log(0.5 / mean);

	log_parameters[R] = log(0.5);
	log_parameters[ALPHA] = log_alpha < -5.0 ? -5.0 : (log_alpha > 5.0 ? 5.0 : log_alpha);
	log_parameters[BETA] = log(0.5);
	log_parameters[B] = log(0.5);
	log_parameters[S] = log(0.5);
}
