/*
 * text_scan.h
 *		Pieces of the text forms of the purchase types.
 *
 * Pure C, no postgres.h: tested without a server. Each function reads at
 * *text, and moves it behind what it has read if that is SCAN_OK.
 */
#ifndef CLIENTELE_PURCHASE_TEXT_SCAN_H
#define CLIENTELE_PURCHASE_TEXT_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum ScanResult
{
	SCAN_OK,
	SCAN_MISSING,				/* there is no such thing here */
	SCAN_RANGE,					/* too large or too small to be held */
	SCAN_NOT_FINITE				/* NaN or infinity, spelled out */
} ScanResult;

extern void scan_space(const char **text);
extern bool scan_character(const char **text, char expected);
extern bool scan_word(const char **text, const char *expected);
extern ScanResult scan_count(const char **text, uint64_t limit,
							 uint64_t *value);
extern ScanResult scan_number(const char **text, double *value);

#endif							/* CLIENTELE_PURCHASE_TEXT_SCAN_H */
