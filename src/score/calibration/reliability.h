/*
 * reliability.h
 *		Predicted probabilities against what came of them, bin by bin. Pure C.
 */
#ifndef CLIENTELE_SCORE_RELIABILITY_H
#define CLIENTELE_SCORE_RELIABILITY_H

#include <stddef.h>

#include "score/evaluation/outcome_group.h"

/* Cases of similar probability. */
typedef struct ReliabilityBin
{
	double		low;
	double		high;
	double		cases;			/* counts, exact up to 2^53 */
	double		won;
	double		sum;			/* of the predicted probabilities */
	double		sum_of_rest;	/* of 1 - the predicted probability */
} ReliabilityBin;

/* The test of Hosmer and Lemeshow. */
typedef struct HosmerLemeshow
{
	double		statistic;		/* INFINITY where what had probability 0 came */
	int			degrees;
	double		p_value;		/* NAN without degrees of freedom */
} HosmerLemeshow;

/*
 * Bins of equal width, low <= probability < high, the last one with 1: nbins
 * of them, empty ones too. Groups ascend; probabilities are from 0 to 1.
 */
extern void bins_of_equal_width(const OutcomeGroup *groups, size_t ngroups,
								int nbins, ReliabilityBin *bins);

/*
 * Bins of about equally many cases: a probability stands with all its cases in
 * the bin in which the first of them falls. Returns how many are not empty:
 * only those are there.
 */
extern int	bins_of_equal_count(const OutcomeGroup *groups, size_t ngroups,
								int nbins, ReliabilityBin *bins);

/* The mean of the probabilities of a bin that is not empty */
extern double mean_probability(const ReliabilityBin *bin);

/* The mean of |won share - mean probability|, weighted by cases; NAN: none */
extern double expected_error_of_bins(const ReliabilityBin *bins, int nbins);

/* Degrees of freedom: bins - lost_degrees */
extern void hosmer_lemeshow_of_bins(const ReliabilityBin *bins, int nbins,
									int lost_degrees, HosmerLemeshow *result);

#endif							/* CLIENTELE_SCORE_RELIABILITY_H */
