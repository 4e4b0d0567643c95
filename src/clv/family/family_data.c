/*
 * family_data.c
 *		Cells of a customer base made ready for a fit.
 *
 * Cells are sorted by (frequency, recency, age) and equal ones are merged, so
 * that every sum of the fit is formed in the same order whatever the order and
 * the grouping of what came in: the result does not depend on either, to the
 * last bit.
 */
#include "clv/family/family_data.h"

#include <math.h>

#include "clv/family/family_times.h"
#include "clv/family/radix.h"

/* Rising tables longer than this are not made. */
#define RISING_CAP	100000

/* An array of doubles. */
static double *
allocate_doubles(const FitMemory *memory, size_t n)
{
	return memory->allocate((n > 0 ? n : 1) * sizeof(double), memory->context);
}

/*
 * Sort order[] by keys and number the distinct keys: entry[i] is the number of
 * keys[i] in the dictionary, whose values are divided by days (and rounded, if
 * they are to be whole).
 */
static void
make_dictionary(const double *keys, size_t n, double days, bool are_whole,
				uint32_t *order, uint32_t *scratch, uint32_t *entry,
				TimeDictionary *dictionary, const FitMemory *memory)
{
	size_t		length = 0;

	radix_order(keys, n, order, scratch);
	for (size_t i = 0; i < n; i++)
	{
		if (i == 0 || keys[order[i]] != keys[order[i - 1]])
			length++;
		entry[order[i]] = (uint32_t) (length - 1);
	}

	dictionary->length = length;
	dictionary->values = allocate_doubles(memory, length);
	dictionary->logarithm = allocate_doubles(memory, length);
	dictionary->share = allocate_doubles(memory, length);
	for (size_t i = 0; i < n; i++)
	{
		double		value = keys[i] / days;

		dictionary->values[entry[i]] = are_whole ? rint(value) : value;
	}
}

/* Mean of the ages, summed in ascending order; 1 if all are 0. */
static double
mean_age(const CustomerCell *cells, size_t n, const double *ages,
		 uint32_t *order, uint32_t *scratch)
{
	double		sum = 0.0;
	double		customers = 0.0;

	/*
	 * Customers of one age are added up as whole numbers, which is exact, so
	 * that the order of cells of the same age does not show.
	 */
	radix_order(ages, n, order, scratch);
	for (size_t i = 0; i < n;)
	{
		double		age = ages[order[i]];
		double		same = 0.0;

		for (; i < n && ages[order[i]] == age; i++)
			same += cells[order[i]].customers;
		sum += age * same;
		customers += same;
	}
	return sum > 0.0 ? sum / customers : 1.0;
}

/* Groups of equal frequency of sorted, merged cells. */
static void
make_groups(FamilyData *data, const double *frequencies)
{
	data->ngroups = 0;
	data->customers = 0.0;
	data->repeat_purchases = 0.0;
	data->log_gaps = 0.0;

	for (size_t i = 0; i < data->ncells;)
	{
		FrequencyGroup *group = &data->groups[data->ngroups++];

		group->frequency = frequencies[i];
		group->first = i;
		group->customers = 0.0;
		for (; i < data->ncells && frequencies[i] == group->frequency; i++)
			group->customers += data->cells[i].customers;
		group->end = i;
		data->customers += group->customers;
		data->repeat_purchases += group->customers * group->frequency;
	}
}

/*
 * How long the rising tables are to be: they cost a logarithm an entry, a look
 * up outside them some gamma functions, so a single customer with a huge
 * frequency is to be left outside.
 */
static size_t
rising_length(const FamilyData *data)
{
	double		limit = 1024.0 + 64.0 * (double) data->ngroups;

	if (limit > RISING_CAP)
		limit = RISING_CAP;
	for (size_t i = data->ngroups; i-- > 0;)
	{
		if (data->groups[i].frequency <= limit)
			return (size_t) data->groups[i].frequency + 2;
	}
	return 2;
}

/* Prepare cells for a fit; are_whole: under a discrete family. */
static FamilyData *
prepare(const CustomerCell *cells, size_t n, double days, bool are_whole,
		const FitMemory *memory)
{
	FamilyData *data = memory->allocate(sizeof(FamilyData), memory->context);
	double	   *keys = allocate_doubles(memory, n);
	double		mean;
	uint32_t   *numbers = memory->allocate(4 * n * sizeof(uint32_t),
										   memory->context);
	uint32_t   *order = numbers;
	uint32_t   *scratch = numbers + n;
	uint32_t   *age = numbers + 2 * n;
	uint32_t   *recency = numbers + 3 * n;
	size_t		ncells = 0;
	size_t		ngroups = 0;

	for (size_t i = 0; i < n; i++)
	{
		order[i] = (uint32_t) i;
		keys[i] = cells[i].age;
	}
	mean = mean_age(cells, n, keys, order, scratch);
	data->days = days > 0.0 ? days : mean;
	make_dictionary(keys, n, data->days, are_whole, order, scratch, age,
					&data->age, memory);

	/* Without a repeat purchase there is no time of the last one. */
	for (size_t i = 0; i < n; i++)
		keys[i] = cells[i].frequency > 0 ? cells[i].recency : 0.0;
	make_dictionary(keys, n, data->days, are_whole, order, scratch, recency,
					&data->recency, memory);

	for (size_t i = 0; i < n; i++)
		keys[i] = cells[i].frequency;
	radix_order(keys, n, order, scratch);
	for (size_t i = 0; i < n; i++)
	{
		if (i == 0 || keys[order[i]] != keys[order[i - 1]])
			ngroups++;
	}

	/* Write them out in that order, merging the equal ones. */
	data->cells = memory->allocate(n * sizeof(TimeCell), memory->context);
	data->groups = memory->allocate(ngroups * sizeof(FrequencyGroup),
									memory->context);
	{
		double	   *frequencies = allocate_doubles(memory, n);

		for (size_t i = 0; i < n; i++)
		{
			uint32_t	from = order[i];
			TimeCell   *last = &data->cells[ncells > 0 ? ncells - 1 : 0];

			if (ncells > 0 && frequencies[ncells - 1] == keys[from] &&
				last->recency == recency[from] && last->age == age[from])
			{
				last->customers += cells[from].customers;
				continue;
			}
			frequencies[ncells] = keys[from];
			data->cells[ncells].recency = recency[from];
			data->cells[ncells].age = age[from];
			data->cells[ncells].customers = cells[from].customers;
			ncells++;
		}
		data->ncells = ncells;
		make_groups(data, frequencies);
	}

	data->rising_length = rising_length(data);
	for (int i = 0; i < FAMILY_RISING_TABLES; i++)
	{
		data->rising[i].log_sum = allocate_doubles(memory, data->rising_length);
		data->rising[i].first = allocate_doubles(memory, data->rising_length);
		data->rising[i].second = allocate_doubles(memory, data->rising_length);
	}

	data->opportunities = 0;
	data->mean_opportunities = 0.0;
	data->opportunity = NULL;
	if (are_whole)
	{
		data->mean_opportunities = mean / data->days;
		/* the dictionary ascends */
		data->opportunities = (size_t) data->age.values[data->age.length - 1];
		data->opportunity = allocate_doubles(memory, (data->opportunities + 2) *
											 FAMILY_OPPORTUNITY_WIDTH);
	}
	data->memory = *memory;
	data->times = memory->allocate(sizeof(FamilyTimes), memory->context);
	data->times->first = NULL;
	return data;
}

/* Prepare cells for a fit. */
FamilyData *
family_data_prepare(const CustomerCell *cells, size_t n, double days,
					const FitMemory *memory)
{
	return prepare(cells, n, days, days > 0.0, memory);
}

/* Draw every k-th customer. */
FamilyData *
family_data_sample(const FamilyData *data, size_t customers,
				   const FitMemory *memory)
{
	CustomerCell *cells = memory->allocate(customers * sizeof(CustomerCell),
										   memory->context);
	double		step = data->customers / (double) customers;
	double		before = 0.0;
	double		drawn = 0.0;
	size_t		n = 0;

	for (size_t g = 0; g < data->ngroups; g++)
	{
		for (size_t i = data->groups[g].first; i < data->groups[g].end; i++)
		{
			const TimeCell *cell = &data->cells[i];
			double		upto;

			before += cell->customers;
			upto = floor(before / step + 0.5);
			if (upto > drawn && n < customers)
			{
				cells[n].frequency = (uint32_t) data->groups[g].frequency;
				cells[n].recency = data->recency.values[cell->recency];
				cells[n].age = data->age.values[cell->age];
				cells[n].customers = (uint32_t) (upto - drawn);
				n++;
				drawn = upto;
			}
		}
	}
	/* The times of the cells are those of the fit already. */
	return prepare(cells, n, 1.0, data->opportunity != NULL, memory);
}
