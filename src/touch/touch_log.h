/*
 * touch_log.h
 *		Touches as an aggregate notes them down, before they come to rest.
 *
 * An entry is the day, what it is, the length of the id and the id: a touch of
 * one direction, or counts of both that follow.
 */
#ifndef CLIENTELE_TOUCH_TOUCH_LOG_H
#define CLIENTELE_TOUCH_TOUCH_LOG_H

#include <string.h>

#include "touch/touch_code.h"

#define LOG_OUTBOUND	0
#define LOG_INBOUND		1
#define LOG_COUNTS		2

#define LOG_HEADER		7
#define LOG_SIZE(touch) \
	(LOG_HEADER + (touch)->id_length + \
	 ((touch)->outbound + (touch)->inbound == 1 ? 0 : 8))

/* Write an entry of LOG_SIZE(touch) bytes. */
static inline void
touch_log_write(const Touch *touch, unsigned char *bytes)
{
	uint16_t	length = (uint16_t) touch->id_length;
	bool		single = touch->outbound + touch->inbound == 1;

	memcpy(bytes, &touch->day, 4);
	bytes[4] = !single ? LOG_COUNTS :
		touch->outbound == 1 ? LOG_OUTBOUND : LOG_INBOUND;
	memcpy(bytes + 5, &length, 2);
	bytes += LOG_HEADER;
	if (!single)
	{
		memcpy(bytes, &touch->outbound, 4);
		memcpy(bytes + 4, &touch->inbound, 4);
		bytes += 8;
	}
	memcpy(bytes, touch->id, touch->id_length);
}

/* Read an entry and move behind it; false where there is none. */
static inline bool
touch_log_next(const unsigned char **bytes, const unsigned char *end,
			   Touch *touch)
{
	const unsigned char *at = *bytes;
	uint16_t	length;

	if (end - at < LOG_HEADER || at[4] > LOG_COUNTS)
		return false;
	memcpy(&touch->day, at, 4);
	memcpy(&length, at + 5, 2);
	touch->outbound = at[4] == LOG_OUTBOUND;
	touch->inbound = at[4] == LOG_INBOUND;
	touch->id_length = length;
	if (at[4] == LOG_COUNTS)
	{
		if (end - at < LOG_HEADER + 8)
			return false;
		memcpy(&touch->outbound, at + LOG_HEADER, 4);
		memcpy(&touch->inbound, at + LOG_HEADER + 4, 4);
		at += 8;
	}
	at += LOG_HEADER;
	if (end - at < length)
		return false;
	touch->id = at;
	*bytes = at + length;
	return true;
}

#endif							/* CLIENTELE_TOUCH_TOUCH_LOG_H */
