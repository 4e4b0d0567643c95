/*
 * outcome_group.h
 *		A score, and what became of those who had it. Pure C.
 */
#ifndef CLIENTELE_SCORE_OUTCOME_GROUP_H
#define CLIENTELE_SCORE_OUTCOME_GROUP_H

#include <stdint.h>

/* A score that is not NaN (it may be infinite), and its outcomes. */
typedef struct OutcomeGroup
{
	double		score;
	int64_t		won;
	int64_t		lost;
} OutcomeGroup;

#endif							/* CLIENTELE_SCORE_OUTCOME_GROUP_H */
