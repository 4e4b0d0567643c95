/*
 * customer_base.h
 *		Type customer_base: all that a fit of a purchase model needs to know of
 *		any number of customers.
 */
#ifndef CLIENTELE_CLV_CUSTOMER_BASE_H
#define CLIENTELE_CLV_CUSTOMER_BASE_H

#include "clv/cells.h"

/* Cells are CustomerCell (family.h), times in days. */
extern const CellType customer_base_type;

/* The counts of a base. */
#define CUSTOMER_BASE_CUSTOMERS			0
/*
 * The sum of rfm.log_gaps of all who have one, exact to 1e-12 in whatever
 * order it came: whole numbers, and what is left in units of 1e-12.
 */
#define CUSTOMER_BASE_LOG_GAPS			1
#define CUSTOMER_BASE_LOG_GAPS_REST		2
/* customers with repeat purchases whose log_gaps is not known */
#define CUSTOMER_BASE_WITHOUT_LOG_GAPS	3

#define LOG_GAPS_UNITS	INT64CONST(1000000000000)

/* Customers with a repeat purchase, in a canonical base. */
extern int64 customer_base_repeat_customers(const CellSet *base);

#endif							/* CLIENTELE_CLV_CUSTOMER_BASE_H */
