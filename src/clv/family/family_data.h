/*
 * family_data.h
 *		What a fit works on: the cells of a customer base, put in an order of
 *		their own, grouped by frequency, with dictionaries of the distinct times.
 *
 * Days are usually whole and few: a base of a million customers over two years
 * has some 330,000 cells, but only 730 distinct ages. A likelihood computes
 * ln(1 + age / alpha) once for each distinct age and not once for each cell.
 *
 * The arrays marked scratch belong to the evaluation of a likelihood, which may
 * leave in them what it likes.
 */
#ifndef CLIENTELE_CLV_FAMILY_FAMILY_DATA_H
#define CLIENTELE_CLV_FAMILY_FAMILY_DATA_H

#include "clv/family/family.h"
#include "clv/family/purchase_fit.h"

/* Times of a cell, as entries of the dictionaries, and its weight. */
typedef struct TimeCell
{
	uint32_t	recency;
	uint32_t	age;
	double		customers;
} TimeCell;

/* Cells [first, end) share their frequency. */
typedef struct FrequencyGroup
{
	double		frequency;
	double		customers;
	size_t		first;
	size_t		end;
} FrequencyGroup;

/* Distinct values, ascending, in the time of the fit; two scratch arrays. */
typedef struct TimeDictionary
{
	size_t		length;
	double	   *values;
	double	   *logarithm;		/* scratch */
	double	   *share;			/* scratch */
} TimeDictionary;

/*
 * Scratch for rising_fill(): the groups whose frequency + 1 is below length
 * may be looked up, the few beyond call for the gamma function itself.
 */
typedef struct RisingTable
{
	double	   *log_sum;
	double	   *first;
	double	   *second;
} RisingTable;

#define FAMILY_RISING_TABLES 3
#define FAMILY_OPPORTUNITY_WIDTH 41

/* Made at its first use by the families that want it; see family_times.h. */
typedef struct FamilyTimes FamilyTimes;

struct FamilyData
{
	double		days;			/* in one unit of time of the fit */
	double		customers;
	double		repeat_purchases;
	double		log_gaps;		/* of all customers, in the time of the fit; 0
								 * where it is not known */
	size_t		ncells;
	TimeCell   *cells;
	size_t		ngroups;
	FrequencyGroup *groups;		/* ascending */
	TimeDictionary recency;
	TimeDictionary age;
	size_t		rising_length;
	RisingTable rising[FAMILY_RISING_TABLES];

	/*
	 * of a discrete family: the largest age, whole like all times, and the
	 * mean
	 */
	size_t		opportunities;
	double		mean_opportunities;
	double	   *opportunity;	/* scratch: FAMILY_OPPORTUNITY_WIDTH numbers
								 * for each of 0 .. opportunities + 1 */
	FamilyTimes *times;			/* see family_times.h */
	FitMemory	memory;			/* that of the fit */
};

/*
 * Prepare n >= 1 cells. The time of the fit is such that the mean age is 1,
 * unless days > 0 says how many days are one opportunity of a discrete family.
 */
extern FamilyData *family_data_prepare(const CustomerCell *cells, size_t n,
									   double days, const FitMemory *memory);

/*
 * A systematic sample of about that many customers, as if every k-th of all
 * of them in the order of the data had been drawn.
 */
extern FamilyData *family_data_sample(const FamilyData *data, size_t customers,
									  const FitMemory *memory);

#endif							/* CLIENTELE_CLV_FAMILY_FAMILY_DATA_H */
