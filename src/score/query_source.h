/*
 * query_source.h
 *		Rows that a user names by a relation or gives as a query, as text.
 */
#ifndef CLIENTELE_SCORE_QUERY_SOURCE_H
#define CLIENTELE_SCORE_QUERY_SOURCE_H

#include "postgres.h"

/*
 * The text as an item of FROM with an alias, or an error that says what it was
 * to be (such as "training set"). *relation is InvalidOid for a query.
 */
extern char *query_source(const char *text, const char *alias,
						  const char *what, Oid *relation);

#endif							/* CLIENTELE_SCORE_QUERY_SOURCE_H */
