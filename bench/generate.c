/*
 * generate.c
 *		Orders of customers who come and go unseen, as CSV on standard output.
 *
 *		generate CUSTOMERS [SEED [DAYS [time|random|customer]]]
 *
 * A customer arrives at a moment that is uniform over the DAYS, with a first
 * order.  From then on the purchases follow the MBG/NBD model: a Poisson
 * process whose rate varies over the customers as a gamma distribution, and
 * after every order, the first too, the customer leaves for good with a
 * probability that varies as a beta distribution.  Amounts follow the
 * gamma-gamma model: gamma about a mean that itself varies over the customers.
 * The parameters are those of a shop with some six orders a customer in two
 * years, and are printed with "generate parameters" so that a fit can be held
 * against them.
 *
 * The rows come in the order of time, as a shop's table of orders would have
 * them, so that the orders of one customer lie far apart; or shuffled; or one
 * customer after another.  The same arguments give the same rows.
 *
 * Gamma variates: Marsaglia and Tsang, "A simple method for generating gamma
 * variables", ACM TOMS 26 (2000).  Random bits: xoshiro256** of Blackman and
 * Vigna, seeded by splitmix64.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_PER_DAY 86400.0
#define FIRST_YEAR 2023			/* day 0 is its first of January */

/* Purchasing: rates a day ~ Gamma(r, alpha), leaving ~ Beta(a, b) */
#define RATE_SHAPE 0.8
#define RATE_SCALE 36.0
#define LEAVE_A 0.5
#define LEAVE_B 6.0

/* Spend: an order ~ Gamma(p, nu), nu ~ Gamma(q, gamma) over the customers */
#define SPEND_P 6.0
#define SPEND_Q 4.0
#define SPEND_GAMMA 30.0

typedef struct Random
{
	uint64_t	state[4];
	double		spare_normal;
	int			has_spare;
} Random;

typedef struct Order
{
	int64_t		second;			/* since day 0 */
	int64_t		cents;
	int64_t		customer;
} Order;

typedef struct Orders
{
	Order	   *rows;
	size_t		count;
	size_t		capacity;
} Orders;

/* Report an error and end. */
static void
die(const char *message, const char *detail)
{
	fprintf(stderr, "generate: %s%s\n", message, detail);
	exit(1);
}

/* One step of splitmix64: spreads a seed over the generator's state. */
static uint64_t
splitmix64(uint64_t *seed)
{
	uint64_t	z = (*seed += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static void
random_seed(Random *random, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		random->state[i] = splitmix64(&seed);
	random->has_spare = 0;
}

static uint64_t
rotate_left(uint64_t x, int by)
{
	return (x << by) | (x >> (64 - by));
}

/* The next 64 random bits: xoshiro256**. */
static uint64_t
random_bits(Random *random)
{
	uint64_t   *s = random->state;
	uint64_t	result = rotate_left(s[1] * 5, 7) * 9;
	uint64_t	shifted = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = rotate_left(s[3], 45);
	return result;
}

/* Uniform in the open interval (0, 1): never 0, so its logarithm is finite. */
static double
random_uniform(Random *random)
{
	return ((double) (random_bits(random) >> 11) + 0.5) * (1.0 / 9007199254740992.0);
}

/* Standard normal, by the polar method, which makes two at a time. */
static double
random_normal(Random *random)
{
	double		u,
				v,
				s;

	if (random->has_spare)
	{
		random->has_spare = 0;
		return random->spare_normal;
	}
	do
	{
		u = 2.0 * random_uniform(random) - 1.0;
		v = 2.0 * random_uniform(random) - 1.0;
		s = u * u + v * v;
	} while (s >= 1.0 || s == 0.0);
	s = sqrt(-2.0 * log(s) / s);
	random->spare_normal = v * s;
	random->has_spare = 1;
	return u * s;
}

static double
random_exponential(Random *random)
{
	return -log(random_uniform(random));
}

/* Gamma of a shape, scale 1. */
static double
random_gamma(Random *random, double shape)
{
	double		d,
				c;

	/* below 1, a variate of shape + 1 is pulled towards 0 */
	if (shape < 1.0)
	{
		double		larger = random_gamma(random, shape + 1.0);

		return larger * pow(random_uniform(random), 1.0 / shape);
	}
	d = shape - 1.0 / 3.0;
	c = 1.0 / sqrt(9.0 * d);
	for (;;)
	{
		double		x = random_normal(random);
		double		v = 1.0 + c * x;

		if (v <= 0.0)
			continue;
		v = v * v * v;
		if (log(random_uniform(random)) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

static double
random_beta(Random *random, double a, double b)
{
	double		x = random_gamma(random, a);
	double		y = random_gamma(random, b);

	return x + y > 0.0 ? x / (x + y) : 0.0;
}

static void
add_order(Orders *orders, int64_t customer, double second, double amount)
{
	Order	   *order;

	if (orders->count == orders->capacity)
	{
		if (orders->capacity > SIZE_MAX / sizeof(Order) / 2)
			die("too many orders", "");
		orders->capacity *= 2;
		orders->rows = realloc(orders->rows, orders->capacity * sizeof(Order));
		if (orders->rows == NULL)
			die("out of memory", "");
	}
	order = &orders->rows[orders->count++];
	order->customer = customer;
	order->second = (int64_t) second;
	order->cents = (int64_t) (amount * 100.0 + 0.5);
	if (order->cents < 1)
		order->cents = 1;
	if (order->cents > INT64_C(999999999999))
		order->cents = INT64_C(999999999999);
}

/* All orders of one customer who arrives at a moment, up to the last one. */
static void
add_customer(Orders *orders, Random *random, int64_t customer,
			 double moment, double end)
{
	double		rate = random_gamma(random, RATE_SHAPE) / RATE_SCALE;
	double		leave = random_beta(random, LEAVE_A, LEAVE_B);
	double		spend_rate = random_gamma(random, SPEND_Q) / SPEND_GAMMA;

	while (moment < end)
	{
		add_order(orders, customer, moment,
				  random_gamma(random, SPEND_P) / spend_rate);
		if (random_uniform(random) < leave)
			break;
		moment += random_exponential(random) / rate * SECONDS_PER_DAY;
	}
}

/* By time; who ordered in the same second, by number, then by amount. */
static int
compare_time(const void *left, const void *right)
{
	const Order *a = left;
	const Order *b = right;

	if (a->second != b->second)
		return a->second < b->second ? -1 : 1;
	if (a->customer != b->customer)
		return a->customer < b->customer ? -1 : 1;
	return (a->cents > b->cents) - (a->cents < b->cents);
}

static void
shuffle(Orders *orders, Random *random)
{
	for (size_t i = orders->count; i > 1; i--)
	{
		size_t		j = (size_t) (random_uniform(random) * (double) i);
		Order		swap = orders->rows[i - 1];

		orders->rows[i - 1] = orders->rows[j];
		orders->rows[j] = swap;
	}
}

/* The date of a day since day 0, as 2023-01-01. */
static void
format_day(int64_t day, char *text, size_t size)
{
	static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int			year = FIRST_YEAR;
	int			month = 0;

	for (;; year++)
	{
		int			leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		if (day < 365 + leap)
		{
			for (;; month++)
			{
				int			length = month_days[month] + (month == 1 && leap);

				if (day < length)
					break;
				day -= length;
			}
			break;
		}
		day -= 365 + leap;
	}
	snprintf(text, size, "%04d-%02d-%02d", year, month + 1, (int) day + 1);
}

static void
print_orders(const Orders *orders)
{
	int64_t		last_day = -1;
	char		date[32] = "";

	puts("customer,ordered_at,amount");
	for (size_t i = 0; i < orders->count; i++)
	{
		const Order *order = &orders->rows[i];
		int64_t		day = order->second / 86400;
		int			second = (int) (order->second % 86400);

		if (day != last_day)
			format_day(day, date, sizeof(date));
		last_day = day;
		printf("%lld,%s %02d:%02d:%02d+00,%lld.%02d\n",
			   (long long) order->customer, date,
			   second / 3600, second / 60 % 60, second % 60,
			   (long long) (order->cents / 100), (int) (order->cents % 100));
	}
}

/* A whole number between two others, or the end. */
static uint64_t
parse_number(const char *text, uint64_t low, uint64_t high)
{
	char	   *end;
	unsigned long long value = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || value < low || value > high)
		die("not a number that can be used here: ", text);
	return value;
}

int
main(int argc, char **argv)
{
	static char buffer[1 << 20];
	uint64_t	customers = 1000000;
	uint64_t	seed = 1;
	uint64_t	days = 730;
	const char *arrangement = "time";
	Orders		orders = {NULL, 0, 1 << 16};
	Random		random;

	if (argc == 2 && strcmp(argv[1], "parameters") == 0)
	{
		printf("mbg/nbd, days: r %g, alpha %g, a %g, b %g; gamma-gamma: p %g, q %g, gamma %g\n",
			   RATE_SHAPE, RATE_SCALE, LEAVE_A, LEAVE_B,
			   SPEND_P, SPEND_Q, SPEND_GAMMA);
		return 0;
	}
	if (argc < 2 || argc > 5)
		die("usage: generate CUSTOMERS [SEED [DAYS [time|random|customer]]]", "");
	customers = parse_number(argv[1], 1, UINT64_C(1000000000));
	if (argc > 2)
		seed = parse_number(argv[2], 0, UINT64_MAX);
	if (argc > 3)
		days = parse_number(argv[3], 1, 36500);
	if (argc > 4)
		arrangement = argv[4];
	if (strcmp(arrangement, "time") != 0 && strcmp(arrangement, "random") != 0 &&
		strcmp(arrangement, "customer") != 0)
		die("not an order of rows (time, random or customer): ", arrangement);

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	random_seed(&random, seed);
	orders.rows = malloc(orders.capacity * sizeof(Order));
	if (orders.rows == NULL)
		die("out of memory", "");

	/* numbers are given out as customers arrive, evenly over the days */
	for (uint64_t i = 0; i < customers; i++)
	{
		double		share = ((double) i + random_uniform(&random)) / (double) customers;
		double		end = (double) days * SECONDS_PER_DAY;

		add_customer(&orders, &random, (int64_t) i + 1, share * end, end);
	}
	if (strcmp(arrangement, "time") == 0)
		qsort(orders.rows, orders.count, sizeof(Order), compare_time);
	else if (strcmp(arrangement, "random") == 0)
		shuffle(&orders, &random);
	print_orders(&orders);
	free(orders.rows);
	if (ferror(stdout) || fclose(stdout) != 0)
		die("cannot write the orders", "");
	return 0;
}
