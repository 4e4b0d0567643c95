/*
 * lead_model_reader.h
 *		Pieces of the JSON of a lead model: each is read, or refused with its
 *		path.
 */
#ifndef CLIENTELE_SCORE_LEAD_MODEL_READER_H
#define CLIENTELE_SCORE_LEAD_MODEL_READER_H

#include "postgres.h"

#include "utils/jsonb.h"

#include "compat.h"
#include "score/lead/lead_model.h"

/* What reading needs at every step; where it is, for messages. */
typedef struct LeadReader
{
	struct Node *escontext;
	LeadModelParts *parts;
	int			term_capacity;
	const char *feature;		/* NULL: not in one */
	const char *group;			/* "levels", "elements", "missing" */
	const char *level;			/* of that group */
	char	  **typed;			/* names of the object of features, in order */
	int			ntyped;
} LeadReader;

/* Refuse the text: false, or an error. */
#define refuse(reader, detail, hint) \
	clientele_return_error((reader)->escontext, false, \
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), \
		 errmsg("invalid lead_model"), detail, hint))

/* Where the reader is, and a key there. */
extern char *lead_read_path(const LeadReader *reader, const char *key);

/* What a value of jsonb is. */
extern char *lead_json_string(const JsonbValue *value);
extern JsonbValue *lead_json_member(JsonbContainer *object, const char *key);
extern JsonbContainer *lead_json_object(const JsonbValue *value);
extern JsonbContainer *lead_json_array(const JsonbValue *value);

/*
 * Read, false after a soft error: that there are no other keys; a number; one
 * that need not be there; a text that need not; a term, a number or an object
 * (*term is -1 where that has no estimate); two counts, won and lost.
 */
extern bool lead_read_keys(LeadReader *reader, JsonbContainer *object,
						   const char *const *keys);
extern bool lead_read_number(LeadReader *reader, const JsonbValue *value,
							 const char *key, double *number);
extern bool lead_read_optional(LeadReader *reader, JsonbContainer *object,
							   const char *key, double *number);
extern bool lead_read_text(LeadReader *reader, JsonbContainer *object,
						   const char *key, char **text);
extern bool lead_read_term(LeadReader *reader, const JsonbValue *value,
						   const char *key, const char *const *keys, int *term);
extern bool lead_read_pair(LeadReader *reader, const JsonbValue *value,
						   const char *key, double *won, double *lost);

/* lead_model_keys.c */
extern bool lead_model_keys(char *text, struct Node *escontext,
							char ***features, int *nfeatures);

#endif							/* CLIENTELE_SCORE_LEAD_MODEL_READER_H */
