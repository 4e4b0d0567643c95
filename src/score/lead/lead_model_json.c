/*
 * lead_model_json.c
 *		A lead model as JSON text: the form that people read, type in and dump.
 *
 * Numbers are written in the shortest form that reads back to the same float8,
 * so that nothing is lost; what is not known is left out. lead_model_read.c
 * reads it.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/json.h"

#include "number_text.h"
#include "score/lead/lead_model.h"

/* The word for a family. */
const char *
lead_family_name(LeadFamily family)
{
	return family == LEAD_LOGISTIC ? "logistic" : "naive bayes";
}

/* The word for a status. */
const char *
lead_status_name(LeadStatus status)
{
	static const char *const names[] = {
		"given", "ok", "separated", "not converged"
	};

	return names[status];
}

/* The word for a kind of feature. */
const char *
lead_kind_name(LeadFeatureKind kind)
{
	static const char *const names[] = {"number", "category", "set"};

	return names[kind];
}

/* Append a number. */
static void
append_number(StringInfo out, double number)
{
	char	   *text = number_text(number);

	appendStringInfoString(out, text);
	pfree(text);
}

/* Append a key and a number, unless that is not known; with a comma before. */
static void
append_key(StringInfo out, const char *key, double number)
{
	if (isnan(number))
		return;
	appendStringInfo(out, "%s\"%s\": ",
					 out->data[out->len - 1] == '{' ? "" : ", ", key);
	append_number(out, number);
}

/* Append a key and a text, if there is one. */
static void
append_text(StringInfo out, const char *key, const char *text)
{
	if (text == NULL)
		return;
	appendStringInfo(out, "%s\"%s\": ",
					 out->data[out->len - 1] == '{' ? "" : ", ", key);
	escape_json(out, text);
}

/* Append what a term is, if there is one, into an object. */
static void
append_term(StringInfo out, const LeadModelParts *parts, int term)
{
	if (term < 0)
		return;
	append_key(out, "estimate", parts->terms[term].estimate);
	append_key(out, "std_error", parts->terms[term].std_error);
}

/* Append won and lost. */
static void
append_pair(StringInfo out, double won, double lost)
{
	appendStringInfoChar(out, '[');
	append_number(out, won);
	appendStringInfoString(out, ", ");
	append_number(out, lost);
	appendStringInfoChar(out, ']');
}

/* Append counts of the whole and of the teams that have any. */
static void
append_pools(StringInfo out, const LeadModelParts *parts, const double *won,
			 const double *lost)
{
	bool		first = true;

	if (parts->nteams == 0)
	{
		append_pair(out, won[0], lost[0]);
		return;
	}
	appendStringInfoString(out, "{\"all\": ");
	append_pair(out, won[0], lost[0]);
	for (int i = 0; i < parts->nteams; i++)
	{
		if (won[i + 1] == 0 && lost[i + 1] == 0)
			continue;
		appendStringInfoString(out, first ? ", \"teams\": {" : ", ");
		escape_json(out, parts->teams[i]);
		appendStringInfoString(out, ": ");
		append_pair(out, won[i + 1], lost[i + 1]);
		first = false;
	}
	appendStringInfoString(out, first ? "}" : "}}");
}

/* Append what a level is. */
static void
append_level(StringInfo out, const LeadModelParts *parts,
			 const LeadLevel *level)
{
	if (parts->family == LEAD_NAIVE_BAYES)
	{
		append_pools(out, parts, level->won, level->lost);
		return;
	}
	appendStringInfoChar(out, '{');
	append_term(out, parts, level->term);
	append_key(out, "weight", level->weight);
	appendStringInfoChar(out, '}');
}

/* Append a feature. */
static void
append_feature(StringInfo out, const LeadModelParts *parts,
			   const LeadFeature *feature)
{
	bool		first = true;

	appendStringInfoString(out, "{\"name\": ");
	escape_json(out, feature->name);
	if (feature->kind == LEAD_NUMBER)
	{
		append_term(out, parts, feature->term);
		append_key(out, "mean", feature->mean);
		append_key(out, "sd", feature->sd);
		if (feature->missing_term >= 0 || feature->missing_share > 0)
		{
			appendStringInfoString(out, ", \"missing\": {");
			append_term(out, parts, feature->missing_term);
			if (feature->missing_share > 0)
				append_key(out, "share", feature->missing_share);
			appendStringInfoChar(out, '}');
		}
		appendStringInfoChar(out, '}');
		return;
	}
	appendStringInfo(out, ", \"%s\": {",
					 feature->kind == LEAD_SET ? "elements" : "levels");
	for (int i = 0; i < feature->nlevels; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (feature->levels[i].name == NULL)
			continue;
		if (!first)
			appendStringInfoString(out, ", ");
		escape_json(out, feature->levels[i].name);
		appendStringInfoString(out, ": ");
		append_level(out, parts, &feature->levels[i]);
		first = false;
	}
	appendStringInfoChar(out, '}');
	for (int i = 0; i < feature->nlevels; i++)
		if (feature->levels[i].name == NULL)
		{
			appendStringInfoString(out, ", \"missing\": ");
			append_level(out, parts, &feature->levels[i]);
		}
	if (feature->minimum > 0)
		append_key(out, "minimum", feature->minimum);
	if (feature->total_won != NULL)
	{
		appendStringInfoString(out, ", \"total\": ");
		append_pools(out, parts, feature->total_won, feature->total_lost);
	}
	appendStringInfoChar(out, '}');
}

/* Append what naive Bayes has besides its features. */
static void
append_naive_bayes(StringInfo out, const LeadModelParts *parts)
{
	append_key(out, "smoothing", parts->smoothing);
	if (parts->least > 0 || parts->most < 1)
	{
		appendStringInfoString(out, ", \"bounds\": ");
		append_pair(out, parts->least, parts->most);
	}
	append_text(out, "team", parts->team);
	for (int i = 0; i < parts->nteams; i++)
	{
		appendStringInfoString(out, i == 0 ? ", \"teams\": {" : ", ");
		escape_json(out, parts->teams[i]);
		appendStringInfoString(out, ": ");
		append_pair(out, parts->team_won[i], parts->team_lost[i]);
	}
	if (parts->nteams > 0)
		appendStringInfoChar(out, '}');
}

/* Append the lower triangle of the covariance. */
static void
append_covariance(StringInfo out, const LeadModelParts *parts)
{
	int			n = parts->nterms;

	appendStringInfoString(out, ", \"covariance\": [");
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(out, i > 0 ? ", [" : "[");
		for (int j = 0; j <= i; j++)
		{
			if (j > 0)
				appendStringInfoString(out, ", ");
			append_number(out, parts->covariance[i * n + j]);
		}
		appendStringInfoChar(out, ']');
	}
	appendStringInfoChar(out, ']');
}

/* Write a model as JSON. */
char *
lead_model_to_json(const LeadModelParts *parts)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "{\"family\": \"%s\"",
					 lead_family_name(parts->family));
	if (parts->status != LEAD_GIVEN)
		append_text(&out, "status", lead_status_name(parts->status));
	append_text(&out, "reason", parts->reason);
	append_text(&out, "outcome", parts->outcome);
	append_key(&out, "won", parts->won);
	append_key(&out, "lost", parts->lost);
	if (parts->family == LEAD_LOGISTIC)
	{
		appendStringInfoString(&out, ", \"intercept\": {");
		append_term(&out, parts, 0);
		appendStringInfoChar(&out, '}');
	}
	else
		append_naive_bayes(&out, parts);
	appendStringInfoString(&out, ", \"features\": [");
	for (int i = 0; i < parts->nfeatures; i++)
	{
		if (i > 0)
			appendStringInfoString(&out, ", ");
		append_feature(&out, parts, &parts->features[i]);
	}
	appendStringInfoChar(&out, ']');
	if (parts->ridge > 0)
		append_key(&out, "ridge", parts->ridge);
	append_key(&out, "log_likelihood", parts->log_likelihood);
	append_key(&out, "null_log_likelihood", parts->null_log_likelihood);
	if (parts->iterations >= 0)
		append_key(&out, "iterations", parts->iterations);
	if (parts->prior_shift != 0)
		append_key(&out, "prior_shift", parts->prior_shift);
	if (parts->calibration != NULL)
		appendStringInfo(&out, ", \"calibration\": %s", parts->calibration);
	if (parts->covariance != NULL)
		append_covariance(&out, parts);
	appendStringInfoChar(&out, '}');
	return out.data;
}
