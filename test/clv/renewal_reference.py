#!/usr/bin/env python3
"""Reference values of the models of renewals, to 20 digits.

    python3 renewal_reference.py > renewal_reference.txt     (some minutes)

Written with mpmath from the definition S(t) = B(alpha, beta + t^c) /
B(alpha, beta) at a precision at which the differences of logarithms of gamma
do not matter. Sums are added term by term where they converge soon; otherwise
the first 400 terms are, and the rest is the classical Euler-Maclaurin formula
(integral, half a term, derivatives). Sums of the sBG model are from their closed
forms unless the rate is tiny. Numbers in the table are read as doubles, and are taken here as exactly
these doubles.

Lines: kind, alpha, beta, c, tenure, periods, rate, horizon, value
"""
import random
import sys
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf


class Curve:
    """ln S(t), and S(t)/S(n)."""

    def __init__(self, alpha, beta, c, n=0):
        self.alpha, self.beta, self.c, self.n = mpf(alpha), mpf(beta), mpf(c), mpf(n)
        self.start = 0
        self.start = self.log_survival(self.n)

    def log_survival(self, t):
        u = mpf(t) ** self.c if t else mpf(0)
        return mp.loggamma(self.beta + u) - mp.loggamma(self.alpha + self.beta + u) - self.start

    def survival(self, x):
        return mp.exp(self.log_survival(self.n + x))


def point(kind, alpha, beta, c, n, t):
    with mp.workdps(150):
        curve = Curve(alpha, beta, c)
        if kind == 'survival':
            return mp.exp(curve.log_survival(n + t) - curve.log_survival(n))
        if kind == 'churn':
            return mp.exp(curve.log_survival(t - 1)) - mp.exp(curve.log_survival(t))
        if kind == 'churn_rate':
            return 1 - mp.exp(curve.log_survival(n + 1) - curve.log_survival(n))
        return curve.alpha / (curve.alpha + curve.beta + mpf(n) ** curve.c)


def geometric(alpha, beta, n, rate, horizon):
    """A sum of the sBG model: its closed forms, or its terms by their ratios;
    None where mpmath's 2F1 takes too long."""
    a, b, v = mpf(alpha), mpf(beta) + n, 1 / (1 + mpf(rate))
    if horizon != mp.inf:
        term, total = mpf(1), mpf(0)
        for j in range(horizon):
            term *= (b + j) / (a + b + j)
            total += term
            term *= v
        return total
    if rate == 0:
        return b / (a - 1)
    if rate > 0.001:
        return b / (a + b) * mp.hyp2f1(1, b + 1, a + b + 1, v, maxterms=10 ** 7)


def tail(curve, v, first):
    """The sum from the term x = first on, by Euler-Maclaurin."""
    delta = -mp.log(v)

    def f(x):
        return mp.exp(curve.log_survival(curve.n + x) - delta * (x - 1))

    taylor = mp.taylor(f, first, 15)
    total = f(first) / 2
    for k in range(1, 8):
        total -= mp.bernoulli(2 * k) / (2 * k) * taylor[2 * k - 1]
    # over y = ln t, in pieces short enough for the discount to bend
    y = mp.log(curve.n + first)
    width = 1 / curve.c if delta == 0 else min(mpf(1), 1 / curve.c)
    while True:
        t = mp.exp(y)
        if delta == 0 and t ** curve.c > mpf(10) ** 40:
            return total + f(t - curve.n) * t / (curve.alpha * curve.c - 1)
        if delta * (t - curve.n) > 90:
            return total
        total += mp.quad(lambda z: f(mp.exp(z) - curve.n) * mp.exp(z), [y, y + width],
                         method='gauss-legendre', maxdegree=5)
        if f(t - curve.n) * t < total * mpf(10) ** -45:
            return total
        y += width


def renewals(alpha, beta, c, n, rate, horizon):
    with mp.workdps(50):
        value = geometric(alpha, beta, n, rate, horizon) if c == 1 else None
    if value is not None:
        return value
    # as many digits more as the largest t^c has: ln Gamma of it cancels
    digits = 40 if rate == 0 else int(mp.log10(n + 100 / mpf(rate)) * c)
    with mp.workdps(60 + max(digits, int(mp.log10(n + 36500) * c))):
        curve, v = Curve(alpha, beta, c, n), 1 / (1 + mpf(rate))
        last = 400
        if horizon != mp.inf:
            last = horizon
        elif rate >= 0.02:
            last = int(90 / mp.log1p(mpf(rate)))
        total = mp.fsum(curve.survival(j) * v ** (j - 1) for j in range(1, last + 1))
        if horizon == mp.inf and last == 400:
            total += tail(curve, v, last + 1)
        return total


def answer(job):
    kind, a, b, c, n, t, rate, horizon = job
    value = renewals(a, b, c, n, rate, horizon) if kind == 'sum' else point(kind, a, b, c, n, t)
    if kind != 'sum' and abs(value) < mpf(10) ** -300:
        value = mpf(0)
    return '%s %r %r %r %d %d %r %s %s' % (kind, a, b, c, n, t, rate, 'inf' if horizon == mp.inf else horizon,
                                          mp.nstr(value, 20, min_fixed=0, max_fixed=0))


def jobs():
    random.seed(20180501)
    alphas = [1e-4, 0.05, 0.668, 1.0, 3.8, 100.0, 1e4]
    betas = [1e-4, 0.1, 1.182, 15.2, 1000.0, 1e4]
    cs = [0.1, 0.5, 1.0, 1.2, 1.58, 3.0, 10.0]
    times = [1, 2, 7, 60, 365, 3650, 36500]
    tenures = [0, 1, 12, 365, 10000]
    for a in alphas:
        for b in betas:
            for c in cs:
                t, n = random.choice(times), random.choice(tenures)
                yield 'survival', a, b, c, 0, t, 0.0, 0
                yield 'survival', a, b, c, n, random.choice(times), 0.0, 0
                yield 'churn', a, b, c, 0, random.choice(times), 0.0, 0
                yield 'churn_rate', a, b, c, n, 0, 0.0, 0
                if random.random() < 0.1:
                    yield 'propensity', a, b, c, n, 0, 0.0, 0
    # sBG: closed forms
    for a in [1e-4, 0.668, 1.0, 1.0000001, 1.5, 2.0, 3.8, 100.0, 1e4]:
        for b in [1e-4, 1.182, 15.2, 1e4]:
            for n in [0, 3, 10000]:
                rate = random.choice([1e-9, 1e-6, 9e-5, 1.1e-4, 0.008, 0.1, 1.0])
                yield 'sum', a, b, 1.0, n, 0, rate, mp.inf
                yield 'sum', a, b, 1.0, n, 0, random.choice([1e-5, 0.01, 0.2]), random.choice([1, 12, 500, 36500])
                if a > 1:
                    yield 'sum', a, b, 1.0, n, 0, 0.0, mp.inf
                    yield 'sum', a, b, 1.0, n, 0, 0.0, random.choice([2, 60, 70, 120, 36500])
    # BdW: discounted
    for i in range(60):
        yield ('sum', random.choice([1e-4, 0.05, 0.26, 1.0, 3.8, 100.0, 1e4]), random.choice(betas),
               random.choice([0.1, 0.5, 0.9, 1.2, 1.58, 3.0, 10.0]), random.choice([0, 2, 50, 10000]), 0,
               random.choice([1e-9, 1e-6, 1e-4, 0.001, 0.008, 0.05, 0.1, 1.0]), mp.inf)
    # BdW: not discounted, down to sums that hardly converge
    for a, b, c in [(10.5, 1.182, 0.1), (10.01, 15.2, 0.1), (1e4, 1e4, 0.1), (100.0, 1e-4, 0.1), (2.5, 3.8, 0.5),
                    (2.0000001, 15.2, 0.5), (1e4, 1000.0, 0.5), (0.84, 1.182, 1.2), (3.8, 15.2, 1.2),
                    (0.64, 1.7, 1.58), (1.0, 1e4, 1.58), (0.34, 0.1, 3.0), (0.334, 1e4, 3.0), (100.0, 1e4, 3.0),
                    (0.11, 1e4, 10.0), (0.101, 1e-4, 10.0), (1e4, 1e4, 10.0), (5.0, 1e4, 10.0)]:
        for n in [0, 5, 10000]:
            yield 'sum', a, b, c, n, 0, 0.0, mp.inf
    # BdW: within a horizon
    for i in range(40):
        yield ('sum', random.choice([1e-4, 0.26, 1.0, 3.8, 1e4]), random.choice(betas),
               random.choice([0.1, 0.5, 1.2, 1.58, 3.0, 10.0]), random.choice([0, 2, 50, 10000]), 0,
               random.choice([0.0, 1e-6, 0.001, 0.1]), random.choice([1, 12, 60, 97, 101, 365, 3000]))
    for a, b, c, n, rate in [(0.26, 1.72, 1.58, 0, 0.0), (0.05, 1000.0, 0.5, 0, 0.0), (1e-4, 1.0, 10.0, 0, 1e-6),
                             (1.0, 100.0, 0.1, 7, 0.0)]:
        yield 'sum', a, b, c, n, 0, rate, 36500


if __name__ == '__main__':
    with Pool(1) as pool:
        for line in pool.imap(answer, list(jobs()), chunksize=8):
            print(line)
            sys.stdout.flush()
