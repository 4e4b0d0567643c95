#!/usr/bin/env python3
"""Reference values of the customer lifetime value models, to 25 digits.

    python3 reference.py > reference.txt          (about ten minutes)

Written with mpmath from the definitions of the models, or from textbook forms
at a precision at which their cancellation does not matter; not with the forms
that src/clv uses. Numbers in the table are read as doubles, and are taken here
as exactly these doubles.

Lines: kind, first_dropout, r, alpha, a, b, x, t_x, T, t, n, delta, value
       ggll / ggmean, p, q, gamma, x, mean, value
"""
import sys
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

DIGITS = 40


def new_purchases(r, alpha, a, b, t):
    """E[X(t)], Fader, Hardie & Lee (2005), equation 9; the singularities at
    a = 1 and a + b = 1 are removable, so a is moved by 1e-50 there."""
    with mp.workdps(170):
        if abs(a - 1) < mpf(10) ** -45 or abs(a + b - 1) < mpf(10) ** -45:
            a = a + mpf(10) ** -50
        f = mp.hyp2f1(r, b, a + b - 1, t / (alpha + t), maxterms=10 ** 7, maxprec=10 ** 6)
        return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + t)) ** r * f)


def posterior(m, r, alpha, a, b, x, tx, T):
    """P(alive) by Bayes from the two histories that agree with the data, and
    the parameters of an alive customer."""
    alive = mp.beta(a, b + x + m) / (alpha + T) ** (r + x)
    left = mpf(0)
    if x > 0 or m == 1:
        left = mp.beta(a + 1, b + x + m - 1) / (alpha + tx) ** (r + x)
    return alive / (alive + left), (r + x, alpha + T, a, b + x + m)


def log_likelihood(m, r, alpha, a, b, x, tx, T):
    alive = mp.beta(a, b + x + m) / (alpha + T) ** (r + x)
    left = mpf(0)
    if x > 0 or m == 1:
        left = mp.beta(a + 1, b + x + m - 1) / (alpha + tx) ** (r + x)
    return mp.log((alive + left) * mp.rf(r, x) * alpha ** r / mp.beta(a, b))


def survival(r, alpha, a, b, t):
    """E[(1 + p t / alpha)^-r], p ~ Beta(a, b): Euler's integral."""
    return mp.hyp2f1(r, a, a + b, -t / alpha, maxterms=10 ** 7, maxprec=10 ** 6)


def mass(r, alpha, a, b, n, t):
    """P(X(t) = n): NBD probabilities added up one by one."""
    with mp.workdps(120):
        z = t / (alpha + t)
        p = (alpha / (alpha + t)) ** r
        below = mpf(0)
        for k in range(n):
            below += p
            p *= (r + k) / (k + 1) * z
        value = mp.beta(a, b + n) / mp.beta(a, b) * p
        if n > 0:
            value += mp.beta(a + 1, b + n - 1) / mp.beta(a, b) * (1 - below)
        return value


def discounted(r, alpha, a, b, t, delta):
    """The integral over time of e^(-delta s) d/ds E[X(s)], with
    d/ds E[X(s)] = r/alpha E[(1 + p s/alpha)^(-r-1)], in w = ln(1 + s/alpha)."""
    def rate(w):
        s = alpha * mp.expm1(w)
        return mp.exp(w - delta * s) * r * mp.hyp2f1(r + 1, a, a + b, -s / alpha,
                                                     maxterms=10 ** 7, maxprec=10 ** 6)
    end = mp.log1p(t / alpha) if t != mp.inf else mp.log1p(90 / (delta * alpha))
    # Panels short against the decay as well as against the strip of analyticity
    pieces = int(end) + 1
    spread = max(1, (r + 1) * a / (a + b))
    edges = [end * mpf(i) / pieces for i in range(pieces + 1)]
    first = edges[1]
    extra = []
    while first > 1 / spread and len(extra) < 14:
        first /= 2
        extra.append(first)
    edges = [edges[0]] + extra[::-1] + edges[1:]
    total = mpf(0)
    for lo, hi in zip(edges, edges[1:]):
        total += mp.quad(rate, [lo, hi], method='gauss-legendre', maxdegree=7)
    return total


def value(job):
    kind, m, r, alpha, a, b, x, tx, T, t, n, delta = job
    mp.mp.dps = DIGITS
    args = [mpf(v) for v in (r, alpha, a, b)] + [x, mpf(tx), mpf(T)]
    t = mpf(t)
    if kind == 'll':
        result = log_likelihood(m, *args)
    else:
        alive, p = posterior(m, *args)
        if kind == 'alive':
            result = alive * (survival(*p, t) if t > 0 else 1)
        elif kind == 'expected':
            result = alive * new_purchases(*p, t)
        elif kind == 'mass':
            result = alive * mass(*p, n, t) + (1 - alive if n == 0 else 0)
        else:
            if alive < mpf(10) ** -290:
                return None
            mp.mp.dps = 27
            result = alive * discounted(*p, t, mpf(delta))
    if kind != 'll' and abs(result) < mpf(10) ** -290:
        return None
    return result


def jobs():
    usual = (0.243, 4.414, 0.793, 2.426)
    sets = [usual, (0.525, 6.183, 0.891, 1.614), (0.24259, 30.895, 0.7929, 2.4259),
            (0.5, 20.0, 1.0, 2.0), (0.5, 20.0, 1.0 + 1e-9, 2.0), (0.5, 20.0, 0.999999, 2.0),
            (0.5, 20.0, 1.001, 3.0), (1.0, 1.0, 1.0, 1.0), (0.3, 10.0, 0.4, 0.6),
            (0.3, 10.0, 0.25, 0.75), (0.3, 10.0, 0.25 + 1e-10, 0.75), (0.3, 10.0, 0.2501, 0.75),
            (2.0, 5.0, 0.1, 0.2), (0.7, 3.0, 0.05, 0.9), (3.0, 10.0, 2.0, 5.0), (12.5, 100.0, 0.5, 1.0)]
    extremes = [(r, al, a, b) for r in (1e-4, 1e4) for al in (1e-4, 1e4) for a in (1e-4, 1e4) for b in (1e-4, 1e4)]
    extremes += [(1e-4, 1.0, 0.5, 1e4), (1e-4, 1.0, 1.0, 1.0), (1e4, 1e4, 1.0, 1.0), (0.2, 10.0, 1e-4, 1.0),
                 (0.2, 10.0, 1e4, 1.0), (0.2, 1e-4, 0.5, 1.0), (0.2, 10.0, 0.5, 1e-4), (0.2, 10.0, 0.5, 1e4),
                 (100.0, 100.0, 10.0, 10.0), (1.0, 1e4, 1.0, 1e4), (20.0, 0.01, 0.3, 0.2)]
    # log-uniform in 1e-4 .. 1e4 by a small generator
    state = 12345

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 11) / 2.0 ** 53
    randoms = [tuple(float('%.6g' % 10 ** (-4 + 8 * uniform())) for _ in range(4)) for _ in range(40)]
    mild = [tuple(float('%.6g' % 10 ** (-1.3 + 2.3 * uniform())) for _ in range(4)) for _ in range(25)]

    customers = [(0, 0.0, 0.0), (0, 0.0, 38.86), (2, 30.43, 38.86), (1, 0.5, 1.0), (10, 300.0, 365.25),
                 (180, 100.0, 104.0), (0, 0.0, 36525.0), (10000, 36500.0, 36525.0), (10000, 36525.0, 36525.0),
                 (1000, 700.0, 730.0), (3, 0.0, 1.0), (0, 0.0, 1.0)]
    horizons = [1e-3, 1.0, 39.0, 365.25, 36525.0, 1e6]
    counts = [0, 1, 2, 5, 50, 1000, 10000]
    rates = [0.0002609488, 0.0027, 1e-7, 0.4]

    k = 0
    for which, group in enumerate((sets, mild, extremes, randoms)):
        for p in group:
            for i in range(6 if which < 2 else 4):
                k += 1
                m = (k // 2) % 2
                c = customers[(k * 5 + k // 12) % 12]
                # Deep in the past of a customer certain to be gone everything is 0
                if p[2] > 100 * p[3] and c[0] > 10:
                    c = customers[k % 5]
                t = horizons[(k * 7 + k // 6) % 6]
                yield ('ll', m) + p + c + (0, 0, 0)
                yield ('alive', m) + p + c + (0.0, 0, 0)
                yield ('alive', m) + p + c + (t, 0, 0)
                yield ('expected', m) + p + c + (t, 0, 0)
                yield ('expected', m) + p + c + (horizons[k % 6], 0, 0)
                n = counts[(k * 3 + k // 7) % 7]
                yield ('mass', m) + p + c + (t, n, 0)
                yield ('mass', m) + p + c + (t, counts[k % 4], 0)
                if i % 2 == 0:
                    d = rates[(k // 2 + k // 8) % 4]
                    yield ('discounted', m) + p + c + (horizons[1 + k % 4], 0, d)
                    yield ('discounted', m) + p + c + (float('inf'), 0, d)


def spend_lines():
    for p, q, g in ((6.25, 3.74, 15.44), (0.01, 1.5, 3.0), (100.0, 50.0, 1e4), (3e3, 2e3, 1.0), (1e-4, 1e4, 1e-4), (1e4, 1e-4, 1e4)):
        for x in (1, 7, 300, 10000, 4000000000):
            for mean in (22.345, 1e-3, 1e6):
                mp.mp.dps = 60
                pp, qq, gg, mm = mpf(p), mpf(q), mpf(g), mpf(mean)
                ll = (mp.loggamma(pp * x + qq) - mp.loggamma(pp * x) - mp.loggamma(qq) + qq * mp.log(gg)
                      + (pp * x - 1) * mp.log(mm) + pp * x * mp.log(x) - (pp * x + qq) * mp.log(gg + x * mm))
                yield 'ggll', p, q, g, x, mean, ll
                if p * x + q > 1.001:
                    yield 'ggmean', p, q, g, x, mean, (gg + mm * x) * pp / (pp * x + qq - 1)


def show(v):
    return mp.nstr(v, 25) if isinstance(v, mpf) else repr(v)


def main():
    done = set()
    work = [j for j in jobs() if not (j in done or done.add(j))]
    if len(sys.argv) > 1:
        work = [j for j in work if j[0] == sys.argv[1]]
    with Pool(2) as pool:
        for job, v in zip(work, pool.imap(value, work, chunksize=1)):
            if v is None:
                continue
            with mp.workdps(40):
                print(*job[:2], *(show(a) for a in job[2:]), show(v), flush=True)
    if len(sys.argv) == 1:
        for line in spend_lines():
            print(line[0], *(show(v) for v in line[1:]))


if __name__ == '__main__':
    main()
