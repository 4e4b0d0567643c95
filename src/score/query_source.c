/*
 * query_source.c
 *		Rows that a user names by a relation or gives as a query, as text.
 *
 * A query is parsed alone, as one SELECT, before it is put into parentheses, so
 * that nothing in it can reach what stands around it; the name of a relation is
 * looked up and quoted.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "nodes/parsenodes.h"
#include "parser/parser.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/varlena.h"

#include "score/query_source.h"

/* Skip white space and comments. */
static const char *
skip_comments(const char *text)
{
	for (;;)
	{
		text += strspn(text, " \t\r\n\f\v");
		if (text[0] == '-' && text[1] == '-')
			text += strcspn(text, "\r\n");
		else if (text[0] == '/' && text[1] == '*')
		{
			const char *end = strstr(text + 2, "*/");

			if (end == NULL)
				return text;
			text = end + 2;
		}
		else
			return text;
	}
}

/* Does a text begin with a word that begins a query, not a name? */
static bool
begins_query(const char *text)
{
	static const char *const words[] = {"select", "with", "values", "table"};

	text = skip_comments(text);
	if (*text == '(')
		return true;
	for (int i = 0; i < (int) lengthof(words); i++)
	{
		size_t		length = strlen(words[i]);

		if (pg_strncasecmp(text, words[i], length) == 0 &&
			text[length] != '\0' &&
			strchr(" \t\r\n\f\v(*+-/'\"", text[length]) != NULL)
			return true;
	}
	return false;
}

/* A query in parentheses. */
static char *
from_query(const char *text, const char *alias, const char *what)
{
	List	   *statements = raw_parser(text, RAW_PARSE_DEFAULT);
	RawStmt    *raw;
	char	   *query;

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
query_source(const char *text, const char *alias, const char *what)
{
	RangeVar   *range;
	Oid			relation;

	if (begins_query(text))
		return from_query(text, alias, what);
	range = makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(text)));
	relation = RangeVarGetRelid(range, NoLock, true);
	if (!OidIsValid(relation))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation \"%s\" does not exist", text),
				 errhint("Give the name of a table or view, or one SELECT, as the %s.",
						 what)));
	return psprintf("%s AS %s",
					quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
											   get_rel_name(relation)),
					alias);
}
