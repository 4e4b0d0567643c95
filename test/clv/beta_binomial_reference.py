#!/usr/bin/env python3
"""Reference values of BG/BB, to 20 digits.

    python3 beta_binomial_reference.py > beta_binomial_reference.txt   (five minutes)

The sums of Fader, Hardie & Shang (2010) as they stand there, term by term at 50
digits; the gamma functions in them are products from 1 on, whose exponents
know no end in mpmath. Numbers in the table are read as doubles, and are taken
here as exactly these doubles.

Lines: kind, alpha, beta, gamma, delta, x, t_x, n, t, k, delta_rate, value
"""
import sys
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

DIGITS = 50


def rising(a, length):
    """(a)_0, (a)_1, ..., (a)_length"""
    table = [mpf(1)]
    for i in range(length):
        table.append(table[-1] * (a + i))
    return table


class Past:
    """Every past that agrees with (x, tx, n): weights of leaving before j + 1,
    and of being alive at n."""

    def __init__(self, alpha, beta, gamma, delta, x, tx, n):
        self.parameters = alpha, beta, gamma, delta
        self.x, self.tx, self.n = x, tx, n
        rb, rab = rising(beta, n - x), rising(alpha + beta, n)
        rd, rgd = rising(delta, n), rising(gamma + delta, n)
        ra = rising(alpha, x)[x]
        self.left = [(j, ra * rb[j - x] / rab[j] * gamma * rd[j] / (rgd[j] * (gamma + delta + j)))
                     for j in range(tx, n)]
        self.alive = ra * rb[n - x] / rab[n] * rd[n] / rgd[n]
        self.likelihood = self.alive + mp.fsum(w for _, w in self.left)
        self.p_alive = self.alive / self.likelihood

    def posterior(self):
        alpha, beta, gamma, delta = self.parameters
        return alpha + self.x, beta + self.n - self.x, gamma, delta + self.n

    def mean_p(self):
        alpha, beta, _, _ = self.parameters
        top = self.alive / (alpha + beta + self.n) + mp.fsum(w / (alpha + beta + j) for j, w in self.left)
        return top * (alpha + self.x) / self.likelihood

    def mean_theta(self):
        _, _, gamma, delta = self.parameters
        top = self.alive * gamma / (gamma + delta + self.n)
        top += mp.fsum(w * (gamma + 1) / (gamma + delta + j + 1) for j, w in self.left)
        return top / self.likelihood


def survival(gamma, delta, t):
    s = mpf(1)
    for i in range(t):
        s *= (delta + i) / (gamma + delta + i)
    return s


def opportunities(gamma, delta, t, v):
    """Sum of S(i) v^i, i = 1 .. t"""
    s, total = mpf(1), mpf(0)
    for i in range(t):
        s *= (delta + i) / (gamma + delta + i) * v
        total += s
    return total


def residual(gamma, delta, d):
    """The same without end (equation 14): added up where that ends, else the
    2F1 of the paper."""
    v = 1 / (1 + d)
    s, total = mpf(1), mpf(0)
    for i in range(40000):
        ratio = (delta + i) / (gamma + delta + i) * v
        s *= ratio
        total += s
        # no ratio is more than v
        if s < mpf(10) ** -40 * total * d / (1 + d):
            return total
    with mp.workdps(60):
        f = mp.hyp2f1(1, delta + 1, gamma + delta + 1, v, maxterms=10 ** 6, maxprec=10 ** 5)
        return delta / (gamma + delta) * v * f


def mass(alpha, beta, gamma, delta, k, t):
    if k > t:
        return mpf(0)
    rb, rab = rising(beta, t - k), rising(alpha + beta, t)
    rd, rgd = rising(delta, t), rising(gamma + delta, t)
    ra = rising(alpha, k)[k]
    choose, total = mpf(1), mpf(0)
    for i in range(k, t):
        total += choose * ra * rb[i - k] / rab[i] * gamma * rd[i] / (rgd[i] * (gamma + delta + i))
        choose = choose * (i + 1) / (i + 1 - k)
    return total + choose * ra * rb[t - k] / rab[t] * rd[t] / rgd[t]


def values(job):
    p, customer, t, k, rate, heavy = job
    mp.mp.dps = DIGITS
    alpha, beta, gamma, delta = (mpf(v) for v in p)
    past = Past(alpha, beta, gamma, delta, *customer)
    a, b, c, e = past.posterior()
    mean = past.p_alive * a / (a + b)
    rows = [('ll', 0, 0, 0.0, mp.log(past.likelihood)),
            ('alive', 0, 0, 0.0, past.p_alive),
            ('alive', t, 0, 0.0, past.p_alive * survival(c, e, t)),
            ('rate', 0, 0, 0.0, past.mean_p()),
            ('dropout', 0, 0, 0.0, past.mean_theta()),
            ('expected', t, 0, 0.0, mean * opportunities(c, e, t, mpf(1)))]
    d = mp.expm1(mpf(rate))
    rows.append(('discounted', t, 0, rate, mean * opportunities(c, e, t, 1 / (1 + d))))
    rows.append(('discounted', mp.inf, 0, rate, mean * residual(c, e, d)))
    if heavy:
        v = past.p_alive * mass(a, b, c, e, k, t) + (1 - past.p_alive if k == 0 else 0)
        rows.append(('mass', t, k, 0.0, v))
    out = []
    for kind, tt, kk, r, v in rows:
        if kind != 'll' and abs(v) < mpf(10) ** -290:
            continue
        out.append((kind, *p, *customer, 'inf' if tt == mp.inf else tt, kk, repr(r), mp.nstr(v, 20)))
    return out


def jobs():
    sets = [(1.204, 0.75, 0.657, 2.783), (1.204, 0.75, 1.0, 2.783), (1.204, 0.75, 1.0 + 1e-9, 2.783),
            (1.204, 0.75, 0.999999, 2.783), (0.3, 5.0, 1.0 - 2.0 ** -53, 20.0), (0.5, 200.0, 0.5, 900.0),
            (2.0, 1.0, 2.0, 30.0), (0.05, 0.1, 0.05, 0.1), (8.0, 400.0, 1.5, 2000.0), (1.0, 1.0, 1.0, 1.0),
            (0.9, 30.0, 0.02, 0.3), (60.0, 40.0, 12.0, 300.0)]
    extremes = [(a, b, c, d) for a in (1e-4, 1e4) for b in (1e-4, 1e4) for c in (1e-4, 1e4) for d in (1e-4, 1e4)]
    state = 12345

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 11) / 2.0 ** 53
    randoms = [tuple(float('%.6g' % 10 ** (-4 + 8 * uniform())) for _ in range(4)) for _ in range(30)]

    customers = [(0, 0, 0), (2, 4, 6), (0, 0, 36500), (6, 6, 6), (10000, 36500, 36500), (3, 30, 60),
                 (10000, 10000, 36500), (0, 0, 1), (500, 3000, 3650), (10000, 33000, 36500), (1, 1, 20000),
                 (12, 300, 365), (0, 0, 90), (90, 100, 200), (20, 5000, 36500), (1, 1, 1)]
    horizons = [1, 5, 49, 365, 3650, 36500, 60]
    counts = [0, 1, 3, 20, 0, 400, 10000]
    rates = [0.0953, 0.0079, 2.6e-4, 1e-7, 0.7, 2.6e-4]
    k = 0
    for group, each in ((sets, 8), (extremes, 6), (randoms, 4)):
        for p in group:
            for i in range(each):
                k += 1
                t = horizons[(k * 3 + k // 7) % 7]
                n = counts[(k * 5 + k // 5) % 7]
                if n > t:
                    n = t // 2
                yield p, customers[(k * 5 + k // 16) % 16], t, n, rates[(k + k // 6) % 6], t < 4000 or k % 3 == 0


def main():
    with Pool(2) as pool:
        for rows in pool.imap(values, jobs(), chunksize=1):
            for row in rows:
                print(*row, flush=True)


if __name__ == '__main__':
    main()
