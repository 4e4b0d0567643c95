/*
 * families.c
 *		The families of purchase models there are.
 */
#include "clv/family/family.h"

#include <string.h>

#include "clv/family/beta_geometric.h"
#include "clv/family/nbd.h"
#include "clv/family/pareto_nbd.h"

const PurchaseFamily *const purchase_families[] = {
	&bg_nbd_family,
	&mbg_nbd_family,
	&pareto_nbd_family,
	&nbd_family,
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
