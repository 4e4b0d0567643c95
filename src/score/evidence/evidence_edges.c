/*
 * evidence_edges.c
 *		Bins of a number that tell won from lost ones, in SQL.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "number_text.h"
#include "score/evaluation/scored_outcomes.h"
#include "score/evidence/evidence_bins.h"
#include "score/evidence/weight_of_evidence.h"
#include "survey/survey_arguments.h"

PG_FUNCTION_INFO_V1(clientele_evidence_edges);
PG_FUNCTION_INFO_V1(clientele_evidence_edges_final);
PG_FUNCTION_INFO_V1(clientele_evidence_bins);

#define DEFAULT_BINS		10
#define DEFAULT_SHARE		0.05

/* The bins of scores, as was asked for. */
static int
choose_bins(const OutcomeGroup *groups, size_t ngroups, int32 most_bins,
			float8 least_share, bool monotone, EvidenceBin *bins)
{
	EvidenceRoom *room;
	int			nbins;

	if (most_bins < 1 || most_bins > EVIDENCE_MAX_BINS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("most_bins must be from 1 to %d", EVIDENCE_MAX_BINS),
				 errdetail("It is %d.", most_bins),
				 errhint("Fewer are taken where more would follow chance.")));
	if (!(least_share >= 0 && least_share <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("least_share must be from 0 to 1"),
				 errdetail("It is %s.", number_text(least_share)),
				 errhint("It is the share of all cases that each bin has at least, such as 0.05.")));
	room = palloc(sizeof(EvidenceRoom));
	nbins = choose_evidence_bins(groups, ngroups, most_bins, least_share,
								 monotone, room, bins);
	pfree(room);
	return nbins;
}

/* The edges between bins: where each but the first begins */
static Datum
edges_of(const ScoredOutcomes *outcomes, int32 most_bins, float8 least_share,
		 bool monotone)
{
	EvidenceBin bins[EVIDENCE_MAX_BINS];
	Datum		edges[EVIDENCE_MAX_BINS];
	const OutcomeGroup *groups;
	size_t		ngroups;
	int			nbins;

	groups = scored_outcomes_groups(outcomes, &ngroups, NULL, NULL);
	nbins = choose_bins(groups, ngroups, most_bins, least_share, monotone,
						bins);
	if (nbins < 2)
		return PointerGetDatum(construct_empty_array(FLOAT8OID));
	for (int i = 1; i < nbins; i++)
		edges[i - 1] = Float8GetDatum(groups[bins[i - 1].end].score);
	return PointerGetDatum(construct_array(edges, nbins - 1, FLOAT8OID,
										   sizeof(float8), FLOAT8PASSBYVAL,
										   TYPALIGN_DOUBLE));
}

/* evidence_edges(scored_outcomes, most_bins, least_share, monotone) */
Datum
clientele_evidence_edges(PG_FUNCTION_ARGS)
{
	return edges_of(PG_GETARG_SCORED_OUTCOMES_P(0), PG_GETARG_INT32(1),
					PG_GETARG_FLOAT8(2), PG_GETARG_BOOL(3));
}

/* Final function of the aggregate evidence_edges(value, outcome) */
Datum
clientele_evidence_edges_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		return PointerGetDatum(construct_empty_array(FLOAT8OID));
	return edges_of(PG_GETARG_SCORED_OUTCOMES_P(0), DEFAULT_BINS,
					DEFAULT_SHARE, true);
}

/* evidence_bins(scored_outcomes, most_bins, least_share, monotone, adjustment) */
Datum
clientele_evidence_bins(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	EvidenceBin bins[EVIDENCE_MAX_BINS];
	EvidenceTotals totals = {0};
	const OutcomeGroup *groups;
	size_t		ngroups;
	int64		won;
	int64		lost;

	groups = scored_outcomes_groups(PG_GETARG_SCORED_OUTCOMES_P(0), &ngroups,
									&won, &lost);
	totals.adjustment = checked_adjustment(PG_GETARG_FLOAT8(4), ADJUSTMENT_HINT);
	totals.won = (double) won;
	totals.lost = (double) lost;
	totals.levels = choose_bins(groups, ngroups, PG_GETARG_INT32(1),
								PG_GETARG_FLOAT8(2), PG_GETARG_BOOL(3), bins);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < totals.levels; i++)
	{
		Evidence	evidence;
		Datum		row[8];
		bool		nulls[8] = {false};

		evidence_of(&totals, bins[i].won, bins[i].lost, &evidence);
		row[0] = Int32GetDatum(i);
		nulls[1] = i == 0;
		row[1] = nulls[1] ? (Datum) 0 :
			Float8GetDatum(groups[bins[i - 1].end].score);
		nulls[2] = i == totals.levels - 1;
		row[2] = nulls[2] ? (Datum) 0 :
			Float8GetDatum(groups[bins[i].end].score);
		row[3] = Int64GetDatum((int64) bins[i].won);
		row[4] = Int64GetDatum((int64) bins[i].lost);
		row[5] = Float8GetDatum(bins[i].won / (bins[i].won + bins[i].lost));
		nulls[6] = isnan(evidence.weight);
		row[6] = Float8GetDatum(evidence.weight);
		nulls[7] = isnan(evidence.information);
		row[7] = Float8GetDatum(evidence.information);
		tuplestore_putvalues(info->setResult, info->setDesc, row, nulls);
	}
	return (Datum) 0;
}
