/*
 * touchpoints.h
 *		Type touchpoints: who was reached at an account, on which days.
 */
#ifndef CLIENTELE_TOUCH_TOUCHPOINTS_H
#define CLIENTELE_TOUCH_TOUCHPOINTS_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "flat.h"
#include "touch/touch_code.h"

/* What the ids of contacts are; the numbers are stored. */
typedef enum ContactIdKind
{
	ID_NONE = 0,				/* no contact yet */
	ID_TEXT = 1,				/* its bytes */
	ID_BIGINT = 2,				/* 8 bytes that order as the numbers do */
	ID_UUID = 3					/* 16 bytes */
} ContactIdKind;

/*
 * The elements are bytes: first contacts and days in their compact form
 * (touch_code.h), then, while an aggregate runs, a log of touches as they came.
 * At rest there is no log.
 */
typedef struct Touchpoints
{
	FlatHeader	flat;
	uint32		settled;		/* bytes in the compact form */
	uint32		contacts;		/* in the compact form */
	uint32		kind;
	uint32		skipped;		/* rows that could not be used */
	unsigned char bytes[FLEXIBLE_ARRAY_MEMBER];
} Touchpoints;

#define TOUCHPOINTS_VERSION		1
#define TOUCHPOINTS_MAX_BYTES	500000000

extern const FlatLayout touchpoints_layout;

/* The text of a uuid in its usual form. */
#define UUID_TEXT_LENGTH	36
#define UUID_CHARACTERS		"0123456789abcdefABCDEF-"

/* An id as bytes; those of a number are in room. */
typedef struct ContactId
{
	ContactIdKind kind;
	const unsigned char *bytes;
	uint32		length;			/* 0: none, or none that can be used */
	unsigned char room[16];
} ContactId;

/*
 * A value to read, without a copy of what is stored packed: the header, and
 * where the bytes are.
 */
typedef struct TouchView
{
	const unsigned char *bytes;
	Touchpoints head;
} TouchView;

/* touchpoints.c */
extern void touchpoints_view(Datum datum, TouchView *view);
extern Touchpoints *touchpoints_settle(const Touchpoints *touchpoints,
									   bool growing, uint32 room);
extern Touchpoints *touchpoints_at_rest(Touchpoints *touchpoints);
extern Touchpoints *touchpoints_get(Datum datum);
extern Touchpoints *touchpoints_from(const Touch *touches, size_t n,
									 ContactIdKind kind, uint32 skipped);
extern void touchpoints_reader(const Touchpoints *touchpoints,
							   TouchReader *reader);
extern void touchpoints_check_end(bool broken);
extern void touchpoints_check_kinds(uint32 a, uint32 b);
extern bool touchpoints_are_sound(const Touchpoints *touchpoints);
extern void contact_id_of_text(text * value, ContactId *id);
extern void contact_id_of_bigint(int64 value, ContactId *id);
extern void contact_id_of_uuid(Datum value, ContactId *id);
extern bool contact_id_of_uuid_text(const char *text, ContactId *id);
extern char *contact_id_text(const Touch *touch, uint32 kind);
extern const char *contact_id_kind_name(uint32 kind);

extern Touch *touchpoints_collect(const Touchpoints *touchpoints,
								  Touch *touches, size_t *n, size_t *capacity);

/* coverage.c: a day, and the length of a window in days, or an error */
extern DateADT touch_as_of(DateADT as_of, const char *what);
extern double touch_within(const Interval *within);

#define PG_GETARG_TOUCHPOINTS_P(n)	touchpoints_get(PG_GETARG_DATUM(n))
#define PG_RETURN_TOUCHPOINTS_P(x)	PG_RETURN_POINTER(x)

#endif							/* CLIENTELE_TOUCH_TOUCHPOINTS_H */
