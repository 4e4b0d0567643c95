#!/usr/bin/env python3
"""Reference values of Pareto/NBD and NBD, to 20 digits.

    python3 pareto_nbd_reference.py > pareto_nbd_reference.txt     (some minutes)

From the definition of the model: a customer is one at T, or has left at a
moment between the last purchase and T; the rates, gamma, are averaged out of
each. The integral over that moment, and the others, are Gauss-Legendre of 40
nodes a piece in 45 digits. Where the printed forms of the papers converge in
mpmath (2F1, incomplete gamma function) they have to agree to 25 digits.

Lines: family, kind, r, alpha, s, beta, x, t_x, T, t, n, delta, value(s)
Kind derivatives: the log-likelihood, its gradient and the upper half of its
Hessian, by the logarithms of the parameters (central differences, 70 digits).
"""
import sys
from functools import lru_cache
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

DIGITS = 45
NODES = 40


@lru_cache(None)
def legendre(n, digits):
    """Nodes and weights on [0, 1]."""
    with mp.workdps(digits + 10):
        result = []
        for i in range(n):
            x = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
            for _ in range(100):
                p, q = mpf(1), mpf(0)
                for j in range(n):
                    p, q = ((2 * j + 1) * x * p - j * q) / (j + 1), p
                slope = n * (x * p - q) / (x * x - 1)
                step = p / slope
                x -= step
                if abs(step) < mpf(10) ** (-digits - 5):
                    break
            result.append(((1 - x) / 2, 1 / ((1 - x * x) * slope ** 2)))
        return result


def pieces(f, edges):
    total = mpf(0)
    for a, b in zip(edges, edges[1:]):
        total += (b - a) * sum(w * f(a + (b - a) * x) for x, w in legendre(NODES, 70))
    return total


def outward(log_f, start, end, longest):
    """Edges from start to end (or to where nothing is left), no piece longer
    than that, none with more change of log_f than 20. log_f is unimodal."""
    edges, top = [start], log_f(start)
    sign = 1 if end > start else -1
    while edges[-1] != end:
        step = longest
        while True:
            to = edges[-1] + sign * step
            if (end - to) * sign <= 0:
                to = end
            middle = log_f((edges[-1] + to) / 2)
            if abs(log_f(to) - log_f(edges[-1])) < 20 and abs(middle - log_f(edges[-1])) < 20:
                break
            step = abs(to - edges[-1]) / 2
        edges.append(to)
        top = max(top, log_f(to))
        if log_f(to) < top - 110:
            break
    return edges if sign > 0 else edges[::-1]


def gone(r, alpha, s, beta, x, tx, T, f=lambda y: 1):
    """Integral over the moments of having left, over the weight of being one."""
    if tx == T:
        return mpf(0)
    m = min(alpha, beta)

    def log_f(w):
        y = (m + tx) * mp.exp(w) - m
        return ((r + x) * mp.log((alpha + T) / (alpha + y)) + s * mp.log((beta + T) / (beta + y))
                + mp.log(s / (beta + y) * (m + y)))
    end = mp.log((m + T) / (m + tx))
    # the change of log_f is bounded by its value at some points: it has one peak
    grid = [end * i / 60 for i in range(61)]
    peak = max(grid, key=log_f)
    edges = outward(log_f, peak, mpf(0), mpf(1))[:-1] + outward(log_f, peak, end, mpf(1)) \
        if 0 < peak < end else outward(log_f, peak, end if peak == 0 else mpf(0), mpf(1))
    return pieces(lambda w: mp.exp(log_f(w)) * f((m + tx) * mp.exp(w) - m), edges)


def textbook_gone(r, alpha, s, beta, x, tx, T):
    """Schmittlein, Morrison & Colombo (1987), as Fader & Hardie (2005) print it."""
    k = r + s + x
    b, top = (s + 1, alpha) if alpha >= beta else (r + x, beta)

    def term(y):
        return mp.hyp2f1(k, b, k + 1, abs(alpha - beta) / (top + y)) / (top + y) ** k
    with mp.workdps(120):
        return s / k * (term(tx) - term(T)) * (alpha + T) ** (r + x) * (beta + T) ** s


@lru_cache(16)
def odds(r, alpha, s, beta, x, tx, T):
    result = gone(r, alpha, s, beta, x, tx, T)
    z = 1 - (min(alpha, beta) + tx) / (max(alpha, beta) + tx)
    if z < 0.9 and x < 200 and r < 100 and s < 100 and T > tx:
        other = textbook_gone(r, alpha, s, beta, x, tx, T)
        if abs(other - result) > mpf(10) ** -25 * abs(result):
            raise Exception('textbook form: %s %s' % (other, result))
    return result


def log_likelihood(r, alpha, s, beta, x, tx, T, o=None):
    if o is None:
        o = odds(r, alpha, s, beta, x, tx, T)
    return (mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) - (r + x) * mp.log(alpha + T)
            + s * mp.log(beta / (beta + T)) + mp.log1p(o))


def lifetime(s, beta, t, delta):
    """Integral from 0 to t of e^(-delta u) (beta / (beta + u))^s, in w = ln(1 +
    u / beta)."""
    if delta == 0:
        return t if s == 0 else (beta * mp.log1p(t / beta) if s == 1 else
                                 beta / (1 - s) * mp.expm1((1 - s) * mp.log1p(t / beta)))

    def log_f(w):
        return (1 - s) * w - beta * delta * mp.expm1(w)
    end = mp.log1p(t / beta) if t != mp.inf else mp.log1p(200 / (beta * delta))
    peak = min(max(mp.log((1 - s) / (beta * delta)), 0), end) if s < 1 else mpf(0)
    edges = outward(log_f, peak, mpf(0), mpf(1))[:-1] if peak > 0 else []
    edges += outward(log_f, peak, end, mpf(1)) if peak < end else [end]
    result = beta * pieces(lambda w: mp.exp(log_f(w)), edges)
    z = beta * delta
    if s < 30 and z < 50:
        with mp.workdps(120):
            upper = mp.gammainc(1 - s, z * (1 + t / beta)) if t != mp.inf else 0
            other = beta * z ** (s - 1) * mp.exp(z) * (mp.gammainc(1 - s, z) - upper)
        if abs(other - result) > mpf(10) ** -25 * abs(result):
            raise Exception('textbook form of DERT: %s %s %s' % (other, result, (s, beta, t, delta)))
    return result


def nbd(r, alpha, n, y):
    return mp.exp(mp.loggamma(r + n) - mp.loggamma(r) - mp.loggamma(n + 1)
                  + n * mp.log(y / (alpha + y)) + r * mp.log(alpha / (alpha + y)))


def mass(r, alpha, s, beta, n, t):
    """P(X(t) = n), n purchases until leaving or until t."""
    def log_f(u):
        y = mp.exp(u)
        return ((n + 1) * u - (n + r) * mp.log((alpha + y) / alpha) - (s + 1) * mp.log((beta + y) / beta))
    low, high = mpf(-60), mp.log(t)
    if high > low:
        for _ in range(60):
            a, b = low + (high - low) / 3, high - (high - low) / 3
            if log_f(a) < log_f(b):
                low = a
            else:
                high = b
        peak = mp.log(t) if log_f(mp.log(t)) >= log_f(low) else (low + high) / 2
    else:
        peak = high
    edges = outward(log_f, peak, peak - 400, mpf(1))
    if peak < mp.log(t):
        edges = edges[:-1] + outward(log_f, peak, mp.log(t), mpf(1))
    scale = mp.exp(mp.loggamma(r + n) - mp.loggamma(r) - mp.loggamma(n + 1) - n * mp.log(alpha)) * s / beta
    return (nbd(r, alpha, n, t) * (beta / (beta + t)) ** s
            + scale * pieces(lambda u: mp.exp(log_f(u)), edges))


def derivatives(args):
    """By central differences in the logarithms."""
    theta = [mp.log(a) for a in args[:4]]
    h = mpf(10) ** -14

    @lru_cache(None)
    def at(moves):
        # the same pieces for all: their error cancels as far as it is smooth
        p = [mp.exp(v + h * m) for v, m in zip(theta, moves)]
        return log_likelihood(*p, *args[4:], o=gone(*p, *args[4:]))

    def unit(i):
        return tuple(int(i == j) for j in range(4))

    def move(*signed):
        return tuple(sum(sign * unit(i)[j] for i, sign in signed) for j in range(4))
    result = [at((0, 0, 0, 0))]
    for i in range(4):
        d1 = (at(move((i, 1))) - at(move((i, -1)))) / (2 * h)
        d2 = (at(move((i, 2))) - at(move((i, -2)))) / (4 * h)
        result.append((4 * d1 - d2) / 3)
    for i in range(4):
        for j in range(i, 4):
            if i == j:
                d = (at(move((i, 1))) - 2 * result[0] + at(move((i, -1)))) / h ** 2
            else:
                d = (at(move((i, 1), (j, 1))) - at(move((i, 1), (j, -1)))
                     - at(move((i, -1), (j, 1))) + at(move((i, -1), (j, -1)))) / (4 * h * h)
            result.append(d)
    return result


def value(job):
    family, kind = job[:2]
    mp.mp.dps = DIGITS
    x, n = job[6], job[10]
    r, alpha, s, beta, tx, T, t, delta = [mpf(job[i]) for i in (2, 3, 4, 5, 7, 8, 9, 11)]
    if family == 'nbd':
        power, left = r + x, mpf(0)
        if kind == 'll':
            return [mp.loggamma(power) - mp.loggamma(r) + r * mp.log(alpha) - power * mp.log(alpha + T)]
        result = {'expected': lambda: power / (alpha + T) * t, 'rate': lambda: power / (alpha + T),
                  'alive': lambda: mpf(1), 'mass': lambda: nbd(power, alpha + T, n, t),
                  'discounted': lambda: power / (alpha + T) * (1 - mp.exp(-delta * t)) / delta}[kind]()
        return [result] if result > mpf(10) ** -290 else None
    p = (r, alpha, s, beta)
    c = (x, tx, T)
    if kind == 'derivatives':
        with mp.workdps(70):
            return derivatives(p + c)
    if kind == 'll':
        return [log_likelihood(*p, *c)]
    o = odds(*p, *c)
    alive = 1 / (1 + o)
    if kind == 'alive':
        result = alive * ((beta + T) / (beta + T + t)) ** s
    elif kind == 'expected':
        result = alive * (r + x) / (alpha + T) * lifetime(s, beta + T, t, 0)
    elif kind == 'discounted':
        result = alive * (r + x) / (alpha + T) * lifetime(s, beta + T, t, delta)
    elif kind == 'mass':
        result = alive * mass(r + x, alpha + T, s, beta + T, n, t) + (1 - alive if n == 0 else 0)
    elif kind == 'rate':
        result = alive * ((r + x) / (alpha + T) + gone(*p, *c, f=lambda y: (r + x) / (alpha + y)))
    elif kind == 'dropout':
        result = alive * (s / (beta + T) + gone(*p, *c, f=lambda y: (s + 1) / (beta + y)))
    return [result] if result > mpf(10) ** -290 else None


def jobs():
    usual = (0.553, 10.578, 0.606, 11.669)
    sets = [usual, (0.5629966, 12.559037, 0.4081095, 10.5148048), (0.553, 74.046, 0.606, 81.683),
            (0.5, 20.0, 1.0, 20.0), (0.5, 20.0, 1.0 + 1e-9, 30.0), (0.5, 20.0, 0.999999, 30.0),
            (1.0, 1.0, 1.0, 300.0), (1.0, 300.0, 1.0, 1.0), (0.5, 20.0, 2.0, 20.0), (0.5, 20.0, 3.0, 7.0),
            (2.0, 5.0, 0.1, 0.2), (0.7, 3.0, 0.05, 0.9), (3.0, 10.0, 0.5, 200.0), (12.5, 100.0, 0.5, 1.0)]
    extremes = [(r, al, s, b) for r in (1e-4, 1e4) for al in (1e-4, 1e4) for s in (1e-4, 1e4) for b in (1e-4, 1e4)]
    extremes += [(1e-4, 1.0, 0.5, 1e4), (1e-4, 1.0, 1.0, 1.0), (1e4, 1e4, 1.0, 1.0), (0.2, 10.0, 1e-4, 1.0),
                 (0.2, 10.0, 1e4, 1e4), (0.2, 1e-4, 0.5, 1.0), (0.2, 10.0, 0.5, 1e-4), (0.2, 10.0, 0.5, 1e4),
                 (100.0, 100.0, 10.0, 10.0), (1.0, 1e4, 1.0, 1e4), (20.0, 0.01, 0.3, 0.2)]
    # log-uniform in 1e-4 .. 1e4 by a small generator
    state = 54321

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 11) / 2.0 ** 53
    randoms = [tuple(float('%.6g' % 10 ** (-4 + 8 * uniform())) for _ in range(4)) for _ in range(30)]
    mild = [tuple(float('%.6g' % 10 ** (-1.3 + 2.3 * uniform())) for _ in range(4)) for _ in range(20)]

    customers = [(0, 0.0, 0.0), (0, 0.0, 38.86), (2, 30.43, 38.86), (1, 0.5, 1.0), (10, 300.0, 365.25),
                 (180, 100.0, 104.0), (0, 0.0, 36525.0), (10000, 36500.0, 36525.0), (10000, 36525.0, 36525.0),
                 (1000, 700.0, 730.0), (3, 0.0, 1.0), (0, 0.0, 1.0), (26, 30.86, 31.0), (40, 60.0, 365.0),
                 (1, 1e-6, 730.0), (10000, 1.0, 36525.0), (5, 99.999999, 100.0)]
    horizons = [1e-3, 1.0, 39.0, 365.25, 36525.0, 1e6]
    counts = [0, 1, 2, 5, 50, 1000, 10000]
    rates = [0.0002609488, 0.0027, 1e-7, 0.4]

    k = 0
    for which, group in enumerate((sets, mild, extremes, randoms)):
        for p in group:
            for i in range(5 if which < 2 else 4):
                k += 1
                c = customers[(k * 5 + k // 17) % 17]
                t = horizons[(k * 7 + k // 6) % 6]
                d = rates[(k // 3 + k // 8) % 4]
                for kind, *rest in (('ll', 0, 0, 0), ('alive', 0.0, 0, 0), ('alive', t, 0, 0), ('expected', t, 0, 0),
                                    ('mass', t, counts[(k * 3 + k // 7) % 7], 0), ('mass', t, counts[k % 4], 0),
                                    ('discounted', t, 0, d), ('discounted', float('inf'), 0, d), ('rate', 0, 0, 0),
                                    ('dropout', 0, 0, 0)):
                    if kind != 'mass' or which < 2 or rest[1] == counts[k % 4]:
                        yield ('pareto/nbd', kind) + p + c + tuple(rest)
                if which < 2 and i < 2 or which == 2 and i == 0:
                    yield ('pareto/nbd', 'derivatives') + p + c + (0, 0, 0)
                if i == 0:
                    for kind, *rest in (('ll', 0, 0, 0), ('alive', t, 0, 0), ('expected', t, 0, 0),
                                        ('mass', t, counts[k % 7], 0), ('discounted', t, 0, d),
                                        ('discounted', float('inf'), 0, d), ('rate', 0, 0, 0)):
                        yield ('nbd', kind) + p[:2] + (1.0, 1.0) + c + tuple(rest)


def difficult():
    """What the textbook forms do not survive: a large x with alpha far from beta,
    s at and next to 1, alpha = beta, a customer who has all but certainly left."""
    for p in ((1.0, 1.0, 1.0, 300.0), (1.0, 300.0, 1.0, 1.0), (0.5, 7.0, 1.0, 7.0), (0.5, 7.0, 0.9999999, 7.0),
              (0.553, 1e-4, 0.606, 1e4), (0.553, 1e4, 0.606, 1e-4), (0.7, 10.0, 1e-4, 12.0), (0.7, 10.0, 300.0, 4000.0)):
        for c in ((100, 90.0, 104.0), (180, 104.0, 104.0), (180, 103.9999, 104.0), (300, 50.0, 104.0),
                  (1000, 700.0, 730.0), (10000, 730.0, 730.5), (40, 20.0, 365.0), (3, 0.01, 36525.0), (0, 0.0, 1.0)):
            for kind, *rest in (('ll', 0, 0, 0), ('alive', 0.0, 0, 0), ('expected', 52.0, 0, 0), ('mass', 52.0, 0, 0),
                                ('mass', 52.0, 3, 0), ('discounted', 104.0, 0, 0.0018), ('discounted', float('inf'), 0, 0.0018),
                                ('rate', 0, 0, 0), ('dropout', 0, 0, 0), ('derivatives', 0, 0, 0)):
                yield ('pareto/nbd', kind) + p + c + tuple(rest)


def show(v):
    return mp.nstr(v, 20) if isinstance(v, mpf) else repr(v)


def main():
    done = set()
    work = [j for j in [*jobs(), *difficult()] if not (j in done or done.add(j))]
    if len(sys.argv) > 1:
        work = [j for j in work if j[1] == sys.argv[1]]
    with Pool(2) as pool:
        for job, v in zip(work, pool.imap(value, work, chunksize=10)):
            if v is None:
                continue
            with mp.workdps(40):
                print(*job[:2], *(show(a) for a in job[2:]), *(show(a) for a in v), flush=True)


if __name__ == '__main__':
    main()
