/*
 * score_sheet_check.h
 *		Score sheets from outside, put together piece by piece and checked.
 */
#ifndef CLIENTELE_SCORE_SCORE_SHEET_CHECK_H
#define CLIENTELE_SCORE_SCORE_SHEET_CHECK_H

#include "score/card/score_sheet.h"

/* Each answers what is wrong, or NULL. */
extern char *sheet_put_card(ScoreSheet **sheet, uint64 identity, int64 as_of,
							const SheetCardView *view);
extern char *sheet_put_category(ScoreSheet **sheet, const SheetName *name);
extern char *sheet_put_signal(ScoreSheet **sheet, const SheetName *name,
							  const SheetSlot *rows, uint64 vetoes,
							  const SheetDay *days, uint32 n);
extern char *sheet_put_note(ScoreSheet **sheet, int reason, const char *name,
							uint32 length, int64 rows);

/* score_sheet_in.c: the words of the text form, by their numbers */
extern const char *const sheet_repeat_words[];
extern const char *const sheet_axis_words[];
extern const char *const sheet_measure_words[];
extern const char *const sheet_comparison_words[];
extern const char *const sheet_reason_words[];
#define SHEET_REPEATS		3
#define SHEET_MEASURES		8
#define SHEET_COMPARISONS	6
#define SHEET_REASONS		9

#endif							/* CLIENTELE_SCORE_SCORE_SHEET_CHECK_H */
