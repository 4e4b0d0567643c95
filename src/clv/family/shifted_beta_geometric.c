/*
 * shifted_beta_geometric.c
 *		The shifted beta-geometric (sBG) and beta-discrete-Weibull (BdW) models:
 *		survival, and what is expected of the renewals to come.
 *
 * A customer renews for the t-th time with a probability of his own: he is
 * still there after t renewals with (1 - theta)^(t^c), and theta varies over
 * customers as Beta(alpha, beta). With c = 1 that is the sBG model (Fader &
 * Hardie 2007), otherwise the BdW model (Fader, Hardie, Liu, Davin & Steenburgh
 * 2018). So
 *
 *		S(t) = B(alpha, beta + t^c) / B(alpha, beta).
 *
 * Where the naive form fails: S(t-1) - S(t) from two values of S cancels (c =
 * 0.1 after ten years of days: 1e-7 of S is left), and so does each logarithm
 * of S from four of Gamma. Everything here is made of the fall of ln S from one
 * tenure to another, by log_beta_ratio(), which is positive and has all its
 * digits; t^c - n^c is n^c expm1(c log1p((t - n)/n)).
 *
 * Sums. Expected renewals are sums of S over t, which converge slowly: without
 * discounting the terms fall like t^(-alpha c). The first terms are added one
 * by one; the rest is an integral by the Euler-Maclaurin formula about the
 * points between the terms, whose corrections need no derivatives but
 * differences of terms:
 *
 *		sum_{j>J} f(j) = int_{J+1/2}^inf f + (d/24 - 17 d^3/5760 +
 *			367 d^5/967680 - 27859 d^7/464486400 + ...) f(J+1/2)
 *
 * d the central difference (from 1/(2 asinh(d/2)) - 1/d). The integral is taken
 * over the logarithm of t, in which f has no scale but the discount's, by
 * Gauss-Legendre panels as wide as its poles, at angles of pi/c, allow; beyond a
 * large t the power law is integrated as such. alpha c - 1, on which an
 * undiscounted sum hangs, is formed exactly.
 *
 * For c = 1 the sums have closed forms, (beta + n)/(alpha - 1) undiscounted and
 * a 2F1 discounted (Fader & Hardie 2010); the 2F1 is used unless the discount
 * is so small that 1 - z has lost digits.
 */
#include "clv/family/shifted_beta_geometric.h"

#include <math.h>
#include <stdbool.h>

#include "math/beta_ratio.h"
#include "math/exact.h"
#include "math/gamma.h"
#include "math/hypergeometric.h"
#include "math/quadrature.h"

/* t^c beyond exp of this is left as a logarithm. */
#define LARGEST_LOG		690.0

/* From this tenure on terms are summed by an integral ... */
#define DIRECT_UNTIL	64.0
/* ... if they fall by no more than this a period. */
#define STEEPEST		0.2

/* Below this rate a discount does not fit into 1/(1 + rate). */
#define SMALLEST_RATE	1e-4

/* Nodes of a panel, and the panels that no sum comes near to. */
#define ORDER			16
#define MAX_PANELS		10000

/* ln S(from) - ln S(to), 0 <= from <= to */
static double
log_fall(const RenewalCurve *curve, double from, double to)
{
	double		c = curve->c;
	double		log_to = c * log(to);
	double		u;

	if (!(to > from))
		return 0.0;
	if (from == 0.0)
	{
		if (log_to <= LARGEST_LOG)
			return log_beta_ratio(curve->alpha, curve->beta, pow(to, c));
		return curve->alpha * log_to -
			log_gamma_difference(curve->beta, curve->alpha);
	}
	if (c * log(from) > LARGEST_LOG)
		return curve->alpha * c * log1p((to - from) / from);
	u = pow(from, c);
	if (log_to > LARGEST_LOG)
		return curve->alpha * log_to -
			log_gamma_difference(curve->beta + u, curve->alpha);
	return log_beta_ratio(curve->alpha, curve->beta + u,
						  u * expm1(c * log1p((to - from) / from)));
}

/* S(to) / S(from) */
double
renewal_survival(const RenewalCurve *curve, double from, double to)
{
	return exp(-log_fall(curve, from, to));
}

/* 1 - S(tenure + 1) / S(tenure) */
double
renewal_churn_rate(const RenewalCurve *curve, double tenure)
{
	if (curve->c == 1.0)
		return curve->alpha / (curve->alpha + curve->beta + tenure);
	return -expm1(-log_fall(curve, tenure, tenure + 1.0));
}

/* S(period - 1) - S(period) */
double
renewal_churn_probability(const RenewalCurve *curve, double period)
{
	/* one exponential, so that only what is small underflows */
	return exp(log(renewal_churn_rate(curve, period - 1.0)) -
			   log_fall(curve, 0.0, period - 1.0));
}

/* Posterior mean of theta: it is Beta(alpha, beta + tenure^c). */
double
renewal_propensity(const RenewalCurve *curve, double tenure)
{
	return curve->alpha /
		(curve->alpha + curve->beta + pow(tenure, curve->c));
}

/* Log-likelihood of one customer. */
double
renewal_log_likelihood(const RenewalCurve *curve, double periods, bool churned)
{
	if (!churned)
		return -log_fall(curve, 0.0, periods);
	return log(renewal_churn_rate(curve, periods - 1.0)) -
		log_fall(curve, 0.0, periods - 1.0);
}

/* ---- sums ----------------------------------------------------------------- */

/* The terms of a sum: survival from a tenure on, discounted. */
typedef struct Terms
{
	const RenewalCurve *curve;
	double		tenure;
	double		delta;			/* ln(1 + rate) */
} Terms;

/* Term x, x >= 1 but not always whole. */
static double
term(const Terms *terms, double x)
{
	return exp(-log_fall(terms->curve, terms->tenure, terms->tenure + x) -
			   terms->delta * (x - 1.0));
}

/* What Euler-Maclaurin adds to the integral from last + 1/2 on. */
static double
end_correction(const Terms *terms, double last)
{
	double		f[8];			/* terms last - 3 .. last + 4 */
	double		third;
	double		fifth;
	double		seventh;

	for (int i = 0; i < 8; i++)
		f[i] = term(terms, last - 3.0 + i);
	third = f[5] - 3.0 * f[4] + 3.0 * f[3] - f[2];
	fifth = f[6] - 5.0 * f[5] + 10.0 * f[4] - 10.0 * f[3] + 5.0 * f[2] - f[1];
	seventh = f[7] - 7.0 * f[6] + 21.0 * f[5] - 35.0 * f[4] + 35.0 * f[3] -
		21.0 * f[2] + 7.0 * f[1] - f[0];
	return (f[4] - f[3]) / 24.0 - third * (17.0 / 5760.0) +
		fifth * (367.0 / 967680.0) - seventh * (27859.0 / 464486400.0);
}

/*
 * How steeply the terms fall in the logarithm of t, -d ln f / d ln t, which
 * rises with t: delta t + c u [psi(alpha + beta + u) - psi(beta + u)], u = t^c
 */
static double
steepness(const Terms *terms, double t)
{
	const RenewalCurve *curve = terms->curve;
	double		log_u = curve->c * log(t);
	double		u;

	if (log_u > LARGEST_LOG)
		return terms->delta * t + curve->c * curve->alpha;
	u = exp(log_u);
	return terms->delta * t +
		curve->c * u * digamma_difference(curve->beta + u, curve->alpha);
}

/* alpha c - 1, exactly rounded */
static double
excess_power(const RenewalCurve *curve)
{
	double		product = curve->alpha * curve->c;

	if (product > 1e15)
		return product;
	return (product - 1.0) + product_error(curve->alpha, curve->c, product);
}

/*
 * The integral of S(t)/S(from), undiscounted, from t = from to infinity. There
 * ln Gamma(beta + u) - ln Gamma(beta + u + alpha) is -alpha ln(u + s) with s =
 * beta + (alpha - 1)/2, and (1 + s/u)^-alpha is expanded. Returns NAN where t is
 * not yet large enough for that.
 */
static double
power_tail(const RenewalCurve *curve, double from)
{
	double		alpha = curve->alpha;
	double		c = curve->c;
	double		s = curve->beta + 0.5 * (alpha - 1.0);
	double		log_u = c * log(from);
	double		power = excess_power(curve);
	double		ratio;
	double		coefficient = 1.0;
	double		sum = 0.0;

	ratio = log_u > LARGEST_LOG ? 0.0 : s * exp(-log_u);
	if (log_u < log(2e6 * (1.0 + alpha * sqrt(alpha))) ||
		fabs(ratio) * (alpha + 1.0) > 1e-3)
		return NAN;
	for (int k = 0; k < 6; k++)
	{
		sum += coefficient / (power + c * k);
		coefficient *= -(alpha + k) / (k + 1.0) * ratio;
	}
	return from * sum * exp(alpha * log1p(ratio));
}

/*
 * A sum of terms, and the integral of the terms from x = low to high, which may
 * be INFINITY.
 */
static double
integrate(const Terms *terms, double low, double high, double sum)
{
	const RenewalCurve *curve = terms->curve;
	const double *nodes = gauss_legendre_nodes(ORDER);
	const double *weights = gauss_legendre_weights(ORDER);
	double		n = terms->tenure;
	double		y = log(n + low);
	double		end = isinf(high) ? INFINITY : log(n + high);
	double		discounted = terms->delta > 0.0 ?
		log(1e-17 / terms->delta) : INFINITY;

	for (int i = 0; i < MAX_PANELS && y < end; i++)
	{
		double		t = exp(y);
		double		steep = steepness(terms, t);
		double		width = 2.0 / curve->c;
		double		rest = term(terms, t - n) * t;
		double		panel = 0.0;

		/* all that is left is less than rounding */
		if (!(rest > (steep - 1.0) * 1e-17 * sum))
			break;
		if (isinf(end) && terms->delta == 0.0)
		{
			double		tail = power_tail(curve, t);

			if (!isnan(tail))
				return sum + tail * rest / t;
		}
		if (steep * width > 6.0)
			width = 6.0 / steep;
		if (width > 20.0)
			width = 20.0;
		/* where the discount begins to be felt it bends over one e-fold */
		if (y + width > discounted && width > 1.0)
			width = fmax(1.0, discounted - y);
		if (y + width > end)
			width = end - y;
		for (int k = 0; k < ORDER; k++)
		{
			t = exp(y + width * nodes[k]);
			panel += weights[k] * term(terms, t - n) * t;
		}
		sum += panel * width;
		y += width;
	}
	return sum;
}

/* Expected renewals to come; see the header. */
double
renewal_sum(const RenewalCurve *curve, double tenure, double rate,
			double horizon)
{
	Terms		terms = {curve, tenure, log1p(rate)};
	double		sum = 0.0;
	double		before = 1.0;
	double		j = 0.0;

	if (!(horizon >= 1.0))
		return 0.0;
	if (isinf(horizon))
	{
		if (rate == 0.0 && excess_power(curve) <= 0.0)
			return INFINITY;
		if (curve->c == 1.0)
		{
			double		b = curve->beta + tenure;

			if (rate == 0.0)
				return b / (curve->alpha - 1.0);
			if (rate >= SMALLEST_RATE)
				return b / (curve->alpha + b) *
					hypergeometric_2f1(1.0, b + 1.0, curve->alpha + b + 1.0,
									   1.0 / (1.0 + rate));
		}
	}

	/*
	 * Terms one by one, until an integral can take over. A term of nothing
	 * beside the sum ends it: steep as it is, all that follows is less.
	 */
	for (;;)
	{
		double		value = term(&terms, ++j);

		sum += value;
		if (j >= horizon || !(value > 1e-100 * sum))
			return sum;
		if (j >= 4.0 && tenure + j >= DIRECT_UNTIL && horizon - j > 32.0 &&
			value >= before * (1.0 - STEEPEST))
			break;
		before = value;
	}
	sum += end_correction(&terms, j);
	if (isinf(horizon))
		return integrate(&terms, j + 0.5, INFINITY, sum);
	return integrate(&terms, j + 0.5, horizon + 0.5, sum) -
		end_correction(&terms, horizon);
}
