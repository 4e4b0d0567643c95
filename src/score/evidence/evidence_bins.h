/*
 * evidence_bins.h
 *		Bins of a number that tell won from lost ones. Pure C.
 */
#ifndef CLIENTELE_SCORE_EVIDENCE_BINS_H
#define CLIENTELE_SCORE_EVIDENCE_BINS_H

#include <stdbool.h>
#include <stddef.h>

#include "score/evaluation/outcome_group.h"

#define EVIDENCE_MAX_BINS	100

/* Values are first put into so many bins of about the same size. */
#define EVIDENCE_FINE_BINS	1000

/* A bin: the groups before end that are in none before it */
typedef struct EvidenceBin
{
	size_t		end;
	double		won;
	double		lost;
} EvidenceBin;

/* Memory for choose_evidence_bins(). */
typedef struct EvidenceRoom
{
	EvidenceBin fine[EVIDENCE_FINE_BINS];
	EvidenceBin pooled[EVIDENCE_FINE_BINS];
	double		best[2][EVIDENCE_FINE_BINS + 1];
	unsigned short before[EVIDENCE_MAX_BINS][EVIDENCE_FINE_BINS + 1];
	double		fit[EVIDENCE_FINE_BINS][EVIDENCE_FINE_BINS];
} EvidenceRoom;

extern int	choose_evidence_bins(const OutcomeGroup *groups, size_t ngroups,
								 int most_bins, double least_share,
								 bool monotone, EvidenceRoom *room,
								 EvidenceBin *bins);

#endif							/* CLIENTELE_SCORE_EVIDENCE_BINS_H */
