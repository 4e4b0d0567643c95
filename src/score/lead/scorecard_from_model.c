/*
 * scorecard_from_model.c
 *		A card whose points are the log-odds of a lead model, on a scale that
 *		people read: so many points double the odds.
 *
 * points = offset + factor * logit, factor = points_to_double_odds / ln 2 and
 * offset = base_score - factor * ln base_odds. The card has the intercept as
 * its base and a signal a feature, and so adds up to that for every lead.
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/json.h"

#include "number_text.h"
#include "score/card/scorecard.h"
#include "score/lead/lead_predictor.h"

PG_FUNCTION_INFO_V1(clientele_scorecard_from_model);
PG_FUNCTION_INFO_V1(clientele_points_from_probability);
PG_FUNCTION_INFO_V1(clientele_probability_from_points);

/* A scale of points. */
typedef struct PointScale
{
	double		factor;			/* points of one unit of log-odds */
	double		offset;			/* points of even odds */
	int			decimals;		/* of the card's points; -1: exact */
} PointScale;

/* Check a scale's arguments, three from that number on. */
static PointScale
point_scale(FunctionCallInfo fcinfo, int argument)
{
	double		base_score = PG_GETARG_FLOAT8(argument);
	double		base_odds = PG_GETARG_FLOAT8(argument + 1);
	double		doubling = PG_GETARG_FLOAT8(argument + 2);
	PointScale	scale;

	if (!(fabs(base_score) <= CARD_MAX_POINTS))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid base_score"),
				 errdetail("It is %g.", base_score),
				 errhint("Give the points of a lead with base_odds, such as 600, at most %g.",
						 CARD_MAX_POINTS)));
	if (!(base_odds >= 1e-100 && base_odds <= 1e100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid base_odds"),
				 errdetail("They are %g.", base_odds),
				 errhint("Give odds of won to lost greater than 0, such as 50 (fifty won to one lost).")));
	if (!(doubling >= 1e-9 && doubling <= CARD_MAX_POINTS))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid points_to_double_odds"),
				 errdetail("They are %g.", doubling),
				 errhint("Give a number of points greater than 0, such as 20.")));
	scale.factor = doubling / 0.69314718055994530942;	/* ln 2 */
	scale.offset = base_score - scale.factor * log(base_odds);
	scale.decimals = -1;
	return scale;
}

/* Points as the card has them, with so many decimals; below 0: as they are. */
static double
card_points(int decimals, double points)
{
	double		unit;

	if (decimals < 0)
		return points;
	unit = pow(10, decimals);
	points *= unit;
	/* half away from zero, as people round */
	return (points < 0 ? -floor(0.5 - points) : floor(0.5 + points)) / unit;
}

/*
 * The decimals of points for one unit of a number: as many more as are needed
 * for its standard deviation to be worth the points that it should be. A unit
 * of revenue is worth next to nothing, and must not be worth nothing.
 */
static int
decimals_per_unit(const PointScale *scale, const FlatFeature *feature)
{
	if (scale->decimals < 0 || !(feature->sd > 0 && feature->sd < 1e100))
		return -1;
	return scale->decimals + (int) Max(0, ceil(log10(feature->sd)));
}

/* Append a key and points; what is not known is left out. */
static void
append_points(StringInfo out, int decimals, const char *key, double points)
{
	if (isnan(points))
		return;
	if (out->data[out->len - 1] != '{')
		appendStringInfoString(out, ", ");
	escape_json(out, key);
	appendStringInfo(out, ": %s",
					 number_text(card_points(decimals, points) + 0.0));
}

/* Has a feature a level that is a choice: any but the missing one? */
static bool
has_choices(const LeadModel *model, const FlatFeature *feature)
{
	for (uint32 i = 0; i < feature->nlevels; i++)
		if (LEAD_LEVELS(model)[feature->first_level + i].name.offset != 0)
			return true;
	return false;
}

/*
 * Append the points of a category or a set. A card has choices or none: where
 * no level was seen often enough to be kept, any value has the same points.
 */
static void
append_choices(StringInfo out, const LeadModel *model, uint32 number,
			   const PointScale *scale)
{
	const FlatFeature *feature = LEAD_FEATURES(model) + number;

	if (!has_choices(model, feature))
	{
		append_points(out, scale->decimals, "points",
					  model->family == LEAD_LOGISTIC && !isnan(feature->unseen) ?
					  scale->factor * feature->unseen : 0);
		if (model->family == LEAD_LOGISTIC)
			append_points(out, scale->decimals, "missing",
						  scale->factor * feature->missing);
		return;
	}
	appendStringInfoString(out, "\"choices\": {");
	for (uint32 i = 0; i < feature->nlevels; i++)
	{
		const FlatLevel *level = LEAD_LEVELS(model) + feature->first_level + i;
		double		logit = model->family == LEAD_LOGISTIC ? level->logit :
			lead_level_log_odds(model, number, i, 0);
		char	   *name;

		if (level->name.offset == 0)
			continue;
		name = pnstrdup(lead_text(model, level->name), level->name.length);
		if (!isfinite(logit))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a level has infinite points"),
					 errdetail("Level \"%s\" of feature \"%s\" was always won or always lost.",
							   name, pnstrdup(lead_text(model, feature->name),
											  feature->name.length)),
					 errhint("Fit the model with a smoothing greater than 0.")));
		append_points(out, scale->decimals, name, scale->factor * logit);
	}
	appendStringInfoChar(out, '}');
	if (model->family == LEAD_NAIVE_BAYES)
		return;
	append_points(out, scale->decimals, "otherwise", scale->factor * feature->unseen);
	append_points(out, scale->decimals, "missing", scale->factor * feature->missing);
}

/* Append the signal that a feature is. */
static void
append_signal(StringInfo out, const LeadModel *model, uint32 number,
			  const PointScale *scale)
{
	const FlatFeature *feature = LEAD_FEATURES(model) + number;

	escape_json(out, pnstrdup(lead_text(model, feature->name),
							  feature->name.length));
	appendStringInfoString(out, ": {");
	if (feature->kind == LEAD_NUMBER)
	{
		append_points(out, decimals_per_unit(scale, feature),
					  "points_per_unit",
					  scale->factor * feature->slope);
		append_points(out, scale->decimals, "missing", scale->factor * feature->missing);
	}
	else
		append_choices(out, model, number, scale);
	if (feature->kind != LEAD_SET)
		appendStringInfoString(out, ", \"repeat\": \"once\"");
	appendStringInfoChar(out, '}');
}

/*
 * scorecard(model, name, base_score, base_odds, points_to_double_odds,
 * decimals, segment, version)
 */
Datum
clientele_scorecard_from_model(PG_FUNCTION_ARGS)
{
	LeadModel  *model;
	PointScale	scale;
	StringInfoData out;
	double		intercept;

	for (int i = 0; i <= 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	model = PG_GETARG_LEAD_MODEL_P(0);
	scale = point_scale(fcinfo, 2);
	if (!PG_ARGISNULL(5))
	{
		scale.decimals = PG_GETARG_INT32(5);
		if (scale.decimals < 0 || scale.decimals > 9)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid number of decimals"),
					 errdetail("It is %d.", scale.decimals),
					 errhint("Give 0 to 9, or NULL for points as they are.")));
	}
	initStringInfo(&out);
	appendStringInfoString(&out, "{\"name\": ");
	escape_json(&out, text_to_cstring(PG_GETARG_TEXT_PP(1)));
	if (!PG_ARGISNULL(7))
		appendStringInfo(&out, ", \"version\": %d", PG_GETARG_INT32(7));
	if (!PG_ARGISNULL(6))
	{
		appendStringInfoString(&out, ", \"segment\": ");
		escape_json(&out, text_to_cstring(PG_GETARG_TEXT_PP(6)));
	}
	intercept = model->family == LEAD_LOGISTIC ?
		LEAD_TERMS(model)[0].estimate : log(model->won / model->lost);
	append_points(&out, scale.decimals, "base", scale.offset +
				  scale.factor * (intercept + model->prior_shift));
	appendStringInfoString(&out, ", \"signals\": {");
	for (uint32 i = 0; i < model->nfeatures; i++)
	{
		if (i > 0)
			appendStringInfoString(&out, ", ");
		append_signal(&out, model, i, &scale);
	}
	appendStringInfoString(&out, "}}");
	PG_RETURN_POINTER(scorecard_from_json(out.data, out.len, NULL));
}

/* points_from_probability(probability, base_score, base_odds, doubling) */
Datum
clientele_points_from_probability(PG_FUNCTION_ARGS)
{
	double		probability = PG_GETARG_FLOAT8(0);
	PointScale	scale = point_scale(fcinfo, 1);

	if (!(probability >= 0 && probability <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid probability"),
				 errdetail("It is %g.", probability),
				 errhint("A probability is from 0 to 1.")));
	PG_RETURN_FLOAT8(scale.offset +
					 scale.factor * (log(probability) - log1p(-probability)));
}

/* probability_from_points(points, base_score, base_odds, doubling) */
Datum
clientele_probability_from_points(PG_FUNCTION_ARGS)
{
	double		points = PG_GETARG_FLOAT8(0);
	PointScale	scale = point_scale(fcinfo, 1);

	if (isnan(points))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1 / (1 + exp(-(points - scale.offset) / scale.factor)));
}
