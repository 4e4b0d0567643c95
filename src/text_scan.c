/*
 * text_scan.c
 *		Pieces of the text forms of the types; see text_scan.h.
 *
 * The server runs with LC_NUMERIC C, so strtod() reads the same everywhere.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text_scan.h"

/* The locale's isdigit() and isspace() are not asked: ASCII alone counts. */
static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Skip white space. */
void
scan_space(const char **cursor)
{
	while (**cursor == ' ' || (**cursor >= '\t' && **cursor <= '\r'))
		(*cursor)++;
}

/* Skip white space and one expected character. */
bool
scan_character(const char **cursor, char expected)
{
	const char *at = *cursor;

	scan_space(&at);
	if (*at != expected)
		return false;
	*cursor = at + 1;
	return true;
}

/* Skip white space and one expected word, in any case. */
bool
scan_word(const char **cursor, const char *expected)
{
	const char *at = *cursor;

	scan_space(&at);
	for (; *expected != '\0'; expected++, at++)
	{
		char		c = *at;

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c != *expected)
			return false;
	}
	if (is_letter(*at) || is_digit(*at) || *at == '_')
		return false;
	*cursor = at;
	return true;
}

/* Read digits, a count from 0 to the limit. A sign is not one of them. */
ScanResult
scan_count(const char **cursor, uint64_t limit, uint64_t *value)
{
	const char *at = *cursor;
	uint64_t	count = 0;

	scan_space(&at);
	if (!is_digit(*at))
		return SCAN_MISSING;
	for (; is_digit(*at); at++)
	{
		uint64_t	digit = (uint64_t) (*at - '0');

		if (digit > limit || count > (limit - digit) / 10)
			return SCAN_RANGE;
		count = count * 10 + digit;
	}
	*value = count;
	*cursor = at;
	return SCAN_OK;
}

/*
 * Read a finite decimal number, the nearest double. Hexadecimal numbers, which
 * strtod() knows too, are not read.
 */
ScanResult
scan_number(const char **cursor, double *value)
{
	const char *start = *cursor;
	const char *at;
	char	   *end;
	bool		digits = false;
	double		number;

	scan_space(&start);
	at = start;
	if (*at == '+' || *at == '-')
		at++;
	if (scan_word(&at, "nan") || scan_word(&at, "infinity") ||
		scan_word(&at, "inf"))
		return SCAN_NOT_FINITE;
	for (; is_digit(*at); at++)
		digits = true;
	if (*at == '.')
		for (at++; is_digit(*at); at++)
			digits = true;
	if (!digits)
		return SCAN_MISSING;
	if (*at == 'e' || *at == 'E')
	{
		const char *exponent = at + 1;

		if (*exponent == '+' || *exponent == '-')
			exponent++;
		if (!is_digit(*exponent))
			return SCAN_MISSING;
		for (at = exponent; is_digit(*at);)
			at++;
	}
	errno = 0;
	number = strtod(start, &end);
	if (end != at)
		return SCAN_MISSING;
	/* results below the normal range are reported too, but are well */
	if (errno == ERANGE &&
		(number == 0 || number == HUGE_VAL || number == -HUGE_VAL))
		return SCAN_RANGE;
	/* one zero */
	*value = number == 0 ? 0 : number;
	*cursor = at;
	return SCAN_OK;
}
