/*
 * log_odds_groups.h
 *		Scored outcomes whose scores are probabilities, by their log odds.
 */
#ifndef CLIENTELE_SCORE_LOG_ODDS_GROUPS_H
#define CLIENTELE_SCORE_LOG_ODDS_GROUPS_H

#include "score/evaluation/scored_outcomes.h"

/* calibration_fit.c; what: the function that is named in errors */
extern OutcomeGroup *log_odds_groups(const OutcomeGroup *groups,
									 size_t ngroups, const char *what);

#endif							/* CLIENTELE_SCORE_LOG_ODDS_GROUPS_H */
