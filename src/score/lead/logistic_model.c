/*
 * logistic_model.c
 *		The terms of a logistic regression, from what the training set holds.
 *
 * Term 0 is the intercept; then the slopes of numbers that are not constant;
 * then the indicators of numbers that are missing in some rows, and of the
 * levels of categories, but for the bytewise first level of each, which is the
 * reference.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/memutils.h"

#include "score/lead/logistic_model.h"

/* Features told in a notice, before it says that there are more */
#define NAMES_TOLD		50

/* A list of names that is told */
typedef struct NameList
{
	StringInfoData text;
	int			n;
} NameList;

/* One name more. */
static void
add_name(NameList *names, const char *name)
{
	if (names->n == 0)
		initStringInfo(&names->text);
	if (names->n++ < NAMES_TOLD)
		appendStringInfo(&names->text, "%s%s", names->n > 1 ? ", " : "", name);
	else if (names->n == NAMES_TOLD + 1)
		appendStringInfoString(&names->text, ", and more");
}

/* The features by their kind. */
LogisticModel *
logistic_model_begin(const LeadFitRequest *request, MemoryContext memory)
{
	LogisticModel *model = MemoryContextAllocZero(memory, sizeof(LogisticModel));
	Size		size = request->nfeatures * sizeof(int);

	model->request = request;
	model->memory = memory;
	model->numbers = MemoryContextAlloc(memory, size);
	model->categories = MemoryContextAlloc(memory, size);
	model->step_numbers = MemoryContextAlloc(memory, size);
	model->step_categories = MemoryContextAlloc(memory, size);
	model->place = MemoryContextAlloc(memory, size);
	for (int i = 0; i < request->nfeatures; i++)
		if (request->features[i].kind == LEAD_NUMBER)
		{
			model->place[i] = model->nnumbers;
			model->numbers[model->nnumbers++] = i;
		}
		else
		{
			model->place[i] = model->ncategories;
			model->categories[model->ncategories++] = i;
		}
	return model;
}

/* Tell of rows that do not count and numbers that are none. */
static void
tell_skipped(const LogisticModel *model)
{
	const TrainingSummary *summary = model->summary;
	NameList	names = {0};
	int64		not_finite = 0;

	if (summary->skipped > 0)
		ereport(NOTICE,
				(errmsg_plural(INT64_FORMAT " row of the training set was skipped",
							   INT64_FORMAT " rows of the training set were skipped",
							   (unsigned long) summary->skipped,
							   summary->skipped),
				 errdetail("The outcome is NULL, or the weight or frequency is NULL, negative, not finite or above 1e15.")));
	for (int i = 0; i < model->nnumbers; i++)
	{
		int64		found = summary_moments(summary)[i].not_finite;

		if (found == 0)
			continue;
		not_finite += found;
		add_name(&names, model->request->features[model->numbers[i]].name);
	}
	if (not_finite > 0)
		ereport(NOTICE,
				(errmsg_plural(INT64_FORMAT " number that is NaN or infinite counts as missing",
							   INT64_FORMAT " numbers that are NaN or infinite count as missing",
							   (unsigned long) not_finite, not_finite),
				 errdetail("Features: %s.", names.text.data)));
}

/* Refuse a category with too many levels. */
static void
check_levels(const LogisticModel *model, int category)
{
	const CategoryState *state = summary_categories(model->summary) + category;
	const char *name = model->request->features[model->categories[category]].name;

	if (state->flags & CATEGORY_TOO_LONG)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a level of feature \"%s\" is too long", name),
				 errdetail("A level has at most %d bytes.", LEAD_MAX_TEXT),
				 errhint("Is it a category? Write a query that shortens its values, or leave it out.")));
	if (state->flags & CATEGORY_TOO_MANY ||
		state->nlevels > (uint32) model->request->most_levels)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("feature \"%s\" has too many levels", name),
				 state->flags & CATEGORY_TOO_MANY ?
				 errdetail("It has more than %d; maximum_levels is %d.",
						   CATEGORY_MAX_LEVELS, model->request->most_levels) :
				 errdetail("It has %u; maximum_levels is %d.", state->nlevels,
						   model->request->most_levels),
				 errhint("Write a query that puts rare values together, leave the feature out, or give a higher maximum_levels (a model has at most %d terms).",
						 LEAD_MAX_TERMS)));
}

/* Whether a number has a slope, and an indicator that it is missing. */
static void
terms_of_number(const NumberMoments *moments, double *sd, bool *slope,
				bool *missing)
{
	bool		known = moments->known[0] + moments->known[1] > 0;
	double		least;
	double		greatest;

	*sd = 0;
	*slope = false;
	*missing = known && moments->missing[0] + moments->missing[1] > 0;
	if (!known)
		return;
	least = moments->known[0] == 0 ? moments->least[1] :
		moments->known[1] == 0 ? moments->least[0] :
		Min(moments->least[0], moments->least[1]);
	greatest = moments->known[0] == 0 ? moments->greatest[1] :
		moments->known[1] == 0 ? moments->greatest[0] :
		Max(moments->greatest[0], moments->greatest[1]);
	*sd = sqrt(moments->squares / moments->weight);
	*slope = least < greatest && *sd > 0;
}

/* Refuse numbers whose spread is no number. */
static void
check_moments(const char *name, const NumberMoments *moments)
{
	/* squares of what is larger are out of range */
	if (fabs(moments->mean) <= 1e150 && isfinite(moments->squares))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("feature \"%s\" has numbers that are too large", name),
			 errdetail("Their mean is beyond 1e150, or their standard deviation out of range."),
			 errhint("Take another unit, or the logarithm.")));
}

/* One term more. */
static int
add_term(LogisticModel *model, int feature, int level)
{
	if (model->nterms == LEAD_MAX_TERMS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a lead model has at most %d terms", LEAD_MAX_TERMS),
				 errdetail("Feature \"%s\" would make it more.",
						   model->request->features[feature].name),
				 errhint("Leave features out, or put rare levels together.")));
	model->terms[model->nterms].feature = feature;
	model->terms[model->nterms].level = level;
	return model->nterms++;
}

/* Each category's levels, which stand in order. */
static void
find_levels(LogisticModel *model)
{
	LevelTable *table = summary_levels(model->summary);
	CategoryLevel *level = LEVELS_OF(table);

	model->levels = MemoryContextAllocZero(model->memory,
										   (model->ncategories + 1) * sizeof(CategoryLevel *));
	for (int i = 0; i < model->ncategories; i++)
	{
		check_levels(model, i);
		model->levels[i] = level;
		level += summary_categories(model->summary)[i].nlevels;
	}
}

/* The slopes, and what numbers are left out. */
static void
add_slopes(LogisticModel *model, NameList *constant)
{
	for (int i = 0; i < model->nnumbers; i++)
	{
		const NumberMoments *moments = summary_moments(model->summary) + i;
		int			feature = model->numbers[i];
		double		sd;
		bool		slope;
		bool		missing;

		check_moments(model->request->features[feature].name, moments);
		terms_of_number(moments, &sd, &slope, &missing);
		if (!slope)
			add_name(constant, model->request->features[feature].name);
		/* one that is known of some leads only tells something by that */
		if (!slope && !missing)
			continue;
		model->step_numbers[model->nstep_numbers] = feature;
		model->centers[model->nstep_numbers] = moments->mean;
		model->scales[model->nstep_numbers++] = slope ? 1 / sd : 0;
		add_term(model, feature, TERM_SLOPE);
	}
}

/* The indicators. */
static void
add_indicators(LogisticModel *model, NameList *constant)
{
	for (int i = 0; i < model->nstep_numbers; i++)
	{
		int			feature = model->step_numbers[i];
		double		sd;
		bool		slope;
		bool		missing;

		terms_of_number(summary_moments(model->summary) + model->place[feature],
						&sd, &slope, &missing);
		if (missing)
			add_term(model, feature, TERM_MISSING);
	}
	for (int i = 0; i < model->ncategories; i++)
	{
		int			feature = model->categories[i];
		uint32		nlevels = summary_categories(model->summary)[i].nlevels;

		if (nlevels <= 1)
		{
			add_name(constant, model->request->features[feature].name);
			continue;
		}
		model->step_categories[model->nstep_categories++] = feature;
		for (uint32 j = 1; j < nlevels; j++)
			model->levels[i][j].term = add_term(model, feature, j);
	}
}

/* The terms by features: the order in which those that depend on others are
 * left out. */
static void
order_terms(LogisticModel *model)
{
	int			n = 1;

	model->order[0] = 0;
	for (int feature = 0; feature < model->request->nfeatures; feature++)
		for (int term = 1; term < model->nterms; term++)
			if (model->terms[term].feature == feature)
				model->order[n++] = term;
	Assert(n == model->nterms);
}

/* Make the terms. */
void
logistic_model_terms(LogisticModel *model, TrainingSummary *summary)
{
	MemoryContext old;
	NameList	constant = {0};
	int			n;

	if (summary == NULL)
		refuse_few_outcomes(model->request, 0, 0);
	model->summary = summary;
	tell_skipped(model);
	refuse_few_outcomes(model->request, summary->won, summary->lost);
	old = MemoryContextSwitchTo(model->memory);
	find_levels(model);
	model->terms = palloc(LEAD_MAX_TERMS * sizeof(FitTerm));
	model->centers = palloc0((model->nnumbers + 1) * sizeof(double));
	model->scales = palloc0((model->nnumbers + 1) * sizeof(double));
	add_term(model, -1, TERM_INTERCEPT);
	add_slopes(model, &constant);
	add_indicators(model, &constant);
	if (constant.n > 0)
		ereport(NOTICE,
				(errmsg_plural("a feature that is the same for all leads is left out",
							   "features that are the same for all leads are left out",
							   constant.n),
				 errdetail("Features: %s.", constant.text.data)));
	n = model->nterms;
	model->penalties = palloc0(n * sizeof(double));
	for (int i = 1; i < n; i++)
		model->penalties[i] = model->request->ridge *
			(i <= model->nstep_numbers ?
			 model->scales[i - 1] * model->scales[i - 1] : 1);
	model->left_out = palloc0(n * sizeof(bool));
	model->order = palloc(n * sizeof(int));
	order_terms(model);
	model->factor = palloc(((Size) n * n + n) * sizeof(double));
	model->scratch = palloc(2 * n * sizeof(int));
	MemoryContextSwitchTo(old);
}

/* The step that says what to do. */
LogisticStep *
logistic_model_step(const LogisticModel *model, const double *estimates)
{
	uint32		nlevels = 0;
	uint32		capacity = 1;
	uint32		texts = 0;
	uint32		nmissing = 0;
	LogisticStep *step;
	StepParts	parts;

	for (int i = 0; i < model->nstep_categories; i++)
	{
		int			category = model->place[model->step_categories[i]];

		for (uint32 j = 0; j < summary_categories(model->summary)[category].nlevels; j++)
			texts += Max(model->levels[category][j].length, 0);
		nlevels += summary_categories(model->summary)[category].nlevels;
	}
	while (capacity < nlevels)
		capacity *= 2;
	for (int i = 1; i < model->nterms; i++)
		nmissing += model->terms[i].level == TERM_MISSING;
	step = logistic_step_create(model->nstep_numbers, model->nterms,
								model->nstep_categories,
								model->nstep_categories + nmissing,
								nlevels == 0 ? 0 : capacity,
								TYPEALIGN(8, texts));
	step_parts(step, &parts);
	memcpy(parts.estimates, estimates, model->nterms * sizeof(double));
	for (int i = 0; i < model->nstep_numbers; i++)
	{
		parts.centers[i] = model->centers[i];
		parts.scales[i] = model->scales[i];
		parts.missing[i] = -1;
		for (int j = 1 + model->nstep_numbers; j < model->nterms; j++)
			if (model->terms[j].level == TERM_MISSING &&
				model->terms[j].feature == model->step_numbers[i])
				parts.missing[i] = j;
	}
	for (int i = 0; i < model->nstep_categories; i++)
	{
		int			category = model->place[model->step_categories[i]];
		LevelTable *table = summary_levels(model->summary);

		for (uint32 j = 0; j < summary_categories(model->summary)[category].nlevels; j++)
		{
			const CategoryLevel *level = &model->levels[category][j];
			int			at = level_table_add(parts.levels, i,
											 level_text(table, level->offset),
											 level->length);

			LEVELS_OF(parts.levels)[at].term = level->term;
		}
	}
	logistic_step_identify(step);
	return step;
}

/* A term, as it is told to people. */
const char *
logistic_term_name(const LogisticModel *model, int term)
{
	const FitTerm *of = &model->terms[term];
	const char *name;
	const CategoryLevel *level;

	if (of->level == TERM_INTERCEPT)
		return "the intercept";
	name = model->request->features[of->feature].name;
	if (of->level == TERM_SLOPE)
		return name;
	if (of->level == TERM_MISSING)
		return psprintf("%s is missing", name);
	level = &model->levels[model->place[of->feature]][of->level];
	if (level->length == LEVEL_MISSING)
		return psprintf("%s is missing", name);
	return psprintf("%s = '%.*s'", name, (int) level->length,
					level_text(summary_levels(model->summary), level->offset));
}
