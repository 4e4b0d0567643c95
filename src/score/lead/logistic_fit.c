/*
 * logistic_fit.c
 *		Logistic regression: the passes of a fit.
 *
 * 1. The aggregate training_summary tells what the training set holds.
 * 2. logistic_model.c makes terms of it: numbers are standardized, so that the
 *	  information is well conditioned whatever their units.
 * 3. Of a large table, a fit to a sample of its blocks gives the estimates to
 *	  start from, which saves passes; otherwise the model of the intercept.
 * 4. Newton's steps (Fisher scoring is the same here: McCullagh & Nelder 1989,
 *	  2.5), each one aggregate logistic_step over the training set. A step
 *	  that lowers the log-likelihood is halved.
 *
 * Steps converge quadratically: after one that moves the logits by m on
 * average, what is left is of the order of m^2. So the last step is taken
 * without looking at where it leads.
 *
 * Where won and lost leads can be told apart, or some of them on their own
 * (Albert & Anderson, Biometrika 71 (1984) 1), there is no maximum: estimates
 * grow without end along a direction d with s x'd >= 0 for all rows. Where a
 * feature does it alone, the first pass has told. Otherwise Newton's step
 * becomes such a direction by itself: after k steps its other parts have faded
 * to about exp(-k). Then one pass with the step itself in place of the
 * estimates tells whether the margins s x'd are negative anywhere. It is made
 * late, as margins that are negative, but small beside those of an outlier,
 * are not to be taken for what has not faded yet.
 */
#include "postgres.h"

#include <math.h>

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "score/lead/fit_lead_model.h"
#include "score/lead/logistic_model.h"

/* Passes over the training set before giving up */
#define MOST_PASSES			50
#define MOST_HALVINGS		20

/* With a feature that separates alone, no more passes are made */
#define SEPARATED_PASSES	14

/* Otherwise separation is looked for from this pass on, every so many */
#define SEPARATION_FROM		26
#define SEPARATION_EVERY	4
#define SEPARATION_MARGIN	1e-10

/* Up to so many features and rows, a pass a feature finds which separate */
#define PRUNE_FEATURES		50
#define PRUNE_ROWS			100000

/* Rows of which a sample is fitted first, and rows of the sample */
#define SAMPLE_FROM			200000
#define SAMPLE_ROWS			50000

/* What keeps the sample's estimates from growing without end */
#define SAMPLE_RIDGE		1.0

/* Numbers that come as arguments of their own; above: an array */
static const int number_arguments[] = {10, 20, 40, 80};

/* What becomes of Newton's steps. */
typedef struct NewtonResult
{
	LeadStatus	status;
	const char *reason;
	LogisticStep *last;			/* sums of the last pass */
	double	   *direction;		/* the step after it */
	double		gain;			/* in the log-likelihood, of the step taken
								 * without a look */
	int			passes;
} NewtonResult;

/* Let the user interrupt. */
static void
interrupt(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The arguments of both aggregates: outcome, weight, frequency, features. */
static void
append_arguments(StringInfo query, const LeadFitRequest *request,
				 const int *categories, int ncategories,
				 const int *numbers, int nnumbers)
{
	int			room = 0;

	appendStringInfo(query, "%s, %s, %s", request->outcome,
					 request->weight ? request->weight : "1::pg_catalog.float8",
					 request->frequency ? request->frequency : "1::pg_catalog.float8");
	appendStringInfoString(query, ncategories == 0 ? ", NULL" : ", ARRAY[");
	for (int i = 0; i < ncategories; i++)
		appendStringInfo(query, "%s%s", i > 0 ? ", " : "",
						 request->features[categories[i]].expression);
	appendStringInfoString(query, ncategories == 0 ? "::pg_catalog.text[]" :
						   "]::pg_catalog.text[]");
	for (int i = 0; i < (int) lengthof(number_arguments) && room == 0; i++)
		if (nnumbers <= number_arguments[i])
			room = number_arguments[i];
	if (room == 0)
		appendStringInfoString(query, ", ARRAY[");
	for (int i = 0; i < nnumbers; i++)
		appendStringInfo(query, "%s%s", room > 0 || i > 0 ? ", " : "",
						 request->features[numbers[i]].expression);
	for (int i = nnumbers; i < room; i++)
		appendStringInfoString(query, ", NULL::pg_catalog.float8");
	if (room == 0)
		appendStringInfoString(query, "]::pg_catalog.float8[]");
}

/* The one value that a query returned, in memory of the context; or NULL. */
static void *
take_value(MemoryContext context)
{
	bool		is_null;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[0],
									  SPI_tuptable->tupdesc, 1, &is_null);
	void	   *result = NULL;

	if (!is_null)
	{
		struct varlena *found = PG_DETOAST_DATUM(value);

		result = MemoryContextAlloc(context, VARSIZE(found));
		memcpy(result, found, VARSIZE(found));
	}
	SPI_freetuptable(SPI_tuptable);
	return result;
}

/* Run the first pass. */
static TrainingSummary *
run_summary(const LeadFitRequest *request, const LogisticModel *model,
			MemoryContext context)
{
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfoString(&query, "SELECT clientele.training_summary(");
	append_arguments(&query, request, model->categories, model->ncategories,
					 model->numbers, model->nnumbers);
	appendStringInfo(&query, ") FROM %s", request->from);
	SPI_execute(query.data, true, 0);
	pfree(query.data);
	return take_value(context);
}

/* Run a step with these estimates. */
static LogisticStep *
run_step(const LogisticModel *model, const double *estimates,
		 const char *sample)
{
	LogisticStep *todo = logistic_model_step(model, estimates);
	StringInfoData query;
	Oid			type;
	Datum		argument = PointerGetDatum(todo);
	LogisticStep *result;

	type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   CStringGetDatum("logistic_step"),
						   ObjectIdGetDatum(get_namespace_oid("clientele", false)));
	initStringInfo(&query);
	appendStringInfoString(&query, "SELECT clientele.logistic_step($1, ");
	append_arguments(&query, model->request, model->step_categories,
					 model->nstep_categories, model->step_numbers,
					 model->nstep_numbers);
	appendStringInfo(&query, ") FROM %s%s", model->request->from, sample);
	SPI_execute_with_args(query.data, 1, &type, &argument, NULL, true, 0);
	pfree(query.data);
	result = take_value(model->memory);
	pfree(todo);
	return result;
}

/* The penalty on the log-likelihood. */
static double
penalty(const LogisticModel *model, const double *penalties,
		const double *estimates)
{
	double		sum = 0;

	for (int i = 0; i < model->nterms; i++)
		sum += penalties[i] / 2 * estimates[i] * estimates[i];
	return sum;
}

/* Whether a direction separates: no margin of it is negative. */
static bool
separates(const LogisticModel *model, const double *direction)
{
	double	   *unit = palloc(model->nterms * sizeof(double));
	double		largest = 0;
	LogisticStep *step;
	bool		result;

	for (int i = 0; i < model->nterms; i++)
		largest = Max(largest, fabs(direction[i]));
	for (int i = 0; i < model->nterms; i++)
		unit[i] = largest > 0 ? direction[i] / largest : 0;
	step = run_step(model, unit, "");
	result = step != NULL && step->sums.greatest_margin > 0 &&
		step->sums.least_margin >=
		-SEPARATION_MARGIN * step->sums.greatest_margin;
	if (step != NULL)
		pfree(step);
	pfree(unit);
	return result;
}

/*
 * Take out of a direction that separates the features without which it still
 * does, so that only those are told that matter. A pass a feature: where that
 * would take long, nothing is taken out.
 */
static void
prune_direction(const LogisticModel *model, double *direction)
{
	double	   *less = palloc(model->nterms * sizeof(double));

	if (model->request->nfeatures > PRUNE_FEATURES ||
		model->summary->rows > PRUNE_ROWS)
		return;
	for (int feature = model->request->nfeatures - 1; feature >= 0; feature--)
	{
		for (int i = 0; i < model->nterms; i++)
			less[i] = model->terms[i].feature == feature ? 0 : direction[i];
		if (separates(model, less))
			memcpy(direction, less, model->nterms * sizeof(double));
	}
	pfree(less);
}

/*
 * Newton's steps from the estimates, which are changed. Terms that turn out
 * to depend on others are left out in the first pass over the whole set.
 */
static void
newton(LogisticModel *model, double *estimates, const double *penalties,
	   const char *sample, int most_passes, double tolerance,
	   NewtonResult *result)
{
	bool		whole = *sample == '\0';
	bool		told_apart = whole && logistic_told_apart(model);
	bool	   *left_out = palloc(model->nterms * sizeof(bool));
	double	   *previous = palloc(model->nterms * sizeof(double));
	double		before = -INFINITY;
	int			halvings = 0;
	LogisticSystem system = {0};

	memcpy(left_out, model->left_out, model->nterms * sizeof(bool));
	system.nterms = model->nterms;
	system.order = model->order;
	system.penalties = penalties;
	system.estimates = estimates;
	system.left_out = whole ? model->left_out : left_out;
	system.memory = model->factor;
	system.scratch = model->scratch;
	system.interrupt = interrupt;
	result->status = LEAD_NOT_CONVERGED;
	result->reason = NULL;
	result->last = NULL;
	result->direction = MemoryContextAllocZero(model->memory,
											   model->nterms * sizeof(double));
	result->gain = 0;
	result->passes = 0;
	while (result->passes < most_passes)
	{
		LogisticStep *step = run_step(model, estimates, sample);
		StepParts	parts;
		double		objective;
		double		decrement;
		double		moved;

		result->passes++;
		if (step == NULL || step->sums.rows == 0)
			return;				/* of a sample: no rows */
		step_parts(step, &parts);
		objective = long_sum_value(&step->sums.log_likelihood) -
			penalty(model, penalties, estimates);
		if (!(objective >= before - 1e-10 * (fabs(before) + 1)) &&
			before > -INFINITY)
		{
			if (++halvings > MOST_HALVINGS)
				break;
			for (int i = 0; i < model->nterms; i++)
				estimates[i] = previous[i] + (estimates[i] - previous[i]) / 2;
			pfree(step);
			continue;
		}
		halvings = 0;
		if (result->last != NULL)
			pfree(result->last);
		result->last = step;
		system.gradient = parts.work.gradient;
		system.information = parts.work.information;
		if (before == -INFINITY)
		{
			unsigned char *dependence = MemoryContextAllocZero(model->memory,
															   (Size) model->nterms * model->nterms);

			if (logistic_leave_out(&system, dependence) > 0 && whole)
				logistic_model_tell_left_out(model, dependence);
			pfree(dependence);
			for (int i = 0; i < model->nterms; i++)
				if (system.left_out[i])
					estimates[i] = 0;
		}
		before = objective;
		if (whole && model->request->ridge == 0 &&
			step->sums.least_margin > 0)
		{
			result->status = LEAD_SEPARATED;
			memcpy(result->direction, estimates,
				   model->nterms * sizeof(double));
			break;
		}
		if (logistic_newton_step(&system, result->direction, &decrement) == 0)
		{
			result->reason = "the information is singular";
			break;
		}
		/* by so much the step moves the logits, on average */
		moved = sqrt(fabs(decrement) / long_sum_value(&step->sums.weight));
		memcpy(previous, estimates, model->nterms * sizeof(double));
		for (int i = 0; i < model->nterms; i++)
			estimates[i] += result->direction[i];
		if (moved <= tolerance)
		{
			result->status = LEAD_OK;
			result->gain = logistic_gain(&system, result->direction);
			break;
		}
		if (whole && model->request->ridge == 0 &&
			(told_apart ? result->passes >= SEPARATED_PASSES :
			 result->passes >= SEPARATION_FROM &&
			 (result->passes - SEPARATION_FROM) % SEPARATION_EVERY == 0 &&
			 separates(model, result->direction)))
		{
			memcpy(estimates, previous, model->nterms * sizeof(double));
			result->status = LEAD_SEPARATED;
			break;
		}
	}
	/* a step that was taken last leads nowhere that was seen */
	if (result->status == LEAD_NOT_CONVERGED && before > -INFINITY)
		memcpy(estimates, previous, model->nterms * sizeof(double));
	pfree(left_out);
	pfree(previous);
}

/*
 * The estimates to start from: of a sample of a large table's blocks, or of
 * the intercept alone.
 */
static void
start_estimates(LogisticModel *model, double *estimates)
{
	const TrainingSummary *summary = model->summary;
	char		kind = OidIsValid(model->request->relation) ?
		get_rel_relkind(model->request->relation) : '\0';

	memset(estimates, 0, model->nterms * sizeof(double));
	estimates[0] = log(summary->weight[1] / summary->weight[0]);
	if (summary->rows >= SAMPLE_FROM &&
		(kind == RELKIND_RELATION || kind == RELKIND_MATVIEW ||
		 kind == RELKIND_PARTITIONED_TABLE))
	{
		double	   *penalties = palloc0(model->nterms * sizeof(double));
		char	   *sample = psprintf(" TABLESAMPLE SYSTEM (%.6f) REPEATABLE (5)",
									  100.0 * SAMPLE_ROWS / summary->rows);
		NewtonResult result;

		for (int i = 1; i < model->nterms; i++)
			penalties[i] = SAMPLE_RIDGE + model->penalties[i];
		newton(model, estimates, penalties, sample, 8, 1e-3, &result);
		if (result.last == NULL || result.status != LEAD_OK)
		{
			memset(estimates, 0, model->nterms * sizeof(double));
			estimates[0] = log(summary->weight[1] / summary->weight[0]);
		}
		pfree(penalties);
	}
}

/* Fit the model. */
LeadModelParts *
logistic_fit(const LeadFitRequest *request, MemoryContext context)
{
	MemoryContext memory = AllocSetContextCreate(CurrentMemoryContext,
												 "logistic_fit",
												 ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(memory);
	LogisticModel *model = logistic_model_begin(request, memory);
	TrainingSummary *summary = run_summary(request, model, memory);
	LeadModelParts *parts;
	double	   *estimates;
	NewtonResult result;

	logistic_model_terms(model, summary);
	estimates = palloc(model->nterms * sizeof(double));
	start_estimates(model, estimates);
	/* another pass costs little where rows are few */
	newton(model, estimates, model->penalties, "", MOST_PASSES,
		   summary->rows <= SAMPLE_FROM ? 1e-9 : 1e-7, &result);
	if (result.status == LEAD_SEPARATED)
		prune_direction(model, result.direction);
	if (result.last == NULL)
		elog(ERROR, "the training set has no rows any more");
	MemoryContextSwitchTo(context);
	parts = logistic_model_parts(model, estimates, result.status,
								 result.reason, result.last,
								 result.direction, result.gain,
								 result.passes);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(memory);
	return parts;
}
