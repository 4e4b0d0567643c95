/*
 * renewal_fit.c
 *		fit(renewal_base, family, prior_sd), as SQL calls it.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "clv/fit.h"
#include "clv/renewal_base.h"

PG_FUNCTION_INFO_V1(clientele_fit_renewals);

/* fit(renewal_base, family, prior_sd) */
Datum
clientele_fit_renewals(PG_FUNCTION_ARGS)
{
	RenewalBase *base;
	char	   *name;
	ModelFamily family;
	FitOptions	options;
	FitMemory	memory;
	FitResult	result;
	MemoryContext context;
	int64		customers;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	base = renewal_base_canonical(PG_GETARG_RENEWAL_BASE_P(0));
	name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	if (!renewal_model_type.family(name, &family))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown family of renewal models"),
				 errdetail("There is no family \"%s\".", name),
				 errhint("Families: %s.", renewal_model_type.family_list())));
	options = fit_options(fcinfo, 2);

	/* Who is active and never came to a renewal tells nothing of renewals. */
	customers = base->customers;
	if (base->flat.n > 0)
		customers -= base->counts[0].active;
	if (customers < family.nparameters)
		refuse_fit(family.name,
				   psprintf("Of " INT64_FORMAT " customers " INT64_FORMAT " came to a renewal, and there are %d parameters.",
							base->customers, customers, family.nparameters),
				   "Fit more customers, better some hundreds that came to several renewals; or take a model fitted to a larger group.");

	context = AllocSetContextCreate(CurrentMemoryContext, "clientele fit",
									ALLOCSET_DEFAULT_SIZES);
	memory = fit_memory(context);
	renewal_fit(base->counts, base->flat.n, family.nparameters, &options,
				&memory, &result);
	MemoryContextDelete(context);
	PG_RETURN_POINTER(model_from_fit(&renewal_model_type, family.name, 0,
									 options.prior_sd, customers, &result));
}
