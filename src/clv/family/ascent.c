/*
 * ascent.c
 *		From several starts to the best place that a likelihood has.
 */
#include "clv/family/ascent.h"

#include <math.h>
#include <string.h>

/* Is the place reached better than the best one so far? */
static bool
is_better(const NewtonResult *reached, const NewtonResult *best,
		  double customers)
{
	/* Converged is worth a hair's breadth of likelihood. */
	double		slack = 1e-9 * (fabs(best->value) + customers);

	if (best->status == NEWTON_NOT_FINITE)
		return true;
	if (reached->status == NEWTON_NOT_FINITE)
		return false;
	return reached->value > best->value +
		(reached->status == NEWTON_CONVERGED ? -slack : slack);
}

/* Maximize from one start after the other until one converges. */
void
ascend(const Ascent *ascent, const double *starts, int nstarts, double *theta,
	   NewtonResult *best, FitResult *result)
{
	size_t		size = ascent->n * sizeof(double);
	bool		first = true;

	for (int i = 0; i < nstarts; i++)
	{
		NewtonOptions newton = {0};
		NewtonResult reached;
		double		place[NEWTON_MAX_PARAMETERS];

		newton.limit = ascent->limit;
		newton.scale = ascent->customers;
		newton.interrupt = ascent->options->interrupt;
		newton.interrupt_context = ascent->options->interrupt_context;
		memcpy(place, starts + (size_t) i * ascent->n, size);
		memset(&reached, 0, sizeof(reached));
		newton_maximize(ascent->function, ascent->context, ascent->n, place,
						&newton, &reached);
		result->iterations += reached.iterations;
		result->evaluations += reached.evaluations;

		if (first || is_better(&reached, best, ascent->customers))
		{
			*best = reached;
			memcpy(theta, place, size);
			first = false;
		}
		if (reached.status == NEWTON_INTERRUPTED)
			best->status = NEWTON_INTERRUPTED;
		if (reached.status == NEWTON_CONVERGED ||
			reached.status == NEWTON_INTERRUPTED)
			break;
	}
}

/* What the end of an ascent says of a fit. */
FitStatus
fit_status(const NewtonResult *reached, const double *theta, int n,
		   double limit)
{
	switch (reached->status)
	{
		case NEWTON_CONVERGED:
			return FIT_OK;
		case NEWTON_BOUNDARY:
			return FIT_BOUNDARY;
		case NEWTON_INTERRUPTED:
			return FIT_INTERRUPTED;
		case NEWTON_NOT_CONVERGED:
			/* Rounding may hide the last step along a bound. */
			for (int i = 0; i < n; i++)
			{
				if (fabs(theta[i]) >= limit)
					return FIT_BOUNDARY;
			}
			return FIT_NOT_CONVERGED;
		default:
			return FIT_NOT_CONVERGED;
	}
}
