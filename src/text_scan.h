/*
 * text_scan.h
 *		Pieces of the text forms of the types.
 *
 * Pure C, no postgres.h: tested without a server. Each function reads at
 * *cursor, and moves it behind what it has read if that is SCAN_OK.
 */
#ifndef CLIENTELE_TEXT_SCAN_H
#define CLIENTELE_TEXT_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum ScanResult
{
	SCAN_OK,
	SCAN_MISSING,				/* there is no such thing here */
	SCAN_RANGE,					/* too large or too small to be held */
	SCAN_NOT_FINITE				/* NaN or infinity, spelled out */
} ScanResult;

extern void scan_space(const char **cursor);
extern bool scan_character(const char **cursor, char expected);
extern bool scan_word(const char **cursor, const char *expected);
extern ScanResult scan_count(const char **cursor, uint64_t limit,
							 uint64_t *value);
extern ScanResult scan_number(const char **cursor, double *value);

#endif							/* CLIENTELE_TEXT_SCAN_H */
