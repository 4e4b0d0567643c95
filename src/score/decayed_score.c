/*
 * decayed_score.c
 *		Type decayed_score: points that fade by half every half-life.
 *
 * The mathematics is in decayed_sum.c. Here are the type's two forms, the
 * aggregate, and the order in which an index keeps the hottest leads, whatever
 * the time is when it is asked.
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "days.h"
#include "number_text.h"
#include "text_scan.h"
#include "score/decayed_score.h"
#include "score/decayed_sum.h"

PG_FUNCTION_INFO_V1(clientele_decayed_score_in);
PG_FUNCTION_INFO_V1(clientele_decayed_score_out);
PG_FUNCTION_INFO_V1(clientele_decayed_score_recv);
PG_FUNCTION_INFO_V1(clientele_decayed_score_send);
PG_FUNCTION_INFO_V1(clientele_decayed_score_add);
PG_FUNCTION_INFO_V1(clientele_decayed_score_plus);
PG_FUNCTION_INFO_V1(clientele_decayed_score_negate);
PG_FUNCTION_INFO_V1(clientele_decayed_points);
PG_FUNCTION_INFO_V1(clientele_points);
PG_FUNCTION_INFO_V1(clientele_half_life);
PG_FUNCTION_INFO_V1(clientele_last_event);
PG_FUNCTION_INFO_V1(clientele_decayed_score_skipped);
PG_FUNCTION_INFO_V1(clientele_decayed_score_eq);
PG_FUNCTION_INFO_V1(clientele_decayed_score_ne);
PG_FUNCTION_INFO_V1(clientele_decayed_score_lt);
PG_FUNCTION_INFO_V1(clientele_decayed_score_le);
PG_FUNCTION_INFO_V1(clientele_decayed_score_gt);
PG_FUNCTION_INFO_V1(clientele_decayed_score_ge);
PG_FUNCTION_INFO_V1(clientele_decayed_score_cmp);
PG_FUNCTION_INFO_V1(clientele_decayed_score_hash);
PG_FUNCTION_INFO_V1(clientele_decayed_score_hash_extended);

#define USECS_PER_MONTH		INT64CONST(2629800000000)	/* 30.4375 days */
#define SHORTEST_HALF_LIFE	USECS_PER_SEC
#define LONGEST_HALF_LIFE	(12000 * USECS_PER_MONTH)	/* 1000 years */

/* The decaying sum of a score, and back. */
static DecayedSum
get_sum(const DecayedScore *score)
{
	DecayedSum	sum = {score->mantissa, score->rest, score->exponent};

	return sum;
}

static void
set_sum(DecayedScore *score, DecayedSum sum)
{
	score->mantissa = sum.mantissa;
	score->rest = sum.rest;
	score->exponent = sum.exponent;
}

/* What is wrong with a score that was read, or NULL. */
static char *
broken_rule(const DecayedScore *score)
{
	if (score->half_life < SHORTEST_HALF_LIFE ||
		score->half_life > LONGEST_HALF_LIFE)
		return psprintf("Its half-life is " INT64_FORMAT " microseconds.",
						score->half_life);
	if (!decayed_sum_is_sound(get_sum(score)))
		return psprintf("Its mantissa is %s, its exponent " INT64_FORMAT ", the rest of the mantissa %s.",
						number_text(score->mantissa), score->exponent,
						number_text(score->rest));
	if (score->last != NO_EVENT && !IS_VALID_TIMESTAMP(score->last))
		return psprintf("Its latest event is at " INT64_FORMAT " microseconds after 2000-01-01.",
						score->last);
	if (score->last == NO_EVENT && score->mantissa != 0)
		return pstrdup("It has points and no latest event.");
	return NULL;
}

#define SCORE_RULES_HINT \
	"A half-life is between a second and 1000 years; a mantissa is 0 or at least 1 and less than 2 without its sign."
#define SCORE_SYNTAX_HINT \
	"Write (mantissa,exponent,half_life,last) and then optionally the rest of the mantissa and the number of skipped events; times are whole microseconds, last those after 2000-01-01 00:00 UTC. points(score, as_of) shows what it is worth."

/* ------------------------------------------------------------------------
 * Input and output
 * ------------------------------------------------------------------------
 */

/* Read a whole number with or without a sign. */
static bool
scan_integer(const char **at, int64 *value)
{
	bool		negative = scan_character(at, '-');
	uint64_t	count;

	if (scan_count(at, (uint64_t) PG_INT64_MAX, &count) != SCAN_OK)
		return false;
	*value = negative ? -(int64) count : (int64) count;
	return true;
}

/* The text form: whether it has its shape. */
static bool
parse_score(const char *at, DecayedScore *score)
{
	const char *behind;
	double		rest = 0;
	uint64_t	skipped = 0;

	score->last = NO_EVENT;
	if (!scan_character(&at, '(') ||
		scan_number(&at, &score->mantissa) != SCAN_OK ||
		!scan_character(&at, ',') || !scan_integer(&at, &score->exponent) ||
		!scan_character(&at, ',') || !scan_integer(&at, &score->half_life) ||
		!scan_character(&at, ','))
		return false;
	scan_space(&at);
	behind = at;
	/* an empty field: no event */
	if (!scan_character(&behind, ',') && !scan_character(&behind, ')') &&
		!scan_integer(&at, &score->last))
		return false;
	if (scan_character(&at, ','))
	{
		if (scan_number(&at, &rest) != SCAN_OK)
			return false;
		if (scan_character(&at, ',') &&
			scan_count(&at, PG_UINT32_MAX, &skipped) != SCAN_OK)
			return false;
	}
	if (!scan_character(&at, ')'))
		return false;
	scan_space(&at);
	score->mantissa += 0.0;		/* -0.0 is 0 */
	score->rest = (float4) (rest + 0.0);
	score->skipped = (uint32) skipped;
	return *at == '\0' && isfinite(score->rest);
}

/* Text in. */
Datum
clientele_decayed_score_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	DecayedScore *score = palloc0(sizeof(DecayedScore));
	char	   *problem;

	if (!parse_score(text, score))
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid input syntax for type %s: \"%s\"",
									   "decayed_score", text),
								errhint(SCORE_SYNTAX_HINT)));
	problem = broken_rule(score);
	if (problem != NULL)
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("invalid decayed_score: \"%s\"", text),
								errdetail_internal("%s", problem),
								errhint(SCORE_RULES_HINT)));
	PG_RETURN_POINTER(score);
}

/* Text out: fields that say nothing are left out at the end. */
Datum
clientele_decayed_score_out(PG_FUNCTION_ARGS)
{
	DecayedScore *score = PG_GETARG_DECAYED_SCORE_P(0);
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "(%s," INT64_FORMAT "," INT64_FORMAT ",",
					 number_text(score->mantissa), score->exponent,
					 score->half_life);
	if (score->last != NO_EVENT)
		appendStringInfo(&text, INT64_FORMAT, score->last);
	if (score->rest != 0 || score->skipped > 0)
		appendStringInfo(&text, ",%s", number_text(score->rest));
	if (score->skipped > 0)
		appendStringInfo(&text, ",%u", score->skipped);
	appendStringInfoChar(&text, ')');
	PG_RETURN_CSTRING(text.data);
}

/* Binary in: the fields in the order of the struct. */
Datum
clientele_decayed_score_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	DecayedScore *score = palloc(sizeof(DecayedScore));
	char	   *problem;

	/* there is one zero */
	score->mantissa = pq_getmsgfloat8(message) + 0.0;
	score->rest = pq_getmsgfloat4(message) + 0.0f;
	score->skipped = pq_getmsgint(message, 4);
	score->exponent = pq_getmsgint64(message);
	score->half_life = pq_getmsgint64(message);
	score->last = pq_getmsgint64(message);
	problem = broken_rule(score);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid decayed_score in binary form"),
				 errdetail_internal("%s", problem),
				 errhint(SCORE_RULES_HINT)));
	PG_RETURN_POINTER(score);
}

/* Binary out. */
Datum
clientele_decayed_score_send(PG_FUNCTION_ARGS)
{
	DecayedScore *score = PG_GETARG_DECAYED_SCORE_P(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendfloat8(&message, score->mantissa);
	pq_sendfloat4(&message, score->rest);
	pq_sendint32(&message, score->skipped);
	pq_sendint64(&message, score->exponent);
	pq_sendint64(&message, score->half_life);
	pq_sendint64(&message, score->last);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ------------------------------------------------------------------------
 * Making scores
 * ------------------------------------------------------------------------
 */

/* A half-life in microseconds; an error unless it is a sensible one. */
static int64
get_half_life(const Interval *interval)
{
	int64		half_life = 0;

	if (!CLIENTELE_INTERVAL_NOT_FINITE(interval) &&
		fabs(clientele_interval_days(interval, "half-life")) <=
		(double) LONGEST_HALF_LIFE / USECS_PER_DAY)
		half_life = interval->month * USECS_PER_MONTH +
			interval->day * USECS_PER_DAY + interval->time;
	if (half_life < SHORTEST_HALF_LIFE || half_life > LONGEST_HALF_LIFE)
		clientele_refuse_interval(interval, "half-life",
								  "Give a half-life between a second and 1000 years, such as '30 days'.");
	return half_life;
}

/* Refuse what takes two scores of one half-life. */
static void
check_half_lives(const DecayedScore *a, int64 half_life, const char *what)
{
	if (a->half_life != half_life)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("decayed scores of different half-lives %s", what),
				 errdetail("The half-lives are %s and %s days.",
						   number_text((double) a->half_life / USECS_PER_DAY),
						   number_text((double) half_life / USECS_PER_DAY)),
				 errhint("Their order and their sum change with time: use one half-life for all scores of a column, and add points(score, as_of) of others.")));
}

/* Count an event that cannot be used. */
static void
skip_event(DecayedScore *score)
{
	if (score->skipped < PG_UINT32_MAX)
		score->skipped++;
}

/* Can these points go into a score? */
static inline bool
usable_event(float8 points, TimestampTz occurred_at)
{
	return isfinite(points) && !TIMESTAMP_NOT_FINITE(occurred_at);
}

/* Add an event that can be used. */
static inline void
add_event(DecayedScore *score, float8 points, TimestampTz occurred_at)
{
	set_sum(score, decayed_sum_add(get_sum(score),
								   decayed_sum(points, occurred_at,
											   score->half_life)));
	if (occurred_at > score->last)
		score->last = occurred_at;
}

/*
 * Transition of decayed_score(points, occurred_at, half_life). Inside an
 * aggregate the state is changed in place.
 */
Datum
clientele_decayed_score_add(PG_FUNCTION_ARGS)
{
	DecayedScore *score = NULL;
	int64		half_life;

	if (!PG_ARGISNULL(0))
		score = PG_GETARG_DECAYED_SCORE_P(0);
	/* no row at all, as an outer join makes it */
	if (PG_ARGISNULL(1) && PG_ARGISNULL(2))
	{
		if (score == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(score);
	}
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("half-life is null"),
				 errhint("Give the same half-life for all events of a score, such as '30 days'.")));
	half_life = get_half_life(PG_GETARG_INTERVAL_P(3));

	if (score == NULL)
	{
		score = palloc0(sizeof(DecayedScore));
		score->half_life = half_life;
		score->last = NO_EVENT;
	}
	else
	{
		check_half_lives(score, half_life, "cannot be added");
		if (AggCheckCallContext(fcinfo, NULL) == 0)
		{
			DecayedScore *copy = palloc(sizeof(DecayedScore));

			*copy = *score;
			score = copy;
		}
	}
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		!usable_event(PG_GETARG_FLOAT8(1), PG_GETARG_TIMESTAMPTZ(2)))
		skip_event(score);
	else
		add_event(score, PG_GETARG_FLOAT8(1), PG_GETARG_TIMESTAMPTZ(2));
	PG_RETURN_POINTER(score);
}

/* a + b: the score of all events of both; the combine function too. */
Datum
clientele_decayed_score_plus(PG_FUNCTION_ARGS)
{
	const DecayedScore *a = PG_GETARG_DECAYED_SCORE_P(0);
	const DecayedScore *b = PG_GETARG_DECAYED_SCORE_P(1);
	DecayedScore *sum = palloc(sizeof(DecayedScore));

	check_half_lives(a, b->half_life, "cannot be added");
	*sum = *a;
	set_sum(sum, decayed_sum_add(get_sum(a), get_sum(b)));
	sum->last = Max(a->last, b->last);
	sum->skipped = a->skipped > PG_UINT32_MAX - b->skipped ? PG_UINT32_MAX :
		a->skipped + b->skipped;
	PG_RETURN_POINTER(sum);
}

/* - score: what takes it back when it is added. */
Datum
clientele_decayed_score_negate(PG_FUNCTION_ARGS)
{
	const DecayedScore *score = PG_GETARG_DECAYED_SCORE_P(0);
	DecayedScore *result = palloc(sizeof(DecayedScore));

	*result = *score;
	set_sum(result, decayed_sum_negate(get_sum(score)));
	PG_RETURN_POINTER(result);
}

/* decayed_points(points, occurred_at, half_life): the score of one event. */
Datum
clientele_decayed_points(PG_FUNCTION_ARGS)
{
	float8		points = PG_GETARG_FLOAT8(0);
	TimestampTz occurred_at = PG_GETARG_TIMESTAMPTZ(1);
	DecayedScore *score = palloc0(sizeof(DecayedScore));

	score->half_life = get_half_life(PG_GETARG_INTERVAL_P(2));
	score->last = NO_EVENT;
	if (!isfinite(points))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid points"),
				 errdetail("The points are %g.", points),
				 errhint("Give a finite number.")));
	if (TIMESTAMP_NOT_FINITE(occurred_at))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("invalid time of an event"),
				 errdetail("It is infinite."),
				 errhint("Give a finite time.")));
	add_event(score, points, occurred_at);
	PG_RETURN_POINTER(score);
}

/* ------------------------------------------------------------------------
 * What a score tells
 * ------------------------------------------------------------------------
 */

/* points(score, as_of): what it is worth then. */
Datum
clientele_points(PG_FUNCTION_ARGS)
{
	const DecayedScore *score = PG_GETARG_DECAYED_SCORE_P(0);
	TimestampTz as_of = PG_GETARG_TIMESTAMPTZ(1);
	float8		points;

	if (TIMESTAMP_NOT_FINITE(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("invalid as_of"),
				 errdetail("It is infinite."),
				 errhint("Give a finite time.")));
	if (as_of < score->last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a decayed_score does not know the past"),
				 errdetail("Its latest event is at %s, after as_of %s.",
						   pstrdup(timestamptz_to_str(score->last)),
						   pstrdup(timestamptz_to_str(as_of))),
				 errhint("For a past moment build it from the events up to then: decayed_score(...) FILTER (WHERE occurred_at <= as_of).")));
	points = decayed_sum_at(get_sum(score), as_of, score->half_life);
	if (isinf(points))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("points are out of range"),
				 errdetail("They exceed what a double precision number can hold.")));
	PG_RETURN_FLOAT8(points);
}

/* half_life(score) */
Datum
clientele_half_life(PG_FUNCTION_ARGS)
{
	int64		half_life = PG_GETARG_DECAYED_SCORE_P(0)->half_life;
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (half_life / USECS_PER_DAY);
	interval->time = half_life % USECS_PER_DAY;
	PG_RETURN_INTERVAL_P(interval);
}

/* last_event(score): NULL if there was none. */
Datum
clientele_last_event(PG_FUNCTION_ARGS)
{
	TimestampTz last = PG_GETARG_DECAYED_SCORE_P(0)->last;

	if (last == NO_EVENT)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(last);
}

/* skipped(score): events that could not be used. */
Datum
clientele_decayed_score_skipped(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_DECAYED_SCORE_P(0)->skipped);
}

/* ------------------------------------------------------------------------
 * Order: by the points, at any time the same
 * ------------------------------------------------------------------------
 */

/* Compare two arguments. */
static int
compare_scores(FunctionCallInfo fcinfo)
{
	const DecayedScore *a = PG_GETARG_DECAYED_SCORE_P(0);
	const DecayedScore *b = PG_GETARG_DECAYED_SCORE_P(1);

	check_half_lives(a, b->half_life, "have no order");
	return decayed_sum_compare(get_sum(a), get_sum(b));
}

Datum
clientele_decayed_score_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) == 0);
}

Datum
clientele_decayed_score_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) != 0);
}

Datum
clientele_decayed_score_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) < 0);
}

Datum
clientele_decayed_score_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) <= 0);
}

Datum
clientele_decayed_score_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) > 0);
}

Datum
clientele_decayed_score_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_scores(fcinfo) >= 0);
}

Datum
clientele_decayed_score_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_scores(fcinfo));
}

/* What equality compares, in one bit pattern: the sum, but not its events. */
typedef struct HashedSum
{
	float8		mantissa;
	float8		rest;
	int64		exponent;
} HashedSum;

static HashedSum
hashed_sum(const DecayedScore *score)
{
	/* -0.0 + 0.0 is 0.0 */
	HashedSum	sum = {score->mantissa, score->rest + 0.0, score->exponent};

	return sum;
}

Datum
clientele_decayed_score_hash(PG_FUNCTION_ARGS)
{
	HashedSum	sum = hashed_sum(PG_GETARG_DECAYED_SCORE_P(0));

	return hash_any((unsigned char *) &sum, sizeof(sum));
}

Datum
clientele_decayed_score_hash_extended(PG_FUNCTION_ARGS)
{
	HashedSum	sum = hashed_sum(PG_GETARG_DECAYED_SCORE_P(0));

	return hash_any_extended((unsigned char *) &sum, sizeof(sum),
							 PG_GETARG_INT64(1));
}
