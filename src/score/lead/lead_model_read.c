/*
 * lead_model_read.c
 *		The parts of a lead model from its JSON text.
 *
 * The text is parsed by the server's jsonb. Shapes are checked here, with the
 * path of what is wrong; ranges, and how things hang together, in
 * lead_model_check.c.
 *
 * What people type in may be short. A feature that is a number is a slope, a
 * level that is a number an estimate; features may be an object, whose order is
 * kept (see lead_model_keys.c).
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"

#include "score/calibration/calibration.h"
#include "score/lead/lead_model_reader.h"

static const char *const logistic_keys[] = {
	"family", "status", "reason", "outcome", "won", "lost", "intercept",
	"features", "ridge", "log_likelihood", "null_log_likelihood", "iterations",
	"prior_shift", "calibration", "covariance", NULL
};
static const char *const bayes_keys[] = {
	"family", "status", "reason", "outcome", "won", "lost", "smoothing",
	"bounds", "team", "teams", "features", "prior_shift", "calibration", NULL
};
static const char *const term_keys[] = {"estimate", "std_error", NULL};
static const char *const missing_keys[] = {
	"estimate", "std_error", "share", NULL
};
static const char *const level_keys[] = {
	"estimate", "std_error", "weight", NULL
};
static const char *const number_keys[] = {
	"name", "estimate", "std_error", "mean", "sd", "missing", NULL
};
static const char *const category_keys[] = {"name", "levels", "missing", NULL};
static const char *const bayes_category_keys[] = {
	"name", "levels", "missing", "minimum", NULL
};
static const char *const set_keys[] = {
	"name", "elements", "missing", "minimum", "total", NULL
};
static const char *const pool_keys[] = {"all", "teams", NULL};

/* The number of a team, or -1. */
static int
find_team(const LeadModelParts *parts, const char *name)
{
	int			low = 0;
	int			high = parts->nteams;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(parts->teams[middle], name);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

/*
 * Read counts: [won, lost], or {"all": [won, lost], "teams": {"North": [won,
 * lost], ...}}, where teams without are left out.
 */
static bool
read_pools(LeadReader *reader, const JsonbValue *value, const char *key,
		   double **won, double **lost)
{
	JsonbContainer *object = lead_json_object(value);
	int			npools = reader->parts->nteams + 1;
	JsonbContainer *teams;
	JsonbIterator *iterator;
	JsonbValue	entry;
	JsonbIteratorToken token;
	char	   *name = NULL;

	*won = palloc0(sizeof(double) * npools);
	*lost = palloc0(sizeof(double) * npools);
	if (object == NULL)
		return lead_read_pair(reader, value, key, *won, *lost);
	if (!lead_read_keys(reader, object, pool_keys) ||
		!lead_read_pair(reader, lead_json_member(object, "all"), "all", *won, *lost))
		return false;
	if (lead_json_member(object, "teams") == NULL)
		return true;
	teams = lead_json_object(lead_json_member(object, "teams"));
	if (teams == NULL)
		refuse(reader,
			   errdetail("%s: is not an object.", lead_read_path(reader, "teams")),
			   errhint("Such as {\"North\": [12, 30]}."));
	iterator = JsonbIteratorInit(teams);
	while ((token = JsonbIteratorNext(&iterator, &entry, true)) != WJB_DONE)
	{
		int			team;

		if (token == WJB_KEY)
			name = lead_json_string(&entry);
		if (token != WJB_VALUE)
			continue;
		team = find_team(reader->parts, name);
		if (team < 0)
			refuse(reader,
				   errdetail("%s: there is no team \"%s\".",
							 lead_read_path(reader, "teams"), name),
				   errhint("Every team stands in \"teams\" of the model."));
		if (!lead_read_pair(reader, &entry, name, *won + team + 1,
							*lost + team + 1))
			return false;
		pfree(name);
	}
	return true;
}

/* Read a level of a category or an element of a set. */
static bool
read_level(LeadReader *reader, const JsonbValue *value, LeadLevel *level)
{
	JsonbContainer *object = lead_json_object(value);

	level->term = -1;
	level->weight = get_float8_nan();
	if (reader->parts->family == LEAD_NAIVE_BAYES)
		return read_pools(reader, value, NULL, &level->won, &level->lost);
	return lead_read_term(reader, value, NULL, level_keys, &level->term) &&
		(object == NULL ||
		 lead_read_optional(reader, object, "weight", &level->weight));
}

/* A level that is still to be read. */
typedef struct LevelEntry
{
	char	   *name;
	JsonbValue	value;
} LevelEntry;

/* The order of levels, by bytes. */
static int
compare_entries(const void *a, const void *b)
{
	return strcmp(((const LevelEntry *) a)->name,
				  ((const LevelEntry *) b)->name);
}

/* Read the levels of a category or the elements of a set. */
static bool
read_levels(LeadReader *reader, JsonbContainer *object, const char *key,
			LeadFeature *feature)
{
	JsonbContainer *levels = lead_json_object(lead_json_member(object, key));
	JsonbValue *missing = lead_json_member(object, "missing");
	LevelEntry *entries;
	uint32		n;
	JsonbIterator *iterator;
	JsonbValue	value;
	JsonbIteratorToken token;

	if (levels == NULL)
		refuse(reader,
			   errdetail("%s: is not an object.", lead_read_path(reader, key)),
			   errhint("Such as {\"web\": ..., \"referral\": ...}, each level by its name."));
	n = JsonContainerSize(levels);
	entries = palloc_extended(sizeof(LevelEntry) * ((Size) n + 1),
							  MCXT_ALLOC_HUGE);
	feature->levels = palloc_extended(sizeof(LeadLevel) * ((Size) n + 1),
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	n = 0;
	iterator = JsonbIteratorInit(levels);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			entries[n].name = lead_json_string(&value);
		if (token == WJB_VALUE)
			entries[n++].value = value;
	}
	/* jsonb has shorter names first: the terms are to stand as in the value */
	qsort(entries, n, sizeof(LevelEntry), compare_entries);
	reader->group = key;
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		reader->level = feature->levels[i].name = entries[i].name;
		if (!read_level(reader, &entries[i].value, &feature->levels[i]))
			return false;
	}
	feature->nlevels = (int) n;
	pfree(entries);
	reader->level = NULL;
	reader->group = NULL;
	if (missing != NULL)
	{
		reader->group = "missing";
		if (!read_level(reader, missing,
						&feature->levels[feature->nlevels++]))
			return false;
		reader->group = NULL;
	}
	return true;
}

/* Read a number of a logistic model. */
static bool
read_number_feature(LeadReader *reader, const JsonbValue *value,
					LeadFeature *feature)
{
	JsonbContainer *object = lead_json_object(value);
	JsonbValue *missing;

	feature->kind = LEAD_NUMBER;
	feature->mean = feature->sd = get_float8_nan();
	feature->missing_term = -1;
	if (object != NULL && !lead_read_keys(reader, object, number_keys))
		return false;
	if (!lead_read_term(reader, value, NULL, NULL, &feature->term))
		return false;
	if (object == NULL)
		return true;
	if (!lead_read_optional(reader, object, "mean", &feature->mean) ||
		!lead_read_optional(reader, object, "sd", &feature->sd))
		return false;
	missing = lead_json_member(object, "missing");
	if (missing == NULL)
		return true;
	reader->group = "missing";
	if (!lead_read_term(reader, missing, NULL, missing_keys,
						&feature->missing_term) ||
		(lead_json_object(missing) != NULL &&
		 !lead_read_optional(reader, lead_json_object(missing), "share",
							 &feature->missing_share)))
		return false;
	reader->group = NULL;
	return true;
}

/* Read a feature, whose name is known. */
static bool
read_feature(LeadReader *reader, const JsonbValue *value,
			 LeadFeature *feature)
{
	JsonbContainer *object = lead_json_object(value);
	bool		bayes = reader->parts->family == LEAD_NAIVE_BAYES;
	bool		levels = object != NULL && lead_json_member(object, "levels") != NULL;
	bool		elements = object != NULL &&
		lead_json_member(object, "elements") != NULL;

	feature->term = feature->missing_term = -1;
	if (!levels && !elements && !bayes)
		return read_number_feature(reader, value, feature);
	if (!levels && !elements)
		refuse(reader,
			   errdetail("%s: has neither \"levels\" nor \"elements\".",
						 lead_read_path(reader, NULL)),
			   errhint("Such as {\"levels\": {\"web\": [12, 30]}} for a category, {\"elements\": {...}} for a set."));
	if (elements && !bayes)
		refuse(reader,
			   errdetail("%s: is for naive Bayes.",
						 lead_read_path(reader, "elements")),
			   errhint("A logistic model has numbers and categories; give a category \"levels\"."));
	feature->kind = levels ? LEAD_CATEGORY : LEAD_SET;
	if (!lead_read_keys(reader, object, elements ? set_keys : bayes ?
						bayes_category_keys : category_keys) ||
		!read_levels(reader, object, levels ? "levels" : "elements",
					 feature) ||
		!lead_read_optional(reader, object, "minimum", &feature->minimum))
		return false;
	if (lead_json_member(object, "total") == NULL)
		return true;
	reader->group = "total";
	if (!read_pools(reader, lead_json_member(object, "total"), NULL,
					&feature->total_won, &feature->total_lost))
		return false;
	reader->group = NULL;
	return true;
}

/* Make room for features. */
static bool
create_features(LeadReader *reader, uint32 n)
{
	if (n > LEAD_MAX_FEATURES)
		clientele_return_error(reader->escontext, false,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid lead_model"),
								errdetail("features: there are %u.", n),
								errhint("At most %d are possible.",
										LEAD_MAX_FEATURES)));
	reader->parts->features = palloc0(sizeof(LeadFeature) * Max(n, 1));
	return true;
}

/* Read the features, an array or an object. */
static bool
read_features(LeadReader *reader, JsonbContainer *root)
{
	LeadModelParts *parts = reader->parts;
	JsonbValue *value = lead_json_member(root, "features");
	JsonbContainer *object = lead_json_object(value);
	JsonbContainer *array = lead_json_array(value);

	if (object == NULL && array == NULL)
		refuse(reader,
			   errdetail("features: is missing, or neither an array nor an object."),
			   errhint("Such as {\"employees\": 0.01, \"source\": {\"levels\": {\"web\": 0, \"referral\": 1.2}}}."));
	if (!create_features(reader, JsonContainerSize(object != NULL ? object :
												   array)))
		return false;
	for (uint32 i = 0; array != NULL && i < JsonContainerSize(array); i++)
	{
		LeadFeature *feature = &parts->features[parts->nfeatures++];

		value = getIthJsonbValueFromContainer(array, i);
		reader->feature = psprintf("%u", i + 1);
		if (lead_json_object(value) == NULL)
			refuse(reader,
				   errdetail("%s: is not an object.", lead_read_path(reader, NULL)),
				   errhint("Such as {\"name\": \"employees\", \"estimate\": 0.01}."));
		if (!lead_read_text(reader, lead_json_object(value), "name", &feature->name))
			return false;
		if (feature->name == NULL)
			refuse(reader,
				   errdetail("%s: is missing.", lead_read_path(reader, "name")),
				   errhint("In an array each feature has a \"name\"."));
		reader->feature = feature->name;
		if (!read_feature(reader, value, feature))
			return false;
	}
	if (object == NULL)
	{
		reader->feature = NULL;
		return true;
	}
	for (int i = 0; i < reader->ntyped; i++)
	{
		LeadFeature *feature = &parts->features[parts->nfeatures++];

		reader->feature = feature->name = reader->typed[i];
		value = getKeyJsonValueFromContainer(object, feature->name,
											 (int) strlen(feature->name), NULL);
		if (value == NULL)
			elog(ERROR, "feature \"%s\" is not where it was",
				 feature->name);
		if (lead_json_object(value) != NULL &&
			lead_json_member(lead_json_object(value), "name") != NULL)
			refuse(reader,
				   errdetail("%s: stands in an object of features.",
							 lead_read_path(reader, "name")),
				   errhint("Leave it out, as the key is the name, or give an array of features."));
		if (!read_feature(reader, value, feature))
			return false;
	}
	reader->feature = NULL;
	return true;
}

/* Read the teams and what each has won and lost. */
static bool
read_teams(LeadReader *reader, JsonbContainer *root)
{
	LeadModelParts *parts = reader->parts;
	JsonbValue *value = lead_json_member(root, "teams");
	JsonbContainer *object = lead_json_object(value);
	JsonbIterator *iterator;
	JsonbValue	entry;
	JsonbIteratorToken token;
	uint32		n;
	char	   *name = NULL;

	if (value == NULL)
		return true;
	if (object == NULL)
		refuse(reader, errdetail("teams: is not an object."),
			   errhint("Such as {\"North\": [12, 30]}, 12 won and 30 lost."));
	n = JsonContainerSize(object);
	if (n > LEAD_MAX_TEAMS)
		clientele_return_error(reader->escontext, false,
							   (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
								errmsg("invalid lead_model"),
								errdetail("teams: there are %u.", n),
								errhint("At most %d are possible.",
										LEAD_MAX_TEAMS)));
	parts->teams = palloc(sizeof(char *) * Max(n, 1));
	parts->team_won = palloc(sizeof(double) * Max(n, 1));
	parts->team_lost = palloc(sizeof(double) * Max(n, 1));
	iterator = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&iterator, &entry, true)) != WJB_DONE)
	{
		int			at = parts->nteams;

		if (token == WJB_KEY)
			name = lead_json_string(&entry);
		if (token != WJB_VALUE)
			continue;
		/* jsonb has the shorter key first, the model the lesser one */
		while (at > 0 && strcmp(parts->teams[at - 1], name) > 0)
		{
			parts->teams[at] = parts->teams[at - 1];
			parts->team_won[at] = parts->team_won[at - 1];
			parts->team_lost[at] = parts->team_lost[at - 1];
			at--;
		}
		parts->teams[at] = name;
		parts->nteams++;
		if (!lead_read_pair(reader, &entry, psprintf("teams.%s", name),
							&parts->team_won[at], &parts->team_lost[at]))
			return false;
	}
	return true;
}

/* Read the covariance: rows of a square or of its lower triangle. */
static bool
read_covariance(LeadReader *reader, const JsonbValue *value)
{
	int			n = reader->parts->nterms;
	JsonbContainer *rows = lead_json_array(value);
	double	   *covariance;
	bool		square;

	if (n > LEAD_MAX_TERMS)
		return true;			/* refused for that */
	if (rows == NULL || JsonContainerSize(rows) != (uint32) n)
		refuse(reader,
			   errdetail("covariance: is not an array of %d rows.", n),
			   errhint("One for each term, the intercept first; leave it out if it is not known."));
	covariance = palloc0(sizeof(double) * n * n);
	square = n > 1 && lead_json_array(getIthJsonbValueFromContainer(rows, 0)) != NULL &&
		JsonContainerSize(lead_json_array(getIthJsonbValueFromContainer(rows, 0))) > 1;
	for (int i = 0; i < n; i++)
	{
		JsonbContainer *row = lead_json_array(getIthJsonbValueFromContainer(rows, i));
		int			length = square ? n : i + 1;

		CHECK_FOR_INTERRUPTS();
		if (row == NULL || JsonContainerSize(row) != (uint32) length)
			refuse(reader,
				   errdetail("covariance: row %d is not an array of %d numbers.",
							 i + 1, length),
				   errhint("Give the rows of the square, or of its lower triangle."));
		for (int j = 0; j < length; j++)
		{
			if (!lead_read_number(reader, getIthJsonbValueFromContainer(row, j),
								  "covariance", &covariance[i * n + j]))
				return false;
			if (square && j < i &&
				covariance[i * n + j] != covariance[j * n + i])
				refuse(reader,
					   errdetail("covariance: is not the same in row %d, column %d and in row %d, column %d.",
								 i + 1, j + 1, j + 1, i + 1),
					   errhint("A covariance is symmetric."));
		}
	}
	reader->parts->covariance = covariance;
	return true;
}

/* Read what a logistic model has. */
static bool
read_logistic(LeadReader *reader, JsonbContainer *root)
{
	LeadModelParts *parts = reader->parts;
	JsonbValue *value = lead_json_member(root, "intercept");
	double		iterations = -1;
	int			term;

	if (value == NULL)
		refuse(reader, errdetail("intercept: is missing."),
			   errhint("The log-odds of a lead whose features add nothing, such as -2.1."));
	reader->group = "intercept";
	if (!lead_read_term(reader, value, NULL, term_keys, &term))
		return false;
	reader->group = NULL;
	if (term < 0)
		refuse(reader, errdetail("intercept.estimate: is missing."),
			   errhint("The log-odds of a lead whose features add nothing, such as -2.1."));
	if (!read_features(reader, root) ||
		!lead_read_optional(reader, root, "ridge", &parts->ridge) ||
		!lead_read_optional(reader, root, "log_likelihood",
							&parts->log_likelihood) ||
		!lead_read_optional(reader, root, "null_log_likelihood",
							&parts->null_log_likelihood) ||
		!lead_read_optional(reader, root, "iterations", &iterations))
		return false;
	if (lead_json_member(root, "iterations") != NULL &&
		!(iterations >= 0 && iterations <= PG_INT32_MAX &&
		  iterations == floor(iterations)))
		refuse(reader, errdetail("iterations: is %g.", iterations),
			   errhint("Give a whole number of zero or more."));
	parts->iterations = (int) iterations;
	value = lead_json_member(root, "covariance");
	return value == NULL || read_covariance(reader, value);
}

/* Read what naive Bayes has. */
static bool
read_naive_bayes(LeadReader *reader, JsonbContainer *root)
{
	LeadModelParts *parts = reader->parts;
	JsonbValue *bounds = lead_json_member(root, "bounds");

	if (isnan(parts->won) || isnan(parts->lost))
		refuse(reader,
			   errdetail("%s: is missing.", isnan(parts->won) ? "won" : "lost"),
			   errhint("Naive Bayes takes its prior from how many leads were won and lost."));
	if (bounds != NULL &&
		(lead_json_array(bounds) == NULL || JsonContainerSize(lead_json_array(bounds)) != 2))
		refuse(reader, errdetail("bounds: is not an array of two numbers."),
			   errhint("Such as [0.0001, 0.9999]."));
	if (bounds != NULL &&
		!lead_read_pair(reader, bounds, "bounds", &parts->least, &parts->most))
		return false;
	return lead_read_optional(reader, root, "smoothing", &parts->smoothing) &&
		lead_read_text(reader, root, "team", &parts->team) &&
		read_teams(reader, root) && read_features(reader, root);
}

/* Read the family and the status. */
static bool
read_family(LeadReader *reader, JsonbContainer *root, LeadFamily *family,
			LeadStatus *status)
{
	char	   *name = NULL;
	char	   *word = NULL;

	if (!lead_read_text(reader, root, "family", &name) ||
		!lead_read_text(reader, root, "status", &word))
		return false;
	if (name == NULL || (strcmp(name, lead_family_name(LEAD_LOGISTIC)) != 0 &&
						 strcmp(name, lead_family_name(LEAD_NAIVE_BAYES)) != 0))
		refuse(reader,
			   name == NULL ? errdetail("family: is missing.") :
			   errdetail("family: is \"%s\".", name),
			   errhint("Families of a lead_model: logistic, naive bayes."));
	*family = strcmp(name, lead_family_name(LEAD_LOGISTIC)) == 0 ?
		LEAD_LOGISTIC : LEAD_NAIVE_BAYES;
	*status = LEAD_GIVEN;
	if (word == NULL)
		return true;
	while (strcmp(word, lead_status_name(*status)) != 0)
		if (++*status > LEAD_NOT_CONVERGED)
			refuse(reader, errdetail("status: is \"%s\".", word),
				   errhint("It is \"given\", \"ok\", \"separated\" or \"not converged\"."));
	return true;
}

/* Read the whole. */
static bool
read_model(LeadReader *reader, JsonbContainer *root)
{
	LeadFamily	family;
	LeadStatus	status;
	LeadModelParts *parts;
	JsonbValue *calibration;
	Calibration *read;
	char	   *text;

	if (!read_family(reader, root, &family, &status))
		return false;
	parts = reader->parts = lead_model_parts_create(family);
	parts->status = status;
	if (!lead_read_keys(reader, root, family == LEAD_LOGISTIC ? logistic_keys :
						bayes_keys) ||
		!lead_read_text(reader, root, "reason", &parts->reason) ||
		!lead_read_text(reader, root, "outcome", &parts->outcome) ||
		!lead_read_optional(reader, root, "won", &parts->won) ||
		!lead_read_optional(reader, root, "lost", &parts->lost) ||
		!lead_read_optional(reader, root, "prior_shift", &parts->prior_shift))
		return false;
	calibration = lead_json_member(root, "calibration");
	if (calibration != NULL)
	{
		if (lead_json_object(calibration) == NULL)
			refuse(reader, errdetail("calibration: is not an object."),
				   errhint("It is what a calibration is as text."));
		text = JsonbToCString(NULL, lead_json_object(calibration),
							  calibration->val.binary.len);
		read = calibration_from_json(text, strlen(text), reader->escontext);
		if (read == NULL)
			return false;
		parts->calibration = calibration_to_json(read);
	}
	return family == LEAD_LOGISTIC ? read_logistic(reader, root) :
		read_naive_bayes(reader, root);
}

/* Read the parts of a model from its JSON text; NULL after a soft error. */
LeadModelParts *
lead_model_from_json(char *text, struct Node *escontext)
{
	LeadReader	reader;
	Datum		datum;
	Jsonb	   *json;

	memset(&reader, 0, sizeof(reader));
	reader.escontext = escontext;
	if (!clientele_input(jsonb_in, text, escontext, &datum))
		return NULL;
	json = DatumGetJsonbP(datum);
	if (!JB_ROOT_IS_OBJECT(json))
		clientele_return_error(escontext, NULL,
							   (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
								errmsg("invalid lead_model"),
								errdetail("The text is not a JSON object."),
								errhint("Such as {\"family\": \"logistic\", \"intercept\": -2, \"features\": {\"employees\": 0.01}}.")));
	if (!lead_model_keys(text, escontext, &reader.typed, &reader.ntyped))
		return NULL;
	return read_model(&reader, &json->root) ? reader.parts : NULL;
}
