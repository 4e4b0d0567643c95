/*
 * exponential_integral.c
 *		e^z E_s(z), the scaled generalized exponential integral.
 *
 *		e^z E_s(z) = int_0^inf e^{-z t} (1 + t)^{-s} dt
 *				   = z^(s-1) e^z Gamma(1 - s, z)
 *
 * - z or s large: the continued fraction (DLMF 8.19.17, even part), all of
 *	 whose parts are positive, from the back with a number of terms known
 *	 beforehand:
 *
 *		1/(z+s - 1 s/(z+s+2 - 2 (s+1)/(z+s+4 - ...)))
 *
 * - otherwise s is brought to s0 in [1/2, 3/2) by whole steps (or is s0 in
 *	 [0, 1/2) already). With
 *	 e = 1 - s0 (DLMF 8.19.8, 8.19.10 brought together)
 *
 *		E_s0(z) = (Gamma(1+e) z^-e - 1)/e - sum_{k>=1} (-z)^k / (k! (e + k))
 *
 *	 and E_{s+1} = (e^{-z} - z E_s)/s leads back up.
 *
 * Where the naive form fails: z^(s-1) Gamma(1-s, z) has poles of both of its
 * parts at s = 1, 2, ...; next to an integer all digits go. Here the pole is
 * cancelled by hand: the first part is expm1(small)/e, regular at e = 0.
 * Unscaled, E_s underflows from z = 745 on.
 */
#include <float.h>
#include <math.h>

#include "math/exponential_integral.h"
#include "math/gamma.h"

#define EULER_GAMMA 0.577215664901532860606512090082
#define SERIES_CAP 60

/* From the back, so many terms */
static double
fraction(double s, double z, int terms)
{
	double		tail = z + s + 2.0 * terms;

	for (int n = terms; n >= 1; n--)
		tail = z + s + 2.0 * (n - 1) - n * (s + n - 1) / tail;
	return 1 / tail;
}

/* (Gamma(1+e) z^-e - 1)/e - sum_{k>=1} (-z)^k / (k! (e+k)), -1/2 <= e <= 1 */
static double
base_series(double e, double z)
{
	double		term = 1;
	double		sum = 0;
	double		log_z = log(z);
	double		singular;

	for (int k = 1; k <= SERIES_CAP; k++)
	{
		double		addend;

		term *= -z / k;
		addend = term / (e + k);
		sum += addend;
		if (fabs(addend) <= DBL_EPSILON / 8 * fabs(sum))
			break;
	}
	if (e == 0)
		singular = -EULER_GAMMA - log_z;
	else
		singular = expm1((e <= 0.5 ? log_gamma_1p(e) : log_gamma(1 + e)) -
						 e * log_z) / e;
	return singular - sum;
}

/* e^z E_s(z), s >= 0, z > 0 */
double
scaled_exponential_integral(double s, double z)
{
	double		base;
	double		value;
	double		decay;
	int			steps;

	if (!(s >= 0) || !(z >= 0))
		return NAN;
	if (isinf(s) || isinf(z))
		return 0;
	if (z == 0)
		return s > 1 ? 1 / (s - 1) : INFINITY;
	if (s == 0)
		return 1 / z;

	if (z >= 1 || s >= 30)
	{
		/* found by trial over the whole range: either bound suffices */
		double		terms = 9 + 92 / z;

		if (12 + 450 / s < terms)
			terms = 12 + 450 / s;
		return fraction(s, z, (int) terms);
	}

	/* s = base + steps, base in [1/2, 3/2), or s itself below 1/2 */
	steps = s < 0.5 ? 0 : (int) floor(s + 0.5) - 1;
	base = s - steps;
	decay = exp(-z);
	value = base_series(1 - base, z);
	for (int i = 0; i < steps; i++)
	{
		value = (decay - z * value) / base;
		base += 1;
	}
	return value / decay;
}
