/*
 * simulate.c
 *		Random customers by a generator of our own (xorshift64*), the same on
 *		every machine.
 */
#include "clv_test.h"

#include <math.h>
#include <string.h>

static uint64_t state = 1;

/* Start the generator; seed is not 0. */
void
seed_random(uint64_t seed)
{
	state = seed;
	for (int i = 0; i < 20; i++)
		random_uniform();
}

/* In (0, 1) */
double
random_uniform(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return ((double) ((state * UINT64_C(2685821657736338717)) >> 11) + 0.5) /
		9007199254740992.0;
}

/* Standard normal (Box and Muller) */
double
random_normal(void)
{
	double		u = random_uniform();

	return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * random_uniform());
}

/* Gamma of that shape and rate 1 (Marsaglia and Tsang 2000) */
double
random_gamma(double shape)
{
	double		d;
	double		c;

	if (shape < 1.0)
	{
		double		u = random_uniform();

		return random_gamma(shape + 1.0) * pow(u, 1.0 / shape);
	}
	d = shape - 1.0 / 3.0;
	c = 1.0 / sqrt(9.0 * d);
	for (;;)
	{
		double		x = random_normal();
		double		v = 1.0 + c * x;

		if (v <= 0.0)
			continue;
		v = v * v * v;
		if (log(random_uniform()) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

/* What a customer of BG/NBD or MBG/NBD did until that age, in whole days. */
CustomerCell
random_customer(int first_dropout, const double *parameters, double age)
{
	CustomerCell cell = {0.0, age, 0, 1};
	double		rate = random_gamma(parameters[0]) / parameters[1];
	double		a = random_gamma(parameters[2]);
	double		b = random_gamma(parameters[3]);
	double		p = a + b > 0.0 ? a / (a + b) : 0.5;
	double		time = 0.0;

	if (first_dropout && random_uniform() < p)
		return cell;
	for (;;)
	{
		time -= log(random_uniform()) / rate;
		if (!(time <= age))
			return cell;
		cell.frequency++;
		cell.recency = ceil(time);
		if (random_uniform() < p)
			return cell;
	}
}

/*
 * What a customer of Pareto/NBD did until that age, in whole days; infinite beta
 * (NBD): never leaves.
 */
CustomerCell
random_pareto_customer(const double *parameters, double age)
{
	CustomerCell cell = {0.0, age, 0, 1};
	double		rate = random_gamma(parameters[0]) / parameters[1];
	double		leaving = random_gamma(parameters[2]) / parameters[3];
	double		end = -log(random_uniform()) / leaving;
	double		time = 0.0;

	for (;;)
	{
		time -= log(random_uniform()) / rate;
		if (!(time <= age && time <= end))
			return cell;
		cell.frequency++;
		cell.recency = fmin(ceil(time), age);
	}
}

/* What a customer of GGompertz/NBD did until that age, to the moment. */
CustomerCell
random_gompertz_customer(const double *parameters, double age)
{
	CustomerCell cell = {0.0, age, 0, 1};
	double		rate = random_gamma(parameters[0]) / parameters[1];
	double		eta = random_gamma(parameters[4]) / parameters[2];
	double		end = log1p(-log(random_uniform()) / eta) / parameters[3];
	double		time = 0.0;

	for (;;)
	{
		time -= log(random_uniform()) / rate;
		if (!(time <= age && time <= end))
			return cell;
		cell.frequency++;
		cell.recency = time;
	}
}

/* A customer of the gamma-gamma model. */
SpendCell
random_spend(const double *parameters, uint32_t purchases)
{
	SpendCell	cell;
	double		rate = random_gamma(parameters[1]) / parameters[2];

	cell.purchases = purchases;
	cell.customers = 1;
	cell.mean = random_gamma(parameters[0] * purchases) / rate / purchases;
	return cell;
}

/* Put cells, of that size, into a random order. */
void
shuffle_cells(void *cells, size_t n, size_t size)
{
	char	   *base = cells;
	char		swap[64];

	for (size_t i = n; i-- > 1;)
	{
		size_t		j = (size_t) (random_uniform() * (double) (i + 1));

		memcpy(swap, base + i * size, size);
		memcpy(base + i * size, base + j * size, size);
		memcpy(base + j * size, swap, size);
	}
}

/* A customer of BG/BB after n opportunities, which are the days. */
CustomerCell
random_opportunities(const double *parameters, double n)
{
	CustomerCell cell = {0, n, 0, 1};
	double		buys = random_gamma(parameters[0]);
	double		buys_not = random_gamma(parameters[1]);
	double		leaves = random_gamma(parameters[2]);
	double		stays = random_gamma(parameters[3]);

	for (int j = 1; j <= n; j++)
	{
		if (random_uniform() * (leaves + stays) < leaves)
			break;
		if (random_uniform() * (buys + buys_not) < buys)
		{
			cell.frequency++;
			cell.recency = j;
		}
	}
	return cell;
}
