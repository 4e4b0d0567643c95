/*
 * spend_base.h
 *		Type spend_base: all that a fit of a spend model needs to know.
 */
#ifndef CLIENTELE_CLV_SPEND_BASE_H
#define CLIENTELE_CLV_SPEND_BASE_H

#include "clv/cells.h"

/* Cells are SpendCell (gamma_gamma.h). */
extern const CellType spend_base_type;

/* The counts of a base. */
#define SPEND_BASE_CUSTOMERS	0
#define SPEND_BASE_DROPPED		1	/* repeat purchases worth 0 or less */
#define SPEND_BASE_ONE_TIME		2	/* no repeat purchases */

#endif							/* CLIENTELE_CLV_SPEND_BASE_H */
