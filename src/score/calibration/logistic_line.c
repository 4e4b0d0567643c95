/*
 * logistic_line.c
 *		The logistic curve of one score, fitted. Pure C.
 *
 * The loss, sum of n ln(1 + exp(eta)) - t eta over the groups, is convex in
 * the intercept and the slope: Newton's steps, halved until they descend, find
 * its one minimum. It is strictly convex, with a minimum at a finite place,
 * unless all scores are one, or all targets are 0 and 1 and a threshold
 * separates the won cases from the lost ones; both are found out beforehand.
 *
 * Where the naive form fails: ln(1 + exp(eta)) overflows and 1 - p loses its
 * digits, which is what Lin, Lin and Weng (Machine Learning 68 (2007) 267)
 * mended in the procedure of Platt's paper. Here each of p, 1 - p and the two
 * logarithms comes from exp(-|eta|), and a residual is t (1 - p) - (1 - t) p.
 * Scores are moved to mean 0 and variance 1 first, without which the steps of
 * scores about 1e6 are solved from a matrix that has no digits left.
 */
#include <math.h>
#include <stdbool.h>

#include "math/log_odds.h"
#include "math/sum.h"
#include "score/calibration/logistic_line.h"

#define MAX_ITERATIONS	200

/* Let the user interrupt after so many groups. */
#define INTERRUPT_EVERY	65536

/* A step of a decrement below is the last: its error is about the decrement. */
#define LAST_DECREMENT	1e-16

/* Scores as the fit sees them: (ldexp(score, -exponent) - center) / scale */
typedef struct Standard
{
	int			exponent;
	double		center;
	double		scale;
} Standard;

/* The loss at a place, with its derivatives. */
typedef struct LineLoss
{
	double		value;
	double		gradient[2];
	double		hessian[3];		/* intercept twice, both, slope twice */
} LineLoss;

/* Let the user interrupt, now and then. */
static inline void
let_interrupt(const LineQuestion *question, size_t i)
{
	if (i % INTERRUPT_EVERY == 0 && question->interrupt != NULL)
		question->interrupt();
}

static double
standardized(const Standard *standard, double score)
{
	return (ldexp(score, -standard->exponent) - standard->center) /
		standard->scale;
}

/* Mean and deviation of the scores, without overflow on the way. */
static void
find_standard(const LineQuestion *question, Standard *standard)
{
	const OutcomeGroup *groups = question->groups;
	size_t		n = question->ngroups;
	double		greatest = fmax(fabs(groups[0].score),
								fabs(groups[n - 1].score));
	LongSum		sum = {0, 0};
	LongSum		squares = {0, 0};
	double		cases = 0;

	(void) frexp(greatest, &standard->exponent);
	for (size_t i = 0; i < n; i++)
	{
		double		weight = (double) groups[i].won + (double) groups[i].lost;

		long_sum_add(&sum, weight * ldexp(groups[i].score,
										  -standard->exponent));
		cases += weight;
	}
	standard->center = long_sum_value(&sum) / cases;
	for (size_t i = 0; i < n; i++)
	{
		double		weight = (double) groups[i].won + (double) groups[i].lost;
		double		distance = ldexp(groups[i].score, -standard->exponent) -
			standard->center;

		long_sum_add(&squares, weight / cases * distance * distance);
	}
	standard->scale = sqrt(long_sum_value(&squares));
}

/* The loss at log odds = theta[0] + theta[1] * standardized score */
static void
line_loss(const LineQuestion *question, const Standard *standard,
		  const double *theta, LineLoss *loss)
{
	double		won_target = question->won_target;
	double		lost_target = question->lost_target;
	LongSum		value = {0, 0};
	LongSum		gradient[2] = {{0, 0}, {0, 0}};
	LongSum		hessian[3] = {{0, 0}, {0, 0}, {0, 0}};

	for (size_t i = 0; i < question->ngroups; i++)
	{
		double		won = (double) question->groups[i].won;
		double		lost = (double) question->groups[i].lost;
		double		x = standardized(standard, question->groups[i].score);
		double		eta = theta[0] + theta[1] * x;
		double		e = exp(-fabs(eta));
		double		larger = 1 / (1 + e);
		double		p = eta >= 0 ? larger : e * larger;
		double		q = eta >= 0 ? e * larger : larger;
		double		small = log1p(e);
		double		cost_of_won = eta >= 0 ? small : small - eta;
		double		cost_of_lost = eta >= 0 ? small + eta : small;
		double		residual = won * (won_target * q - (1 - won_target) * p) +
			lost * (lost_target * q - (1 - lost_target) * p);
		double		weight = (won + lost) * p * q;

		let_interrupt(question, i);
		long_sum_add(&value,
					 (won * won_target + lost * lost_target) * cost_of_won +
					 (won * (1 - won_target) + lost * (1 - lost_target)) *
					 cost_of_lost);
		long_sum_add(&gradient[0], -residual);
		long_sum_add(&gradient[1], -residual * x);
		long_sum_add(&hessian[0], weight);
		long_sum_add(&hessian[1], weight * x);
		long_sum_add(&hessian[2], weight * x * x);
	}
	loss->value = long_sum_value(&value);
	for (int i = 0; i < 2; i++)
		loss->gradient[i] = long_sum_value(&gradient[i]);
	for (int i = 0; i < 3; i++)
		loss->hessian[i] = long_sum_value(&hessian[i]);
}

/*
 * The inverse of the Hessian. Where that has no digits left (every case but
 * those of one score lies far out on the curve), it is eased by a little of
 * its own diagonal and the cases' smallest weight.
 */
static void
invert_hessian(const double *hessian, double *inverse)
{
	double		a = hessian[0];
	double		b = hessian[1];
	double		d = hessian[2];
	double		determinant = a * d - b * b;

	if (!(determinant > 1e-13 * a * d))
	{
		a += 1e-12 * (a + 1);
		d += 1e-12 * (d + 1);
		determinant = fmax(a * d - b * b, 1e-13 * a * d);
	}
	inverse[0] = d / determinant;
	inverse[1] = -b / determinant;
	inverse[2] = a / determinant;
}

/* Newton's steps from theta; false if they do not arrive. */
static bool
descend(const LineQuestion *question, const Standard *standard,
		double *theta, double *inverse, LogisticLine *line)
{
	LineLoss	loss;

	line_loss(question, standard, theta, &loss);
	for (line->iterations = 1; line->iterations <= MAX_ITERATIONS;
		 line->iterations++)
	{
		double		step[2];
		double		decrement;
		double		size = 1;

		invert_hessian(loss.hessian, inverse);
		step[0] = -(inverse[0] * loss.gradient[0] +
					inverse[1] * loss.gradient[1]);
		step[1] = -(inverse[1] * loss.gradient[0] +
					inverse[2] * loss.gradient[1]);
		decrement = -(step[0] * loss.gradient[0] + step[1] * loss.gradient[1]);
		if (!isfinite(decrement))
			return false;
		for (;;)
		{
			double		trial[2] = {theta[0] + size * step[0],
			theta[1] + size * step[1]};
			LineLoss	there;

			line_loss(question, standard, trial, &there);
			/* next to the minimum the loss itself is too coarse to be asked */
			if (decrement <= 1e-9 ||
				there.value <= loss.value - 1e-4 * size * decrement)
			{
				theta[0] = trial[0];
				theta[1] = trial[1];
				loss = there;
				break;
			}
			/* far out on the curve a step may be too long by many orders */
			size /= 2;
			if (size < 1e-30)
				return false;
		}
		if (decrement <= LAST_DECREMENT)
		{
			invert_hessian(loss.hessian, inverse);
			line->log_likelihood = -loss.value;
			return true;
		}
	}
	return false;
}

/* Does a threshold of the score separate won cases from lost ones? */
static bool
is_separated(const LineQuestion *question)
{
	const OutcomeGroup *groups = question->groups;
	double		least[2] = {INFINITY, INFINITY};
	double		greatest[2] = {-INFINITY, -INFINITY};

	for (size_t i = 0; i < question->ngroups; i++)
		for (int won = 0; won < 2; won++)
			if ((won ? groups[i].won : groups[i].lost) > 0)
			{
				least[won] = fmin(least[won], groups[i].score);
				greatest[won] = fmax(greatest[won], groups[i].score);
			}
	return greatest[0] <= least[1] || greatest[1] <= least[0];
}

/* Cases counted as won, and as lost */
static void
count_cases(const LineQuestion *question, double *won, double *lost)
{
	*won = 0;
	*lost = 0;
	for (size_t i = 0; i < question->ngroups; i++)
	{
		double		w = (double) question->groups[i].won;
		double		l = (double) question->groups[i].lost;

		*won += w * question->won_target + l * question->lost_target;
		*lost += w * (1 - question->won_target) +
			l * (1 - question->lost_target);
	}
}

/* The line without anything known of it */
static void
start_line(LogisticLine *line)
{
	line->status = LINE_OK;
	line->intercept = NAN;
	line->slope = NAN;
	line->variance_intercept = NAN;
	line->variance_slope = NAN;
	line->covariance = NAN;
	line->log_likelihood = NAN;
	line->iterations = 0;
}

/* Fit intercept and slope. */
void
fit_logistic_line(const LineQuestion *question, LogisticLine *line)
{
	Standard	standard;
	double		theta[2];
	double		inverse[3];
	double		won;
	double		lost;
	double		unit;

	start_line(line);
	count_cases(question, &won, &lost);
	if (won == 0 || lost == 0 ||
		(question->ngroups > 1 && question->won_target == 1 &&
		 question->lost_target == 0 && is_separated(question)))
	{
		line->status = LINE_SEPARATED;
		return;
	}
	if (question->ngroups == 1)
	{
		line->status = LINE_CONSTANT;
		line->slope = 0;
		line->intercept = log(won / lost);
		line->log_likelihood = -(won * log_1p_exp(-line->intercept) +
								 lost * log_1p_exp(line->intercept));
		return;
	}
	find_standard(question, &standard);
	theta[0] = log(won / lost);
	theta[1] = 0;
	if (!descend(question, &standard, theta, inverse, line))
	{
		line->status = LINE_NOT_CONVERGED;
		return;
	}
	/* a unit of the standardized score, in units of the score */
	unit = ldexp(1 / standard.scale, -standard.exponent);
	line->slope = theta[1] * unit;
	line->intercept = theta[0] - theta[1] * (standard.center / standard.scale);
	unit = fabs(unit);
	if (!isfinite(line->slope) || !isfinite(line->intercept) ||
		(theta[1] != 0 && fabs(line->slope) < 1e-300))
	{
		line->status = LINE_OUT_OF_RANGE;
		return;
	}
	{
		double		center = standard.center / standard.scale;

		line->variance_slope = inverse[2] * unit * unit;
		line->covariance = (inverse[1] - center * inverse[2]) * unit;
		line->variance_intercept = inverse[0] - 2 * center * inverse[1] +
			center * center * inverse[2];
	}
}

/* The derivative of the loss by the intercept, and that of it. */
static double
offset_gradient(const LineQuestion *question, double slope, double intercept,
				double *hessian)
{
	LongSum		gradient = {0, 0};
	LongSum		weights = {0, 0};

	for (size_t i = 0; i < question->ngroups; i++)
	{
		double		eta = intercept + slope * question->groups[i].score;
		double		p = probability_of_log_odds(eta);
		double		q = probability_of_log_odds(-eta);
		double		won = (double) question->groups[i].won;
		double		lost = (double) question->groups[i].lost;

		let_interrupt(question, i);
		long_sum_add(&gradient, lost * p - won * q);
		long_sum_add(&weights, (won + lost) * p * q);
	}
	*hessian = long_sum_value(&weights);
	return long_sum_value(&gradient);
}

/*
 * Fit the intercept alone, to the outcomes as they are: the derivative rises
 * with it, so its root is held between two bounds while Newton's steps go
 * there, and the interval is halved where they would leave it.
 */
void
fit_logistic_offset(const LineQuestion *question, double slope,
					LogisticLine *line)
{
	const OutcomeGroup *groups = question->groups;
	double		first = slope * groups[0].score;
	double		last = slope * groups[question->ngroups - 1].score;
	double		won = 0;
	double		lost = 0;
	double		low;
	double		high;
	double		hessian;

	start_line(line);
	line->slope = slope;
	for (size_t i = 0; i < question->ngroups; i++)
	{
		won += (double) groups[i].won;
		lost += (double) groups[i].lost;
	}
	if (won == 0 || lost == 0)
	{
		line->status = LINE_SEPARATED;
		return;
	}
	low = log(won / lost) - fmax(first, last);
	high = log(won / lost) - fmin(first, last);
	line->intercept = low / 2 + high / 2;
	for (line->iterations = 1; line->iterations <= MAX_ITERATIONS;
		 line->iterations++)
	{
		double		gradient = offset_gradient(question, slope,
											   line->intercept, &hessian);
		double		next = line->intercept - gradient / hessian;
		bool		last_step = gradient * gradient <= LAST_DECREMENT * hessian;

		if (gradient > 0)
			high = line->intercept;
		else
			low = line->intercept;
		if (!(next >= low && next <= high))
			next = low / 2 + high / 2;
		if (last_step || next == line->intercept)
		{
			line->intercept = next;
			(void) offset_gradient(question, slope, next, &hessian);
			line->variance_intercept = 1 / hessian;
			line->log_likelihood =
				logistic_line_log_likelihood(question, line->intercept, slope);
			return;
		}
		line->intercept = next;
	}
	line->status = LINE_NOT_CONVERGED;
}

/* The log-likelihood of the outcomes as they are, under a line */
double
logistic_line_log_likelihood(const LineQuestion *question, double intercept,
							 double slope)
{
	LongSum		sum = {0, 0};

	for (size_t i = 0; i < question->ngroups; i++)
	{
		double		eta = intercept + slope * question->groups[i].score;

		if (question->groups[i].won > 0)
			long_sum_add(&sum, -(double) question->groups[i].won *
						 log_1p_exp(-eta));
		if (question->groups[i].lost > 0)
			long_sum_add(&sum, -(double) question->groups[i].lost *
						 log_1p_exp(eta));
	}
	return long_sum_value(&sum);
}
