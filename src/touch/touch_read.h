/*
 * touch_read.h
 *		Reading the compact form of touches, see touch_code.h: inline, since
 *		coverage of a million accounts is asked in one query.
 */
#ifndef CLIENTELE_TOUCH_TOUCH_READ_H
#define CLIENTELE_TOUCH_TOUCH_READ_H

#include <string.h>

#include "touch/touch_code.h"

/* Counts from here on follow their byte as numbers. */
#define TOUCH_MANY	15

/* Read a number of any length; 0 and broken where there is none that fits. */
static inline uint32_t
read_long_number(TouchReader *reader)
{
	uint32_t	value = 0;

	for (int shift = 0; shift < 35; shift += 7)
	{
		unsigned char byte;

		if (reader->at >= reader->end)
			break;
		byte = *reader->at++;
		/* the fifth byte holds four bits, and a last byte of 0 says nothing */
		if ((shift == 28 && byte > 0x0f) || (byte == 0 && shift > 0))
			break;
		value |= (uint32_t) (byte & 0x7f) << shift;
		if (byte < 0x80)
			return value;
	}
	reader->broken = true;
	return 0;
}

/* Read a number, mostly of few bytes. */
static inline uint32_t
read_number(TouchReader *reader)
{
	const unsigned char *at = reader->at;

	/* one byte, two or three; the last byte of a longer one is not 0 */
	if (reader->end - at >= 3)
	{
		if (at[0] < 0x80)
		{
			reader->at = at + 1;
			return at[0];
		}
		if (at[1] < 0x80 && at[1] > 0)
		{
			reader->at = at + 2;
			return (at[0] & 0x7f) | (uint32_t) at[1] << 7;
		}
		if (at[2] < 0x80 && at[2] > 0 && at[1] >= 0x80)
		{
			reader->at = at + 3;
			return (at[0] & 0x7f) | (uint32_t) (at[1] & 0x7f) << 7 |
				(uint32_t) at[2] << 14;
		}
	}
	return read_long_number(reader);
}

/* Read a count that is too large for its half byte. */
static inline uint32_t
read_many(TouchReader *reader)
{
	uint32_t	value = read_number(reader);

	if (value < TOUCH_MANY)
		reader->broken = true;
	return value;
}

/* Days before the origin interleave with those after it. */
static inline int32_t
unfold_day(uint32_t folded)
{
	return (int32_t) ((folded >> 1) ^ (~(folded & 1) + 1));
}

/* Start reading length bytes. */
static inline void
touch_read(TouchReader *reader, const unsigned char *bytes, size_t length)
{
	memset(reader, 0, sizeof(TouchReader));
	reader->at = bytes;
	reader->end = bytes + length;
}

/* The next day of the contact; false after its last one. */
static inline bool
touch_next_day(TouchReader *reader)
{
	uint32_t	number;
	unsigned char counts;

	if (reader->days_left == 0 || reader->broken)
		return false;
	reader->days_left--;
	number = read_number(reader);
	if (reader->first_day)
		reader->touch.day = unfold_day(number);
	else
	{
		int64_t		day = (int64_t) reader->touch.day + number;

		if (number == 0 || day > INT32_MAX)
			reader->broken = true;
		else
			reader->touch.day = (int32_t) day;
	}
	reader->first_day = false;
	if (reader->broken || reader->at >= reader->end)
	{
		reader->broken = true;
		return false;
	}
	counts = *reader->at++;
	reader->touch.outbound = counts >> 4;
	reader->touch.inbound = counts & 0x0f;
	if (reader->touch.outbound == TOUCH_MANY)
		reader->touch.outbound = read_many(reader);
	if (reader->touch.inbound == TOUCH_MANY)
		reader->touch.inbound = read_many(reader);
	if (counts == 0)
		reader->broken = true;
	return !reader->broken;
}

/*
 * The next contact, whose id and number of days are set; false at the end, and
 * where the bytes are broken. Days of the contact before that have not been
 * read are passed over.
 */
static inline bool
touch_next_contact(TouchReader *reader)
{
	uint32_t	length;

	while (touch_next_day(reader))
		;
	if (reader->broken || reader->at >= reader->end)
		return false;
	length = read_number(reader);
	if (reader->broken || length == 0 || length > TOUCH_MAX_ID ||
		length > (size_t) (reader->end - reader->at))
	{
		reader->broken = true;
		return false;
	}
	reader->touch.id = reader->at;
	reader->touch.id_length = length;
	reader->at += length;
	reader->days_left = read_number(reader);
	reader->first_day = true;
	if (reader->days_left == 0)
		reader->broken = true;
	return !reader->broken;
}

#endif							/* CLIENTELE_TOUCH_TOUCH_READ_H */
