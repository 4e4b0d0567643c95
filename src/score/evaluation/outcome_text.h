/*
 * outcome_text.h
 *		Pieces of the text forms of scores and outcomes.
 */
#ifndef CLIENTELE_SCORE_OUTCOME_TEXT_H
#define CLIENTELE_SCORE_OUTCOME_TEXT_H

#include "postgres.h"

#include "nodes/nodes.h"

/* The type that is read, for messages */
typedef struct OutcomeText
{
	const char *type_name;
	const char *hint;			/* what values look like */
	struct Node *escontext;		/* for soft errors */
} OutcomeText;

/* Each moves *at behind what it has read: false, or an error, if it cannot. */
extern bool read_outcome_character(const OutcomeText *text, const char **at,
								   char expected);
extern bool read_outcome_score(const OutcomeText *text, const char **at,
							   float8 *score);

/* :2/5, and count these among the cases */
extern bool read_outcome_counts(const OutcomeText *text, const char **at,
								int64 *won, int64 *lost, int64 *cases);
extern bool read_outcome_skipped(const OutcomeText *text, const char **at,
								 int64 *skipped);
extern bool refuse_outcome_text(const OutcomeText *text, const char *at,
								const char *expected);

/* Refuse a binary form. */
extern void refuse_outcome_binary(const char *type_name, const char *detail);

/* Refuse counts that no score has. */
extern void check_received_counts(const char *type_name, uint32 place,
								  int64 won, int64 lost);

#endif							/* CLIENTELE_SCORE_OUTCOME_TEXT_H */
