/*
 * touch_code_test.c
 *		Tests of the compact form of touches, without a server.
 */
#include "touch/touch_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touch/touch_log.h"
#include "touch/touch_read.h"

#define MAX_TOUCHES	400
#define MAX_BYTES	(MAX_TOUCHES * (TOUCH_MAX_ID + 32))

static int	passed;
static int	failed;

static unsigned char bytes[MAX_BYTES];
static unsigned char again[MAX_BYTES];

/* Count one test. */
static void
expect(bool ok, const char *what)
{
	if (ok)
		passed++;
	else if (++failed <= 20)
		printf("not ok - %s\n", what);
}

/* A small generator of its own: the same numbers everywhere. */
static uint64_t state = 20260630;

static uint32_t
random_below(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) ((state >> 20) % n);
}

static int
compare(const void *a, const void *b)
{
	return touch_compare(a, b);
}

/* Touches of some contacts, in order; their ids are in room. */
static size_t
random_touches(Touch *touches, unsigned char room[][TOUCH_MAX_ID])
{
	static const int32_t far[] = {INT32_MIN, -1, 0, 1, INT32_MAX};
	static const uint32_t many[] = {1, 14, 15, 16, 127, 128, 1u << 28, UINT32_MAX};
	uint32_t	contacts = 1 + random_below(12);
	uint32_t	lengths[12];
	size_t		n = 1 + random_below(MAX_TOUCHES);

	for (uint32_t c = 0; c < contacts; c++)
	{
		lengths[c] = random_below(20) == 0 ? TOUCH_MAX_ID : 1 + random_below(20);
		for (uint32_t i = 0; i < lengths[c]; i++)
			room[c][i] = (unsigned char) (random_below(3) == 0 ? random_below(256) : 'a');
	}
	for (size_t i = 0; i < n; i++)
	{
		uint32_t	c = random_below(contacts);

		touches[i].id = room[c];
		touches[i].id_length = lengths[c];
		touches[i].day = random_below(50) == 0 ? far[random_below(5)] : (int32_t) random_below(700) - 200;
		touches[i].outbound = random_below(4) == 0 ? 0 : random_below(20) == 0 ? many[random_below(8)] : 1;
		touches[i].inbound = touches[i].outbound == 0 ? 1 : random_below(10) == 0 ? many[random_below(8)] : 0;
	}
	qsort(touches, n, sizeof(Touch), compare);
	return n;
}

/* Read all of it; the number of days, or -1 if it is broken. */
static int
read_all(const unsigned char *from, size_t length)
{
	TouchReader reader;
	int			days = 0;

	touch_read(&reader, from, length);
	while (touch_next_contact(&reader))
		while (touch_next_day(&reader))
			days++;
	return reader.broken ? -1 : days;
}

/* What was written is what is read: same contacts, days and sums. */
static void
test_round_trip(const Touch *touches, size_t n)
{
	uint32_t	contacts;
	uint32_t	sound;
	size_t		length = touch_write(touches, n, NULL, &contacts);
	size_t		i = 0;
	TouchReader reader;
	Touch	   *read = malloc(n * sizeof(Touch));
	size_t		nread = 0;

	expect(touch_write(touches, n, bytes, &contacts) == length, "the length is known before");
	expect(touch_is_sound(bytes, length, &sound) && sound == contacts, "what is written is sound");

	touch_read(&reader, bytes, length);
	while (touch_next_contact(&reader))
	{
		while (touch_next_day(&reader))
		{
			uint64_t	outbound = 0;
			uint64_t	inbound = 0;
			size_t		first = i;

			for (; i < n && touch_compare(&touches[first], &touches[i]) == 0; i++)
			{
				outbound += touches[i].outbound;
				inbound += touches[i].inbound;
			}
			expect(first < n && touch_compare(&touches[first], &reader.touch) == 0, "same contact and day");
			expect(reader.touch.outbound == (outbound > UINT32_MAX ? UINT32_MAX : outbound) &&
				   reader.touch.inbound == (inbound > UINT32_MAX ? UINT32_MAX : inbound), "same counts");
			read[nread++] = reader.touch;
		}
	}
	expect(!reader.broken && i == n, "all of it");

	/* what was read is written as the same bytes */
	expect(touch_write(read, nread, again, &contacts) == length && memcmp(bytes, again, length) == 0,
		   "one form");
	free(read);

	/* passing over contacts without their days */
	touch_read(&reader, bytes, length);
	for (i = 0; touch_next_contact(&reader); i++)
		;
	expect(!reader.broken && i == contacts, "days can be passed over");

	/* cut: broken or, between two contacts, a shorter value */
	for (size_t cut = 0; cut < length; cut += 1 + random_below(7))
	{
		unsigned char *exact = malloc(cut > 0 ? cut : 1);
		uint32_t	fewer;

		memcpy(exact, bytes, cut);
		if (touch_is_sound(exact, cut, &fewer))
			expect(fewer < contacts && read_all(exact, cut) >= 0, "cut between contacts");
		else
			passed++;
		(void) read_all(exact, cut);
		free(exact);
	}
	/* forged: reading ends, and what is sound is in its one form */
	for (int round = 0; round < 200; round++)
	{
		size_t		at = random_below((uint32_t) length);
		unsigned char before = bytes[at];

		bytes[at] ^= (unsigned char) (1 + random_below(255));
		(void) read_all(bytes, length);
		if (touch_is_sound(bytes, length, &sound))
		{
			Touch	   *forged = malloc((length + 1) * sizeof(Touch));
			size_t		nforged = 0;

			touch_read(&reader, bytes, length);
			while (touch_next_contact(&reader))
				while (touch_next_day(&reader))
					forged[nforged++] = reader.touch;
			expect(touch_write(forged, nforged, again, &contacts) == length &&
				   memcmp(bytes, again, length) == 0, "a forged value that is sound has one form");
			free(forged);
		}
		else
			passed++;
		bytes[at] = before;
	}
}

/* Bytes of no meaning: reading ends. */
static void
test_noise(void)
{
	for (int round = 0; round < 20000; round++)
	{
		size_t		length = random_below(60);
		unsigned char *noise = malloc(length + 1);
		uint32_t	contacts;

		for (size_t i = 0; i < length; i++)
			noise[i] = (unsigned char) (random_below(2) ? random_below(256) : random_below(4));
		(void) touch_is_sound(noise, length, &contacts);
		(void) read_all(noise, length);
		passed++;
		free(noise);
	}
}

/* The log of an aggregate gives back what went into it. */
static void
test_log(const Touch *touches, size_t n)
{
	unsigned char *log = malloc(MAX_BYTES);
	unsigned char *end = log;
	const unsigned char *at = log;
	Touch		touch;

	for (size_t i = 0; i < n; i++)
	{
		touch_log_write(&touches[i], end);
		end += LOG_SIZE(&touches[i]);
	}
	for (size_t i = 0; i < n; i++)
		expect(touch_log_next(&at, end, &touch) && touch_compare(&touch, &touches[i]) == 0 &&
			   touch.outbound == touches[i].outbound && touch.inbound == touches[i].inbound, "the log");
	expect(at == end && !touch_log_next(&at, end, &touch), "ends");
	free(log);
}

int
main(void)
{
	static unsigned char room[12][TOUCH_MAX_ID];
	static Touch touches[MAX_TOUCHES];
	uint32_t	contacts;

	expect(touch_is_sound(bytes, 0, &contacts) && contacts == 0, "no contact is sound");
	for (int round = 0; round < 300; round++)
	{
		size_t		n = random_touches(touches, room);

		test_round_trip(touches, n);
		test_log(touches, n);
	}
	test_noise();
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
