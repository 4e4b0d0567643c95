/*
 * family_times.h
 *		The times that the customers of each frequency have, in order.
 *
 * A likelihood that is an integral from the time of the last purchase to the
 * age is the difference of two that begin there and end at the largest age.
 * Those are needed once for each distinct time of a frequency, and each is the
 * next one and the piece between the two.
 */
#ifndef CLIENTELE_CLV_FAMILY_FAMILY_TIMES_H
#define CLIENTELE_CLV_FAMILY_FAMILY_TIMES_H

#include "clv/family/family_data.h"

#define NO_SLOT		UINT32_MAX

/*
 * A time in the time of the fit, and the slots of the group that are its own as
 * a recency and as an age.
 */
typedef struct GroupTime
{
	double		time;
	uint32_t	recency;		/* or NO_SLOT */
	uint32_t	age;			/* or NO_SLOT */
} GroupTime;

struct FamilyTimes
{
	size_t	   *first;			/* where the times of each group begin, and
								 * the end of all */
	GroupTime  *times;			/* ascending within a group */
	uint32_t   *recency;		/* of each cell: its slots */
	uint32_t   *age;
	double	   *scratch;		/* record doubles for each slot of a group */
};

/*
 * The times of the data, made at the first call; record is how many doubles a
 * likelihood wants for each slot, the same at each call.
 */
extern const FamilyTimes *family_times(const FamilyData *data, size_t record);

#endif							/* CLIENTELE_CLV_FAMILY_FAMILY_TIMES_H */
