#!/usr/bin/python3
"""Reference values for survey_test, from mpmath at 40 digits and from fractions.

    test/survey/survey_reference.py > test/survey/survey_reference.txt

A line is: function, number of arguments, arguments, number of values, values.
Everything is computed from definitions: intervals as solutions of the equation
that defines them, tests by counting pairs and the members at risk at each time,
hypergeometric tails by sums of whole binomial coefficients.
"""
import random
from fractions import Fraction
from math import comb

from mpmath import betainc, erfc, erfinv, exp, findroot, log, loggamma, mp, mpf, nstr, sqrt
from scipy.special import betaincinv
from scipy.stats import hypergeom

mp.dps = 40
random.seed(20260401)


def emit(name, arguments, values):
    print(name, len(arguments), *[repr(a) for a in arguments], len(values),
          *[nstr(v, 20) if isinstance(v, mpf) else repr(v) for v in values])


def z_of(confidence):
    return sqrt(mpf(2)) * erfinv(mpf(confidence))


# ---- the inverse of the incomplete beta function ----------------------------
def kernel(a, b, x, y):
    return exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a) - loggamma(b))


def incomplete(a, b, x, y):
    """I_x(a, b), y = 1 - x: Lentz's method for the continued fraction DLMF 8.17.22."""
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete(b, a, y, x)
    tiny = mpf(10) ** -300
    c, d = mpf(1), 1 - (a + b) * x / (a + 1)
    d = 1 / d
    h = d
    m = 0
    while True:
        m += 1
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / ((1 + step * d) or tiny)
            c = (1 + step / c) or tiny
            h *= d * c
        if abs(d * c - 1) < mpf(10) ** -34:
            return kernel(a, b, x, y) * h / a


# the continued fraction against mpmath's own
for a, b, x in ((2, 5, .3), (.5, .5, .01), (30, 200, .2), (1000, 10, .98)):
    assert abs(incomplete(mpf(a), mpf(b), mpf(x), 1 - mpf(x)) / betainc(a, b, 0, x, regularized=True) - 1) < mpf(10) ** -30


def inverse(a, b, p, upper=False):
    """x with I_x(a, b) = p, or 1 - p if upper; and 1 - x."""
    a, b, p = mpf(a), mpf(b), mpf(p)
    if upper:
        x, y = inverse(b, a, p)
        return y, x
    # ln I is concave in the logit: Newton's method finds it from anywhere
    start = float(betaincinv(float(a), float(b), float(p)))
    u = log(mpf(start)) - log(1 - mpf(start)) if 1e-290 < start < 1 - 1e-9 else min(log(a / b), (log(p) + log(a) + loggamma(a) + loggamma(b) - loggamma(a + b)) / a)
    for _ in range(200):
        odds = exp(u)
        x, y = odds / (1 + odds), 1 / (1 + odds)
        value = incomplete(a, b, x, y)
        step = log(value / p) * value / kernel(a, b, x, y)
        u -= max(-20, min(20, step))
        if abs(step) < mpf(10) ** -17 * max(1, abs(u)):
            break
    else:
        raise ArithmeticError((a, b, p))
    odds = exp(u)
    return odds / (1 + odds), 1 / (1 + odds)


shapes = [(1, 1), (.5, .5), (.5, 20.5), (20.5, .5), (3, 3), (81, 183), (1, 1000), (1000, 1), (.5, 1e9), (2, 1e9), (1e5, 2e5), (50000, 3),
          (1e6, 1e6 + 1), (3e8, 7e8), (1, 1e9), (0.01, 3), (100, 0.02), (7.5, 1e4)]
for a, b in shapes:
    for p in ((0.025, 1e-10) if a * b > 1e16 else (0.5, 0.25, 0.025, 0.005, 1e-6, 1e-12, 1e-100)):
        emit('beta_inverse', [a, b, p, 0], inverse(a, b, p))
        if a * b < 1e9:
            emit('beta_inverse', [a, b, p, 1], inverse(a, b, p, upper=True))

# ---- intervals of a proportion ----------------------------------------------
cases = [(81, 263), (0, 20), (1, 29), (29, 29), (15, 148), (0, 1), (1, 1), (1, 2), (500, 1000), (999, 1000), (1, 10**9), (0, 10**9),
         (10**9, 10**9), (10**9 - 1, 10**9), (123456789, 10**9), (3, 10**6), (10**5, 3 * 10**5)]
for x, n in cases:
    for confidence in (0.9, 0.95, 0.99, 0.5, 0.999999):
        z, tail = z_of(confidence), (1 - mpf(confidence)) / 2
        p, X, N = mpf(x) / n, mpf(x), mpf(n)

        def score(c, sign):
            """The solution p of (p - c)^2 = z^2 p (1 - p) / n."""
            a, h = 1 + z * z / N, c + z * z / (2 * N)
            return (h + sign * sqrt(h * h - a * c * c)) / a
        mp.dps = 60
        emit('wilson', [x, n, confidence], [p, score(p, -1), score(p, 1)])
        half = 1 / (2 * N)
        emit('wilson_continuity', [x, n, confidence], [p, score(p - half, -1) if x else mpf(0), score(p + half, 1) if x < n else mpf(1)])
        center = (X + z * z / 2) / (N + z * z)
        width = z * sqrt(center * (1 - center) / (N + z * z))
        mp.dps = 40
        emit('agresti_coull', [x, n, confidence], [p, center - width, center + width])
        if n > 10**6 and 1 < x < n - 1 and confidence != 0.95:
            continue
        emit('clopper_pearson', [x, n, confidence], [p, inverse(X, N - X + 1, tail)[0] if x else mpf(0), inverse(X + 1, N - X, tail, True)[0] if x < n else mpf(1)])
        emit('jeffreys', [x, n, confidence], [p, inverse(X + mpf('.5'), N - X + mpf('.5'), tail)[0] if x else mpf(0),
                                              inverse(X + mpf('.5'), N - X + mpf('.5'), tail, True)[0] if x < n else mpf(1)])

# ---- finite populations -----------------------------------------------------
def tail_of(x, n, successes, population, upper):
    """P(X >= x) or P(X <= x) as a fraction."""
    counts = range(x, min(n, successes) + 1) if upper else range(max(0, n - population + successes), x + 1)
    return Fraction(sum(comb(successes, i) * comb(population - successes, n - i) for i in counts), comb(population, n))


for x, n, population in ((0, 5, 5), (5, 5, 5), (0, 1, 2), (3, 10, 12), (3, 10, 40), (0, 10, 100), (10, 10, 100), (81, 263, 300), (81, 263, 1000), (1, 90, 91), (17, 100, 2000)):
    for confidence in (0.5, 0.9, 0.95, 0.99):
        tail = (1 - Fraction(confidence)) / 2
        range_ = [k for k in range(x, population - (n - x) + 1)
                  if tail_of(x, n, k, population, True) > tail and tail_of(x, n, k, population, False) > tail]
        emit('finite_population', [x, n, population, confidence], [range_[0], range_[-1]])
    for k in {x, (x + population - n + x) // 2, population - (n - x)}:
        for upper in (0, 1):
            f = tail_of(x, n, k, population, upper)
            emit('hypergeometric_tail', [x, n, k, population, upper], [mpf(f.numerator) / f.denominator])
# large ones: sums of probabilities by loggamma at 40 digits, from x outwards
def big_tail(x, n, k, population, upper):
    def ln_comb(a, b):
        return loggamma(mpf(a) + 1) - loggamma(mpf(b) + 1) - loggamma(mpf(a - b) + 1)
    mp.dps = 60
    term = exp(ln_comb(k, x) + ln_comb(population - k, n - x) - ln_comb(population, n))
    total = term
    while term > total * mpf(10) ** -25:
        if upper:
            term = term * (k - x) * (n - x) / ((x + 1) * (population - k - n + x + 1))
            x += 1
        else:
            term = term * x * (population - k - n + x) / ((k - x + 1) * (n - x + 1))
            x -= 1
        total += term
    mp.dps = 40
    return +total


for x, n, k, population in ((310, 1000, 270000, 10**6), (1200, 10**4, 10**8, 10**9), (30300, 10**5, 3 * 10**8, 10**9), (3, 10**6, 10**3, 10**9), (30100, 10**5, 3 * 10**14, 10**15)):
    emit('hypergeometric_tail', [x, n, k, population, 1], [big_tail(x, n, k, population, True)])
    emit('hypergeometric_tail', [x, n, 2 * k, population, 0], [big_tail(x, n, 2 * k, population, False)])

# ---- sample sizes, differences, ratios --------------------------------------
for margin in (0.001, 0.01, 0.05, 0.3):
    for confidence in (0.5, 0.9, 0.95, 0.999):
        for expected in (0.5, 0.1, 0.001):
            for population in (1, 50, 2500, 10**9, 0):
                n0 = z_of(confidence) ** 2 * mpf(expected) * (1 - mpf(expected)) / mpf(margin) ** 2
                emit('sample_size', [margin, confidence, expected, population], [n0 / (1 + (n0 - 1) / population) if population else n0])


def wilson(x, n, z):
    p = mpf(x) / n
    a, h = 1 + z * z / n, p + z * z / (2 * n)
    root = sqrt(h * h - a * p * p)
    return p, (h - root) / a, (h + root) / a


# the first five are the rows of Newcombe's table II, p. 875 ff.
for x1, n1, x2, n2 in ((56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (10, 10, 0, 10), (1, 10**9, 2, 10**6), (3 * 10**8, 10**9, 3 * 10**8 + 50000, 10**9), (500, 1000, 500, 1000)):
    for confidence in (0.9, 0.95, 0.99):
        mp.dps = 60
        z = z_of(confidence)
        p1, l1, u1 = wilson(x1, n1, z)
        p2, l2, u2 = wilson(x2, n2, z)
        d = p1 - p2
        p = mpf(x1 + x2) / (n1 + n2)
        spread = sqrt(p * (1 - p) * (mpf(1) / n1 + mpf(1) / n2))
        statistic = d / spread if spread else mpf('nan')
        emit('difference', [x1, n1, x2, n2, confidence], [d, d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2),
                                                          statistic, erfc(abs(statistic) / sqrt(mpf(2))) if spread else mpf('nan')])
        mp.dps = 40

for a, t1, b, t0 in ((30, 1.0, 20, 1.0), (0, 2.0, 3, 1.0), (41, 28010.0, 15, 19017.0), (7, 0.5, 7, 0.5), (1000000, 365.25, 990000, 365.25), (3, 1e-3, 1, 1e6)):
    for confidence in (0.9, 0.95, 0.99):
        tail, m = (1 - mpf(confidence)) / 2, a + b
        low = mpf(0)
        if a:
            x, y = inverse(a, b + 1, tail)
            low = x / y * mpf(t0) / mpf(t1)
        x, y = inverse(a + 1, b, tail, True)
        p, q = mpf(t1) / (mpf(t1) + mpf(t0)), mpf(t0) / (mpf(t1) + mpf(t0))
        upper = incomplete(mpf(a), mpf(b + 1), p, q) if a else mpf(1)
        lower = incomplete(mpf(b), mpf(a + 1), q, p)
        emit('rate_ratio', [a, t1, b, t0, confidence], [mpf(a) / b * mpf(t0) / mpf(t1), low, x / y * mpf(t0) / mpf(t1), min(mpf(1), 2 * min(upper, lower))])

# ---- Student's quantile, estimates of strata --------------------------------
def student(confidence, degrees):
    d = mpf(degrees)
    x, y = inverse(d / 2, mpf('.5'), 1 - mpf(confidence))
    return sqrt(d * y / x)


for degrees in (1, 2, 2.7, 10, 59.5, 1000, 1e6):
    for confidence in (0.1, 0.5, 0.9, 0.95, 0.999999):
        emit('student', [confidence, degrees], [student(confidence, degrees)])

for _ in range(12):
    k = random.randint(1, 6)
    strata = []
    for _ in range(k):
        N = random.choice((10, 500, 10**6))
        n = random.randint(2, min(N, 400))
        strata.append((N, n, random.randint(0, n), random.uniform(-50, 900), random.uniform(0, 90)))
    total = sum(s[0] for s in strata)
    confidence = random.choice((0.8, 0.95, 0.99))
    mean = sum(mpf(N) / total * mpf(m) for N, n, x, m, s in strata)
    parts = [mpf(N * (N - n)) / (mpf(total) ** 2 * n) * mpf(s) ** 2 for N, n, x, m, s in strata]
    if sum(parts) == 0:
        continue
    degrees = sum(parts) ** 2 / sum(v * v / (n - 1) for v, (N, n, x, m, s) in zip(parts, strata))
    t = student(confidence, degrees)
    error = sqrt(sum(parts))
    emit('stratified_mean', [confidence] + [v for s in strata for v in (s[0], s[1], s[3], s[4])], [mean, error, mean - t * error, mean + t * error])
    p = sum(mpf(N) / total * x / n for N, n, x, m, s in strata)
    variance = sum(mpf(N * (N - n)) / mpf(total) ** 2 * mpf(x) / n * (1 - mpf(x) / n) / (n - 1) for N, n, x, m, s in strata)
    seen = sum(s[1] for s in strata)
    effective = p * (1 - p) / variance if variance else seen / (1 - mpf(seen) / total)
    z = z_of(confidence)
    a, h = 1 + z * z / effective, p + z * z / (2 * effective)
    root = sqrt(h * h - a * p * p)
    emit('stratified_proportion', [confidence] + [v for s in strata for v in s[:3]], [p, sqrt(variance), (h - root) / a, (h + root) / a])

# ---- inequality -------------------------------------------------------------
def number(f):
    return mpf(f.numerator) / f.denominator


samples = [[1], [0, 1], [1, 2, 3, 4, 5], [0.1] * 10, [5.0, 5.0, 5.000000001], [1e308, 1e308, 1.5e308], [1e-310, 3e-310, 5e-320],
           [0, 0, 100, 25.5, 100], [1e-200, 1e200]]
samples += [[float('%.6g' % random.paretovariate(1.1)) for _ in range(n)] for n in (7, 50, 333)]
samples.append([1e9 + random.randint(0, 3) for _ in range(100)])
for sample in samples:
    f = sorted(Fraction(v) for v in sample)
    n, total = len(f), sum(f)
    gini = sum(abs(a - b) for a in f for b in f) / (2 * n * total)
    answers = [number(gini), number(sum(a * a for a in f) / total**2)]
    for fraction in (Fraction(1, 10), Fraction(1, 5), Fraction(1)):
        k = -(-n * fraction.numerator // fraction.denominator)
        answers.append(number(sum(f[n - k:]) / total))
    for share in (Fraction(1, 2), Fraction(4, 5), Fraction(1)):
        k, s = 0, Fraction(0)
        while s < share * total * (1 - Fraction(1, 10**12)):
            k += 1
            s += f[n - k]
        answers.append(k)
    emit('inequality', sample, answers)

# ---- tests of two groups ----------------------------------------------------
def groups(n1, n2, levels, shift):
    return ([round(random.gauss(shift, levels), 0 if levels < 9 else 3) for _ in range(n1)], [round(random.gauss(0, levels), 0 if levels < 9 else 3) for _ in range(n2)])


for x, y in [groups(*g) for g in ((1, 1, 2, 0), (5, 7, 2, 1), (20, 30, 100, 0), (80, 120, 3, 1), (200, 1, 4, 0))] + [([1.0, 1.0], [1.0]), ([3.0], [1.0, 2.0, float('-inf')])]:
    pairs = len(x) * len(y)
    u = sum(Fraction((a > b) - (a < b) + 1, 2) for a in x for b in y)
    every = x + y
    N = len(every)
    ties = sum(every.count(v) ** 3 - every.count(v) for v in set(every))
    variance = Fraction(pairs, 12) * (N + 1 - Fraction(ties, N * (N - 1)))
    d = u - Fraction(pairs, 2)
    d -= Fraction((d > 0) - (d < 0), 2)
    z = number(d) / sqrt(number(variance)) if variance else mpf('nan')
    emit('mann_whitney', [len(x)] + x + y, [number(u), z, erfc(abs(z) / sqrt(mpf(2))) if variance else mpf('nan'), number(u / pairs)])


def log_rank(rows):
    expected = variance = Fraction(0)
    for t in sorted({d for d, e, g in rows if e}):
        n = sum(d >= t for d, e, g in rows)
        n1 = sum(d >= t and g for d, e, g in rows)
        died = sum(d == t and e for d, e, g in rows)
        expected += Fraction(died * n1, n)
        if n > 1:
            variance += Fraction(died * n1 * (n - n1) * (n - died), n * n * (n - 1))
    observed = sum(e and g for d, e, g in rows)
    chi = (observed - expected) ** 2 / variance if variance else None
    emit('log_rank', [v for d, e, g in rows for v in (float(d), int(e), int(g))],
         [observed, number(expected), number(variance)] + ([number(chi), erfc(sqrt(number(chi) / 2))] if variance else [mpf('nan')] * 2))


# Freireich et al. 1963, remission in leukemia, weeks: 6-MP and placebo
mp6 = [(6, 1)] * 3 + [(7, 1), (10, 1), (13, 1), (16, 1), (22, 1), (23, 1), (6, 0), (9, 0), (10, 0), (11, 0), (17, 0), (19, 0), (20, 0), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]
placebo = [(v, 1) for v in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
log_rank([(d, bool(e), True) for d, e in mp6] + [(d, bool(e), False) for d, e in placebo])
for n, levels in ((2, 5), (10, 3), (40, 8), (150, 30), (300, 10**6)):
    log_rank([(random.randint(0, levels), random.random() < .6, random.random() < .4) for _ in range(n)])
