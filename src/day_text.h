/*
 * day_text.h
 *		Days in the text forms of the types, the same under every
 *		DateStyle, and what is wrong with such a text.
 */
#ifndef CLIENTELE_DAY_TEXT_H
#define CLIENTELE_DAY_TEXT_H

#include "postgres.h"

#include "utils/date.h"

/* What is wrong with a text: a sentence and its SQLSTATE. */
typedef struct Problem
{
	char	   *detail;
	int			sqlstate;
} Problem;

/* Note what is wrong; false, for the caller to return. */
extern bool note_problem(Problem *problem, int sqlstate, char *detail);

/* The stretch of text up to the next comma or brace, for messages. */
extern char *text_excerpt(const char *start);

/* The ISO text of a day; the buffer holds MAXDATELEN + 1. */
extern char *day_text(DateADT day, char *buffer);

/* Read a day: YYYY-MM-DD, years before our era with BC behind. */
extern bool scan_day(const char **text, DateADT *day, Problem *problem);

#endif							/* CLIENTELE_DAY_TEXT_H */
