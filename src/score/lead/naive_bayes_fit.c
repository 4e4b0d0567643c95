/*
 * naive_bayes_fit.c
 *		Naive Bayes: counts of won and lost leads by feature and level, for the
 *		whole and for each team.
 *
 * All that a fit needs are counts, and they come from one pass: a query with an
 * aggregate outcome_counts() for each feature, grouped by team, which the server
 * may run in parallel. The whole is the union of the teams and of the leads of
 * none. Counts are exact, so the model does not depend on the order of rows.
 *
 * A missing value is no level: it drops out of the sums that its feature's counts are
 * divided by. Of a set each element counts, as a level does. The elements of a
 * set of stages are counted against the leads whose stages are known, for the stages
 * that a lead passed exclude none of those before: with the whole's counts
 * (n + k) / (leads + k), while tags share what the tags of all leads add up to.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "number_text.h"
#include "score/evidence/outcome_counts.h"
#include "score/lead/fit_lead_model.h"

/* What a probability is never beyond: nothing is certain. */
#define LEAST_PROBABILITY	0.0001
#define MOST_PROBABILITY	0.9999

/* Columns of the query before those of the features. */
#define TEAM_COLUMN			1
#define NO_OUTCOME_COLUMN	2
#define WEIGHTS_COLUMN		3
#define LEADS_COLUMN		4
#define FIRST_COLUMN		5

/* A team, NULL for leads of none, and its counts. */
typedef struct TeamCounts
{
	char	   *name;
	const OutcomeCounts *weights;	/* of all leads, by weight */
	const OutcomeCounts *leads; /* of all leads, by frequency */
	const OutcomeCounts **features;
} TeamCounts;

/* What a pass found. */
typedef struct Pass
{
	const LeadFitRequest *request;
	MemoryContext context;		/* of the parts */
	int			nrows;
	TeamCounts *rows;			/* those of teams first, ascending by bytes */
	int			nteams;
	const OutcomeCounts *weights;	/* of all leads of all teams */
	int64		no_outcome;		/* rows */
	int64		skipped;		/* rows, those without an outcome among them */
} Pass;

/* ------------------------------------------------------------------------
 * The query
 * ------------------------------------------------------------------------
 */

/*
 * A weight or frequency as SQL: NULL, so that the row is skipped, where it is
 * none; 0 where it is so small that products with it would not be numbers.
 */
static char *
checked_size(const char *number)
{
	return psprintf("CASE WHEN (%s) OPERATOR(pg_catalog.>=) 0::pg_catalog.float8 AND "
					"(%s) OPERATOR(pg_catalog.<=) 1e15::pg_catalog.float8 THEN "
					"CASE WHEN (%s) OPERATOR(pg_catalog.<) 1e-150::pg_catalog.float8 "
					"THEN 0::pg_catalog.float8 ELSE %s END END",
					number, number, number, number);
}

/*
 * What a row counts for, as SQL: its weight times its frequency, or for how many
 * leads it stands, which is none if its weight is 0.
 */
static char *
size_of_row(const LeadFitRequest *request, bool weighted)
{
	char	   *weight;
	char	   *frequency;

	if (request->weight == NULL && request->frequency == NULL)
		return pstrdup("1::pg_catalog.float8");
	if (request->weight == NULL)
		return checked_size(request->frequency);
	weight = checked_size(request->weight);
	if (request->frequency == NULL)
		return weighted ? weight :
			psprintf("pg_catalog.sign(%s)", weight);
	frequency = checked_size(request->frequency);
	if (weighted)
		return psprintf("(%s) OPERATOR(pg_catalog.*) (%s)", weight, frequency);
	/* skipped where their product is */
	return psprintf("CASE WHEN (%s) OPERATOR(pg_catalog.*) (%s) OPERATOR(pg_catalog.<=) 1e15::pg_catalog.float8 "
					"THEN pg_catalog.sign(%s) OPERATOR(pg_catalog.*) (%s) END",
					weight, frequency, weight, frequency);
}

/* The query of the pass. */
static char *
pass_query(const LeadFitRequest *request)
{
	bool		plain = request->weight == NULL && request->frequency == NULL;
	char	   *weight = size_of_row(request, true);
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfo(&query,
					 "SELECT %s, pg_catalog.count(*) FILTER (WHERE (%s) IS NULL), "
					 "clientele.outcome_counts(NULL::pg_catalog.text, %s, %s), "
					 "clientele.outcome_counts(NULL::pg_catalog.text, %s, %s)",
					 request->team == NULL ? "NULL::pg_catalog.text" : request->team,
					 request->outcome, request->outcome, weight,
					 request->outcome, size_of_row(request, false));
	for (int i = 0; i < request->nfeatures; i++)
		appendStringInfo(&query, ", clientele.outcome_counts(%s, %s%s%s)",
						 request->features[i].expression, request->outcome,
						 plain ? "" : ", ", plain ? "" : weight);
	appendStringInfo(&query, " FROM %s", request->from);
	if (request->team != NULL)
		appendStringInfoString(&query, " GROUP BY 1");
	/* no more than can be refused */
	appendStringInfo(&query, " LIMIT %d", LEAD_MAX_TEAMS + 2);
	return query.data;
}

/* A fact of a row of the answer. */
static const OutcomeCounts *
counts_of(uint64 row, int column)
{
	bool		is_null;
	Datum		datum = SPI_getbinval(SPI_tuptable->vals[row],
									  SPI_tuptable->tupdesc, column, &is_null);

	if (is_null)
		elog(ERROR, "outcome_counts() has answered NULL");
	return outcome_counts_rest(outcome_counts_get(datum));
}

/* Teams ascend by bytes, leads of none are last. */
static int
compare_teams(const void *a, const void *b)
{
	const TeamCounts *left = a;
	const TeamCounts *right = b;

	if (left->name == NULL || right->name == NULL)
		return (left->name == NULL) - (right->name == NULL);
	return strcmp(left->name, right->name);
}

/* Run the query. */
static void
run_pass(Pass *pass)
{
	const LeadFitRequest *request = pass->request;

	if (SPI_execute(pass_query(request), true, 0) != SPI_OK_SELECT)
		elog(ERROR, "the training query has failed");
	pass->nrows = (int) SPI_processed;
	pass->rows = palloc0(sizeof(TeamCounts) * Max(pass->nrows, 1));
	for (int i = 0; i < pass->nrows; i++)
	{
		TeamCounts *row = &pass->rows[i];
		bool		is_null;

		CHECK_FOR_INTERRUPTS();
		row->name = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc,
								 TEAM_COLUMN);
		pass->nteams += row->name != NULL;
		if (pass->nteams > LEAD_MAX_TEAMS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many teams"),
					 errdetail("There are more than %d.", LEAD_MAX_TEAMS),
					 errhint("A team is who works on many leads: leave out what tells leads apart.")));
		if (row->name != NULL &&
			(row->name[0] == '\0' || strlen(row->name) > LEAD_MAX_TEXT))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid name of a team"),
					 errdetail("It has %zu bytes.", strlen(row->name)),
					 errhint("A name has 1 to %d bytes; NULL says that a lead has no team.",
							 LEAD_MAX_TEXT)));
		pass->no_outcome += DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[i],
														SPI_tuptable->tupdesc,
														NO_OUTCOME_COLUMN,
														&is_null));
		row->weights = counts_of(i, WEIGHTS_COLUMN);
		row->leads = counts_of(i, LEADS_COLUMN);
		pass->skipped += row->weights->skipped;
		row->features = palloc(sizeof(OutcomeCounts *) * request->nfeatures);
		for (int j = 0; j < request->nfeatures; j++)
			row->features[j] = counts_of(i, FIRST_COLUMN + j);
	}
	qsort(pass->rows, pass->nrows, sizeof(TeamCounts), compare_teams);
}

/* ------------------------------------------------------------------------
 * The parts of the model
 * ------------------------------------------------------------------------
 */

/* Add up the counts of all teams. */
static OutcomeCounts *
add_counts(OutcomeCounts *sum, const OutcomeCounts *more)
{
	const OutcomeLevel *level;
	OutcomeReader reader;

	outcome_counts_skip(sum, more->skipped);
	outcome_counts_read(more, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
		sum = outcome_counts_add(sum, level->text, level->length, level->won,
								 level->lost);
	return sum;
}

/* The counts of a feature, of all teams together. */
static const OutcomeCounts *
whole_of(const Pass *pass, int feature)
{
	OutcomeCounts *sum = outcome_counts_create();

	for (int i = 0; i < pass->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		sum = add_counts(sum, pass->rows[i].features[feature]);
	}
	return outcome_counts_rest(sum);
}

/* Numbers for the whole and for each team. */
static double *
pools(const Pass *pass)
{
	return MemoryContextAllocZero(pass->context,
								  sizeof(double) * (pass->nteams + 1));
}

/* Whether a level of the whole becomes one of the model. */
static bool
is_kept(const LeadFeature *feature, const OutcomeLevel *level)
{
	return level->length >= 0 &&
		outcome_sum_value(level->won) + outcome_sum_value(level->lost) >=
		feature->minimum;
}

/* How many levels of the whole become levels of the model; an error if too many. */
static int
count_kept(const Pass *pass, const LeadFeature *feature,
		   const OutcomeCounts *whole)
{
	int			most = feature->kind == LEAD_CATEGORY ?
		pass->request->most_levels : LEAD_MAX_LEVELS;
	Size		limit = MaxAllocSize / (2 * sizeof(double)) / (pass->nteams + 1);
	const OutcomeLevel *level;
	OutcomeReader reader;
	int			n = 0;

	outcome_counts_read(whole, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
		n += is_kept(feature, level);
	if (n > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("feature \"%s\" has too many levels", feature->name),
				 feature->kind == LEAD_CATEGORY ?
				 errdetail("It has %d; maximum_levels is %d.", n, most) :
				 errdetail("It has %d elements; at most %d are possible.", n,
						   most),
				 feature->kind == LEAD_CATEGORY ?
				 errhint("Write a query that puts rare values together, leave the feature out, or give a higher maximum_levels.") :
				 errhint("Give a higher minimum_observations.")));
	if ((Size) n > limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("lead_model is too large"),
				 errdetail("Feature \"%s\" has %d levels, counted for %d teams.",
						   feature->name, n, pass->nteams),
				 errhint("Put rare levels together, or teams.")));
	return n;
}

/* Write the counts of the levels for one pool; both ascend by bytes. */
static void
fill_pool(LeadFeature *feature, int pool, const OutcomeCounts *counts)
{
	const OutcomeLevel *level;
	OutcomeReader reader;
	int			i = 0;

	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		double		won = outcome_sum_value(level->won);
		double		lost = outcome_sum_value(level->lost);
		int			order = -1;

		if (level->length < 0)
			break;
		for (; i < feature->nlevels; i++)
		{
			const char *name = feature->levels[i].name;
			int			length = (int) strlen(name);

			order = memcmp(name, level->text, Min(length, level->length));
			if (order == 0)
				order = length - level->length;
			if (order >= 0)
				break;
		}
		if (i < feature->nlevels && order == 0)
		{
			feature->levels[i].won[pool] = won;
			feature->levels[i].lost[pool] = lost;
		}
	}
}

/* The counts of the level NULL. */
static void
missing_sums(const OutcomeCounts *counts, OutcomeSum *won, OutcomeSum *lost)
{
	const OutcomeLevel *level;
	OutcomeReader reader;

	memset(won, 0, sizeof(OutcomeSum));
	memset(lost, 0, sizeof(OutcomeSum));
	outcome_counts_read(counts, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
		if (level->length < 0)
		{
			*won = level->won;
			*lost = level->lost;
		}
}

/* The total of a pool: of all leads, whose level is NULL, those with a value. */
static void
fill_total(LeadFeature *feature, int pool, const OutcomeCounts *leads,
		   const OutcomeCounts *counts)
{
	OutcomeSum	won;
	OutcomeSum	lost;
	OutcomeSum	missing_won;
	OutcomeSum	missing_lost;

	missing_sums(leads, &won, &lost);
	missing_sums(counts, &missing_won, &missing_lost);
	outcome_sum_subtract(&won, missing_won);
	outcome_sum_subtract(&lost, missing_lost);
	feature->total_won[pool] = outcome_sum_value(won);
	feature->total_lost[pool] = outcome_sum_value(lost);
}

/* The level of missing values, of a feature that has no other. */
static void
only_missing(const Pass *pass, LeadFeature *feature)
{
	ereport(NOTICE,
			(errmsg("feature \"%s\" tells nothing", feature->name),
			 feature->minimum > 0 ?
			 errdetail("Nothing in it was observed %s times.",
					   number_text(feature->minimum)) :
			 errdetail("It is NULL wherever the outcome is known.")));
	feature->nlevels = 1;
	feature->levels = MemoryContextAllocZero(pass->context, sizeof(LeadLevel));
	feature->levels[0].won = pools(pass);
	feature->levels[0].lost = pools(pass);
}

/* A feature of the model. */
static void
fill_feature(const Pass *pass, int number, LeadFeature *feature)
{
	const FitFeature *asked = &pass->request->features[number];
	const OutcomeCounts *whole = whole_of(pass, number);
	const OutcomeLevel *level;
	OutcomeReader reader;
	int			n = 0;

	feature->name = MemoryContextStrdup(pass->context, asked->name);
	feature->kind = asked->kind;
	feature->term = feature->missing_term = -1;
	if (asked->kind == LEAD_SET && !asked->is_stages)
		feature->minimum = pass->request->least_observations;
	if (whole->skipped > pass->skipped)
		ereport(NOTICE,
				(errmsg_plural(INT64_FORMAT " row does not count for feature \"%s\"",
							   INT64_FORMAT " rows do not count for feature \"%s\"",
							   (unsigned long) (whole->skipped - pass->skipped),
							   whole->skipped - pass->skipped, feature->name),
				 errdetail("Their levels have more than %d bytes.",
						   OUTCOME_MAX_TEXT)));
	feature->nlevels = count_kept(pass, feature, whole);
	if (feature->nlevels == 0)
	{
		only_missing(pass, feature);
		return;
	}
	feature->levels = MemoryContextAllocZero(pass->context,
											 sizeof(LeadLevel) * feature->nlevels);
	outcome_counts_read(whole, &reader);
	while ((level = outcome_counts_next(&reader)) != NULL)
	{
		LeadLevel  *kept = &feature->levels[n];

		if (!is_kept(feature, level))
			continue;
		kept->name = MemoryContextAllocZero(pass->context, level->length + 1);
		memcpy(kept->name, level->text, level->length);
		kept->term = -1;
		kept->won = pools(pass);
		kept->lost = pools(pass);
		n++;
	}
	if (asked->is_stages)
	{
		feature->total_won = pools(pass);
		feature->total_lost = pools(pass);
		fill_total(feature, 0, pass->weights, whole);
		for (int i = 0; i < pass->nteams; i++)
			fill_total(feature, i + 1, pass->rows[i].weights,
					   pass->rows[i].features[number]);
	}
	fill_pool(feature, 0, whole);
	for (int i = 0; i < pass->nteams; i++)
	{
		CHECK_FOR_INTERRUPTS();
		fill_pool(feature, i + 1, pass->rows[i].features[number]);
	}
}

/* Tell of rows that do not count. */
static void
tell_skipped(const Pass *pass)
{
	if (pass->skipped > 0)
		ereport(NOTICE,
				(errmsg_plural(INT64_FORMAT " row of the training set was skipped",
							   INT64_FORMAT " rows of the training set were skipped",
							   (unsigned long) pass->skipped, pass->skipped),
				 errdetail("Of " INT64_FORMAT " the outcome is NULL; of others the weight or frequency is NULL, negative, not finite or above 1e15.",
						   pass->no_outcome)));
}

/* Count, and put the model together. */
LeadModelParts *
naive_bayes_fit(const LeadFitRequest *request, MemoryContext context)
{
	Pass		pass = {.request = request,.context = context};
	OutcomeCounts *weights = outcome_counts_create();
	OutcomeCounts *leads = outcome_counts_create();
	LeadModelParts *parts;
	MemoryContext old;
	double		won;
	double		lost;

	run_pass(&pass);
	tell_skipped(&pass);
	for (int i = 0; i < pass.nrows; i++)
	{
		weights = add_counts(weights, pass.rows[i].weights);
		leads = add_counts(leads, pass.rows[i].leads);
	}
	outcome_counts_totals(leads, &won, &lost);
	refuse_few_outcomes(request, won, lost);

	old = MemoryContextSwitchTo(context);
	parts = lead_model_parts_create(LEAD_NAIVE_BAYES);
	parts->status = LEAD_OK;
	parts->outcome = pstrdup(request->outcome_name);
	parts->smoothing = request->smoothing;
	parts->least = LEAST_PROBABILITY;
	parts->most = MOST_PROBABILITY;
	parts->team = request->team_name == NULL ? NULL :
		pstrdup(request->team_name);
	parts->nteams = pass.nteams;
	parts->teams = palloc(sizeof(char *) * Max(pass.nteams, 1));
	parts->team_won = palloc(sizeof(double) * Max(pass.nteams, 1));
	parts->team_lost = palloc(sizeof(double) * Max(pass.nteams, 1));
	parts->nfeatures = request->nfeatures;
	parts->features = palloc0(sizeof(LeadFeature) * request->nfeatures);
	for (int i = 0; i < pass.nteams; i++)
		parts->teams[i] = pstrdup(pass.rows[i].name);
	MemoryContextSwitchTo(old);

	pass.weights = outcome_counts_rest(weights);
	outcome_counts_totals(pass.weights, &parts->won, &parts->lost);
	for (int i = 0; i < pass.nteams; i++)
		outcome_counts_totals(pass.rows[i].weights, &parts->team_won[i],
							  &parts->team_lost[i]);
	for (int i = 0; i < request->nfeatures; i++)
		fill_feature(&pass, i, &parts->features[i]);
	return parts;
}
