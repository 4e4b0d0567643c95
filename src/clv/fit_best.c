/*
 * fit_best.c
 *		fit_best(): every family that can be compared on one base, best first.
 */
#include "postgres.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "clv/fit.h"

PG_FUNCTION_INFO_V1(clientele_fit_best);

/* One family's fit. */
typedef struct Contestant
{
	const PurchaseFamily *family;
	Model	   *model;			/* NULL: not fitted */
	char	   *status;
	double		bic;
} Contestant;

/* Which comes first: a fit to be relied on, then the smaller BIC. */
static int
compare_contestants(const void *a, const void *b)
{
	const Contestant *x = a;
	const Contestant *y = b;
	int			x_class = x->model == NULL ? 2 : x->model->status != MODEL_OK;
	int			y_class = y->model == NULL ? 2 : y->model->status != MODEL_OK;

	if (x_class != y_class)
		return x_class - y_class;
	if (x->model != NULL && x->bic != y->bic)
		return x->bic < y->bic ? -1 : 1;
	return strcmp(x->family->name, y->family->name);
}

/*
 * fit_best(customer_base, unit, prior_sd): rows (rank, family, model,
 * parameters, log_likelihood, aic, bic, delta_bic, status).
 */
Datum
clientele_fit_best(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	CellSet    *base;
	FitOptions	options;
	FitRefusal	refusal;
	Contestant *contestants;
	int			n = 0;
	int			fitted = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	base = cells_canonical(&customer_base_type,
						   cells_get(&customer_base_type, PG_GETARG_DATUM(0)));
	options = fit_options(fcinfo, 2);
	options.unit = fit_unit(PG_GETARG_INTERVAL_P(1));

	while (purchase_families[n] != NULL)
		n++;
	contestants = palloc0(n * sizeof(Contestant));
	n = 0;
	for (int i = 0; purchase_families[i] != NULL; i++)
	{
		Contestant *one = &contestants[n];

		/* the likelihood of opportunities is not one of times */
		if (purchase_families[i]->discrete)
			continue;
		one->family = purchase_families[i];
		if (fit_is_refused(one->family, options.constant, base, &refusal))
			one->status = psprintf("not fitted: %s", refusal.detail);
		else
		{
			one->model = fit_purchases(one->family, base, &options);
			one->status = pstrdup(model_status_name(one->model->status));
			one->bic = model_bic(one->model);
			fitted++;
		}
		n++;
	}
	if (fitted == 0)
		refuse_fit("any family", refusal.detail, refusal.hint);

	qsort(contestants, n, sizeof(Contestant), compare_contestants);
	for (int i = 0; i < n; i++)
	{
		const Contestant *one = &contestants[i];
		Datum		values[9] = {0};
		bool		nulls[9] = {0};

		values[1] = CStringGetTextDatum(one->family->name);
		values[8] = CStringGetTextDatum(one->status);
		if (one->model == NULL)
			nulls[0] = nulls[2] = nulls[3] = nulls[4] = nulls[5] = nulls[6] = nulls[7] = true;
		else
		{
			int			degrees = model_degrees(one->model);

			values[0] = Int32GetDatum(i + 1);
			values[2] = PointerGetDatum(one->model);
			values[3] = Int32GetDatum(degrees);
			values[4] = Float8GetDatum(one->model->log_likelihood);
			values[5] = Float8GetDatum(model_aic(one->model));
			values[6] = Float8GetDatum(one->bic);
			values[7] = Float8GetDatum(one->bic - contestants[0].bic);
		}
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}
