/*
 * lead_model_check.c
 *		Is what the parts of a lead model say possible?
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "compat.h"
#include "score/lead/lead_model_layout.h"

/* Refuse parts: false, or an error. */
#define refuse_as(code, escontext, ...) \
	clientele_return_error(escontext, false, \
		(errcode(code), errmsg("invalid lead_model"), __VA_ARGS__))
#define refuse(escontext, ...) \
	refuse_as(ERRCODE_INVALID_PARAMETER_VALUE, escontext, __VA_ARGS__)

/* Finite, and not so large that a sum of a few products is infinite. */
#define IS_FACTOR(x)		((x) >= -1e150 && (x) <= 1e150)

/* Of counts: sums and products of them stay finite and exact enough. */
#define IS_COUNT(x)			((x) >= 0 && (x) <= 1e15)

/* A sum of frequencies that is not known is NaN. */
#define IS_COUNT_OR_UNKNOWN(x)	(isnan(x) || IS_COUNT(x))

/* Is it a text that a model may hold? */
static bool
is_name(const char *name, bool may_be_empty)
{
	size_t		length = name == NULL ? 0 : strlen(name);

	return (length > 0 || (may_be_empty && name != NULL)) &&
		length <= LEAD_MAX_TEXT;
}

/* The order of levels: by bytes, the one of the missing ones last. */
int
lead_compare_levels(const void *a, const void *b)
{
	const LeadLevel *const *x = a;
	const LeadLevel *const *y = b;

	if ((*x)->name == NULL || (*y)->name == NULL)
		return ((*x)->name == NULL) - ((*y)->name == NULL);
	return strcmp((*x)->name, (*y)->name);
}

/* The levels of a feature in their order, for the caller to free. */
LeadLevel **
lead_sorted_levels(const LeadFeature *feature)
{
	LeadLevel **levels = palloc(sizeof(LeadLevel *) * Max(feature->nlevels, 1));

	for (int i = 0; i < feature->nlevels; i++)
		levels[i] = &feature->levels[i];
	qsort(levels, feature->nlevels, sizeof(LeadLevel *), lead_compare_levels);
	return levels;
}

/* What a level is called in messages. */
static const char *
level_name(const LeadLevel *level)
{
	return level->name == NULL ? "(missing)" : level->name;
}

/* Check counts of leads, one or one a team. */
static bool
check_counts(const double *won, const double *lost, int npools,
			 const char *feature, const char *level,
			 struct Node *escontext)
{
	if (won == NULL || lost == NULL)
		elog(ERROR, "a lead model without counts");
	for (int i = 0; i < npools; i++)
		if (!IS_COUNT(won[i]) || !IS_COUNT(lost[i]))
			refuse(escontext,
				   errdetail("Feature \"%s\", level \"%s\": %g won and %g lost.",
							 feature, level, won[i], lost[i]),
				   errhint("Counts are numbers from 0 to 1e15."));
	return true;
}

/* Check the levels of a category or a set, but for the terms. */
static bool
check_levels(const LeadModelParts *parts, const LeadFeature *feature,
			 struct Node *escontext)
{
	LeadLevel **levels;

	if (feature->nlevels < 1)
		refuse(escontext,
			   errdetail("Feature \"%s\" has no level.", feature->name),
			   errhint("A category has the levels that it was seen with."));
	if (feature->nlevels > LEAD_MAX_LEVELS)
		refuse_as(ERRCODE_PROGRAM_LIMIT_EXCEEDED, escontext,
				  errdetail("Feature \"%s\" has %d levels.", feature->name,
							feature->nlevels),
				  errhint("At most %d levels are possible: put rare ones together.",
						  LEAD_MAX_LEVELS));
	levels = lead_sorted_levels(feature);
	for (int i = 0; i < feature->nlevels; i++)
	{
		const LeadLevel *level = levels[i];

		CHECK_FOR_INTERRUPTS();
		if (level->name != NULL && !is_name(level->name, true))
			refuse_as(ERRCODE_PROGRAM_LIMIT_EXCEEDED, escontext,
					  errdetail("A level of feature \"%s\" has %zu bytes.",
								feature->name, strlen(level->name)),
					  errhint("At most %d bytes are possible.", LEAD_MAX_TEXT));
		if (i > 0 && lead_compare_levels(&levels[i - 1], &levels[i]) == 0)
			refuse(escontext,
				   errdetail("Feature \"%s\" has level \"%s\" twice.",
							 feature->name, level_name(level)),
				   errhint("Each level stands once."));
		if (parts->family == LEAD_LOGISTIC)
		{
			if (!isnan(level->weight) &&
				!(level->weight >= 0 && level->weight <= 1e15))
				refuse(escontext,
					   errdetail("The weight of level \"%s\" of feature \"%s\" is %g.",
								 level_name(level), feature->name,
								 level->weight),
					   errhint("It is the share of the training rows, 0 or more; leave it out if it is not known."));
			continue;
		}
		if (!check_counts(level->won, level->lost, parts->nteams + 1,
						  feature->name, level_name(level), escontext))
			return false;
		if (feature->total_won == NULL)
			continue;
		for (int pool = 0; pool <= parts->nteams; pool++)
			if (level->won[pool] > feature->total_won[pool] * (1 + 1e-9) ||
				level->lost[pool] > feature->total_lost[pool] * (1 + 1e-9))
				refuse(escontext,
					   errdetail("Feature \"%s\", level \"%s\": %g won and %g lost of %g and %g.",
								 feature->name, level_name(level),
								 level->won[pool], level->lost[pool],
								 feature->total_won[pool],
								 feature->total_lost[pool]),
					   errhint("No more leads can have an element than there are in \"total\"."));
	}
	pfree(levels);
	return true;
}

/* Check a feature, but for the terms. */
static bool
check_feature(const LeadModelParts *parts, const LeadFeature *feature,
			  struct Node *escontext)
{
	if (!is_name(feature->name, false))
		refuse(escontext,
			   errdetail("The name of a feature has %zu bytes.",
						 feature->name == NULL ? 0 : strlen(feature->name)),
			   errhint("A name has 1 to %d bytes.", LEAD_MAX_TEXT));
	if (parts->family == LEAD_LOGISTIC ? feature->kind == LEAD_SET :
		feature->kind == LEAD_NUMBER)
		refuse(escontext,
			   errdetail("Feature \"%s\" is a %s.", feature->name,
						 lead_kind_name(feature->kind)),
			   errhint("A logistic model has numbers and categories, naive Bayes categories and sets."));
	if (feature->kind == LEAD_NUMBER)
	{
		if (!isnan(feature->mean) && !IS_FACTOR(feature->mean))
			refuse(escontext,
				   errdetail("The mean of feature \"%s\" is %g.",
							 feature->name, feature->mean),
				   errhint("Give a finite number, or leave it out."));
		if (!isnan(feature->sd) && !(feature->sd >= 0 && isfinite(feature->sd)))
			refuse(escontext,
				   errdetail("The standard deviation of feature \"%s\" is %g.",
							 feature->name, feature->sd),
				   errhint("It is finite and 0 or more; leave it out if it is not known."));
		if (!(feature->missing_share >= 0 && feature->missing_share <= 1))
			refuse(escontext,
				   errdetail("The share of the missing ones of feature \"%s\" is %g.",
							 feature->name, feature->missing_share),
				   errhint("A share is from 0 to 1."));
		return true;
	}
	if (!(feature->minimum >= 0 && isfinite(feature->minimum)))
		refuse(escontext,
			   errdetail("The minimum of feature \"%s\" is %g.", feature->name,
						 feature->minimum),
			   errhint("It is a number of observations, 0 or more."));
	if (feature->total_won != NULL &&
		(feature->kind != LEAD_SET || parts->family != LEAD_NAIVE_BAYES))
		refuse(escontext,
			   errdetail("Feature \"%s\" is a %s and has totals.",
						 feature->name, lead_kind_name(feature->kind)),
			   errhint("Totals are those of a set of naive Bayes."));
	if (feature->total_won != NULL &&
		!check_counts(feature->total_won, feature->total_lost,
					  parts->nteams + 1, feature->name, "total", escontext))
		return false;
	return check_levels(parts, feature, escontext);
}

/* Names, for a look at whether one stands twice. */
static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Each name stands once. */
static bool
check_names(const char **names, int n, const char *what,
			struct Node *escontext)
{
	qsort(names, n, sizeof(char *), compare_names);
	for (int i = 1; i < n; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			refuse(escontext,
				   errdetail("%s \"%s\" stands twice.", what, names[i]),
				   errhint("Each stands once."));
	return true;
}

/* What a term belongs to, for messages. */
static char *
term_owner(const LeadModelParts *parts, int term)
{
	for (int i = 0; i < parts->nfeatures; i++)
	{
		const LeadFeature *feature = &parts->features[i];

		if (feature->kind == LEAD_NUMBER &&
			(feature->term == term || feature->missing_term == term))
			return psprintf("feature \"%s\"%s", feature->name,
							feature->term == term ? "" : ", missing");
		for (int j = 0; feature->kind != LEAD_NUMBER && j < feature->nlevels; j++)
			if (feature->levels[j].term == term)
				return psprintf("feature \"%s\", level \"%s\"",
								feature->name, level_name(&feature->levels[j]));
	}
	return "the intercept";
}

/* Check what a logistic model has beyond its features. */
static bool
check_logistic(const LeadModelParts *parts, struct Node *escontext)
{
	int			n = parts->nterms;

	if (n < 1)
		elog(ERROR, "a logistic model without an intercept");
	if (n > LEAD_MAX_TERMS)
		refuse_as(ERRCODE_PROGRAM_LIMIT_EXCEEDED, escontext,
				  errdetail("There are %d terms.", n),
				  errhint("At most %d are possible, the intercept, slopes and levels but for the reference ones: put rare levels together.",
						  LEAD_MAX_TERMS));
	for (int i = 0; i < n; i++)
	{
		if (!IS_FACTOR(parts->terms[i].estimate))
			refuse(escontext,
				   errdetail("The estimate of %s is %g.", term_owner(parts, i),
							 parts->terms[i].estimate),
				   errhint("Estimates are log-odds, at most 1e150."));
		if (!isnan(parts->terms[i].std_error) &&
			!(parts->terms[i].std_error >= 0 &&
			  isfinite(parts->terms[i].std_error)))
			refuse(escontext,
				   errdetail("The standard error of %s is %g.",
							 term_owner(parts, i), parts->terms[i].std_error),
				   errhint("It is finite and 0 or more; leave it out if it is not known."));
	}
	if (!(parts->ridge >= 0 && isfinite(parts->ridge)))
		refuse(escontext, errdetail("The ridge is %g.", parts->ridge),
			   errhint("A ridge is 0 or more."));
	if (isinf(parts->log_likelihood) || isinf(parts->null_log_likelihood) ||
		parts->iterations < -1)
		refuse(escontext,
			   errdetail("log_likelihood %g, null_log_likelihood %g, iterations %d.",
						 parts->log_likelihood, parts->null_log_likelihood,
						 parts->iterations),
			   errhint("Give finite numbers, or leave out what is not known."));
	for (int i = 0; parts->covariance != NULL && i < n; i++)
		for (int j = 0; j <= i; j++)
		{
			double		covariance = parts->covariance[i * n + j];

			if (!isfinite(covariance) || (i == j && covariance < 0))
				refuse(escontext,
					   errdetail("The covariance of %s and %s is %g.",
								 term_owner(parts, i), term_owner(parts, j),
								 covariance),
					   errhint("It is finite and, on the diagonal, 0 or more; leave it out if it is not known."));
		}
	return true;
}

/* Check what naive Bayes has beyond its features. */
static bool
check_naive_bayes(const LeadModelParts *parts, struct Node *escontext)
{
	if (!(parts->won > 0 && parts->lost > 0))
		refuse(escontext,
			   errdetail("%g leads were won and %g lost.", parts->won,
						 parts->lost),
			   errhint("Naive Bayes takes its prior from both: neither can be 0."));
	if (!(parts->smoothing >= 0 && parts->smoothing <= 1e9))
		refuse(escontext,
			   errdetail("The smoothing is %g.", parts->smoothing),
			   errhint("It is what is added to each count, 0 to 1e9."));
	if (!(parts->least >= 0 && parts->least < parts->most && parts->most <= 1))
		refuse(escontext,
			   errdetail("The bounds are %g and %g.", parts->least,
						 parts->most),
			   errhint("Bounds of a probability ascend from 0 to 1 at most."));
	if (parts->nteams > LEAD_MAX_TEAMS)
		refuse_as(ERRCODE_PROGRAM_LIMIT_EXCEEDED, escontext,
				  errdetail("There are %d teams.", parts->nteams),
				  errhint("At most %d are possible.", LEAD_MAX_TEAMS));
	for (int i = 0; i < parts->nteams; i++)
	{
		if (!is_name(parts->teams[i], true))
			refuse(escontext,
				   errdetail("The name of a team has %zu bytes.",
							 parts->teams[i] == NULL ? 0 :
							 strlen(parts->teams[i])),
				   errhint("At most %d bytes are possible.", LEAD_MAX_TEXT));
		if (!IS_COUNT(parts->team_won[i]) || !IS_COUNT(parts->team_lost[i]))
			refuse(escontext,
				   errdetail("Team \"%s\": %g won and %g lost.",
							 parts->teams[i], parts->team_won[i],
							 parts->team_lost[i]),
				   errhint("Counts are numbers from 0 to 1e15."));
	}
	return true;
}

/* Check all that does not depend on where things stand: false, or an error. */
bool
lead_model_check(const LeadModelParts *parts, struct Node *escontext)
{
	const char **names = palloc(sizeof(char *) *
								(Max(parts->nfeatures, parts->nteams) + 1));

	if (parts->nfeatures < 0 || parts->nfeatures > LEAD_MAX_FEATURES)
		refuse_as(ERRCODE_PROGRAM_LIMIT_EXCEEDED, escontext,
				  errdetail("There are %d features.", parts->nfeatures),
				  errhint("At most %d are possible.", LEAD_MAX_FEATURES));
	if (!IS_COUNT_OR_UNKNOWN(parts->won) || !IS_COUNT_OR_UNKNOWN(parts->lost))
		refuse(escontext,
			   !IS_COUNT_OR_UNKNOWN(parts->won) ?
			   errdetail("%g leads were won.", parts->won) :
			   errdetail("%g leads were lost.", parts->lost),
			   errhint("Counts are numbers from 0 to 1e15."));
	if (!IS_FACTOR(parts->prior_shift))
		refuse(escontext,
			   errdetail("prior_shift is %g.", parts->prior_shift),
			   errhint("It is a finite difference of log-odds."));
	if (!(parts->family == LEAD_LOGISTIC ?
		  check_logistic(parts, escontext) :
		  check_naive_bayes(parts, escontext)))
		return false;
	for (int i = 0; i < parts->nfeatures; i++)
	{
		if (!check_feature(parts, &parts->features[i], escontext))
			return false;
		names[i] = parts->features[i].name;
	}
	if (!check_names(names, parts->nfeatures, "Feature", escontext))
		return false;
	for (int i = 0; i < parts->nteams; i++)
		names[i] = parts->teams[i];
	if (!check_names(names, parts->nteams, "Team", escontext))
		return false;
	pfree(names);
	return true;
}
