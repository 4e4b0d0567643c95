/*
 * families.c
 *		The families of purchase models there are.
 */
#include "clv/family/family.h"

#include <string.h>

#include "clv/family/beta_binomial.h"
#include "clv/family/beta_geometric.h"
#include "clv/family/condensed.h"
#include "clv/family/gamma_gompertz.h"
#include "clv/family/nbd.h"
#include "clv/family/pareto_nbd.h"

const PurchaseFamily *const purchase_families[] = {
	&bg_nbd_family,
	&mbg_nbd_family,
	&pareto_nbd_family,
	&nbd_family,
	&bg_cnbd_family,
	&mbg_cnbd_family,
	&bg_bb_family,
	&gamma_gompertz_family,
	NULL
};

/* The family of that name, or NULL. */
const PurchaseFamily *
find_purchase_family(const char *name)
{
	for (const PurchaseFamily *const *family = purchase_families; *family != NULL;
		 family++)
	{
		if (strcmp((*family)->name, name) == 0)
			return *family;
	}
	return NULL;
}

/* The family of a name that may tell its constant, or NULL. */
const PurchaseFamily *
find_purchase_family_and_constant(const char *name, int *constant)
{
	const char *digits = strrchr(name, '-');
	int			value = 0;

	*constant = 0;
	if (digits != NULL && digits[1] >= '0' && digits[1] <= '9')
	{
		size_t		length = (size_t) (digits - name) + 1;

		for (const char *digit = digits + 1; *digit != '\0'; digit++)
		{
			if (*digit < '0' || *digit > '9')
				return NULL;
			/* more than that no family takes, nor is it to overflow */
			if (value < 1000000)
				value = 10 * value + (*digit - '0');
		}
		for (const PurchaseFamily *const *family = purchase_families; *family != NULL;
			 family++)
		{
			const char *own = (*family)->name;

			if ((*family)->nconstants > 0 && strncmp(own, name, length) == 0 &&
				strcmp(own + length, (*family)->constant_name) == 0)
			{
				/* 0 is as far from the truth as -1 */
				*constant = value > 0 ? value : -1;
				return *family;
			}
		}
		return NULL;
	}
	return find_purchase_family(name);
}
