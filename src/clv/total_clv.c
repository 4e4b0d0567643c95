/*
 * total_clv.c
 *		Aggregate total_clv: the value of many customers, with its interval.
 *
 * All rows have the same two models, and so the same errors of the parameters:
 * those of the customers' values do not average out. The state therefore adds
 * up, beside the values, their gradients in the logarithms of the parameters,
 * and the covariance comes in once, at the end.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"

#include "clv/family/gamma_gamma.h"
#include "clv/predict_value.h"
#include "compat.h"
#include "flat.h"
#include "math/sum.h"

PG_FUNCTION_INFO_V1(clientele_total_clv_add);
PG_FUNCTION_INFO_V1(clientele_total_clv_combine);
PG_FUNCTION_INFO_V1(clientele_total_clv_final);

#define TOTAL_VERSION		1
#define TOTAL_CONFIDENCE	0.95	/* if the aggregate has no argument for it */
#define TOTAL_MAX_DIMENSION (FAMILY_MAX_PARAMETERS + GAMMA_GAMMA_PARAMETERS)

/* Signs of the values seen. */
#define TOTAL_POSITIVE		0x01
#define TOTAL_NEGATIVE		0x02

/*
 * The state: a bytea. Behind it follow the two models as they are, each at a
 * multiple of 8 bytes; both lengths are 0 until the first row without NULLs.
 * sums[0] is the value, the others its gradient: the parameters of the purchase
 * model, then those of the spend model.
 */
typedef struct TotalState
{
	int32		vl_len_;
	uint8		version;
	uint8		signs;
	uint16		reserved;		/* zero */
	uint32		purchase_length;
	uint32		spend_length;
	int64		customers;
	int64		skipped;
	double		confidence;
	LongSum		sums[1 + TOTAL_MAX_DIMENSION];
} TotalState;

#define TOTAL_PURCHASE_MODEL(state) \
	((Model *) ((char *) (state) + MAXALIGN(sizeof(TotalState))))
#define TOTAL_SPEND_MODEL(state) \
	((Model *) ((char *) TOTAL_PURCHASE_MODEL(state) + \
				MAXALIGN((state)->purchase_length)))
#define TOTAL_SIZE(purchase_length, spend_length) \
	(MAXALIGN(sizeof(TotalState)) + MAXALIGN(purchase_length) + \
	 MAXALIGN(spend_length))

/* Whether a model in the state has the shape that it claims. */
static bool
model_is_sound(const Model *model, Size length, const ModelType *type)
{
	ModelFamily family;

	return length >= offsetof(Model, values) && VARSIZE(model) == length &&
		model->family[MODEL_FAMILY_LENGTH - 1] == '\0' &&
		type->family(model->family, &family) &&
		family.nparameters == model->nparameters &&
		family.nconstants == model->nconstants && model->ncoefficients == 0 &&
		length == MODEL_SIZE(MODEL_NVALUES(model->nparameters,
										   model->nconstants, 0,
										   model->flags & MODEL_HAS_COVARIANCE));
}

/*
 * The state in an argument, checked: the function can be called, and an
 * aggregate made, with any bytea. Changed in place within an aggregate if
 * writable, otherwise a copy, which has the alignment that a bytea within a row
 * need not have.
 */
static TotalState *
total_state(FunctionCallInfo fcinfo, int argument, bool writable)
{
	Datum		datum = PG_GETARG_DATUM(argument);
	TotalState *state = writable && flat_in_aggregate(fcinfo) ?
		(TotalState *) PG_DETOAST_DATUM(datum) :
		(TotalState *) PG_DETOAST_DATUM_COPY(datum);
	Size		size = VARSIZE(state);

	if (size < TOTAL_SIZE(0, 0) || state->version != TOTAL_VERSION ||
		state->reserved != 0 || state->customers < 0 || state->skipped < 0 ||
		(state->purchase_length == 0) != (state->spend_length == 0) ||
		size != TOTAL_SIZE((Size) state->purchase_length,
						   (Size) state->spend_length) ||
		(state->purchase_length > 0 &&
		 (!model_is_sound(TOTAL_PURCHASE_MODEL(state), state->purchase_length,
						  &purchase_model_type) ||
		  !model_is_sound(TOTAL_SPEND_MODEL(state), state->spend_length,
						  &spend_model_type))))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid state of total_clv"),
				 errdetail("Its %zu bytes do not say what they should.", size),
				 errhint("Call the aggregate total_clv, not its parts.")));
	return state;
}

/* A new state, for the models or for none. */
static TotalState *
create_state(const Model *purchases, const Model *spend)
{
	Size		purchase_length = purchases ? VARSIZE(purchases) : 0;
	Size		spend_length = spend ? VARSIZE(spend) : 0;
	Size		size = TOTAL_SIZE(purchase_length, spend_length);
	TotalState *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->version = TOTAL_VERSION;
	state->purchase_length = purchase_length;
	state->spend_length = spend_length;
	if (purchases)
	{
		memcpy(TOTAL_PURCHASE_MODEL(state), purchases, purchase_length);
		memcpy(TOTAL_SPEND_MODEL(state), spend, spend_length);
	}
	return state;
}

/* An error unless a row, or another state, has the models of the state. */
static void
check_same(const TotalState *state, const Model *purchases,
		   const Model *spend, double confidence)
{
	if (VARSIZE(purchases) != state->purchase_length ||
		VARSIZE(spend) != state->spend_length ||
		memcmp(purchases, TOTAL_PURCHASE_MODEL(state), state->purchase_length) != 0 ||
		memcmp(spend, TOTAL_SPEND_MODEL(state), state->spend_length) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all rows of total_clv must have the same models"),
				 errdetail("Only customers of one purchase_model and one spend_model share the errors of its parameters."),
				 errhint("Group by the model. Totals of models that were fitted to different customers add up, and so do the squares of their standard errors.")));
	if (confidence != state->confidence)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all rows of total_clv must have the same confidence"),
				 errdetail("There are %g and %g.", state->confidence, confidence),
				 errhint("Give one confidence, or leave it out for 0.95.")));
}

/* Add one customer's value and its gradient. */
static void
add_value(TotalState *state, const ValueQuestion *value)
{
	const Model *purchase_model = value->question.model;
	const Model *spend_model = value->spend;
	double		moved[FAMILY_MAX_PARAMETERS];
	double		purchases = value_purchases(value, purchase_model->values);
	double		spend = value_spend_checked(value);
	double		revenue = value->margin * (purchases * spend);
	const double up = exp(PREDICTION_STEP);
	const double down = exp(-PREDICTION_STEP);
	LongSum    *sum = state->sums;

	if (value->margin == 0 || purchases == 0)
		return;
	state->signs |= value->margin > 0 ? TOTAL_POSITIVE : TOTAL_NEGATIVE;
	long_sum_add(sum++, revenue);
	if (!(purchase_model->flags & spend_model->flags & MODEL_HAS_COVARIANCE))
		return;

	memcpy(moved, purchase_model->values,
		   (purchase_model->nparameters + purchase_model->nconstants) *
		   sizeof(double));
	for (int i = 0; i < purchase_model->nparameters; i++)
	{
		double		above;

		moved[i] = purchase_model->values[i] * up;
		above = value_purchases(value, moved);
		moved[i] = purchase_model->values[i] * down;
		long_sum_add(sum++, value->margin * spend *
					 (above - value_purchases(value, moved)) /
					 (2 * PREDICTION_STEP));
		moved[i] = purchase_model->values[i];
	}
	memcpy(moved, spend_model->values, spend_model->nparameters * sizeof(double));
	for (int i = 0; i < spend_model->nparameters; i++)
	{
		double		above;

		moved[i] = spend_model->values[i] * up;
		above = value_spend(value, moved);
		moved[i] = spend_model->values[i] * down;
		long_sum_add(sum++, value->margin * purchases *
					 (above - value_spend(value, moved)) /
					 (2 * PREDICTION_STEP));
		moved[i] = spend_model->values[i];
	}
}

/*
 * Transition of total_clv(purchase_model, spend_model, rfm, horizon,
 * annual_rate, margin [, confidence]). A row with a NULL is counted as skipped.
 */
Datum
clientele_total_clv_add(PG_FUNCTION_ARGS)
{
	TotalState *state = PG_ARGISNULL(0) ? NULL : total_state(fcinfo, 0, true);
	ValueQuestion value;
	double		confidence = TOTAL_CONFIDENCE;

	for (int i = 1; i < PG_NARGS(); i++)
	{
		if (!PG_ARGISNULL(i))
			continue;
		if (state == NULL)
			state = create_state(NULL, NULL);
		state->skipped++;
		PG_RETURN_POINTER(state);
	}

	ask_value_models(fcinfo, 1, &value);
	ask_value_customer(&value, PG_GETARG_RFM_P(3));
	value.question.horizon = ask_long_horizon(&value.question,
											  PG_GETARG_INTERVAL_P(4));
	ask_value_terms(fcinfo, 5, &value);
	if (PG_NARGS() > 7)
		confidence = PG_GETARG_FLOAT8(7);

	if (state == NULL || state->purchase_length == 0)
	{
		int64		skipped = state ? state->skipped : 0;

		(void) confidence_quantile(confidence);
		state = create_state(value.question.model, value.spend);
		state->skipped = skipped;
		state->confidence = confidence;
	}
	else
		check_same(state, value.question.model, value.spend, confidence);
	add_value(state, &value);
	state->customers++;
	PG_RETURN_POINTER(state);
}

/* Combine two states. */
Datum
clientele_total_clv_combine(PG_FUNCTION_ARGS)
{
	TotalState *state = total_state(fcinfo, 0, true);
	TotalState *other = total_state(fcinfo, 1, false);

	if (other->purchase_length == 0)
	{
		state->skipped += other->skipped;
		PG_RETURN_POINTER(state);
	}
	if (state->purchase_length == 0)
	{
		other->skipped += state->skipped;
		PG_RETURN_POINTER(other);
	}
	check_same(state, TOTAL_PURCHASE_MODEL(other), TOTAL_SPEND_MODEL(other),
			   other->confidence);
	state->customers += other->customers;
	state->skipped += other->skipped;
	state->signs |= other->signs;
	for (int i = 0; i < (int) lengthof(state->sums); i++)
	{
		long_sum_add(&state->sums[i], other->sums[i].sum);
		state->sums[i].error += other->sums[i].error;
	}
	PG_RETURN_POINTER(state);
}

/* The part of the variance that comes from one model. */
static double
variance_from(const Model *model, const LongSum *gradient)
{
	const double *covariance = MODEL_LOG_COVARIANCE(model);
	int			n = model->nparameters;
	double		variance = 0;

	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			variance += long_sum_value(&gradient[i]) * covariance[i * n + j] *
				long_sum_value(&gradient[j]);
	return variance;
}

/*
 * Final function: (customers, skipped, estimate, std_error, low, high). The
 * interval is symmetric on the logarithm of the total; of a total of gains and
 * losses (margins of both signs) on the total itself.
 */
Datum
clientele_total_clv_final(PG_FUNCTION_ARGS)
{
	TotalState *state = total_state(fcinfo, 0, false);
	TupleDesc	desc;
	Datum		values[6] = {0};
	bool		nulls[6] = {false, false, true, true, true, true};
	const Model *purchases = TOTAL_PURCHASE_MODEL(state);
	const Model *spend;
	double		estimate;
	double		error;
	double		reach;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = Int64GetDatum(state->customers);
	values[1] = Int64GetDatum(state->skipped);
	if (state->purchase_length == 0)
		goto done;
	spend = TOTAL_SPEND_MODEL(state);
	estimate = long_sum_value(&state->sums[0]);
	if (isnan(estimate))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total_clv is out of range"),
				 errdetail("It adds infinite gains and infinite losses."),
				 errhint("Give a finite horizon, or an annual_rate above 0.")));
	values[2] = Float8GetDatum(estimate);
	nulls[2] = false;
	if (!(purchases->flags & spend->flags & MODEL_HAS_COVARIANCE) ||
		!isfinite(estimate))
		goto done;
	error = variance_from(purchases, state->sums + 1) +
		variance_from(spend, state->sums + 1 + purchases->nparameters);
	if (!isfinite(error))
		goto done;
	/* rounding may leave less than nothing of a variance of zero */
	error = sqrt(Max(error, 0));
	reach = confidence_quantile(state->confidence) * error;
	values[3] = Float8GetDatum(error);
	if (state->signs == TOTAL_POSITIVE || state->signs == TOTAL_NEGATIVE)
	{
		double		up = exp(reach / fabs(estimate));

		values[4] = Float8GetDatum(estimate > 0 ? estimate / up : estimate * up);
		values[5] = Float8GetDatum(estimate > 0 ? estimate * up : estimate / up);
	}
	else
	{
		values[4] = Float8GetDatum(estimate - reach);
		values[5] = Float8GetDatum(estimate + reach);
	}
	nulls[3] = nulls[4] = nulls[5] = false;
done:
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc),
													  values, nulls)));
}
