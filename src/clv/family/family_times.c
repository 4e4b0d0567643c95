/*
 * family_times.c
 *		The times that the customers of each frequency have, in order.
 */
#include "clv/family/family_times.h"

#include "clv/family/radix.h"

/* Memory of the fit for n things of that size. */
static void *
allocate(const FamilyData *data, size_t n, size_t size)
{
	return data->memory.allocate((n > 0 ? n : 1) * size, data->memory.context);
}

/*
 * The cells of each group in the order of their ages, group after group: all
 * cells in that order, dealt out to the groups.
 */
static uint32_t *
order_by_age(const FamilyData *data)
{
	size_t		n = data->ncells;
	double	   *keys = allocate(data, n, sizeof(double));
	uint32_t   *order = allocate(data, n, sizeof(uint32_t));
	uint32_t   *scratch = allocate(data, n, sizeof(uint32_t));
	uint32_t   *group_of = allocate(data, n, sizeof(uint32_t));
	size_t	   *next = allocate(data, data->ngroups, sizeof(size_t));

	for (size_t g = 0; g < data->ngroups; g++)
	{
		next[g] = data->groups[g].first;
		for (size_t i = data->groups[g].first; i < data->groups[g].end; i++)
		{
			order[i] = (uint32_t) i;
			keys[i] = data->age.values[data->cells[i].age];
			group_of[i] = (uint32_t) g;
		}
	}
	radix_order(keys, n, order, scratch);
	for (size_t i = 0; i < n; i++)
		scratch[next[group_of[order[i]]]++] = order[i];
	return scratch;
}

/*
 * Merge the recencies of a group, whose cells ascend by them, with its ages.
 * Returns the end of the times, and sets how many slots they have.
 */
static size_t
merge_times(const FamilyData *data, FamilyTimes *times,
			const FrequencyGroup *group, const uint32_t *by_age, size_t end,
			size_t *nslots)
{
	const double *recencies = data->recency.values;
	const double *ages = data->age.values;
	size_t		i = group->first;
	size_t		j = group->first;
	uint32_t	slots = 0;

	while (i < group->end || j < group->end)
	{
		GroupTime  *at = &times->times[end++];
		bool		recency_next = i < group->end;

		if (recency_next && j < group->end)
			recency_next = recencies[data->cells[i].recency] <=
				ages[data->cells[by_age[j]].age];
		at->time = recency_next ? recencies[data->cells[i].recency] :
			ages[data->cells[by_age[j]].age];
		at->recency = at->age = NO_SLOT;
		for (; i < group->end && recencies[data->cells[i].recency] == at->time; i++)
		{
			if (at->recency == NO_SLOT)
				at->recency = slots++;
			times->recency[i] = at->recency;
		}
		for (; j < group->end && ages[data->cells[by_age[j]].age] == at->time; j++)
		{
			if (at->age == NO_SLOT)
				at->age = slots++;
			times->age[by_age[j]] = at->age;
		}
	}
	*nslots = slots;
	return end;
}

/* The times of the data; see family_times.h. */
const FamilyTimes *
family_times(const FamilyData *data, size_t record)
{
	FamilyTimes *times = data->times;
	const uint32_t *by_age;
	size_t		end = 0;
	size_t		most = 0;

	if (times->first != NULL)
		return times;

	by_age = order_by_age(data);
	times->times = allocate(data, 2 * data->ncells, sizeof(GroupTime));
	times->recency = allocate(data, data->ncells, sizeof(uint32_t));
	times->age = allocate(data, data->ncells, sizeof(uint32_t));
	times->first = allocate(data, data->ngroups + 1, sizeof(size_t));
	for (size_t g = 0; g < data->ngroups; g++)
	{
		size_t		nslots;

		times->first[g] = end;
		end = merge_times(data, times, &data->groups[g], by_age, end, &nslots);
		if (nslots > most)
			most = nslots;
	}
	times->first[data->ngroups] = end;
	times->scratch = allocate(data, most * record, sizeof(double));
	return times;
}
