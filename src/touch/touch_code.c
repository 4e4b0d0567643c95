/*
 * touch_code.c
 *		The compact form of touches; see touch_code.h.
 */
#include "touch/touch_code.h"

#include <string.h>

#include "touch/touch_read.h"

/* ------------------------------------------------------------------------
 * Numbers
 * ------------------------------------------------------------------------
 */

/* Write a number; returns how many bytes it takes. */
static inline size_t
write_number(uint32_t value, unsigned char *bytes)
{
	size_t		length = 0;

	for (; value >= 0x80; value >>= 7, length++)
	{
		if (bytes != NULL)
			bytes[length] = (unsigned char) (value | 0x80);
	}
	if (bytes != NULL)
		bytes[length] = (unsigned char) value;
	return length + 1;
}

/* Days before the origin interleave with those after it. */
static inline uint32_t
fold_day(int32_t day)
{
	return ((uint32_t) day << 1) ^ (uint32_t) (day < 0 ? -1 : 0);
}

/* ------------------------------------------------------------------------
 * Order and form
 * ------------------------------------------------------------------------
 */

/* Order of two ids. */
static int
compare_ids(const Touch *a, const Touch *b)
{
	uint32_t	shorter = a->id_length < b->id_length ? a->id_length :
		b->id_length;
	int			order = memcmp(a->id, b->id, shorter);

	if (order != 0)
		return order;
	return a->id_length < b->id_length ? -1 : a->id_length > b->id_length;
}

/* Are the bytes in their one form? */
bool
touch_is_sound(const unsigned char *bytes, size_t length, uint32_t *contacts)
{
	TouchReader reader;
	Touch		before = {0};

	*contacts = 0;
	touch_read(&reader, bytes, length);
	while (touch_next_contact(&reader))
	{
		if (*contacts > 0 && compare_ids(&before, &reader.touch) >= 0)
			return false;
		before = reader.touch;
		(*contacts)++;
		while (reader.days_left > 0)
			if (!touch_next_day(&reader))
				return false;
	}
	return !reader.broken;
}

/* ------------------------------------------------------------------------
 * Writing
 * ------------------------------------------------------------------------
 */

/* Order of two touches. */
int
touch_compare(const Touch *a, const Touch *b)
{
	int			order = compare_ids(a, b);

	if (order != 0)
		return order;
	return a->day < b->day ? -1 : a->day > b->day;
}

/* The sum of two counts, or the largest one. */
static inline uint32_t
add_counts(uint32_t a, uint32_t b)
{
	return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/* Write a day and its counts; returns how many bytes they take. */
static size_t
write_day(uint32_t number, uint32_t outbound, uint32_t inbound,
		  unsigned char *bytes)
{
	size_t		length = write_number(number, bytes);

	if (bytes != NULL)
		bytes[length] = (unsigned char) ((outbound < TOUCH_MANY ? outbound : TOUCH_MANY) << 4 |
										 (inbound < TOUCH_MANY ? inbound : TOUCH_MANY));
	length++;
	if (outbound >= TOUCH_MANY)
		length += write_number(outbound, bytes == NULL ? NULL : bytes + length);
	if (inbound >= TOUCH_MANY)
		length += write_number(inbound, bytes == NULL ? NULL : bytes + length);
	return length;
}

/* Write touches that are in order. */
size_t
touch_write(const Touch *touches, size_t n, unsigned char *bytes,
			uint32_t *contacts)
{
	size_t		length = 0;

#define HERE (bytes == NULL ? NULL : bytes + length)

	*contacts = 0;
	for (size_t i = 0; i < n;)
	{
		const Touch *contact = &touches[i];
		size_t		end;
		uint32_t	days = 0;
		int32_t		before = 0;

		for (end = i; end < n && compare_ids(contact, &touches[end]) == 0; end++)
			if (end == i || touches[end].day != touches[end - 1].day)
				days++;
		(*contacts)++;
		length += write_number(contact->id_length, HERE);
		if (bytes != NULL)
			memcpy(bytes + length, contact->id, contact->id_length);
		length += contact->id_length;
		length += write_number(days, HERE);
		for (bool first = true; i < end; first = false)
		{
			int32_t		day = touches[i].day;
			uint32_t	outbound = 0;
			uint32_t	inbound = 0;

			for (; i < end && touches[i].day == day; i++)
			{
				outbound = add_counts(outbound, touches[i].outbound);
				inbound = add_counts(inbound, touches[i].inbound);
			}
			length += write_day(first ? fold_day(day) :
								(uint32_t) ((int64_t) day - before),
								outbound, inbound, HERE);
			before = day;
		}
	}
	return length;
}
