/*
 * siphash.h
 *		SipHash-2-4, a keyed hash of bytes. Pure C.
 */
#ifndef CLIENTELE_SURVEY_SIPHASH_H
#define CLIENTELE_SURVEY_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * The hash under a key of 128 bits, given as its first and last eight bytes,
 * read as little-endian numbers.
 */
extern uint64_t siphash24(const unsigned char *bytes, size_t length,
						  uint64_t key0, uint64_t key1);

#endif							/* CLIENTELE_SURVEY_SIPHASH_H */
