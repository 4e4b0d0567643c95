/*
 * score_changes.c
 *		Who moves when a card is changed: both cards over the same rows.
 *
 * One query scores every lead by both cards; it is an ordinary plan, parallel
 * where the server finds it worth the while.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "score/card/score_sheet.h"
#include "score/query_source.h"

PG_FUNCTION_INFO_V1(clientele_score_changes);

/* Rows that are fetched at once. */
#define BATCH		1000
#define COLUMNS		11

static const char *const column_names[] = {
	"lead_id", "signal", "value", "occurred_at"
};

/* The type of a column of the rows, or an error that names those there are. */
static Oid
column_type(TupleDesc columns, const char *name)
{
	StringInfoData names;
	int			number = SPI_fnumber(columns, name);

	if (number > 0)
		return SPI_gettypeid(columns, number);
	initStringInfo(&names);
	for (int i = 0; i < columns->natts; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "",
						 NameStr(TupleDescAttr(columns, i)->attname));
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("the signals have no column \"%s\"", name),
			 errdetail("Their columns are %s.", names.data),
			 errhint("Give rows of lead_id, signal, value and occurred_at.")));
	return InvalidOid;			/* keep the compiler quiet */
}

/* The query that scores all leads by both cards. */
static char *
build_query(const char *from)
{
	TupleDesc	columns;
	Oid			value_type = InvalidOid;
	bool		is_number;

	if (SPI_execute(psprintf("SELECT * FROM %s LIMIT 0", from), true, 0) !=
		SPI_OK_SELECT)
		elog(ERROR, "could not look at the signals");
	columns = SPI_tuptable->tupdesc;
	for (int i = 0; i < (int) lengthof(column_names); i++)
	{
		Oid			type = column_type(columns, column_names[i]);

		if (i == 2)
			value_type = getBaseType(type);
	}
	is_number = TypeCategory(value_type) == TYPCATEGORY_NUMERIC;
	return psprintf("SELECT lead_id, old_points, new_points, new_points - old_points, old_band, new_band, old_grade, new_grade,"
					" ARRAY(SELECT v FROM unnest(new_vetoes) AS v WHERE v <> ALL (old_vetoes)),"
					" ARRAY(SELECT v FROM unnest(old_vetoes) AS v WHERE v <> ALL (new_vetoes)),"
					" ARRAY(SELECT format('%%s: %%s instead of %%s (%%s)', coalesce(r.signal, 'without a signal'), r.new_points, r.old_points, r.why)"
					" FROM clientele.score_changes(old_sheet, new_sheet) AS r ORDER BY abs(r.change) DESC, r.signal LIMIT $5)"
					" FROM (SELECT lead_id, old_sheet, new_sheet,"
					" clientele.points(old_sheet) AS old_points, clientele.points(new_sheet) AS new_points,"
					" clientele.band(old_sheet) AS old_band, clientele.band(new_sheet) AS new_band,"
					" clientele.grade(old_sheet) AS old_grade, clientele.grade(new_sheet) AS new_grade,"
					" clientele.vetoes(old_sheet) AS old_vetoes, clientele.vetoes(new_sheet) AS new_vetoes"
					" FROM (SELECT signals.lead_id::text AS lead_id,"
					" clientele.score_sheet($1, signals.signal::text, signals.value::%s, signals.occurred_at::timestamptz, $3) AS old_sheet,"
					" clientele.score_sheet($2, signals.signal::text, signals.value::%s, signals.occurred_at::timestamptz, $3) AS new_sheet"
					" FROM %s GROUP BY 1 OFFSET 0) AS sheets OFFSET 0) AS judged"
					" WHERE $4 OR old_points <> new_points OR old_band IS DISTINCT FROM new_band"
					" OR old_grade IS DISTINCT FROM new_grade OR old_vetoes <> new_vetoes"
					" ORDER BY abs(new_points - old_points) DESC, lead_id",
					is_number ? "float8" : "text",
					is_number ? "float8" : "text", from);
}

/*
 * score_changes(old_card, new_card, signals, as_of, everyone, most_reasons):
 * a row for each lead that moves.
 */
Datum
clientele_score_changes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	char	   *signals = text_to_cstring(PG_GETARG_TEXT_PP(2));
	int32		most_reasons = PG_GETARG_INT32(5);
	Oid			card_type = get_fn_expr_argtype(fcinfo->flinfo, 0);
	Oid			types[] = {
		card_type, card_type, TIMESTAMPTZOID, BOOLOID, INT4OID
	};
	Datum		values[] = {
		PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), PG_GETARG_DATUM(3),
		PG_GETARG_DATUM(4), PG_GETARG_DATUM(5)
	};
	char	   *from;
	Oid			relation;
	Portal		portal;

	if (most_reasons < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of reasons is negative"),
				 errdetail("It is %d.", most_reasons),
				 errhint("Give 0 or more.")));
	InitMaterializedSRF(fcinfo, 0);
	from = query_source(signals, "signals", "signals", &relation);
	SPI_connect();
	portal = SPI_cursor_open_with_args(NULL, build_query(from), lengthof(types),
									   types, values, NULL, true,
									   CURSOR_OPT_PARALLEL_OK);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, BATCH);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			Datum		row[COLUMNS];
			bool		nulls[COLUMNS];

			heap_deform_tuple(SPI_tuptable->vals[i], SPI_tuptable->tupdesc,
							  row, nulls);
			tuplestore_putvalues(set->setResult, set->setDesc, row, nulls);
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_cursor_close(portal);
	SPI_finish();
	return (Datum) 0;
}
