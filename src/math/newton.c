/*
 * newton.c
 *		Damped Newton ascent.
 *
 * In each iteration the function is replaced by its quadratic at theta,
 *
 *		q(p) = f + g'p - p'Ap/2,   A = -Hessian,
 *
 * which is maximized exactly within a trust region |p| <= radius: the step is
 * p = (A + shift)^-1 g with the smallest shift >= 0 that makes A + shift
 * positive definite and the step short enough (More & Sorensen 1983; the shift
 * is Levenberg's). With n of 2 to 4 (64 at most) an eigendecomposition of A
 * costs nothing beside the likelihood, and the shift is found from it to full
 * accuracy. The radius follows the ratio of what was gained to what q promised.
 *
 * Where the naive form fails: plain Newton from a bad start runs off to a
 * saddle or to infinity (likelihoods of purchase models are far from concave
 * in their parameters); a line search along the Newton direction fails where
 * the Hessian is indefinite; and "the function no longer changes" is not
 * convergence on a ridge, where it changes little for many iterations. So
 * convergence is declared on the Newton decrement,
 *
 *		decrement = sqrt(g' A^-1 g / scale),
 *
 * the distance to the top in standard errors (times 1/sqrt(scale)), which no
 * change of parameters and no ridge can feign.
 *
 * The box |theta_i| <= limit is kept, not only watched: a parameter that is at
 * its bound and wants out is held there while the others go on, and is let go
 * when it wants back in. What ends with a parameter held is NEWTON_BOUNDARY;
 * so is a maximum where the smallest eigenvalue of A / scale is below
 * `flatness`, for then the likelihood does not tell where along that direction
 * the parameters lie (a supremum at infinity looks the same).
 *
 * Differences of f below its own rounding error say nothing. There a full
 * Newton step is taken on the gradient's word, and the iteration ends when the
 * decrement stops falling.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "math/dense.h"
#include "math/newton.h"

#define DEFAULT_ITERATIONS 200
#define DEFAULT_TOLERANCE 1e-9
#define DEFAULT_FLATNESS 1e-9
#define DEFAULT_STEP 2.0

/* The radius below which there is no ascent left to find */
#define SMALLEST_RADIUS 1e-14

/*
 * Where no ascent is left: the decrement, in tolerances, up to which a place
 * that is flat is the top. There it is the rounding of the gradient over that
 * of the eigenvalues.
 */
#define FLAT_DECREMENT 1e3

/* f is trusted to so many roundings of its size */
#define NOISE (64 * DBL_EPSILON)

/* Where the function was evaluated, with what it said */
typedef struct Place
{
	double		theta[NEWTON_MAX_PARAMETERS];
	double		value;
	double		gradient[NEWTON_MAX_PARAMETERS];
	double		hessian[NEWTON_MAX_PARAMETERS * NEWTON_MAX_PARAMETERS];
} Place;

/* Evaluate; false if anything is not finite. */
static bool
evaluate(NewtonFunction function, void *context, int n, Place *place)
{
	if (!function(place->theta, &place->value, place->gradient,
				  place->hessian, context))
		return false;
	if (!isfinite(place->value))
		return false;
	for (int i = 0; i < n; i++)
		if (!isfinite(place->gradient[i]))
			return false;
	for (int i = 0; i < n * n; i++)
		if (!isfinite(place->hessian[i]))
			return false;
	return true;
}

/* What an eigenvalue of zero may look like beside the others. */
static double
rounding(const double *values, int n, double scale)
{
	double		largest = fabs(values[n - 1]) > fabs(values[0]) ?
		fabs(values[n - 1]) : fabs(values[0]);

	return 4 * DBL_EPSILON * (largest > 0 ? largest : scale);
}

/*
 * The step of a problem given by its eigenvalues and the gradient in the basis
 * of the eigenvectors: maximize g'p - p'Ap/2 subject to |p| <= radius. Returns
 * whether it is the plain Newton step.
 */
static bool
trust_region_step(int n, const double *values, const double *gradient,
				  double radius, double scale, double *step)
{
	double		least = rounding(values, n, scale);
	double		low = values[0] > least ? 0 : least - values[0];
	double		high;
	double		shift = low;
	double		norm = 0;
	bool		interior;

	for (int i = 0; i < n; i++)
		norm = hypot(norm, gradient[i] / (values[i] + shift));
	interior = low == 0 && norm <= radius;
	if (norm > radius)
	{
		/* |p| falls as the shift grows; this much is certainly enough */
		double		length = 0;

		for (int i = 0; i < n; i++)
			length = hypot(length, gradient[i]);
		high = low + length / radius;
		for (int i = 0; i < 200 && high - low > 1e-3 * high; i++)
		{
			/* between numbers of unlike size go by the geometric mean */
			shift = low > 0 && high > 4 * low ? sqrt(low) * sqrt(high) :
				0.5 * (low + high);
			norm = 0;
			for (int k = 0; k < n; k++)
				norm = hypot(norm, gradient[k] / (values[k] + shift));
			if (norm > radius)
				low = shift;
			else
				high = shift;
			if (norm <= radius && norm > 0.9 * radius)
				break;
		}
		if (norm > radius)
			shift = high;
	}
	for (int i = 0; i < n; i++)
		step[i] = gradient[i] / (values[i] + shift);

	/*
	 * A saddle or a valley's floor: no gradient along the direction that
	 * curves up. Any move along it ascends; take what the radius leaves.
	 */
	if (values[0] < -least)
	{
		norm = 0;
		for (int i = 1; i < n; i++)
			norm = hypot(norm, step[i]);
		if (hypot(norm, step[0]) < 0.5 * radius)
			step[0] = copysign(sqrt((radius - norm) * (radius + norm)),
							   step[0]);
	}
	return interior;
}

/*
 * One proposal from a place: the step, the promised gain (slope - curvature / 2),
 * the decrement (INFINITY where -Hessian is not positive definite).
 */
typedef struct Proposal
{
	double		step[NEWTON_MAX_PARAMETERS];
	double		slope;			/* g'p */
	double		curvature;		/* p'Ap */
	double		decrement;
	int			held;			/* parameters kept at their bound */
	bool		interior;		/* the unshifted Newton step, whole */
} Proposal;

static void
propose(const Place *place, int n, double limit, double scale, double radius,
		Proposal *proposal)
{
	bool		held[NEWTON_MAX_PARAMETERS];
	int			index[NEWTON_MAX_PARAMETERS];
	double		a[NEWTON_MAX_PARAMETERS * NEWTON_MAX_PARAMETERS];
	double		vectors[NEWTON_MAX_PARAMETERS * NEWTON_MAX_PARAMETERS];
	double		values[NEWTON_MAX_PARAMETERS];
	double		rotated[NEWTON_MAX_PARAMETERS];
	double		step[NEWTON_MAX_PARAMETERS];

	for (int i = 0; i < n; i++)
		held[i] = fabs(place->theta[i]) >= limit &&
			place->gradient[i] * place->theta[i] > 0;

	/* at most n rounds: each that repeats holds one parameter more */
	for (int round = 0; round <= n; round++)
	{
		int			m = 0;
		double		null;
		bool		again = false;

		for (int i = 0; i < n; i++)
		{
			proposal->step[i] = 0;
			if (!held[i])
				index[m++] = i;
		}
		proposal->held = n - m;
		proposal->slope = 0;
		proposal->curvature = 0;
		proposal->decrement = 0;
		proposal->interior = true;
		if (m == 0)
			return;

		for (int i = 0; i < m; i++)
			for (int j = 0; j < m; j++)
				a[i * m + j] = -0.5 *
					(place->hessian[index[i] * n + index[j]] +
					 place->hessian[index[j] * n + index[i]]);
		symmetric_eigen(a, m, values, vectors);
		null = rounding(values, m, scale);
		for (int k = 0; k < m; k++)
		{
			rotated[k] = 0;
			for (int i = 0; i < m; i++)
				rotated[k] += vectors[i * m + k] * place->gradient[index[i]];
			/* an eigenvalue of nothing but rounding counts as that small */
			if (values[k] >= -null)
				proposal->decrement += rotated[k] * rotated[k] /
					(values[k] > null ? values[k] : null);
			else
				proposal->decrement = INFINITY;
		}
		proposal->decrement = sqrt(proposal->decrement / scale);
		proposal->interior = trust_region_step(m, values, rotated, radius,
											   scale, step);
		for (int k = 0; k < m; k++)
		{
			proposal->slope += rotated[k] * step[k];
			proposal->curvature += values[k] * step[k] * step[k];
		}
		for (int i = 0; i < m; i++)
		{
			double		component = 0;

			for (int k = 0; k < m; k++)
				component += vectors[i * m + k] * step[k];
			proposal->step[index[i]] = component;
			if (fabs(place->theta[index[i]]) >= limit &&
				component * place->theta[index[i]] > 0)
			{
				held[index[i]] = true;
				again = true;
			}
		}
		if (!again)
			return;
	}
}

/*
 * Take the step, as far as the box allows. Returns the share that was taken.
 */
static double
move(const Place *from, const Proposal *proposal, int n, double limit,
	 Place *to)
{
	double		share = 1;
	int			bound = -1;

	for (int i = 0; i < n; i++)
	{
		double		target = from->theta[i] + proposal->step[i];

		if (fabs(target) > limit && fabs(target) > fabs(from->theta[i]))
		{
			double		room = (copysign(limit, target) - from->theta[i]) /
				proposal->step[i];

			if (room < share)
			{
				share = room > 0 ? room : 0;
				bound = i;
			}
		}
	}
	for (int i = 0; i < n; i++)
		to->theta[i] = from->theta[i] + share * proposal->step[i];
	if (bound >= 0)
		to->theta[bound] = copysign(limit, to->theta[bound]);
	return share;
}

/* Maximize; see newton.h. */
void
newton_maximize(NewtonFunction function, void *context, int n, double *theta,
				const NewtonOptions *options, NewtonResult *result)
{
	int			max_iterations = options->max_iterations > 0 ?
		options->max_iterations : DEFAULT_ITERATIONS;
	double		tolerance = options->gradient_tolerance > 0 ?
		options->gradient_tolerance : DEFAULT_TOLERANCE;
	double		flatness = options->flatness > 0 ?
		options->flatness : DEFAULT_FLATNESS;
	double		scale = options->scale > 0 ? options->scale : 1;
	double		max_step = options->max_step > 0 ?
		options->max_step : DEFAULT_STEP;
	double		limit = options->limit > 0 ? options->limit : INFINITY;
	double		radius = max_step;
	double		quiet = INFINITY;	/* decrement at the last step within noise */
	Place		places[2];
	Place	   *here = &places[0];
	Place	   *there = &places[1];
	Proposal	proposal;

	memset(result, 0, sizeof(*result));
	memset(&proposal, 0, sizeof(proposal));
	proposal.decrement = INFINITY;
	result->status = NEWTON_NOT_CONVERGED;
	result->decrement = INFINITY;
	if (n < 1 || n > NEWTON_MAX_PARAMETERS)
	{
		result->status = NEWTON_NOT_FINITE;
		return;
	}

	for (int i = 0; i < n; i++)
	{
		here->theta[i] = theta[i];
		if (fabs(theta[i]) > limit)
			here->theta[i] = copysign(limit, theta[i]);
	}
	result->evaluations = 1;
	if (!evaluate(function, context, n, here))
	{
		result->status = NEWTON_NOT_FINITE;
		return;
	}

	for (;;)
	{
		double		noise = NOISE * (fabs(here->value) + scale);
		double		share;
		double		gain;
		double		promised;

		if (options->interrupt && options->interrupt(options->interrupt_context))
		{
			result->status = NEWTON_INTERRUPTED;
			break;
		}
		propose(here, n, limit, scale, radius, &proposal);
		if (proposal.decrement <= tolerance)
		{
			result->status = proposal.held > 0 ? NEWTON_BOUNDARY :
				NEWTON_CONVERGED;
			break;
		}
		if (result->iterations >= max_iterations)
			break;
		if (radius < SMALLEST_RADIUS)
			break;
		result->iterations++;

		share = move(here, &proposal, n, limit, there);
		promised = share * (proposal.slope - 0.5 * share * proposal.curvature);
		result->evaluations++;
		if (!evaluate(function, context, n, there))
		{
			radius *= 0.25;
			continue;
		}
		gain = there->value - here->value;

		if (promised <= noise && proposal.interior && fabs(gain) <= noise)
		{
			/* nothing to be seen in f: the decrement has to keep falling */
			if (!(proposal.decrement < 0.5 * quiet))
			{
				result->status = proposal.held > 0 ? NEWTON_BOUNDARY :
					NEWTON_CONVERGED;
				break;
			}
			quiet = proposal.decrement;
		}
		else
		{
			double		length = 0;

			quiet = INFINITY;
			for (int i = 0; i < n; i++)
				length = hypot(length, proposal.step[i]);
			if (!(gain > 1e-4 * promised) && !(promised <= noise && gain >= 0))
			{
				/* no good: a smaller region, starting from this step */
				radius = 0.25 * (length < radius ? length : radius);
				continue;
			}
			if (gain < 0.25 * promised)
				radius = 0.5 * (length < radius ? length : radius);
			else if (gain > 0.75 * promised && length > 0.8 * radius)
				radius = 2 * radius < max_step ? 2 * radius : max_step;
		}
		{
			Place	   *swap = here;

			here = there;
			there = swap;
		}
	}

	/*
	 * One more step costs one evaluation and squares what is left: the place
	 * no longer depends on the start.
	 */
	if (result->status == NEWTON_CONVERGED && proposal.decrement > 0 &&
		move(here, &proposal, n, limit, there) == 1)
	{
		result->evaluations++;
		if (evaluate(function, context, n, there) &&
			there->value >= here->value - NOISE * (fabs(here->value) + scale))
		{
			here = there;
			propose(here, n, limit, scale, radius, &proposal);
		}
	}

	result->value = here->value;
	result->decrement = proposal.decrement;
	memcpy(theta, here->theta, n * sizeof(double));
	memcpy(result->gradient, here->gradient, n * sizeof(double));
	memcpy(result->hessian, here->hessian, (size_t) n * n * sizeof(double));

	/* a top, or what rounding leaves of a flat one */
	if (result->status == NEWTON_CONVERGED ||
		(result->status == NEWTON_NOT_CONVERGED && radius < SMALLEST_RADIUS &&
		 proposal.decrement <= FLAT_DECREMENT * tolerance))
	{
		double		information[NEWTON_MAX_PARAMETERS * NEWTON_MAX_PARAMETERS];
		double		values[NEWTON_MAX_PARAMETERS];

		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				information[i * n + j] = -0.5 * (here->hessian[i * n + j] +
												 here->hessian[j * n + i]);
		symmetric_eigenvalues(information, n, values);
		if (!(values[0] / scale >= flatness))
			result->status = NEWTON_BOUNDARY;
	}
}
