/*
 * lead_model_build.c
 *		The parts of a lead model, checked and made one flat value.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "compat.h"
#include "score/lead/lead_model_layout.h"

/* A flat value that is being put together: first its size, then its bytes. */
typedef struct FlatWriter
{
	const LeadModelParts *parts;
	LeadModel  *model;
	Size		size;			/* so far */
} FlatWriter;

/* Room for a table; its offset. */
static uint32
put_table(FlatWriter *writer, Size n, Size row)
{
	Size		start = MAXALIGN(writer->size);

	/* a row is never so large that this could overflow */
	if (n > MaxAllocSize / row || start + n * row > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("lead_model is too large"),
				 errdetail("A table of it has %zu rows of %zu bytes.", n, row),
				 errhint("Put rare levels together, or teams.")));
	writer->size = start + n * row;
	return (uint32) start;
}

/* A text, whose bytes are written once there is memory for them. */
static FlatText
put_text(FlatWriter *writer, const char *text)
{
	FlatText	place = {0, 0};

	if (text == NULL)
		return place;
	place.length = (uint32) strlen(text);
	if (writer->size + place.length > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("lead_model is too large"),
				 errdetail("Its texts make it longer than %zu bytes.",
						   (Size) MaxAllocSize)));
	place.offset = (uint32) writer->size;
	if (writer->model != NULL)
		memcpy((char *) writer->model + place.offset, text, place.length);
	writer->size += place.length;
	return place;
}

/* A term in its new place: which it was before. */
static int32
place_term(FlatWriter *writer, int old, int *source, int *next)
{
	if (old < 0)
		return -1;
	if (old == 0 || old >= writer->parts->nterms)
		elog(ERROR, "term %d of %d in a lead model", old,
			 writer->parts->nterms);
	if (*next >= writer->parts->nterms)
		elog(ERROR, "a term of a lead model stands twice");
	source[*next] = old;
	return (*next)++;
}

/* What a number that is missing, and a level that is unseen, add to the logit. */
static void
place_estimates(FlatWriter *writer, FlatFeature *flat)
{
	FlatLevel  *levels = LEAD_LEVELS(writer->model) + flat->first_level;
	double		weights = 0;
	double		sum = 0;

	if (flat->kind == LEAD_NUMBER)
	{
		flat->slope = flat->term < 0 ? 0 : LEAD_TERMS(writer->model)[flat->term].estimate;
		flat->missing = (flat->term < 0 ? 0 : flat->slope * flat->mean) +
			(flat->missing_term < 0 ? 0 :
			 LEAD_TERMS(writer->model)[flat->missing_term].estimate);
		return;
	}
	for (uint32 i = 0; i < flat->nlevels; i++)
	{
		levels[i].logit = levels[i].term < 0 ? 0 :
			LEAD_TERMS(writer->model)[levels[i].term].estimate;
		weights += levels[i].weight;
		sum += levels[i].weight * levels[i].logit;
	}
	/* a weight that is not known makes it not known */
	flat->unseen = weights > 0 ? sum / weights : get_float8_nan();
	flat->missing = flat->missing_level < 0 ? flat->unseen :
		levels[flat->missing_level].logit;
}

/* The totals that a feature's counts are divided by, for each pool. */
static void
place_totals(FlatWriter *writer, uint32 number)
{
	LeadModel  *model = writer->model;
	const FlatFeature *feature = LEAD_FEATURES(model) + number;
	double		smoothing = model->smoothing;

	for (uint32 pool = 0; pool < LEAD_NPOOLS(model); pool++)
	{
		FlatCounts *total = unconstify(FlatCounts *,
									   lead_totals(model, number, pool));

		if (feature->has_totals)
		{
			const FlatCounts *given = LEAD_TABLE(model, FlatCounts, given_totals) +
				(Size) number * LEAD_NPOOLS(model) + pool;

			total->won = given->won + smoothing;
			total->lost = given->lost + smoothing;
			continue;
		}
		for (uint32 i = 0; i < feature->nlevels; i++)
		{
			const FlatCounts *counts = lead_counts(model,
												   feature->first_level + i,
												   pool);

			/* missing ones drop out */
			if ((int32) i == feature->missing_level ||
				!lead_counts_tell(feature, counts))
				continue;
			total->won += counts->won + smoothing;
			total->lost += counts->lost + smoothing;
		}
	}
}

/* Put a feature, its levels and their terms into their places. */
static void
put_feature(FlatWriter *writer, int number, uint32 *nlevels, int *source,
			int *next)
{
	const LeadFeature *feature = &writer->parts->features[number];
	LeadModel  *model = writer->model;
	FlatFeature *flat = LEAD_FEATURES(model) + number;
	FlatText	name = put_text(writer, feature->name);
	LeadLevel **levels;

	memset(flat, 0, sizeof(FlatFeature));
	flat->name = name;
	flat->kind = feature->kind;
	flat->place = (int32) model->nkind[feature->kind]++;
	flat->term = flat->missing_term = flat->missing_level = -1;
	flat->first_level = *nlevels;
	flat->minimum = feature->minimum;
	if (feature->kind == LEAD_NUMBER)
	{
		flat->term = place_term(writer, feature->term, source, next);
		flat->missing_term = place_term(writer, feature->missing_term, source,
										next);
		flat->mean = feature->mean + 0.0;
		flat->sd = feature->sd + 0.0;
		flat->missing_share = feature->missing_share + 0.0;
		flat->minimum = 0;
		return;
	}
	flat->nlevels = (uint32) feature->nlevels;
	flat->has_totals = feature->total_won != NULL;
	levels = lead_sorted_levels(feature);
	for (int i = 0; i < feature->nlevels; i++)
	{
		FlatLevel  *level = LEAD_LEVELS(model) + *nlevels;

		level->name = put_text(writer, levels[i]->name);
		level->reserved = 0;
		level->term = -1;
		if (levels[i]->name == NULL)
			flat->missing_level = i;
		if (model->family == LEAD_LOGISTIC)
		{
			level->term = place_term(writer, levels[i]->term, source, next);
			level->weight = levels[i]->weight + 0.0;
		}
		else
			for (uint32 pool = 0; pool < LEAD_NPOOLS(model); pool++)
			{
				FlatCounts *counts = unconstify(FlatCounts *,
												lead_counts(model, *nlevels,
															pool));

				counts->won = levels[i]->won[pool] + 0.0;
				counts->lost = levels[i]->lost[pool] + 0.0;
			}
		(*nlevels)++;
	}
	for (uint32 pool = 0; flat->has_totals && pool < LEAD_NPOOLS(model); pool++)
	{
		FlatCounts *given = LEAD_TABLE(model, FlatCounts, given_totals) +
			(Size) number * LEAD_NPOOLS(model) + pool;

		given->won = feature->total_won[pool] + 0.0;
		given->lost = feature->total_lost[pool] + 0.0;
	}
	pfree(levels);
}

/* The order of teams by their bytes; sorts numbers of teams. */
static int
compare_teams(const void *a, const void *b, void *arg)
{
	char	  **teams = arg;

	return strcmp(teams[*(const int *) a], teams[*(const int *) b]);
}

/*
 * Counts of a level or total in the order of the parts' teams, into the order
 * of the value's: done on a copy of the parts, so that nothing else has to know.
 */
static void
permute_pools(double **counts, const int *order, int nteams)
{
	double	   *sorted;

	if (*counts == NULL)
		return;
	sorted = palloc(sizeof(double) * (nteams + 1));
	sorted[0] = (*counts)[0];
	for (int i = 0; i < nteams; i++)
		sorted[i + 1] = (*counts)[order[i] + 1];
	*counts = sorted;
}

/* The parts with their teams ascending: themselves if they are. */
static const LeadModelParts *
with_sorted_teams(const LeadModelParts *parts)
{
	int			n = parts->nteams;
	int		   *order = palloc(sizeof(int) * Max(n, 1));
	bool		sorted = true;
	LeadModelParts *copy;

	for (int i = 0; i < n; i++)
	{
		order[i] = i;
		if (i > 0 && strcmp(parts->teams[i - 1], parts->teams[i]) > 0)
			sorted = false;
	}
	if (sorted)
		return parts;
	qsort_arg(order, n, sizeof(int), compare_teams, parts->teams);
	copy = palloc(sizeof(LeadModelParts));
	*copy = *parts;
	copy->teams = palloc(sizeof(char *) * n);
	copy->team_won = palloc(sizeof(double) * n);
	copy->team_lost = palloc(sizeof(double) * n);
	for (int i = 0; i < n; i++)
	{
		copy->teams[i] = parts->teams[order[i]];
		copy->team_won[i] = parts->team_won[order[i]];
		copy->team_lost[i] = parts->team_lost[order[i]];
	}
	copy->features = palloc(sizeof(LeadFeature) * Max(parts->nfeatures, 1));
	for (int i = 0; i < parts->nfeatures; i++)
	{
		LeadFeature *feature = &copy->features[i];

		*feature = parts->features[i];
		feature->levels = palloc(sizeof(LeadLevel) * Max(feature->nlevels, 1));
		permute_pools(&feature->total_won, order, n);
		permute_pools(&feature->total_lost, order, n);
		for (int j = 0; j < feature->nlevels; j++)
		{
			feature->levels[j] = parts->features[i].levels[j];
			permute_pools(&feature->levels[j].won, order, n);
			permute_pools(&feature->levels[j].lost, order, n);
		}
	}
	return copy;
}

/* The terms and their covariance in their new places. */
static void
put_terms(LeadModel *model, const LeadModelParts *parts, const int *source)
{
	int			n = parts->nterms;

	for (int i = 0; i < n; i++)
	{
		LeadTerm   *term = LEAD_TERMS(model) + i;

		*term = parts->terms[source[i]];
		/* no zero has a sign: it would not be read again */
		term->estimate += 0.0;
		term->std_error += 0.0;
	}
	if (parts->covariance == NULL)
		return;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			int			row = Max(source[i], source[j]);
			int			column = Min(source[i], source[j]);

			LEAD_COVARIANCE(model)[(Size) i * n + j] =
				parts->covariance[(Size) row * n + column] + 0.0;
		}
}

/* Each term belongs to one thing. */
static void
check_sources(const int *source, int n, int nterms)
{
	bool	   *used = palloc0(sizeof(bool) * nterms);

	if (n != nterms)
		elog(ERROR, "%d of %d terms of a lead model belong to something", n,
			 nterms);
	for (int i = 0; i < n; i++)
	{
		if (used[source[i]])
			elog(ERROR, "term %d of a lead model stands twice", source[i]);
		used[source[i]] = true;
	}
	pfree(used);
}

/* The size of a value and where its tables stand. */
static void
lay_out(FlatWriter *writer, LeadModel *header)
{
	const LeadModelParts *parts = writer->parts;
	Size		npools = (Size) parts->nteams + 1;
	bool		bayes = parts->family == LEAD_NAIVE_BAYES;
	Size		nlevels = 0;

	for (int i = 0; i < parts->nfeatures; i++)
		if (parts->features[i].kind != LEAD_NUMBER)
			nlevels += parts->features[i].nlevels;
	writer->size = sizeof(LeadModel);
	header->nfeatures = (uint32) parts->nfeatures;
	header->nlevels = (uint32) nlevels;
	header->nteams = bayes ? (uint32) parts->nteams : 0;
	header->nterms = bayes ? 0 : (uint32) parts->nterms;
	header->has_covariance = !bayes && parts->covariance != NULL;
	header->features = put_table(writer, parts->nfeatures, sizeof(FlatFeature));
	header->levels = put_table(writer, nlevels, sizeof(FlatLevel));
	header->terms = put_table(writer, header->nterms, sizeof(LeadTerm));
	header->covariance = put_table(writer, header->has_covariance ?
								   (Size) header->nterms * header->nterms : 0,
								   sizeof(double));
	header->teams = put_table(writer, header->nteams, sizeof(FlatText));
	header->pools = put_table(writer, npools, sizeof(FlatCounts));
	header->counts = put_table(writer, bayes ? nlevels * npools : 0,
							   sizeof(FlatCounts));
	header->given_totals = put_table(writer, bayes ?
									 parts->nfeatures * npools : 0,
									 sizeof(FlatCounts));
	header->totals = put_table(writer, bayes ? parts->nfeatures * npools : 0,
							   sizeof(FlatCounts));
}

/* The texts of a value in the order in which it is filled: their size. */
static Size
size_of_texts(const LeadModelParts *parts)
{
	FlatWriter	writer = {parts, NULL, 0};

	put_text(&writer, parts->reason);
	put_text(&writer, parts->outcome);
	put_text(&writer, parts->team);
	put_text(&writer, parts->calibration);
	for (int i = 0; i < parts->nteams; i++)
		put_text(&writer, parts->teams[i]);
	for (int i = 0; i < parts->nfeatures; i++)
	{
		const LeadFeature *feature = &parts->features[i];

		put_text(&writer, feature->name);
		for (int j = 0; feature->kind != LEAD_NUMBER && j < feature->nlevels; j++)
			put_text(&writer, feature->levels[j].name);
	}
	return writer.size;
}

/* Check the parts of a model and make a value of them. */
LeadModel *
lead_model_build(const LeadModelParts *parts, struct Node *escontext)
{
	FlatWriter	writer = {NULL, NULL, 0};
	LeadModel	header;
	LeadModel  *model;
	Size		total;
	uint32		nlevels = 0;
	int		   *source;
	int			next = 1;

	if (!lead_model_check(parts, escontext))
		return NULL;
	parts = with_sorted_teams(parts);
	writer.parts = parts;
	memset(&header, 0, sizeof(header));
	lay_out(&writer, &header);
	total = writer.size + size_of_texts(parts);
	if (total > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("lead_model is too large"),
				 errdetail("It would have %zu bytes.", total),
				 errhint("Put rare levels together, or teams.")));

	model = writer.model = palloc0(total);
	*model = header;
	SET_VARSIZE(model, total);
	model->version = LEAD_MODEL_VERSION;
	model->family = parts->family;
	model->status = parts->status;
	model->iterations = parts->family == LEAD_LOGISTIC ? parts->iterations : -1;
	model->won = parts->won;
	model->lost = parts->lost;
	model->ridge = parts->family == LEAD_LOGISTIC ? parts->ridge + 0.0 : 0;
	model->log_likelihood = parts->family == LEAD_LOGISTIC ?
		parts->log_likelihood + 0.0 : get_float8_nan();
	model->null_log_likelihood = parts->family == LEAD_LOGISTIC ?
		parts->null_log_likelihood + 0.0 : get_float8_nan();
	model->smoothing = parts->smoothing + 0.0;
	model->least = parts->least + 0.0;
	model->most = parts->most;
	if (parts->family == LEAD_LOGISTIC)
	{
		model->smoothing = model->least = 0;
		model->most = 1;
	}
	model->prior_shift = parts->prior_shift + 0.0;
	model->reason = put_text(&writer, parts->reason);
	model->outcome = put_text(&writer, parts->outcome);
	model->team = put_text(&writer, parts->team);
	model->calibration = put_text(&writer, parts->calibration);
	LEAD_POOLS(model)[0].won = parts->won;
	LEAD_POOLS(model)[0].lost = parts->lost;
	for (uint32 i = 0; i < model->nteams; i++)
	{
		LEAD_TEAMS(model)[i] = put_text(&writer, parts->teams[i]);
		LEAD_POOLS(model)[i + 1].won = parts->team_won[i] + 0.0;
		LEAD_POOLS(model)[i + 1].lost = parts->team_lost[i] + 0.0;
	}

	source = palloc0(sizeof(int) * Max(parts->nterms, 1));
	for (int i = 0; i < parts->nfeatures; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_feature(&writer, i, &nlevels, source, &next);
	}
	if (parts->family == LEAD_LOGISTIC)
	{
		check_sources(source, next, parts->nterms);
		put_terms(model, parts, source);
	}
	for (int i = 0; i < parts->nfeatures; i++)
	{
		if (parts->family == LEAD_LOGISTIC)
			place_estimates(&writer, LEAD_FEATURES(model) + i);
		else
			place_totals(&writer, i);
	}
	pfree(source);
	return model;
}
