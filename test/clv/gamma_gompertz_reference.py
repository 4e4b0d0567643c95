#!/usr/bin/env python3
"""Reference values of GGompertz/NBD, to 20 digits.

    python3 gamma_gompertz_reference.py > gamma_gompertz_reference.txt

Written with mpmath from the definition of the model (Bemmaor & Glady 2012): a
customer who has not left at age y with probability S(y) = (beta / (beta - 1 +
e^(b y)))^s, and who until then buys with a rate from Gamma(r, alpha). Integrals
over the time of leaving are formed in the time itself, piece by piece, each by
Gauss-Legendre quadrature of 36 nodes which is checked against its two halves;
not with the forms that src/clv uses. Numbers in the table are read as doubles,
and are taken here as exactly these doubles.

Lines: kind, r, alpha, beta, b, s, x, t_x, T, t, n, delta, value
"""
import sys
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

DIGITS = 36
mp.mp.dps = DIGITS
NODES = None


def gauss_nodes():
    """Nodes and weights on [0, 1], by Newton's method on the polynomial."""
    global NODES
    if NODES is None:
        n, NODES = 36, []
        with mp.workdps(DIGITS + 10):
            for i in range(n):
                x = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
                for _ in range(8):
                    before, p = mpf(1), x
                    for k in range(2, n + 1):
                        before, p = p, ((2 * k - 1) * x * p - (k - 1) * before) / k
                    slope = n * (x * p - before) / (x * x - 1)
                    x -= p / slope
                NODES.append(((1 + x) / 2, 1 / ((1 - x * x) * slope ** 2)))
    return NODES


def integral(log_f, end, marks):
    """Integral over [0, end] of exp(log_f). Pieces double in length away from
    the marks (place, scale), which are where log_f bends."""
    edges = {mpf(0), end}
    for place, scale in marks:
        if not 0 <= place < end:
            continue
        edges.add(place)
        d = scale / 4
        while d < end:
            edges.update(x for x in (place - d, place + d) if 0 < x < end)
            d *= 2
    edges = sorted(edges)

    def height(lo, hi):
        return max(log_f(lo + (hi - lo) * i / 4) for i in (1, 2, 3)) + mp.log(hi - lo)
    pieces = [(lo, hi, height(lo, hi)) for lo, hi in zip(edges, edges[1:])]
    top = max(h for _, _, h in pieces)

    def gauss(lo, hi):
        return (hi - lo) * mp.fsum(w * mp.exp(log_f(lo + (hi - lo) * x) - top) for x, w in gauss_nodes())

    def refined(lo, hi, whole, depth):
        middle = (lo + hi) / 2
        parts = gauss(lo, middle), gauss(middle, hi)
        if abs(sum(parts) - whole) < mpf(10) ** -22 * (1 + abs(whole)):
            return sum(parts)
        if depth == 0:
            raise ArithmeticError('piece %s %s of [0, %s]' % (lo, hi, end))
        return refined(lo, middle, parts[0], depth - 1) + refined(middle, hi, parts[1], depth - 1)
    total = mpf(0)
    for lo, hi, h in pieces:
        if h > top - 60:
            total += refined(lo, hi, gauss(lo, hi), 40)
    return total, top


class Model:
    def __init__(self, r, alpha, beta, b, s):
        self.r, self.alpha, self.beta, self.b, self.s = (mpf(v) for v in (r, alpha, beta, b, s))

    def log_survival(self, y):
        return self.s * (mp.log(self.beta) - mp.log(self.beta - 1 + mp.exp(self.b * y)))

    def log_density(self, y):
        return (mp.log(self.s * self.b) + self.b * y + self.s * mp.log(self.beta)
                - (self.s + 1) * mp.log(self.beta - 1 + mp.exp(self.b * y)))

    def marks(self, begin, power):
        """Where functions of the lifetime bend, for u = y - begin."""
        e = mp.exp(self.b * begin)
        hazard = self.s * self.b * e / (self.beta - 1 + e)
        scale = 1 / (power / (self.alpha + begin) + hazard + self.b * e / (self.beta - 1 + e) + self.b)
        result = [(mpf(0), scale)]
        if self.beta > 1:
            result.append((mp.log(self.beta - 1) / self.b - begin, 1 / self.b))
        return result

    def history(self, x, tx, T):
        """Likelihood of a history, but for what the first lines of it have in
        common: still a customer, left between; and the latter times the mean
        rate, all relative to e^top."""
        k = self.r + x
        alive = -k * mp.log(self.alpha + T) + self.log_survival(T)
        if T == tx:
            return mpf(1), mpf(0), k / (self.alpha + T), alive
        result = []
        for power in (k, k + 1):
            result.append(integral(lambda u: -power * mp.log(self.alpha + tx + u) + self.log_density(tx + u),
                                   T - tx, self.marks(tx, power)))
        top = result[0][1]
        still, left = mp.exp(alive - top), result[0][0]
        rate = k * (still / (self.alpha + T) + result[1][0] * mp.exp(result[1][1] - top)) / (still + left)
        return still, left, rate, top

    def end(self, T, delta=0):
        """A time after T beyond which nothing is left."""
        end = (100 / self.s + abs(mp.log(self.beta))) / self.b + 1
        return end if delta == 0 else min(end, 100 / delta)

    def time_left(self, T, t, delta):
        """Expected time until leaving or t, discounted, of a customer at T."""
        here = self.log_survival(T)
        end = self.end(T, delta)
        marks = self.marks(T, 0)
        marks[0] = (mpf(0), 1 / (1 / marks[0][1] + delta))
        value, top = integral(lambda u: self.log_survival(T + u) - here - delta * u, min(t, end), marks)
        return value * mp.exp(top)

    def mass(self, x, T, n, t):
        k, alpha = self.r + x, self.alpha + T
        here = self.log_survival(T)

        def log_nbd(u):
            value = -k * mp.log1p(u / alpha)
            if n > 0:
                value += mp.loggamma(k + n) - mp.loggamma(k) - mp.loggamma(n + 1) + n * mp.log(u / (alpha + u))
            return value

        def log_f(u):
            return log_nbd(u) + self.log_density(T + u) - here
        end = t
        marks = self.marks(T, k)
        if n > 0:
            # the peak of u f(u), roughly, and how narrow it is
            with mp.workdps(20):
                grid = [end * mp.exp(-mpf(i) / 16) for i in range(1200)]
                best = max(range(len(grid)), key=lambda i: log_f(grid[i]) + mp.log(grid[i]))
                lo, hi = grid[min(best + 1, 1199)], grid[max(best - 1, 0)]
                for _ in range(50):
                    p, q = lo + (hi - lo) / 3, hi - (hi - lo) / 3
                    if log_f(p) < log_f(q):
                        lo = p
                    else:
                        hi = q
                peak = (lo + hi) / 2
                width = peak
                while min(log_f(peak - width / 2), log_f(peak + width / 2)) < log_f(peak) - 1:
                    width /= 2
            marks.append((peak, width / 2))
        value, top = integral(log_f, end, marks)
        return value * mp.exp(top) + mp.exp(log_nbd(t) + self.log_survival(T + t) - here)


def value(job):
    kind, p, (x, tx, T), t, n, delta = job
    model = Model(*p)
    tx, T, t, delta = mpf(tx), mpf(T), mpf(t), mpf(delta)
    if kind == 'dropout':
        return model.s * model.b * mp.exp(model.b * T) / (model.beta - 1 + mp.exp(model.b * T))
    still, left, rate, top = model.history(x, tx, T)
    alive = still / (still + left)
    if kind == 'll':
        return (mp.log(still + left) + top + mp.loggamma(model.r + x) - mp.loggamma(model.r)
                + model.r * mp.log(model.alpha))
    if kind == 'rate':
        return rate
    if alive < mpf(10) ** -290 and kind != 'mass':
        return None
    if kind == 'alive':
        result = alive * mp.exp(model.log_survival(T + t) - model.log_survival(T))
    elif kind == 'expected' or kind == 'discounted':
        result = alive * (model.r + x) / (model.alpha + T) * model.time_left(T, t, delta)
    else:
        result = alive * model.mass(x, T, n, t) + (left / (still + left) if n == 0 else 0)
    return result if result > mpf(10) ** -290 else None


def jobs():
    # ordinary ones, about beta = 1, and Pareto/NBD to all purposes
    sets = [(0.55, 10.5, 3.0, 0.05, 0.6), (1.2, 40.0, 0.3, 0.01, 0.4), (0.5, 20.0, 1.0, 0.02, 0.5),
            (0.5, 20.0, 1.0 + 1e-9, 0.02, 0.5), (0.5, 20.0, 0.999999, 0.02, 0.5), (0.5, 20.0, 1.001, 0.02, 1.0),
            (0.553, 10.578, 11.669e-6, 1e-6, 0.606), (2.0, 5.0, 100.0, 0.1, 0.05), (12.5, 100.0, 20.0, 0.01, 3.0),
            (0.24, 4.4, 0.01, 0.001, 1.0)]
    extremes = [(r, al, be, b, s) for r in (1e-4, 1e4) for al in (1e-4, 1e4)
                for be in (1e-4, 1e4) for b in (1e-4, 1e4) for s in (1e-4, 1e4)]
    extremes += [(0.5, 10.0, be, b, s) for be, b, s in ((1e-4, 0.02, 0.5), (1e4, 0.02, 0.5), (1e4, 1e4, 1.0), (1e4, 1e-4, 1.0),
                                                        (1.0, 1e-4, 1e4), (1e4, 1.0, 1e4), (1e4, 0.1, 1e-4), (1e-4, 1e-4, 1e-4))]
    state = 54321

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 11) / 2.0 ** 53
    randoms = [tuple(float('%.6g' % 10 ** (-4 + 8 * uniform())) for _ in range(5)) for _ in range(40)]
    mild = [tuple(float('%.6g' % (scale * 10 ** (-1 + 2 * uniform()))) for scale in (0.7, 20, 1, 0.03, 0.7)) for _ in range(30)]

    customers = [(0, 0.0, 0.0), (0, 0.0, 38.86), (2, 30.43, 38.86), (1, 0.5, 1.0), (10, 300.0, 365.25),
                 (180, 100.0, 104.0), (0, 0.0, 36525.0), (10000, 36500.0, 36525.0), (10000, 36525.0, 36525.0),
                 (1000, 700.0, 730.0), (3, 0.0, 1.0), (0, 0.0, 1.0)]
    horizons = [1e-3, 1.0, 39.0, 365.25, 36525.0, 1e6]
    counts = [0, 1, 2, 5, 50, 1000, 10000]
    rates = [0.0002609488, 0.0027, 1e-7, 0.4]

    k = 0
    for which, group in enumerate((sets, mild, extremes, randoms)):
        for p in group:
            for i in range(5 if which < 1 else 3):
                k += 1
                c = customers[(k * 5 + k // 12) % 12]
                t = horizons[(k * 7 + k // 6) % 6]
                n = counts[(k * 3 + k // 7) % 7]
                d = rates[(k // 3 + k // 8) % 4]
                yield 'll', p, c, 0.0, 0, 0.0
                yield 'alive', p, c, 0.0, 0, 0.0
                yield 'alive', p, c, t, 0, 0.0
                yield 'rate', p, c, 0.0, 0, 0.0
                yield 'dropout', p, c, 0.0, 0, 0.0
                yield 'expected', p, c, t, 0, 0.0
                yield 'mass', p, c, t, n, 0.0
                if i % 2 == 0:
                    yield 'mass', p, c, t, counts[k % 4], 0.0
                    yield 'discounted', p, c, horizons[1 + k % 4], 0, d
                    yield 'discounted', p, c, float('inf'), 0, d if k % 4 else 0.0


def show(v):
    return mp.nstr(v, 20) if isinstance(v, mpf) else repr(v)


def main():
    done = set()
    work = [j for j in jobs() if not (j in done or done.add(j))]
    if len(sys.argv) > 1:
        work = work[int(sys.argv[1])::int(sys.argv[2])]
    with Pool(2) as pool:
        for (kind, p, c, t, n, delta), v in zip(work, pool.imap(value, work, chunksize=4)):
            if v is not None:
                print(kind, *(show(a) for a in p + c + (t, n, delta)), show(v), flush=True)


if __name__ == '__main__':
    main()
