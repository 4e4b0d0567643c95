/*
 * name_similarity.c
 *		How alike two names are, by pg_trgm where it is installed.
 *
 * Clientele does not depend on pg_trgm: a view that named its function could not
 * be made without it, and would keep it from being dropped. So the function is
 * looked up when a query first needs it, by the extension that it belongs to
 * and not by any search path, and called with the rights of the caller.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(clientele_name_similarity);

/* What is kept for the time of a query */
typedef struct NameSimilarity
{
	FmgrInfo	similarity;		/* pg_trgm's; fn_oid 0: there is none */
} NameSimilarity;

/* The schema in which an extension's objects are */
static Oid
schema_of_extension(Oid extension)
{
	Oid			schema = InvalidOid;
	Relation	extensions = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(extension));
	scan = systable_beginscan(extensions, ExtensionOidIndexId, true, NULL, 1,
							  &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		schema = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	systable_endscan(scan);
	table_close(extensions, AccessShareLock);
	return schema;
}

/* pg_trgm's function similarity(text, text), if the caller may call it */
static Oid
find_similarity(void)
{
	Oid			arguments[2] = {TEXTOID, TEXTOID};
	Oid			extension = get_extension_oid("pg_trgm", true);
	Oid			function;

	if (!OidIsValid(extension))
		return InvalidOid;
	function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
							   CStringGetDatum("similarity"),
							   PointerGetDatum(buildoidvector(arguments, 2)),
							   ObjectIdGetDatum(schema_of_extension(extension)));
	if (!OidIsValid(function) ||
		getExtensionOfObject(ProcedureRelationId, function) != extension ||
		get_func_rettype(function) != FLOAT4OID ||
		!DatumGetBool(DirectFunctionCall2(has_function_privilege_id,
										  ObjectIdGetDatum(function),
										  CStringGetTextDatum("EXECUTE"))))
		return InvalidOid;
	return function;
}

/* name_similarity(text, text) */
Datum
clientele_name_similarity(PG_FUNCTION_ARGS)
{
	NameSimilarity *kept = fcinfo->flinfo->fn_extra;

	if (kept == NULL)
	{
		Oid			function = find_similarity();

		kept = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(*kept));
		if (OidIsValid(function))
			fmgr_info_cxt(function, &kept->similarity, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = kept;
	}
	if (!OidIsValid(kept->similarity.fn_oid))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(DatumGetFloat4(FunctionCall2Coll(&kept->similarity,
													  PG_GET_COLLATION(),
													  PG_GETARG_DATUM(0),
													  PG_GETARG_DATUM(1))));
}
