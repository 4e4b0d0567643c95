/*
 * with_covariates.c
 *		What a model with covariates says: the model of one customer, and the
 *		sum over many.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/array.h"

#include "clv/covariate_base.h"
#include "clv/interval_answer.h"
#include "days.h"

PG_FUNCTION_INFO_V1(clientele_with_covariates);
PG_FUNCTION_INFO_V1(clientele_total_expected_purchases_covariates);

/* How many covariates a model takes; an error if it takes none. */
static int
model_covariates(const Model *model, const ModelFamily *family)
{
	if (model->ncoefficients == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this purchase_model has no covariates"),
				 errdetail("It was fitted without them: it is the same for every customer."),
				 errhint("Give the model itself to the prediction; for a whole base, without_covariates(base).")));
	return model->ncoefficients / family->nslots;
}

/* Refuse covariates that are not as many as the model's. */
static void
check_length(int given, int expected)
{
	if (given != expected)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("wrong number of covariates"),
				 errdetail("There are %d, the model was fitted with %d.",
						   given, expected),
				 errhint("Give the covariates of the fit, in the same order.")));
}

/* Refuse covariates with which a parameter is no number. */
static void
check_parameter(const ModelFamily *family, int i, double value)
{
	if (unlikely(!(value >= purchase_model_type.least &&
				   value <= purchase_model_type.most)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("covariates are out of range"),
				 errdetail("With them %s is %g.", family->parameter_names[i],
						   value),
				 errhint("Covariates are in the units and about as large as those of the fit.")));
}

/*
 * The covariance of the logarithms of one customer's parameters. They are
 * linear in the place of the model: row j of the map holds a 1 for parameter j
 * and sign * z for the coefficients of its slot.
 */
static void
carry_covariance(const Model *model, const ModelFamily *family,
				 const double *z, int m, double *result)
{
	const double *covariance = MODEL_LOG_COVARIANCE(model);
	int			p = model->nparameters;
	int			n = MODEL_DIMENSION(model);
	double		half[FAMILY_MAX_PARAMETERS][MODEL_MAX_DIMENSION];

	for (int j = 0; j < p; j++)
		memcpy(half[j], covariance + j * n, n * sizeof(double));
	for (int slot = 0; slot < family->nslots; slot++)
		for (int k = 0; k < m; k++)
		{
			double		factor = family->slots[slot].sign * z[k];
			const double *row = covariance + (p + slot * m + k) * n;
			double	   *to = half[family->slots[slot].parameter];

			for (int i = 0; i < n; i++)
				to[i] += factor * row[i];
		}
	for (int slot = 0; slot < family->nslots; slot++)
		for (int k = 0; k < m; k++)
		{
			double		factor = family->slots[slot].sign * z[k];

			for (int j = 0; j < p; j++)
				half[j][family->slots[slot].parameter] +=
					factor * half[j][p + slot * m + k];
		}
	for (int i = 0; i < p; i++)
		for (int j = 0; j <= i; j++)
			result[i * p + j] = result[j * p + i] = half[i][j];
	/* rounding may leave less than nothing of a variance of zero */
	for (int i = 0; i < p; i++)
		result[i * p + i] = Max(result[i * p + i], 0);
}

/* with_covariates(model, covariates): the model of one customer. */
Datum
clientele_with_covariates(PG_FUNCTION_ARGS)
{
	const Model *model = PG_GETARG_MODEL_P(0);
	const double *coefficients = MODEL_COEFFICIENTS(model);
	double		z[COVARIATE_BASE_MAX];
	int			given;
	int			m;
	ModelFamily family;
	Model	   *result;

	model_family(model, &family);
	m = model_covariates(model, &family);
	if (!covariates_from_array(PG_GETARG_ARRAYTYPE_P(1), z, &given))
		PG_RETURN_NULL();
	check_length(given, m);
	result = model_create(&family, 0, model->flags & MODEL_HAS_COVARIANCE);
	result->status = model->status;
	result->unit = model->unit;
	memcpy(result->values, model->values,
		   (model->nparameters + model->nconstants) * sizeof(double));
	for (int slot = 0; slot < family.nslots; slot++)
	{
		double	   *value = &result->values[family.slots[slot].parameter];
		double		sum = 0;

		for (int k = 0; k < m; k++)
			sum += coefficients[slot * m + k] * z[k];
		*value *= exp(family.slots[slot].sign * sum);
		check_parameter(&family, family.slots[slot].parameter, *value);
	}
	if (model->flags & MODEL_HAS_COVARIANCE)
	{
		carry_covariance(model, &family, z, m, MODEL_LOG_COVARIANCE(result));
		for (int i = 0; i < result->nparameters * result->nparameters; i++)
			if (unlikely(!isfinite(MODEL_LOG_COVARIANCE(result)[i])))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("covariates are out of range"),
						 errdetail("With them the covariance of the parameters is beyond the range of float8."),
						 errhint("Covariates are in the units and about as large as those of the fit.")));
	}
	PG_RETURN_POINTER(result);
}

/* A sum over customers as a function of the place of a model, near one place. */
typedef struct Total
{
	double		estimate;
	int			n;
	double		place[MODEL_MAX_DIMENSION];
	double		gradient[MODEL_MAX_DIMENSION];	/* of its logarithm */
} Total;

/*
 * The sum as it is near its place. Its derivatives there are all that an
 * interval takes; to have them from the sum itself would mean to go over all
 * customers twice for every coefficient.
 */
static double
total_at(const double *place, void *context)
{
	const Total *total = context;
	double		change = 0;

	for (int i = 0; i < total->n; i++)
		change += total->gradient[i] * (place[i] - total->place[i]);
	return total->estimate * exp(change);
}

/* Half the distance of a difference, as in interval.c */
#define STEP	1e-4

/*
 * Add up expected purchases, with their derivatives in the place of the model
 * where there is a covariance to carry over. A coefficient acts on a customer
 * by way of a parameter of his, so differences in his parameters are enough.
 */
static void
add_up(const Model *model, const PurchaseFamily *family,
	   const CovariateBase *base, double horizon, Total *total)
{
	int			p = model->nparameters;
	int			m = base->covariates;
	ModelFamily names;

	model_family(model, &names);

	for (uint32 i = 0; i < base->set->flat.n; i++)
	{
		const char *cell = CELL_AT(base->type, base->set, i);
		const double *numbers = (const double *) cell;
		double		weight = *CELL_COUNT(base->type, cell);
		PurchaseHistorySummary customer;
		double		log_own[FAMILY_MAX_PARAMETERS];
		double		own[FAMILY_MAX_PARAMETERS];
		double		one;

		if (i % 256 == 0)
			CHECK_FOR_INTERRUPTS();
		customer.frequency = *CELL_NUMBER(base->type, cell);
		customer.recency = numbers[0] / model->unit;
		customer.age = numbers[1] / model->unit;
		customer.log_gaps = NAN;
		covariate_parameters(family, total->place, total->place + p,
							 numbers + 2, m, log_own);
		for (int j = 0; j < p; j++)
		{
			own[j] = exp(log_own[j]);
			check_parameter(&names, j, own[j]);
		}
		one = family->expected_purchases(own, &customer, horizon);
		if (!isfinite(one))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("prediction is out of range"),
					 errdetail("It is %g for a customer with frequency %g, recency %g and age %g days.",
							   one, customer.frequency, numbers[0],
							   numbers[1]),
					 errhint("Covariates are in the units and about as large as those of the fit.")));
		total->estimate += weight * one;
		if (!(model->flags & MODEL_HAS_COVARIANCE))
			continue;
		for (int j = 0; j < p; j++)
		{
			double		value = own[j];
			double		slope;

			own[j] = value * exp(STEP);
			slope = family->expected_purchases(own, &customer, horizon);
			own[j] = value * exp(-STEP);
			slope -= family->expected_purchases(own, &customer, horizon);
			own[j] = value;
			slope *= weight / (2 * STEP);
			total->gradient[j] += slope;
			for (int slot = 0; slot < family->nslots; slot++)
				if (family->slots[slot].parameter == j)
					for (int k = 0; k < m; k++)
						total->gradient[p + slot * m + k] +=
							slope * family->slots[slot].sign * numbers[2 + k];
		}
	}
	for (int i = 0; i < total->n && total->estimate > 0; i++)
		total->gradient[i] /= total->estimate;
}

/* total_expected_purchases(model, covariate_base, horizon, confidence) */
Datum
clientele_total_expected_purchases_covariates(PG_FUNCTION_ARGS)
{
	const Model *model = PG_GETARG_MODEL_P(0);
	CovariateBase base = covariate_base_get(PG_GETARG_DATUM(1));
	double		horizon = clientele_horizon_days(PG_GETARG_INTERVAL_P(2),
												 "horizon") / model->unit;
	const PurchaseFamily *family = find_purchase_family(model->family);
	ModelFamily names;
	Total		total = {0};

	model_family(model, &names);
	model_warn(fcinfo, model);
	if (base.covariates > 0)
		check_length(base.covariates, model_covariates(model, &names));
	else
		(void) model_covariates(model, &names);
	total.n = MODEL_DIMENSION(model);
	model_to_place(model, total.place);
	add_up(model, family, &base, horizon, &total);
	return interval_answer(fcinfo, total_at, &total, RANGE_POSITIVE, &model, 1,
						   1, PG_GETARG_FLOAT8(3));
}
