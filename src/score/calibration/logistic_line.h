/*
 * logistic_line.h
 *		The logistic curve of one score: log odds = intercept + slope * score.
 *		Pure C.
 *
 * Platt's calibration and Cox's test of calibration are this fit with
 * different targets and scores.
 */
#ifndef CLIENTELE_SCORE_LOGISTIC_LINE_H
#define CLIENTELE_SCORE_LOGISTIC_LINE_H

#include <stddef.h>

#include "score/evaluation/outcome_group.h"

typedef enum LineStatus
{
	LINE_OK,
	LINE_SEPARATED,				/* the likelihood has no maximum */
	LINE_CONSTANT,				/* one distinct score: the slope is 0 */
	LINE_OUT_OF_RANGE,			/* no double holds the slope */
	LINE_NOT_CONVERGED			/* not within the iterations */
} LineStatus;

/*
 * What a fit is asked: of groups ascending by score, each score finite. A won
 * case counts as won_target won ones and 1 - won_target lost ones, a lost case
 * as lost_target won ones; 1 and 0 are maximum likelihood.
 */
typedef struct LineQuestion
{
	const OutcomeGroup *groups;
	size_t		ngroups;
	double		won_target;
	double		lost_target;
	void		(*interrupt) (void);	/* called now and then */
} LineQuestion;

typedef struct LogisticLine
{
	LineStatus	status;
	double		intercept;
	double		slope;
	double		variance_intercept; /* NAN unless LINE_OK */
	double		variance_slope;
	double		covariance;
	double		log_likelihood;
	int			iterations;
} LogisticLine;

extern void fit_logistic_line(const LineQuestion *question,
							  LogisticLine *line);

/*
 * The intercept alone, with the slope given: offset of all log odds. The slope
 * is 1 where the scores are log odds themselves.
 */
extern void fit_logistic_offset(const LineQuestion *question, double slope,
								LogisticLine *line);

/* The log-likelihood of a line that is given. */
extern double logistic_line_log_likelihood(const LineQuestion *question,
										   double intercept, double slope);

#endif							/* CLIENTELE_SCORE_LOGISTIC_LINE_H */
