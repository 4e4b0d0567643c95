/*
 * lead_contributions.c
 *		Why a lead model says what it says: what each feature adds to the
 *		log-odds, and the strongest reasons for and against, in words.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "score/lead/lead_predictor.h"

PG_FUNCTION_INFO_V1(clientele_lead_contributions);
PG_FUNCTION_INFO_V1(clientele_lead_contributions_of_values);
PG_FUNCTION_INFO_V1(clientele_reasons);

/* The name of what contributes. */
static text *
contributor(const LeadModel *model, const LeadContribution *contribution)
{
	if (contribution->feature == NULL)
		return cstring_to_text(contribution->name);
	return cstring_to_text_with_len(lead_text(model,
											  contribution->feature->name),
									contribution->feature->name.length);
}

/* Its value as a text; NULL where it is missing. */
static char *
value_text(const LeadContribution *contribution)
{
	if (contribution->missing)
		return NULL;
	if (contribution->text != NULL)
		return pnstrdup(contribution->text, contribution->length);
	return number_text(contribution->number);
}

/* Where rows of contributions go. */
typedef struct ContributionRows
{
	const LeadModel *model;
	ReturnSetInfo *set;
} ContributionRows;

/* A row of contributions(). */
static void
put_contribution(void *arg, const LeadContribution *contribution)
{
	ContributionRows *rows = arg;
	char	   *value = value_text(contribution);
	bool		unknown = isnan(contribution->log_odds);
	Datum		values[4];
	bool		nulls[4] = {false, value == NULL, unknown, unknown};

	memset(values, 0, sizeof(values));
	values[0] = PointerGetDatum(contributor(rows->model, contribution));
	if (value != NULL)
		values[1] = CStringGetTextDatum(value);
	values[2] = Float8GetDatum(contribution->log_odds);
	values[3] = Float8GetDatum(exp(contribution->log_odds));
	tuplestore_putvalues(rows->set->setResult, rows->set->setDesc, values,
						 nulls);
}

/* contributions(model, features as jsonb) */
Datum
clientele_lead_contributions(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;
	ContributionRows rows;

	lead_record_of_json(fcinfo, &record);
	InitMaterializedSRF(fcinfo, 0);
	rows.model = predictor->model;
	rows.set = (ReturnSetInfo *) fcinfo->resultinfo;
	(void) lead_logit(predictor->model, &record, put_contribution, &rows);
	return (Datum) 0;
}

/* contributions(model, numbers [, categories]) */
Datum
clientele_lead_contributions_of_values(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	LeadRecord	record;
	ContributionRows rows;

	lead_record_of_arrays(fcinfo, predictor->model, &record);
	InitMaterializedSRF(fcinfo, 0);
	rows.model = predictor->model;
	rows.set = (ReturnSetInfo *) fcinfo->resultinfo;
	(void) lead_logit(predictor->model, &record, put_contribution, &rows);
	return (Datum) 0;
}

/* A reason. */
typedef struct Reason
{
	LeadContribution contribution;
	char	   *value;
	double		log_odds;		/* above or below what is usual */
	bool		usual_known;
	int			place;			/* among the contributions */
} Reason;

/* Reasons that are being collected. */
typedef struct ReasonList
{
	int			n;
	int			capacity;
	Reason	   *reasons;
} ReasonList;

/* A contribution as a reason, unless it makes no difference. */
static void
collect_reason(void *arg, const LeadContribution *contribution)
{
	ReasonList *list = arg;
	bool		usual_known = isfinite(contribution->usual);
	double		log_odds = contribution->log_odds -
		(usual_known ? contribution->usual : 0);
	Reason	   *reason;

	if (contribution->feature == NULL || isnan(log_odds) || log_odds == 0)
		return;
	if (list->n == list->capacity)
	{
		list->capacity = Max(16, list->capacity * 2);
		list->reasons = list->reasons == NULL ?
			palloc(sizeof(Reason) * list->capacity) :
			repalloc(list->reasons, sizeof(Reason) * list->capacity);
	}
	reason = &list->reasons[list->n];
	reason->contribution = *contribution;
	reason->value = value_text(contribution);
	reason->log_odds = log_odds;
	reason->usual_known = usual_known;
	reason->place = list->n++;
}

/* The strongest first, those of equal strength in the order of the model. */
static int
compare_reasons(const void *a, const void *b)
{
	const Reason *x = a;
	const Reason *y = b;

	if (fabs(x->log_odds) != fabs(y->log_odds))
		return fabs(x->log_odds) > fabs(y->log_odds) ? -1 : 1;
	return x->place - y->place;
}

/* The reason in words. */
static char *
reason_words(const LeadModel *model, const Reason *reason)
{
	const FlatFeature *feature = reason->contribution.feature;
	StringInfoData words;

	initStringInfo(&words);
	appendBinaryStringInfo(&words, lead_text(model, feature->name),
						   (int) feature->name.length);
	if (reason->value == NULL)
		appendStringInfoString(&words, " is not known");
	else
		appendStringInfo(&words, " %s %s",
						 feature->kind == LEAD_SET ? "has" : "is",
						 reason->value);
	if (feature->kind == LEAD_NUMBER && isfinite(feature->mean))
		appendStringInfo(&words, " (%s%.4g on average)",
						 reason->value == NULL ? "it is " : "",
						 feature->mean);
	appendStringInfo(&words, ": odds %.3g times those %s",
					 exp(reason->log_odds),
					 feature->kind == LEAD_SET ? "without it" :
					 reason->usual_known ? "of the average lead" :
					 model->family == LEAD_NAIVE_BAYES ? "if it were not known" :
					 feature->kind == LEAD_NUMBER ? "at zero" :
					 "of the reference");
	return words.data;
}

/*
 * reasons(model, features as jsonb, n): up to n rows for, then up to n against,
 * against what is usual among the training data.
 */
Datum
clientele_reasons(PG_FUNCTION_ARGS)
{
	LeadPredictor *predictor = lead_predictor(fcinfo, 0);
	int			most = PG_GETARG_INT32(2);
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	LeadRecord	record;
	ReasonList	list = {0, 0, NULL};

	if (most < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid number of reasons"),
				 errdetail("It is %d.", most),
				 errhint("Give 0 or more, such as 3.")));
	lead_record_of_json(fcinfo, &record);
	InitMaterializedSRF(fcinfo, 0);
	(void) lead_logit(predictor->model, &record, collect_reason, &list);
	if (list.n > 0)
		qsort(list.reasons, list.n, sizeof(Reason), compare_reasons);
	for (int against = 0; against <= 1; against++)
	{
		int			rank = 0;

		for (int i = 0; i < list.n && rank < most; i++)
		{
			const Reason *reason = &list.reasons[i];
			Datum		values[7];
			bool		nulls[7];

			if ((reason->log_odds < 0) != (against == 1))
				continue;
			memset(values, 0, sizeof(values));
			memset(nulls, 0, sizeof(nulls));
			values[0] = CStringGetTextDatum(against ? "against" : "for");
			values[1] = Int32GetDatum(++rank);
			values[2] = PointerGetDatum(contributor(predictor->model,
													&reason->contribution));
			nulls[3] = reason->value == NULL;
			if (reason->value != NULL)
				values[3] = CStringGetTextDatum(reason->value);
			values[4] = Float8GetDatum(reason->log_odds);
			values[5] = Float8GetDatum(exp(reason->log_odds));
			values[6] = CStringGetTextDatum(reason_words(predictor->model,
														 reason));
			tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}
