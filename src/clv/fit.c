/*
 * fit.c
 *		The fits, as SQL calls them: from a base to a model.
 *
 * The mathematics is in purchase_fit.c and gamma_gamma.c. Here the questions
 * that cannot be answered are refused, memory is lent, and an interrupt is let
 * through: the mathematics holds nothing but that memory, so an error raised
 * from within its callback leaves nothing behind.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "clv/family/gamma_gamma.h"
#include "clv/fit.h"
#include "clv/model.h"
#include "clv/opportunities.h"
#include "clv/spend_base.h"
#include "days.h"

PG_FUNCTION_INFO_V1(clientele_fit_purchases);
PG_FUNCTION_INFO_V1(clientele_fit_spend);

/* Lend memory from a context that is dropped after the fit. */
static void *
lend(size_t size, void *context)
{
	return MemoryContextAllocHuge((MemoryContext) context, size);
}

/* Memory for a fit, from a context that the caller drops after it. */
FitMemory
fit_memory(MemoryContext context)
{
	FitMemory	memory = {lend, context};

	return memory;
}

/* Let an interrupt through; never asks the fit to stop by itself. */
static bool
check_for_interrupts(void *context)
{
	(void) context;
	CHECK_FOR_INTERRUPTS();
	return false;
}

/* The standard deviation of a prior, an argument that may be NULL. */
double
fit_prior(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		sd;

	if (PG_ARGISNULL(argument))
		return get_float8_infinity();
	sd = PG_GETARG_FLOAT8(argument);
	if (!(sd > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid %s", name),
				 errdetail("%s is %g.", name, sd),
				 errhint("Give a standard deviation greater than 0, such as 3 for a weak prior, or NULL for none.")));
	return sd;
}

/* The options that all fits share. */
FitOptions
fit_options(FunctionCallInfo fcinfo, int prior_argument)
{
	FitOptions	options = {0};

	options.unit = 1;
	options.prior_sd = fit_prior(fcinfo, prior_argument, "prior_sd");
	options.interrupt = check_for_interrupts;
	return options;
}

/* Refuse a fit for which there is too little. */
void
refuse_fit(const char *family, const char *detail, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_EXCEPTION),
			 errmsg("not enough data to fit %s", family),
			 errdetail("%s", detail),
			 errhint("%s", hint)));
}

/* Refuse a base that does not count opportunities, for a family that does. */
static void
refuse_parts_of_opportunities(const PurchaseFamily *family, const CellSet *base,
							  double unit)
{
	const CustomerCell *cells = (const CustomerCell *) base->cells;
	double		recency;
	double		age;

	for (uint32 i = 0; i < base->flat.n; i++)
		check_opportunities(family->name, cells[i].frequency, cells[i].recency,
							cells[i].age, unit, &recency, &age);
}

/* A family, and the constant where there is one, by its name, an argument. */
const PurchaseFamily *
fit_family(FunctionCallInfo fcinfo, int argument, int *constant)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	const PurchaseFamily *family = find_purchase_family_and_constant(name, constant);

	if (family == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown family of purchase models"),
				 errdetail("There is no family \"%s\".", name),
				 errhint("Families: %s.", purchase_model_type.family_list())));
	if (*constant < 0 || *constant > family->constant_max)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid %s of a family of purchase models",
						family->constant_name),
				 errdetail("The family is \"%s\".", name),
				 errhint("Give a whole number from 1 to %d, or \"%s\" to have it chosen.",
						 family->constant_max, family->name)));
	return family;
}

/* The unit of time of a fit, in days. */
double
fit_unit(const Interval *unit)
{
	double		days = clientele_interval_days(unit, "unit");

	if (!(days > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid unit"),
				 errdetail("The unit is %g days.", days),
				 errhint("Give an interval longer than 0, such as '7 days'.")));
	return days;
}

/*
 * How many of those who came back have gaps between purchases that are not
 * known. A base typed in by its cells alone says nothing of gaps: their sum is
 * 0, as if each were a day, and that cannot be where more days have passed than
 * there were purchases.
 */
static int64
customers_without_gaps(const CellSet *base)
{
	const CustomerCell *cells = (const CustomerCell *) base->cells;

	if (base->counts[CUSTOMER_BASE_WITHOUT_LOG_GAPS] > 0 ||
		base->counts[CUSTOMER_BASE_LOG_GAPS] > 0 ||
		base->counts[CUSTOMER_BASE_LOG_GAPS_REST] > 0)
		return base->counts[CUSTOMER_BASE_WITHOUT_LOG_GAPS];
	for (uint32 i = 0; i < base->flat.n; i++)
	{
		if (cells[i].frequency > 0 && cells[i].recency > cells[i].frequency)
			return customer_base_repeat_customers(base);
	}
	return 0;
}

/* Is there too little for a fit? */
bool
fit_is_refused(const PurchaseFamily *family, int constant, CellSet *base,
			   FitRefusal *refusal)
{
	int64		customers = base->counts[CUSTOMER_BASE_CUSTOMERS];

	if (customers < family->nparameters)
	{
		refusal->detail = psprintf("There are " INT64_FORMAT " customers and %d parameters.",
								   customers, family->nparameters);
		refusal->hint = "Fit more customers: at least as many as parameters, better some hundreds; or take a model fitted to a larger group.";
		return true;
	}
	if (customer_base_repeat_customers(base) == 0)
	{
		refusal->detail = psprintf("None of the " INT64_FORMAT " customers came back.",
								   customers);
		refusal->hint = "At least one customer with a repeat purchase is needed, better some hundreds: wait, or take a model fitted to a larger group.";
		return true;
	}
	if (family->nconstants > 0 && constant == 0 &&
		customers_without_gaps(base) > 0)
	{
		refusal->detail = psprintf("For " INT64_FORMAT " of the " INT64_FORMAT " customers who came back the gaps between purchases are not known, by which %s is chosen.",
								   customers_without_gaps(base),
								   customer_base_repeat_customers(base),
								   family->constant_name);
		refusal->hint = psprintf("Build the base from rfm(history, as_of), which knows them; or give %s, as in \"%.*s2\".",
								 family->constant_name,
								 (int) strlen(family->name) - 1, family->name);
		return true;
	}
	return false;
}

/* Fit a family to a base that is not refused. */
Model *
fit_purchases(const PurchaseFamily *family, CellSet *base,
			  const FitOptions *options)
{
	FitOptions	with_gaps = *options;
	FitMemory	memory;
	FitResult	result;
	MemoryContext context;

	with_gaps.log_gaps = get_float8_nan();
	if (customers_without_gaps(base) == 0)
		with_gaps.log_gaps = (double) base->counts[CUSTOMER_BASE_LOG_GAPS] +
			(double) base->counts[CUSTOMER_BASE_LOG_GAPS_REST] / LOG_GAPS_UNITS;

	context = AllocSetContextCreate(CurrentMemoryContext, "clientele fit",
									ALLOCSET_DEFAULT_SIZES);
	memory = fit_memory(context);
	purchase_fit(family, (const CustomerCell *) base->cells, base->flat.n,
				 &with_gaps, &memory, &result);
	MemoryContextDelete(context);
	return model_from_fit(&purchase_model_type, family->name, options->unit,
						  options->prior_sd,
						  base->counts[CUSTOMER_BASE_CUSTOMERS], &result);
}

/* fit(customer_base, family, unit, prior_sd) */
Datum
clientele_fit_purchases(PG_FUNCTION_ARGS)
{
	CellSet    *base;
	const PurchaseFamily *family;
	int			constant;
	FitOptions	options;
	FitRefusal	refusal;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	base = cells_canonical(&customer_base_type,
						   cells_get(&customer_base_type, PG_GETARG_DATUM(0)));
	family = fit_family(fcinfo, 1, &constant);
	options = fit_options(fcinfo, 3);
	options.constant = constant;
	options.unit = fit_unit(PG_GETARG_INTERVAL_P(2));
	if (fit_is_refused(family, constant, base, &refusal))
		refuse_fit(family->name, refusal.detail, refusal.hint);
	if (family->discrete)
		refuse_parts_of_opportunities(family, base, options.unit);
	PG_RETURN_POINTER(fit_purchases(family, base, &options));
}

/* fit(spend_base, finite_mean, prior_sd) */
Datum
clientele_fit_spend(PG_FUNCTION_ARGS)
{
	CellSet    *base;
	FitOptions	options;
	FitMemory	memory;
	FitResult	result;
	MemoryContext context;
	int64		customers;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	base = cells_canonical(&spend_base_type,
						   cells_get(&spend_base_type, PG_GETARG_DATUM(0)));
	options = fit_options(fcinfo, 2);
	customers = base->counts[SPEND_BASE_CUSTOMERS];
	if (customers < GAMMA_GAMMA_PARAMETERS)
		refuse_fit("gamma-gamma",
				   psprintf("There are " INT64_FORMAT " customers with repeat purchases of a value above zero, " INT64_FORMAT " without repeat purchases, " INT64_FORMAT " whose value is not above zero.",
							customers, base->counts[SPEND_BASE_ONE_TIME],
							base->counts[SPEND_BASE_DROPPED]),
				   "At least 3 customers with repeat purchases are needed, better some hundreds.");

	context = AllocSetContextCreate(CurrentMemoryContext, "clientele fit",
									ALLOCSET_DEFAULT_SIZES);
	memory = fit_memory(context);
	gamma_gamma_fit((const SpendCell *) base->cells, base->flat.n,
					PG_GETARG_BOOL(1), &options, &memory, &result);
	MemoryContextDelete(context);
	PG_RETURN_POINTER(model_from_fit(&spend_model_type, "gamma-gamma", 0, options.prior_sd,
									 customers, &result));
}
