/*
 * touch_code.h
 *		The compact form of touches: contacts, each with the days on which they
 *		were touched, as bytes.
 *
 * Contacts ascend by their id, byte by byte, and days ascend within a contact:
 *
 *		contact:	length of the id, id, number of days, days
 *		day:		the first one itself, a later one as the distance from the
 *					one before; then how often outbound and inbound: one byte
 *					where both are below 15
 *
 * Numbers are written seven bits a byte, the lowest first. Most days of most
 * contacts take two or three bytes.
 *
 * Pure C, no postgres.h: tested and fuzzed without a server. Reading trusts
 * nothing: bytes that are cut or forged are found to be broken.
 */
#ifndef CLIENTELE_TOUCH_TOUCH_CODE_H
#define CLIENTELE_TOUCH_TOUCH_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest id of a contact, in bytes. */
#define TOUCH_MAX_ID	1000

/* The touches of a contact on a day. */
typedef struct Touch
{
	const unsigned char *id;
	uint32_t	id_length;
	int32_t		day;
	uint32_t	outbound;
	uint32_t	inbound;
} Touch;

/* Where reading has come to. */
typedef struct TouchReader
{
	const unsigned char *at;
	const unsigned char *end;
	bool		broken;
	uint32_t	days_left;		/* of the contact */
	bool		first_day;
	Touch		touch;			/* the last one that was read */
} TouchReader;

/*
 * Whether length bytes are contacts and days in their one form; contacts is set
 * to their number.
 */
extern bool touch_is_sound(const unsigned char *bytes, size_t length,
						   uint32_t *contacts);

/* Order of two touches: by id, then by day. */
extern int	touch_compare(const Touch *a, const Touch *b);

/*
 * Write n touches, which are in order, and of which those of one contact and
 * day become one. Returns the number of bytes, and sets contacts; writes nothing
 * if bytes is NULL. Counts stay at their largest value.
 */
extern size_t touch_write(const Touch *touches, size_t n,
						  unsigned char *bytes, uint32_t *contacts);

#endif							/* CLIENTELE_TOUCH_TOUCH_CODE_H */
