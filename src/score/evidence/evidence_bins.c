/*
 * evidence_bins.c
 *		Bins of a number that tell won from lost ones; see evidence_bins.h.
 *
 * Bins are to say as much about the outcome as they can: of all ways to cut the
 * ordered values, the one with the greatest likelihood of the outcomes,
 *
 *		sum over bins of  w ln(w / n) + l ln(l / n),	n = w + l,
 *
 * less ln N for each cut. A cut has two parameters, its place and a rate, and
 * Schwarz's criterion takes (ln N) / 2 for each (Ann. Statistics 6 (1978) 461), so
 * that noise gets no bins. The best ways of k bins follow from those of k - 1
 * (Fisher, J. Am. Stat. Assoc. 53 (1958) 789).
 *
 * Where more is to be better throughout, or worse throughout, adjacent values that
 * disagree are pooled first (Ayer and others, Ann. Math. Statistics 26 (1955)
 * 641): what is left ascends in its rate of won ones, and so does every union of
 * neighbours. Both directions are tried.
 */
#include <float.h>
#include <math.h>

#include "score/evidence/evidence_bins.h"

/* x ln x */
static double
x_log_x(double x)
{
	return x > 0 ? x * log(x) : 0;
}

/* The logarithm of the likelihood of a bin's outcomes at its own rate */
static double
fit_of(double won, double lost)
{
	return x_log_x(won) + x_log_x(lost) - x_log_x(won + lost);
}

/* Put groups into fine bins of about the same size, a group as a whole. */
static int
cut_finely(const OutcomeGroup *groups, size_t ngroups, double cases,
		   EvidenceBin *fine)
{
	double		seen = 0;
	int			n = 0;

	for (size_t i = 0; i < ngroups; i++)
	{
		EvidenceBin *bin = &fine[n > 0 ? n - 1 : 0];
		double		size = (double) groups[i].won + (double) groups[i].lost;

		/* a bin ends where its share of all cases is reached */
		if (n == 0 || (ngroups <= EVIDENCE_FINE_BINS) ||
			(n < EVIDENCE_FINE_BINS &&
			 seen >= cases * n / EVIDENCE_FINE_BINS))
		{
			bin = &fine[n++];
			bin->won = bin->lost = 0;
		}
		bin->won += (double) groups[i].won;
		bin->lost += (double) groups[i].lost;
		bin->end = i + 1;
		seen += size;
	}
	return n;
}

/* Whether the first bin's rate of won ones is below that of the second. */
static bool
ascends(const EvidenceBin *a, const EvidenceBin *b, bool up)
{
	double		left = a->won * b->lost;
	double		right = b->won * a->lost;

	return up ? left < right : left > right;
}

/* Pool neighbours until rates ascend, or descend; how many bins are left. */
static int
pool(const EvidenceBin *fine, int nfine, bool up, EvidenceBin *pooled)
{
	int			n = 0;

	for (int i = 0; i < nfine; i++)
	{
		pooled[n++] = fine[i];
		while (n > 1 && !ascends(&pooled[n - 2], &pooled[n - 1], up))
		{
			pooled[n - 2].won += pooled[n - 1].won;
			pooled[n - 2].lost += pooled[n - 1].lost;
			pooled[n - 2].end = pooled[n - 1].end;
			n--;
		}
	}
	return n;
}

/*
 * Join n bins to at most most_bins of at least so many cases each, as well as
 * can be: their number; *value is what it is worth.
 */
static int
join(const EvidenceBin *from, int n, int most_bins, double least,
	 double penalty, EvidenceRoom *room, EvidenceBin *bins, double *value)
{
	int			nbins = 0;
	int			chosen = 1;
	int			end;

	for (int i = 0; i < n; i++)
	{
		double		won = 0;
		double		lost = 0;

		for (int j = i; j < n; j++)
		{
			won += from[j].won;
			lost += from[j].lost;
			room->fit[i][j] = won + lost >= least ? fit_of(won, lost) : -INFINITY;
		}
	}
	/* best[.][j]: of the first j bins, joined to k */
	*value = room->fit[0][n - 1];
	for (int j = 0; j <= n; j++)
		room->best[1][j] = j > 0 ? room->fit[0][j - 1] : -INFINITY;
	for (int k = 2; k <= most_bins && k <= n; k++)
	{
		const double *before = room->best[(k - 1) % 2];
		double	   *best = room->best[k % 2];

		for (int j = 0; j <= n; j++)
		{
			best[j] = -INFINITY;
			for (int i = k - 1; i < j; i++)
			{
				double		sum = before[i] + room->fit[i][j - 1];

				if (sum > best[j])
				{
					best[j] = sum;
					room->before[k - 1][j] = (unsigned short) i;
				}
			}
		}
		if (best[n] - penalty * (k - 1) > *value)
		{
			*value = best[n] - penalty * (k - 1);
			chosen = k;
		}
	}
	end = n;
	for (int k = chosen; k > 0; k--)
	{
		int			start = k > 1 ? room->before[k - 1][end] : 0;
		EvidenceBin *bin = &bins[k - 1];

		bin->won = bin->lost = 0;
		bin->end = from[end - 1].end;
		for (int i = start; i < end; i++)
		{
			bin->won += from[i].won;
			bin->lost += from[i].lost;
		}
		end = start;
		nbins++;
	}
	return nbins;
}

/*
 * Cut groups, ascending by value, into bins: at most most_bins, each with at least
 * that share of all cases. The number of bins; 0 without groups.
 */
int
choose_evidence_bins(const OutcomeGroup *groups, size_t ngroups, int most_bins,
					 double least_share, bool monotone, EvidenceRoom *room,
					 EvidenceBin *bins)
{
	EvidenceBin other[EVIDENCE_MAX_BINS];
	double		cases = 0;
	double		penalty;
	double		value;
	double		other_value;
	int			nfine;
	int			nbins;
	int			nother;

	if (ngroups == 0)
		return 0;
	for (size_t i = 0; i < ngroups; i++)
		cases += (double) groups[i].won + (double) groups[i].lost;
	penalty = log(cases);
	nfine = cut_finely(groups, ngroups, cases, room->fine);
	if (!monotone)
		return join(room->fine, nfine, most_bins, least_share * cases, penalty,
					room, bins, &value);
	nbins = join(room->pooled, pool(room->fine, nfine, true, room->pooled),
				 most_bins, least_share * cases, penalty, room, bins, &value);
	nother = join(room->pooled, pool(room->fine, nfine, false, room->pooled),
				  most_bins, least_share * cases, penalty, room, other,
				  &other_value);
	if (other_value <= value)
		return nbins;
	for (int i = 0; i < nother; i++)
		bins[i] = other[i];
	return nother;
}
