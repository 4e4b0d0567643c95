/*
 * compat.h
 *		What differs between the supported releases of PostgreSQL (15 and later).
 *
 * Every test of PG_VERSION_NUM stands here and nowhere else. Names that stand
 * in for something a release lacks begin with Clientele or clientele_, so that
 * no minor release can take them.
 */
#ifndef CLIENTELE_COMPAT_H
#define CLIENTELE_COMPAT_H

#include "postgres.h"

#include "common/jsonapi.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/datetime.h"
#include "utils/float.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#endif

/*
 * Soft errors exist from 16 on (pg_input_is_valid, COPY ... ON_ERROR). Before,
 * the same text raises an ordinary error.
 */
#if PG_VERSION_NUM >= 160000
#define clientele_return_error(escontext, value, ...) \
	ereturn(escontext, value, __VA_ARGS__)
#else
#define clientele_return_error(escontext, value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return value; \
	} while (0)
#endif

/* The context for soft errors of an input function, NULL where there is none. */
#define CLIENTELE_ESCONTEXT(fcinfo)		((struct Node *) (fcinfo)->context)

/* Read one float8 from the start of a text; *end is set behind it. */
static inline double
clientele_float8_in(char *text, char **end, const char *type_name,
					const char *whole, struct Node *escontext)
{
#if PG_VERSION_NUM >= 160000
	return float8in_internal(text, end, type_name, whole, escontext);
#else
	(void) escontext;
	return float8in_internal(text, end, type_name, whole);
#endif
}

/* Whether a soft error has been stored in the context. */
static inline bool
clientele_error_occurred(struct Node *escontext)
{
#if PG_VERSION_NUM >= 160000
	return SOFT_ERROR_OCCURRED(escontext);
#else
	(void) escontext;
	return false;
#endif
}

/* Put the fields that ParseDateTime found together to a moment. */
static inline int
clientele_decode_datetime(char **field, int *ftype, int nf, int *dtype,
						  struct pg_tm *tm, fsec_t *fsec, int *tzp)
{
#if PG_VERSION_NUM >= 160000
	DateTimeErrorExtra extra;

	return DecodeDateTime(field, ftype, nf, dtype, tm, fsec, tzp, &extra);
#else
	return DecodeDateTime(field, ftype, nf, dtype, tm, fsec, tzp);
#endif
}

/* Intervals can be infinite from 17 on. */
#if PG_VERSION_NUM >= 170000
#define CLIENTELE_INTERVAL_NOT_FINITE(interval) INTERVAL_NOT_FINITE(interval)
#else
#define CLIENTELE_INTERVAL_NOT_FINITE(interval) (false)
#endif

/* Call an input function; false if a soft error has been stored instead. */
static inline bool
clientele_input(PGFunction function, char *text, struct Node *escontext,
				Datum *result)
{
#if PG_VERSION_NUM >= 160000
	return DirectInputFunctionCallSafe(function, text, InvalidOid, -1,
									   escontext, result);
#else
	(void) escontext;
	*result = DirectFunctionCall3(function, CStringGetDatum(text),
								  ObjectIdGetDatum(InvalidOid),
								  Int32GetDatum(-1));
	return true;
#endif
}

/* Memory of a setting's value: the server's own from 16 on, malloc's before. */
#if PG_VERSION_NUM >= 160000
#define clientele_guc_malloc(size)	guc_malloc(LOG, size)
#define clientele_guc_free(pointer) guc_free(pointer)
#else
#define clientele_guc_malloc(size)	malloc(size)
#define clientele_guc_free(pointer) free(pointer)
#endif

/*
 * What the server's JSON parser calls as it goes answers whether to go on from
 * 16 on, and nothing before: such a function is a ClienteleJsonAction, and ends
 * with return CLIENTELE_JSON_GO_ON.
 */
#if PG_VERSION_NUM >= 160000
typedef JsonParseErrorType ClienteleJsonAction;
#define CLIENTELE_JSON_GO_ON	JSON_SUCCESS
#else
typedef void ClienteleJsonAction;
#define CLIENTELE_JSON_GO_ON
#endif

/* A lexer of JSON text in the encoding of the database; freed with its memory. */
static inline JsonLexContext *
clientele_json_lexer(char *json, int length)
{
#if PG_VERSION_NUM >= 170000
	return makeJsonLexContextCstringLen(NULL, json, length,
										GetDatabaseEncoding(), true);
#else
	return makeJsonLexContextCstringLen(json, length, GetDatabaseEncoding(),
										true);
#endif
}

/* A function that does not return; the word for it is another from 18 on. */
#if PG_VERSION_NUM >= 180000
#define CLIENTELE_NORETURN		pg_noreturn
#else
#define CLIENTELE_NORETURN		pg_attribute_noreturn()
#endif

/* The name and version stand in the module itself from 18 on. */
#if PG_VERSION_NUM >= 180000
#define CLIENTELE_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "clientele", .version = CLIENTELE_VERSION)
#else
#define CLIENTELE_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* CLIENTELE_COMPAT_H */
