/*
 * radix.h
 *		Stable ascending order of many non-negative doubles.
 */
#ifndef CLIENTELE_CLV_FAMILY_RADIX_H
#define CLIENTELE_CLV_FAMILY_RADIX_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reorder order[0 .. n-1], indexes into keys (>= 0, not NaN), so that the keys
 * ascend; entries of equal keys stay in the order they had. scratch has n
 * entries.
 */
extern void radix_order(const double *keys, size_t n, uint32_t *order,
						uint32_t *scratch);

#endif							/* CLIENTELE_CLV_FAMILY_RADIX_H */
