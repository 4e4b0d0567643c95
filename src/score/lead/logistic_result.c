/*
 * logistic_result.c
 *		What a logistic fit says: the model, and what is to be told with it.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"

#include "score/lead/logistic_model.h"

/* Terms told in a message, before it says that there are more */
#define TERMS_TOLD		20

/* The share of the largest from which a term belongs to a direction */
#define LEAST_PART		1e-3

/* Tell which terms are left out, and on which they depend. */
void
logistic_model_tell_left_out(const LogisticModel *model,
							 const unsigned char *dependence)
{
	StringInfoData detail;
	int			told = 0;
	int			found = 0;

	initStringInfo(&detail);
	for (int at = 0; at < model->nterms; at++)
	{
		int			term = model->order[at];
		const unsigned char *on = dependence + (size_t) term * model->nterms;
		int			n = 0;

		/* a number that is the same for all has been told of */
		if (!model->left_out[term] ||
			(term <= model->nstep_numbers && model->scales[term - 1] == 0))
			continue;
		if (++found > TERMS_TOLD)
			continue;
		appendStringInfo(&detail, "%s%s follows from", told++ > 0 ? "; " : "",
						 logistic_term_name(model, term));
		for (int i = 0; i < model->nterms; i++)
			if (on[model->order[i]] && ++n <= TERMS_TOLD)
				appendStringInfo(&detail, "%s %s", n > 1 ? "," : "",
								 logistic_term_name(model, model->order[i]));
		if (n > TERMS_TOLD)
			appendStringInfoString(&detail, ", and more");
		if (n == 0)
			appendStringInfoString(&detail, " the others");
	}
	if (found > TERMS_TOLD)
		appendStringInfo(&detail, "; and %d more", found - TERMS_TOLD);
	if (found > 0)
		ereport(NOTICE,
				(errmsg_plural("a term that follows from others is left out",
							   "terms that follow from others are left out",
							   found),
				 errdetail("%s.", detail.data)));
}

/* One more of what separates. */
static void
tell_culprit(StringInfo text, int *n, const char *name)
{
	if (++*n <= TERMS_TOLD)
		appendStringInfo(text, "%s%s", *n > 1 ? ", " : "", name);
	else if (*n == TERMS_TOLD + 1)
		appendStringInfoString(text, ", and more");
}

/* Features that tell outcomes apart on their own */
static void
tell_single_culprits(const LogisticModel *model, StringInfo text, int *n)
{
	LevelTable *table = summary_levels(model->summary);

	for (int i = 0; i < model->nnumbers; i++)
	{
		const NumberMoments *moments = summary_moments(model->summary) + i;
		const char *name = model->request->features[model->numbers[i]].name;
		bool		both = moments->known[0] > 0 && moments->known[1] > 0;
		bool		missing = moments->missing[0] + moments->missing[1] > 0;
		bool		varies = both &&
			(moments->least[0] != moments->greatest[1] ||
			 moments->greatest[0] != moments->least[1]);

		if ((varies && (moments->least[1] >= moments->greatest[0] ||
						moments->least[0] >= moments->greatest[1])) ||
			(!both && missing))
			tell_culprit(text, n, name);
		else if (both && missing &&
				 (moments->missing[0] == 0 || moments->missing[1] == 0))
			tell_culprit(text, n, psprintf("%s is missing", name));
	}
	for (int i = 0; i < model->ncategories; i++)
	{
		const char *name = model->request->features[model->categories[i]].name;
		uint32		nlevels = summary_categories(model->summary)[i].nlevels;

		for (uint32 j = 0; j < nlevels && nlevels > 1; j++)
		{
			const CategoryLevel *level = &model->levels[i][j];

			if (level->won > 0 && level->lost > 0)
				continue;
			if (level->length == LEVEL_MISSING)
				tell_culprit(text, n, psprintf("%s is missing", name));
			else
				tell_culprit(text, n, psprintf("%s = '%.*s'", name,
											   (int) level->length,
											   level_text(table, level->offset)));
		}
	}
}

/* Whether a feature tells outcomes apart on its own, at least some of them. */
bool
logistic_told_apart(const LogisticModel *model)
{
	StringInfoData text;
	int			n = 0;

	initStringInfo(&text);
	tell_single_culprits(model, &text, &n);
	pfree(text.data);
	return n > 0;
}

/* Why the outcome is told apart. */
static char *
separation_reason(const LogisticModel *model, const double *direction)
{
	StringInfoData text;
	int			n = 0;
	double		largest = 0;

	initStringInfo(&text);
	appendStringInfoString(&text, "won and lost leads are told apart perfectly by ");
	tell_single_culprits(model, &text, &n);
	if (n > 0)
		return text.data;
	for (int i = 1; i < model->nterms; i++)
		largest = Max(largest, fabs(direction[i]));
	for (int i = 1; i < model->nterms; i++)
		if (fabs(direction[model->order[i]]) >= LEAST_PART * largest)
			tell_culprit(&text, &n,
						 logistic_term_name(model, model->order[i]));
	appendStringInfoString(&text, n > 1 ? " together" : "");
	return text.data;
}

/* A number's feature. */
static void
number_feature(const LogisticModel *model, int feature, LeadFeature *of)
{
	const NumberMoments *moments = summary_moments(model->summary) +
		model->place[feature];
	double		all = model->summary->weight[0] + model->summary->weight[1];

	of->mean = moments->mean;
	of->sd = moments->weight > 0 ? sqrt(moments->squares / moments->weight) : 0;
	of->missing_share = Max(0, Min(1, (all - moments->weight) / all));
	if (moments->missing[0] + moments->missing[1] == 0)
		of->missing_share = 0;
	of->term = of->missing_term = -1;
}

/* A category's feature. */
static void
category_feature(const LogisticModel *model, int feature, LeadFeature *of)
{
	int			category = model->place[feature];
	LevelTable *table = summary_levels(model->summary);
	double		all = model->summary->weight[0] + model->summary->weight[1];

	of->nlevels = summary_categories(model->summary)[category].nlevels;
	of->levels = palloc0(of->nlevels * sizeof(LeadLevel));
	for (int i = 0; i < of->nlevels; i++)
	{
		const CategoryLevel *from = &model->levels[category][i];

		of->levels[i].name = from->length == LEVEL_MISSING ? NULL :
			pnstrdup(level_text(table, from->offset), from->length);
		of->levels[i].weight = from->weight / all;
		of->levels[i].term = -1;
	}
}

/* The features of the model, without terms as yet. */
static LeadFeature *
model_features(const LogisticModel *model)
{
	const LeadFitRequest *request = model->request;
	LeadFeature *features = palloc0(request->nfeatures * sizeof(LeadFeature));

	for (int i = 0; i < request->nfeatures; i++)
	{
		features[i].name = pstrdup(request->features[i].name);
		features[i].kind = request->features[i].kind;
		if (features[i].kind == LEAD_NUMBER)
			number_feature(model, i, &features[i]);
		else
			category_feature(model, i, &features[i]);
	}
	return features;
}

/* Put the terms into the units of the features. */
static void
model_terms(const LogisticModel *model, const double *estimates,
			LeadModelParts *parts)
{
	parts->terms = palloc(model->nterms * sizeof(LeadTerm));
	parts->nterms = 1;
	parts->terms[0].estimate = estimates[0];
	for (int i = 1; i < model->nterms; i++)
	{
		const FitTerm *term = &model->terms[i];
		LeadFeature *feature = &parts->features[term->feature];
		int			at;

		if (model->left_out[i])
			continue;
		at = parts->nterms++;
		parts->terms[at].estimate = estimates[i];
		if (term->level == TERM_MISSING)
			feature->missing_term = at;
		else if (term->level != TERM_SLOPE)
			feature->levels[term->level].term = at;
		else
		{
			feature->term = at;
			parts->terms[at].estimate *= model->scales[i - 1];
			parts->terms[0].estimate -=
				parts->terms[at].estimate * model->centers[i - 1];
		}
	}
	for (int i = 0; i < parts->nterms; i++)
		parts->terms[i].std_error = get_float8_nan();
}

/* Covariance and standard errors. */
static void
model_errors(const LogisticModel *model, LogisticStep *last,
			 LeadModelParts *parts)
{
	LogisticSystem system = {0};
	StepParts	sums;
	double	   *step = palloc(model->nterms * sizeof(double));
	double		decrement;
	int			n = parts->nterms;

	step_parts(last, &sums);
	system.nterms = model->nterms;
	system.order = model->order;
	system.penalties = model->penalties;
	system.estimates = sums.estimates;
	system.gradient = sums.work.gradient;
	system.information = sums.work.information;
	system.left_out = model->left_out;
	system.memory = model->factor;
	system.scratch = model->scratch;
	if (logistic_newton_step(&system, step, &decrement) != n)
		return;
	parts->covariance = palloc((Size) n * n * sizeof(double));
	logistic_covariance(&system, n, model->scales, model->centers,
						model->nstep_numbers, parts->covariance);
	for (int i = 0; i < n; i++)
	{
		double	   *variance = parts->covariance + (Size) i * n + i;

		*variance = Max(*variance, 0);
		parts->terms[i].std_error = sqrt(*variance);
	}
	pfree(step);
}

/* The log-likelihood of the intercept alone */
static double
null_log_likelihood(const TrainingSummary *summary)
{
	double		lost = summary->weight[0];
	double		won = summary->weight[1];

	return won * -log1p(lost / won) + lost * -log1p(won / lost);
}

/* The model, and a warning if it is not one to rely on. */
LeadModelParts *
logistic_model_parts(const LogisticModel *model, const double *estimates,
					 LeadStatus status, const char *reason,
					 LogisticStep *last, const double *direction,
					 double gain, int passes)
{
	LeadModelParts *parts = lead_model_parts_create(LEAD_LOGISTIC);

	parts->status = status;
	parts->outcome = pstrdup(model->request->outcome_name);
	parts->nfeatures = model->request->nfeatures;
	parts->features = model_features(model);
	parts->won = model->summary->won;
	parts->lost = model->summary->lost;
	parts->ridge = model->request->ridge;
	parts->log_likelihood = Min(long_sum_value(&last->sums.log_likelihood) + gain, 0);
	parts->null_log_likelihood = null_log_likelihood(model->summary);
	parts->iterations = passes;
	model_terms(model, estimates, parts);
	if (status == LEAD_OK)
		model_errors(model, last, parts);
	else if (status == LEAD_SEPARATED)
	{
		parts->reason = separation_reason(model, direction);
		ereport(WARNING,
				(errmsg("the coefficients of the lead model have no finite estimate"),
				 errdetail("%c%s.", toupper((unsigned char) parts->reason[0]),
						   parts->reason + 1),
				 errhint("Leave out features that say the outcome, put rare levels together, or give a ridge such as 1.")));
	}
	else
	{
		parts->reason = psprintf("%s after %d passes",
								 reason ? reason : "no maximum was reached",
								 passes);
		ereport(WARNING,
				(errmsg("the fit of the lead model did not converge"),
				 errdetail("%c%s.", toupper((unsigned char) parts->reason[0]),
						   parts->reason + 1),
				 errhint("Look for features that are nearly the same, or give a ridge such as 1.")));
	}
	return parts;
}
