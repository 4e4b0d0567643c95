#!/usr/bin/env python3
"""Values of calibration_reference.txt, from the definitions, with mpmath.

Each line: what, its arguments, a bar, the values.
	line T0 T1 n (score won lost)...    slope intercept, their variances, covariance, log-likelihood
	    of the maximum of sum (won T1 + lost T0) ln p + (won (1 - T1) + lost (1 - T0)) ln(1 - p),
	    p = 1 / (1 + exp(-(intercept + slope score))), by Newton's method at 60 digits
	offset slope n (score won lost)...  intercept, its variance
	isotonic n (score won lost)...      probability of each score, by the formula
	    max over a <= i of min over b >= i of the share won among a .. b, in fractions
	width bins n (score won lost)...    expected calibration error, then cases, won, mean of each bin
	count bins n (score won lost)...    the same, of bins of equal count, made case by case
	hosmer_lemeshow groups lost n (score won lost)...  statistic, degrees, p
"""
import random
from fractions import Fraction
from mpmath import mp, mpf, exp, log, matrix, lu_solve, inverse, gammainc

mp.dps = 60
random.seed(20240517)


def text(x):
    return mp.nstr(mpf(x), 20)


def show(what, arguments, groups, values):
    flat = ' '.join('%r %d %d' % g for g in groups)
    print(what, *arguments, len(groups), flat, '|', *[text(v) for v in values])


def fit(groups, t0, t1):
    """Newton with halved steps at 60 digits, from the flat curve."""
    xs = [mpf(g[0]) for g in groups]
    won = [g[1] * mpf(t1) + g[2] * mpf(t0) for g in groups]
    lost = [g[1] * (1 - mpf(t1)) + g[2] * (1 - mpf(t0)) for g in groups]
    n = [g[1] + g[2] for g in groups]
    center = sum(a * x for a, x in zip(n, xs)) / sum(n)
    scale = max(abs(x - center) for x in xs)
    zs = [(x - center) / scale for x in xs]

    def value(a, b):
        return -sum(w * log(1 + exp(-(a + b * z))) + l * log(1 + exp(a + b * z)) for w, l, z in zip(won, lost, zs))
    a, b = log(sum(won) / sum(lost)), mpf(0)
    for _ in range(300):
        p = [1 / (1 + exp(-(a + b * z))) for z in zs]
        r = [w * (1 - q) - l * q for w, l, q in zip(won, lost, p)]
        h = [m * q * (1 - q) for m, q in zip(n, p)]
        g = matrix([sum(r), sum(c * z for c, z in zip(r, zs))])
        H = matrix([[sum(h), sum(c * z for c, z in zip(h, zs))], [0, sum(c * z * z for c, z in zip(h, zs))]])
        H[1, 0] = H[0, 1]
        s = lu_solve(H, g)
        k = mpf(1)
        while value(a + k * s[0], b + k * s[1]) < value(a, b) - mpf(10) ** -45:
            k /= 2
        a, b = a + k * s[0], b + k * s[1]
        if max(abs(s[0]), abs(s[1])) < mpf(10) ** -40:
            break
    else:
        raise SystemExit('no convergence')
    V = inverse(H)
    slope, intercept = b / scale, a - b * center / scale
    c = center / scale
    return (slope, intercept, V[1, 1] / scale ** 2, V[0, 0] - 2 * c * V[0, 1] + c * c * V[1, 1],
            (V[0, 1] - c * V[1, 1]) / scale, value(a, b))


def offset(groups, slope):
    a = mpf(0)
    low, high = mpf(-2000), mpf(2000)
    for _ in range(400):
        a = (low + high) / 2
        g = sum(w / (1 + exp(a + mpf(slope) * x)) - l / (1 + exp(-(a + mpf(slope) * x))) for x, w, l in groups)
        low, high = (a, high) if g > 0 else (low, a)
    h = sum((w + l) / (1 + exp(-(a + mpf(slope) * x))) / (1 + exp(a + mpf(slope) * x)) for x, w, l in groups)
    return a, 1 / h


def isotonic(groups):
    won = [0]
    cases = [0]
    for _, w, l in groups:
        won.append(won[-1] + w)
        cases.append(cases[-1] + w + l)
    n = len(groups)
    return [max(min(Fraction(won[b + 1] - won[a], cases[b + 1] - cases[a]) for b in range(i, n)) for a in range(i + 1))
            for i in range(n)]


def fill(cases):
    """cases: (probability, outcome)"""
    return len(cases), sum(o for _, o in cases), sum(mpf(p) for p, _ in cases)


def cases_of(groups):
    return [(s, o) for s, w, l in groups for o in [1] * w + [0] * l]


def width(groups, bins):
    result = []
    for i in range(bins):
        result.append(fill([(p, o) for p, o in cases_of(groups)
                            if (i + 1) / bins > p >= i / bins or (i == bins - 1 and p == 1)]))
    return result


def count(groups, bins):
    cases = cases_of(groups)
    first = {}
    for i, (p, _) in enumerate(cases):
        first.setdefault(p, i)
    return [fill(chosen) for i in range(bins)
            for chosen in [[(p, o) for p, o in cases if first[p] * bins // len(cases) == i]] if chosen]


def error_of(bins):
    return sum(abs(w - s) for _, w, s in bins) / sum(n for n, _, _ in bins)


def hosmer_lemeshow(groups, bins, lost):
    table = count(groups, bins)
    statistic = sum((w - s) ** 2 / s + (w - s) ** 2 / (n - s) for n, w, s in table if 0 < s < n)
    degrees = len(table) - lost
    return statistic, degrees, gammainc(mpf(degrees) / 2, statistic / 2, regularized=True)


# ---- the cases -----------------------------------------------------------------

# the reference's small table of twenty scores with ties
small = [(0.05, 0, 2), (0.1, 1, 1), (0.2, 0, 2), (0.3, 0, 2), (0.4, 1, 1), (0.5, 1, 1), (0.55, 1, 0), (0.6, 0, 1),
         (0.7, 2, 1), (0.8, 2, 0), (0.9, 1, 0)]


def draw(n, center, scale, slope, most):
    """n groups of scores about center, won by a logistic curve of them"""
    scores = sorted({float(center + scale * random.gauss(0, 1)) for _ in range(n)})
    groups = []
    for s in scores:
        cases = random.randint(1, most)
        p = 1 / (1 + exp(-slope * (mpf(s) - center) / scale))
        won = sum(random.random() < p for _ in range(cases)) if cases < 10000 else int(cases * p)
        groups.append((s, won, cases - won))
    return groups


sets = [small, draw(40, 0, 1, 1, 3), draw(60, 600, 50, 2, 5), draw(30, 1e6, 3, -1.5, 20), draw(50, 0, 1e-150, 1, 4),
        draw(50, 0, 1e150, 0.7, 4), draw(100, 0, 1, 0, 2), draw(25, 0, 1, 1, 1000000), draw(200, 5, 2, 3, 1)]
for groups in sets:
    won = sum(g[1] for g in groups)
    lost = sum(g[2] for g in groups)
    for t0, t1 in ((0, 1), (1 / (lost + 2), (won + 1) / (won + 2))):
        show('line', ['%r' % float(t0), '%r' % float(t1)], groups, fit(groups, t0, t1))
# separated, which only targets within 0 and 1 can fit; few, many, a great many
for n, m in ((1, 1), (3, 5), (1000, 2000), (10 ** 9, 10 ** 9), (10 ** 12, 1)):
    groups = [(0.0, 0, m), (1.0, n, 0)]
    show('line', ['%r' % (1 / (m + 2)), '%r' % ((n + 1) / (n + 2))], groups, fit(groups, 1 / (m + 2), (n + 1) / (n + 2)))
    groups = [(-1.0, n, 0), (2.0, 0, m), (3.0, 0, m)]
    show('line', ['%r' % (1 / (2 * m + 2)), '%r' % ((n + 1) / (n + 2))], groups,
         fit(groups, 1 / (2 * m + 2), (n + 1) / (n + 2)))
# one class alone
groups = [(0.0, 4, 0), (1.5, 3, 0), (9.0, 1, 0)]
show('line', ['0.5', '%r' % (9 / 10)], groups, fit(groups, 0.5, 9 / 10))
# one far out among many
groups = [(s, w, l) for s, w, l in draw(80, 0, 1, 1.2, 3)] + [(10000.0, 1, 0)]
show('line', ['0.0', '1.0'], groups, fit(groups, 0, 1))
# nearly separated: one case on the wrong side, twice
groups = [(-2.0, 0, 50), (-1.0, 1, 40), (1.0, 60, 1), (2.0, 70, 0)]
show('line', ['0.0', '1.0'], groups, fit(groups, 0, 1))

for groups in (small, sets[1], sets[6], [(-20.0, 1, 0), (20.0, 0, 1)], [(-30.0, 3, 1), (30.0, 1, 5)], [(0.0, 10 ** 15, 1)]):
    for slope in (1.0, 0.3, -0.5, 0.0):
        show('offset', [slope], groups, offset(groups, slope))

probabilities = [[(random.random(), 0, 0) for _ in range(n)] for n in (1, 2, 5, 37, 120)]
tables = [small]
for scores in probabilities:
    ps = sorted(p for p, _, _ in scores)
    tables.append([(p, w, random.randint(0, 3) + (w == 0)) for p in ps for w in [random.randint(0, 3)]])
# many ties on a grid, sure ones at both ends
tables.append([(i / 20, int(random.random() < i / 20) * 3 + 1, random.randint(1, 6)) for i in range(21)])
tables.append([(i / 100, (i * 7) % 5, (i * 3) % 4 + 1) for i in range(1, 100)])
tables.append([(1 - 10.0 ** -i, 50, 1) for i in range(1, 16)])
tables.append([(0.25, 300, 700), (0.5, 1, 1), (0.75, 1, 0)])
for groups in tables:
    show('isotonic', [], groups, [mpf(v.numerator) / v.denominator for v in isotonic(groups)])
    for bins in (1, 2, 3, 5, 10, 100):
        for what, table in (('width', width(groups, bins)), ('count', count(groups, bins))):
            show(what, [bins], groups, [error_of(table)] + [v for n, w, s in table
                                                            for v in (n, w, s / n if n > 0 else 0)])
    for bins in (3, 5, 10, 20):
        if len(count(groups, bins)) > 2 and groups[0][0] > 0 and groups[-1][0] < 1:
            for lost in (0, 2):
                show('hosmer_lemeshow', [bins, lost], groups, hosmer_lemeshow(groups, bins, lost))
