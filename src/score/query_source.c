/*
 * query_source.c
 *		Rows that a user names by a relation or gives as a query, as text.
 *
 * A query is parsed alone, as one SELECT, before it is put into parentheses, so
 * that nothing in it can reach what stands around it; the name of a relation is
 * looked up and quoted.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/namespace.h"
#include "nodes/parsenodes.h"
#include "parser/parser.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/varlena.h"

#include "score/query_source.h"

/* Does a text begin as a query does, and not with a name? */
static bool
begins_query(const char *text)
{
	static const char *const words[] = {"select", "with", "values", "table"};

	while (isspace((unsigned char) *text))
		text++;
	if (*text == '(' || strncmp(text, "--", 2) == 0 ||
		strncmp(text, "/*", 2) == 0)
		return true;
	for (int i = 0; i < (int) lengthof(words); i++)
	{
		size_t		length = strlen(words[i]);

		if (pg_strncasecmp(text, words[i], length) == 0 &&
			text[length] != '\0' && text[length] != '.' &&
			text[length] != '_' && text[length] != '$' &&
			!isalnum((unsigned char) text[length]) &&
			!IS_HIGHBIT_SET(text[length]))
			return true;
	}
	return false;
}

/* A position in this text is not one in the user's statement. */
static void
place_error(void *text)
{
	int			position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery(text);
	}
}

/* A query in parentheses. */
static char *
from_query(const char *text, const char *alias, const char *what)
{
	ErrorContextCallback callback = {error_context_stack, place_error,
	(void *) text};
	List	   *statements;
	RawStmt    *raw;
	char	   *query;

	error_context_stack = &callback;
	statements = raw_parser(text, RAW_PARSE_DEFAULT);
	error_context_stack = callback.previous;
	if (list_length(statements) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid query of the %s", what),
				 errdetail("It has %d statements.", list_length(statements)),
				 errhint("Give the name of a table or view, or one SELECT.")));
	raw = linitial_node(RawStmt, statements);
	if (!IsA(raw->stmt, SelectStmt) ||
		((SelectStmt *) raw->stmt)->intoClause != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid query of the %s", what),
				 errdetail("It is not a SELECT that returns its rows."),
				 errhint("Give the name of a table or view, or one SELECT.")));
	/* without the semicolon; it may end in a comment */
	query = raw->stmt_len > 0 ?
		pnstrdup(text + raw->stmt_location, raw->stmt_len) :
		pstrdup(text + raw->stmt_location);
	return psprintf("(%s\n) AS %s", query, alias);
}

/* The text as an item of FROM with an alias. */
char *
query_source(const char *text, const char *alias, const char *what,
			 Oid *relation)
{
	RangeVar   *range;

	*relation = InvalidOid;
	if (begins_query(text))
		return from_query(text, alias, what);
	range = makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(text)));
	*relation = RangeVarGetRelid(range, NoLock, true);
	if (!OidIsValid(*relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation \"%s\" does not exist", text),
				 errhint("Give the name of a table or view, or one SELECT, as the %s.",
						 what)));
	return psprintf("%s AS %s",
					quote_qualified_identifier(get_namespace_name(get_rel_namespace(*relation)),
											   get_rel_name(*relation)),
					alias);
}
