/*
 * score_sheet_in.c
 *		Score sheets from text; see score_sheet_out.c.
 *
 * The text is parsed by the server's jsonb, which keeps decimals as they are.
 */
#include "postgres.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "compat.h"
#include "score/card/score_sheet_check.h"

PG_FUNCTION_INFO_V1(clientele_score_sheet_in);

const char *const sheet_repeat_words[] = {
	"every time", "once", "once a day"
};
const char *const sheet_axis_words[] = {"fit", "engagement"};
const char *const sheet_measure_words[] = {
	"value", "choice", "times", "days since", "points", "fit points",
	"engagement points", "total"
};
const char *const sheet_comparison_words[] = {
	"below", "at_most", "above", "at_least", "any_of", "none_of"
};
const char *const sheet_reason_words[] = {
	"", "no signal", "no value", "not a number", "no time",
	"too many points", "not a row", "unknown signal", "other unknown signals"
};

/* An object that is read: how many of its keys have been. */
typedef struct Object
{
	JsonbContainer *container;
	uint32		read;
	char	  **problem;		/* the first thing that is wrong, or NULL */
} Object;

/* Note what is wrong, unless something was before; false. */
static bool
wrong(Object *object, char *problem)
{
	if (*object->problem == NULL)
		*object->problem = problem;
	return false;
}

/* The value of a key, or NULL. */
static JsonbValue *
get_key(Object *object, const char *key)
{
	JsonbValue *value = getKeyJsonValueFromContainer(object->container, key,
													 strlen(key), NULL);

	if (value != NULL)
		object->read++;
	return value;
}

/* See that all keys of an object have been read. */
static bool
finish(Object *object, const char *what)
{
	if (*object->problem == NULL &&
		JsonContainerSize(object->container) != object->read)
		return wrong(object, psprintf("There is a key in %s that none has.", what));
	return *object->problem == NULL;
}

/* Is a value an array or an object? */
static JsonbContainer *
get_container(const JsonbValue *value, bool array)
{
	if (value == NULL || value->type != jbvBinary ||
		(array ? !JsonContainerIsArray(value->val.binary.data) :
		 !JsonContainerIsObject(value->val.binary.data)))
		return NULL;
	return value->val.binary.data;
}

/* The array of a key: its length, 0 without it. */
static bool
get_array(Object *object, const char *key, JsonbContainer **array, uint32 *n)
{
	JsonbValue *value = get_key(object, key);

	*n = 0;
	*array = NULL;
	if (value == NULL)
		return true;
	*array = get_container(value, true);
	if (*array == NULL)
		return wrong(object, psprintf("\"%s\" is not an array.", key));
	*n = JsonContainerSize(*array);
	return true;
}

/* Start reading an element of an array that is to be an object. */
static bool
get_object(Object *parent, const JsonbValue *value, Object *object)
{
	object->container = get_container(value, false);
	object->read = 0;
	object->problem = parent->problem;
	return object->container != NULL ||
		wrong(parent, pstrdup("An element of an array is not an object."));
}

/* The decimal text of a number; NULL where it is none. */
static char *
decimal_of(const JsonbValue *value)
{
	if (value == NULL || value->type != jbvNumeric)
		return NULL;
	return DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(value->val.numeric)));
}

/* A number as float8. */
static bool
number_of(Object *object, const char *key, const JsonbValue *value,
		  double *number)
{
	if (value == NULL || value->type != jbvNumeric)
		return wrong(object, psprintf("\"%s\" is not a number.", key));
	*number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												 NumericGetDatum(value->val.numeric)));
	return isfinite(*number) ||
		wrong(object, psprintf("\"%s\" is out of range.", key));
}

/* The number of a key, left alone without it. */
static bool
get_number(Object *object, const char *key, double *number)
{
	JsonbValue *value = get_key(object, key);

	return value == NULL || number_of(object, key, value, number);
}

/* A whole number from 0 to a largest one. */
static bool
whole_of(Object *object, const char *key, const JsonbValue *value,
		 uint64 largest, uint64 *number)
{
	char	   *text = decimal_of(value);
	uint64		result = 0;

	if (text == NULL || *text == '\0')
		return wrong(object, psprintf("\"%s\" is not a number.", key));
	for (const char *at = text; *at != '\0'; at++)
	{
		uint64		digit = (uint64) (*at - '0');

		if (*at < '0' || *at > '9' || digit > largest ||
			result > (largest - digit) / 10)
			return wrong(object,
						 psprintf("\"%s\" is not a whole number from 0 to " UINT64_FORMAT ".",
								  key, largest));
		result = result * 10 + digit;
	}
	*number = result;
	return true;
}

/* The whole number of a key. */
static bool
get_whole(Object *object, const char *key, uint64 largest, uint64 *number)
{
	return whole_of(object, key, get_key(object, key), largest, number);
}

/* Exact points. */
static bool
points_of(Object *object, const JsonbValue *value, ExactPoints *points)
{
	char	   *text = decimal_of(value);

	return (text != NULL && exact_from_text(text, strlen(text), points)) ||
		wrong(object,
			  pstrdup("Points are not a number of at most 12 decimals within " EXACT_SUM_TEXT "."));
}

/* A text of at most 200 bytes. */
static bool
text_of(Object *object, const char *key, const JsonbValue *value,
		const char **text, uint8 *length)
{
	if (value == NULL || value->type != jbvString ||
		value->val.string.len > CARD_MAX_TEXT)
		return wrong(object, psprintf("\"%s\" is not a text of at most %d bytes.",
									  key, CARD_MAX_TEXT));
	*text = value->val.string.val;
	*length = (uint8) value->val.string.len;
	return true;
}

/* The text of a key. */
static bool
get_text(Object *object, const char *key, const char **text, uint8 *length)
{
	return text_of(object, key, get_key(object, key), text, length);
}

/* One of several words. */
static bool
get_word(Object *object, const char *key, const char *const *words, int n,
		 uint8 *number)
{
	JsonbValue *value = get_key(object, key);

	for (int i = 0; value != NULL && value->type == jbvString && i < n; i++)
		if (value->val.string.len == (int) strlen(words[i]) &&
			memcmp(value->val.string.val, words[i], strlen(words[i])) == 0)
		{
			*number = (uint8) i;
			return true;
		}
	return wrong(object, psprintf("\"%s\" is none of its words.", key));
}

/* true or nothing. */
static bool
get_flag(Object *object, const char *key, bool *flag)
{
	JsonbValue *value = get_key(object, key);

	*flag = value != NULL && value->type == jbvBool && value->val.boolean;
	return value == NULL || value->type == jbvBool ||
		wrong(object, psprintf("\"%s\" is not true or false.", key));
}

/* A moment. */
static bool
moment_of(Object *object, const char *key, const JsonbValue *value,
		  int64 *moment)
{
	return (value != NULL && value->type == jbvString &&
			moment_from_text(value->val.string.val,
							 (size_t) value->val.string.len, moment) &&
			!TIMESTAMP_NOT_FINITE(*moment)) ||
		wrong(object, psprintf("\"%s\" is not a moment.", key));
}

/* Cap and floor of an object. */
static bool
get_limits(Object *object, CardLimits *limits, uint8 *flags)
{
	limits->floor = -INFINITY;
	limits->cap = INFINITY;
	if (!get_number(object, "cap", &limits->cap) ||
		!get_number(object, "floor", &limits->floor))
		return false;
	if (isfinite(limits->floor))
		*flags |= SHEET_HAS_FLOOR;
	if (isfinite(limits->cap))
		*flags |= SHEET_HAS_CAP;
	return true;
}

/* The limits in the object of a key. */
static bool
get_limits_key(Object *object, const char *key, CardLimits *limits)
{
	JsonbValue *value = get_key(object, key);
	Object		inner;
	uint8		flags = 0;

	limits->floor = -INFINITY;
	limits->cap = INFINITY;
	return value == NULL || (get_object(object, value, &inner) &&
							 get_limits(&inner, limits, &flags) &&
							 finish(&inner, "limits"));
}

/* ------------------------------------------------------------------------
 * The parts
 * ------------------------------------------------------------------------
 */

/* Read a veto of the card. */
static bool
read_veto(Object *parent, const JsonbValue *value, SheetVeto *veto,
		  const char **name)
{
	Object		object;
	uint64		number = 0;
	uint32		comparisons = 0;
	bool		if_missing;

	memset(veto, 0, sizeof(SheetVeto));
	if (!get_object(parent, value, &object) ||
		!get_text(&object, "name", name, &veto->name_length) ||
		!get_word(&object, "of", sheet_measure_words, SHEET_MEASURES,
				  &veto->measure) ||
		!get_flag(&object, "if_missing", &if_missing))
		return false;
	if (veto->measure <= CARD_OF_POINTS &&
		!get_whole(&object, "number", CARD_MAX_SIGNALS - 1, &number))
		return false;
	veto->signal = (uint16) number;
	veto->if_missing = if_missing;
	for (int i = 0; i < SHEET_COMPARISONS; i++)
	{
		uint32		before = object.read;

		if (!get_number(&object, sheet_comparison_words[i], &veto->bound))
			return false;
		if (object.read > before)
			veto->comparison = (uint8) i;
		comparisons += object.read - before;
	}
	if (comparisons != 1)
		return wrong(&object, psprintf("A veto has %u comparisons.", comparisons));
	return finish(&object, "a veto");
}

/* Read what the sheet keeps of its card, and start it. */
static bool
read_card(Object *root, ScoreSheet **sheet)
{
	static const char *const cut_keys[] = {"fit_cuts", "engagement_cuts"};
	SheetCard	head = {0};
	SheetBand	bands[CARD_MAX_BANDS] = {{0}};
	SheetVeto	vetoes[CARD_MAX_VETOES];
	double		cuts[CARD_AXES][CARD_MAX_CUTS];
	SheetCardView view;
	JsonbContainer *array;
	JsonbValue *value;
	uint32		n;
	uint64		version;
	uint64		identity = 0;
	int64		as_of;
	char	   *problem;

	view.head = &head;
	view.bands = bands;
	view.vetoes = vetoes;
	view.segment = "";
	if (!get_text(root, "card", &view.name, &head.name_length) ||
		!get_whole(root, "version", PG_INT32_MAX, &version))
		return false;
	head.card_version = (int32) version;
	value = get_key(root, "segment");
	if (value != NULL &&
		!text_of(root, "segment", value, &view.segment, &head.segment_length))
		return false;
	value = get_key(root, "identity");
	if (value == NULL || value->type != jbvString || value->val.string.len != 16)
		return wrong(root, pstrdup("\"identity\" does not have 16 digits."));
	for (int i = 0; i < 16; i++)
	{
		char		c = value->val.string.val[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return wrong(root, pstrdup("\"identity\" does not have 16 digits from 0 to f."));
		identity = identity << 4 | (uint64) (c <= '9' ? c - '0' : c - 'a' + 10);
	}
	if (!moment_of(root, "as_of", get_key(root, "as_of"), &as_of) ||
		!get_number(root, "base", &head.base) ||
		!get_limits_key(root, "fit", &head.axes[CARD_FIT]) ||
		!get_limits_key(root, "engagement", &head.axes[CARD_ENGAGEMENT]) ||
		!get_limits_key(root, "total", &head.total) ||
		!get_array(root, "vetoes", &array, &n))
		return false;
	if (n > CARD_MAX_VETOES)
		return wrong(root, psprintf("It has %u vetoes.", n));
	head.nvetoes = (uint8) n;
	for (uint32 i = 0; i < n; i++)
		if (!read_veto(root, getIthJsonbValueFromContainer(array, i),
					   &vetoes[i], &view.veto_names[i]))
			return false;
	if (!get_array(root, "bands", &array, &n))
		return false;
	if (n > CARD_MAX_BANDS)
		return wrong(root, psprintf("It has %u bands.", n));
	head.nbands = (uint8) n;
	for (uint32 i = 0; i < n; i++)
	{
		JsonbContainer *band =
			get_container(getIthJsonbValueFromContainer(array, i), true);
		uint8		length;

		if (band == NULL || JsonContainerSize(band) != 2)
			return wrong(root, pstrdup("A band is not an array of a name and a number."));
		if (!text_of(root, "bands", getIthJsonbValueFromContainer(band, 0),
					 &view.band_names[i], &length) ||
			!number_of(root, "bands", getIthJsonbValueFromContainer(band, 1),
					   &bands[i].from))
			return false;
		bands[i].name_length = length;
	}
	for (int axis = 0; axis < CARD_AXES; axis++)
	{
		if (!get_array(root, cut_keys[axis], &array, &n))
			return false;
		if (n > CARD_MAX_CUTS)
			return wrong(root, psprintf("It has %u cuts.", n));
		head.ncuts[axis] = (uint8) n;
		view.cuts[axis] = cuts[axis];
		for (uint32 i = 0; i < n; i++)
			if (!number_of(root, cut_keys[axis],
						   getIthJsonbValueFromContainer(array, i),
						   &cuts[axis][i]))
				return false;
	}
	problem = sheet_put_card(sheet, identity, as_of, &view);
	return problem == NULL || wrong(root, problem);
}

/* Read a category. */
static bool
read_category(Object *root, const JsonbValue *value, ScoreSheet **sheet)
{
	Object		object;
	SheetName	name = {0};
	uint64		number;
	char	   *problem;

	if (!get_object(root, value, &object) ||
		!get_text(&object, "category", &name.name, &name.name_length) ||
		!get_whole(&object, "number", PG_UINT16_MAX, &number) ||
		!get_word(&object, "axis", sheet_axis_words, CARD_AXES, &name.axis) ||
		!get_limits(&object, &name.limits, &name.flags) ||
		!finish(&object, "a category"))
		return false;
	name.number = (uint16) number;
	problem = sheet_put_category(sheet, &name);
	return problem == NULL || wrong(root, problem);
}

/* Read the days of a signal. */
static bool
read_days(Object *object, SheetDay **days, uint32 *n)
{
	JsonbContainer *array;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	item;
	uint32		i = 0;

	*days = NULL;
	if (!get_array(object, "days", &array, n))
		return false;
	if (*n == 0)
		return true;
	*days = MemoryContextAllocHuge(CurrentMemoryContext, *n * sizeof(SheetDay));
	iterator = JsonbIteratorInit(array);
	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
	{
		JsonbContainer *day;

		if (token != WJB_ELEM)
			continue;
		day = get_container(&item, true);
		if (day == NULL || JsonContainerSize(day) != 2)
			return wrong(object, pstrdup("A day is not an array of a moment and points."));
		if (!moment_of(object, "days", getIthJsonbValueFromContainer(day, 0),
					   &(*days)[i].time) ||
			!points_of(object, getIthJsonbValueFromContainer(day, 1),
					   &(*days)[i].points))
			return false;
		i++;
	}
	return true;
}

/* Read a signal with its rows. */
static bool
read_signal(Object *root, const JsonbValue *value, ScoreSheet **sheet)
{
	Object		object;
	SheetName	name = {0};
	SheetSlot	rows = {{0, 0}, SHEET_NO_TIME, 0, 0, 0};
	SheetDay   *days;
	JsonbContainer *array;
	JsonbValue *found;
	uint32		n;
	uint64		number;
	uint64		category = CARD_NO_CATEGORY;
	uint64		vetoes = 0;
	bool		may_miss;
	char	   *problem;

	if (!get_object(root, value, &object) ||
		!get_text(&object, "signal", &name.name, &name.name_length) ||
		!get_whole(&object, "number", PG_UINT16_MAX, &number) ||
		!get_word(&object, "axis", sheet_axis_words, CARD_AXES, &name.axis) ||
		!get_limits(&object, &name.limits, &name.flags) ||
		!get_flag(&object, "may_miss", &may_miss) ||
		!points_of(&object, get_key(&object, "points"), &rows.points) ||
		!get_whole(&object, "times", PG_INT64_MAX, &rows.times))
		return false;
	name.number = (uint16) number;
	if (may_miss)
		name.flags |= SHEET_HAS_MISSING;
	found = get_key(&object, "category");
	if (found != NULL &&
		!whole_of(&object, "category", found, CARD_MAX_CATEGORIES - 1, &category))
		return false;
	name.category = (uint16) category;
	found = get_key(&object, "repeat");
	if (found != NULL)
	{
		object.read--;
		if (!get_word(&object, "repeat", sheet_repeat_words, SHEET_REPEATS,
					  &name.repeat))
			return false;
	}
	found = get_key(&object, "last_seen");
	if (found != NULL && !moment_of(&object, "last_seen", found, &rows.last))
		return false;
	if (!get_array(&object, "vetoes", &array, &n))
		return false;
	for (uint32 i = 0; i < n; i++)
	{
		uint64		veto;

		if (!whole_of(&object, "vetoes",
					  getIthJsonbValueFromContainer(array, i),
					  CARD_MAX_VETOES - 1, &veto))
			return false;
		vetoes |= UINT64CONST(1) << veto;
	}
	if (!read_days(&object, &days, &n) || !finish(&object, "a signal"))
		return false;
	problem = sheet_put_signal(sheet, &name, &rows, vetoes, days, n);
	return problem == NULL || wrong(root, problem);
}

/* Read rows that do not count. */
static bool
read_note(Object *root, const JsonbValue *value, ScoreSheet **sheet)
{
	Object		object;
	uint8		reason;
	uint8		length = 0;
	const char *name = "";
	uint64		rows;
	char	   *problem;

	if (!get_object(root, value, &object) ||
		!get_word(&object, "reason", sheet_reason_words, SHEET_REASONS,
				  &reason) ||
		!get_whole(&object, "rows", PG_INT64_MAX, &rows))
		return false;
	if (reason != SKIPPED_NO_SIGNAL && reason != UNKNOWN_OTHERS &&
		!get_text(&object, "signal", &name, &length))
		return false;
	if (!finish(&object, "skipped rows"))
		return false;
	problem = sheet_put_note(sheet, reason, name, length, (int64) rows);
	return problem == NULL || wrong(root, problem);
}

/* Read the elements of the array of a key. */
static bool
read_all(Object *root, const char *key, ScoreSheet **sheet,
		 bool (*read) (Object *root, const JsonbValue *value,
					   ScoreSheet **sheet))
{
	JsonbContainer *array;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	item;
	uint32		n;

	if (!get_array(root, key, &array, &n))
		return false;
	if (n == 0)
		return true;
	iterator = JsonbIteratorInit(array);
	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
		if (token == WJB_ELEM && !read(root, &item, sheet))
			return false;
	return true;
}

/* Text in. */
Datum
clientele_score_sheet_in(PG_FUNCTION_ARGS)
{
	struct Node *escontext = CLIENTELE_ESCONTEXT(fcinfo);
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *problem = NULL;
	Datum		datum;
	Jsonb	   *jsonb;
	Object		root;
	ScoreSheet *sheet = NULL;

	if (!clientele_input(jsonb_in, text, escontext, &datum))
		PG_RETURN_NULL();
	jsonb = DatumGetJsonbP(datum);
	root.container = &jsonb->root;
	root.read = 0;
	root.problem = &problem;
	if (!JB_ROOT_IS_OBJECT(jsonb))
		problem = pstrdup("The text is not a JSON object.");
	else if (read_card(&root, &sheet) &&
			 read_all(&root, "categories", &sheet, read_category) &&
			 read_all(&root, "signals", &sheet, read_signal) &&
			 read_all(&root, "skipped", &sheet, read_note))
		finish(&root, "a score sheet");
	if (problem != NULL)
		clientele_return_error(escontext, (Datum) 0,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid score_sheet"),
								errdetail_internal("%s", problem),
								errhint("Score sheets are made by score_sheet(scorecard, ...); text is what one was written as.")));
	PG_RETURN_SCORE_SHEET_P(sheet_rest(sheet));
}
