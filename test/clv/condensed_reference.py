#!/usr/bin/env python3
"""Reference values of BG/CNBD-k and MBG/CNBD-k, to 20 digits.

    python3 condensed_reference.py > condensed_reference.txt      (some minutes)

Written with mpmath from the definition: phases at the rate lambda, of which
every k-th is a purchase; gaps are therefore Erlang,

    density  lambda^k g^(k-1) e^(-lambda g) / (k-1)!,
    P(gap > g) = e^(-lambda g) sum over j < k of (lambda g)^j / j!,

lambda from Gamma(r, alpha); a customer leaves with the probability p, from
Beta(a, b), after each repeat purchase and, where first_dropout is 1, after the
first. So the data have the likelihood, up to the gaps,

    lambda^(kx) [(1-p)^y P(gap > T - tx) e^(-lambda tx) + p (1-p)^(y-1) e^(-lambda tx)].

What is to come is added up over the phases one by one, with as many digits as
differences need; where they are too many, the sum over them is done by the k-th
roots of 1-p, and averaged over p. Both ways are compared where both can be gone.

Lines: kind, first_dropout, k, r, alpha, a, b, x, tx, T, t, n, delta, value; of
ll delta is the sum of the logarithms of the gaps.
"""
import sys
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

from reference import average

MOST_PHASES = 20000


class Customer:
    """What is known of a customer, given that he is alive, and P(alive)."""

    def __init__(self, m, k, r, alpha, a, b, x, tx, T):
        y = x + m
        shape = r + k * x
        self.k, self.a, self.b = k, a, b + y
        self.R, self.A, self.gap = shape, alpha + T, T - tx
        # integrals over lambda of lambda^(shape + j - 1) e^(-lambda (alpha + T)) (T - tx)^j / j!
        parts = [mp.gamma(shape + j) * (alpha + T) ** -(shape + j) * self.gap ** j / mp.factorial(j) for j in range(k)]
        alive = mp.beta(a, b + y) * sum(parts)
        gone = mp.beta(a + 1, b + y - 1) * mp.gamma(shape) * (alpha + tx) ** -shape if y > 0 else mpf(0)
        self.likelihood = (alive + gone) / mp.beta(a, b) / mp.gamma(r) * alpha ** r
        self.q = [v / sum(parts) for v in parts]
        self.alive, self.gone = alive / (alive + gone), gone / (alive + gone)
        self.rate = (self.alive * sum(q * (shape + j) for j, q in enumerate(self.q)) / (alpha + T)
                     + self.gone * shape / (alpha + tx)) / k
        self.dropout = self.alive * a / (a + b + y) + self.gone * (a + 1) / (a + b + y)

    def phases(self, t):
        """Probabilities of M = 0, 1, ... phases since the last purchase."""
        z = t / (self.A + t)
        p = [q * (self.A / (self.A + t)) ** (self.R + j) for j, q in enumerate(self.q)]
        m = 0
        while True:
            yield sum(p[:m + 1])
            for j in range(min(self.k, m + 1)):
                p[j] *= (self.R + m) * z / (m - j + 1)
            m += 1

    def many(self, t):
        tau = t / self.A
        mean = (self.R + self.k) * tau
        return mean + 10 * mp.sqrt(mean * (1 + tau)) + 90 * (1 + tau) > MOST_PHASES

    def by_phases(self, t):
        """Expected purchases, P(still alive); 110 digits as tails are differences from 1."""
        with mp.workdps(110):
            purchases, staying, left = mpf(0), mpf(0), mpf(1)
            v, w = mpf(1), mpf(0)       # P(staying after n), expected number of n made
            block, n = mpf(0), 0
            for m, p in enumerate(self.phases(t)):
                block += p
                if m % self.k == self.k - 1:
                    purchases += block * w
                    staying += block * v
                    left -= block
                    if left * (w + 1) * 1000 < mpf(10) ** -40 * purchases and left * v < mpf(10) ** -40 * staying:
                        return purchases, staying
                    w += v
                    v *= (self.b + n) / (self.a + self.b + n)
                    n, block = n + 1, mpf(0)

    def given_dropout(self, p, q, t, survival):
        """P(still alive), or expected purchases, of a customer who leaves with p."""
        # nearer to 0 than this nothing changes
        p, q = max(p, mpf(10) ** -70), max(q, mpf(10) ** -300)
        digits = 60 + int(max(-2 * mp.log10(p), -mp.log10(q)))
        with mp.workdps(digits):
            q = 1 - p if p < 0.5 else q
            total = mpf(0)
            for l in range(self.k):
                s = q ** (mpf(1) / self.k) * mp.expjpi(mpf(2 * l) / self.k)
                z = 1 + (1 - s) * t / self.A
                total += (s / (1 - s) * z ** -self.R * sum(f * (s / z) ** j for j, f in enumerate(self.q))).real
            alive = total * (1 - q) / (self.k * q)
            return alive if survival else (1 - alive) / (1 - q)

    def by_roots(self, t, survival):
        marks = [0, -mp.log(t / self.A), -mp.log(self.R * t / self.A / self.k)]
        return average(self.a, self.b, lambda p, q: mp.log(self.given_dropout(p, q, t, survival)), marks)

    def future(self, t, survival):
        if self.many(t):
            with mp.workdps(26):
                return self.by_roots(t, survival)
        return self.by_phases(t)[1 if survival else 0]

    def mass(self, n, t):
        with mp.workdps(420):
            below, exactly = mpf(0), mpf(0)
            for m, p in enumerate(self.phases(t)):
                if m < n * self.k:
                    below += p
                elif m < (n + 1) * self.k:
                    exactly += p
                else:
                    break
            value = mp.beta(self.a, self.b + n) / mp.beta(self.a, self.b) * exactly
            if n > 0:
                value += mp.beta(self.a + 1, self.b + n - 1) / mp.beta(self.a, self.b) * (1 - below)
            return self.alive * value + (self.gone if n == 0 else 0)

    def discounted(self, t, delta):
        """The n-th purchase is made at the phase n k - j, whose time has the density
        s^(i-1) A^R (A + s)^-(i+R) Gamma(i + R) / Gamma(i) / Gamma(R), R for r + kx + j."""
        def intensity(s):
            z = s / (self.A + s)
            f = [q * (self.R + j) / (self.A + s) * (self.A / (self.A + s)) ** (self.R + j) for j, q in enumerate(self.q)]
            total, staying, n, most = mpf(0), mpf(1), 0, mpf(0)
            # f[j] is that of phase i = m - j, m = 1, 2, ...
            m = 1
            while True:
                if m % self.k == 0:
                    part = sum(f[:m]) * staying
                    total += part
                    if part < total * mpf(10) ** -30 and m > (self.R + self.k) * s / self.A:
                        return total
                    staying *= (self.b + n) / (self.a + self.b + n)
                    n += 1
                for j in range(min(self.k, m)):
                    f[j] *= z * (self.R + m) / (m - j)
                m += 1
        cycle = self.k * self.A / (self.R + self.k)
        edges = [mpf(0)]
        while edges[-1] < t:
            edges.append(min(t, edges[-1] + min(cycle, (self.A + edges[-1]) / 2, 20 / delta)))
        with mp.workdps(24):
            return mp.quad(lambda s: mp.exp(-delta * s) * intensity(s), edges, method='gauss-legendre', maxdegree=4)

    def residual(self, delta):
        """All purchases to come: over lambda, of sum over n of phi^(n k - j) E[(1-p)^(n-1)]."""
        norm = self.A ** self.R / mp.gamma(self.R) / sum(
            mp.rf(self.R, j) * (self.gap / self.A) ** j / mp.factorial(j) for j in range(self.k))

        def log_f(u):
            rate = mp.exp(u)
            with mp.workdps(mp.mp.dps + 30):
                phi = rate / (rate + delta)
                z = phi ** self.k
                if 1 - z < mpf(10) ** -(mp.mp.dps - 20):
                    phi = 1 - mpf(10) ** -(mp.mp.dps - 20)
                value = sum((rate * self.gap) ** j / mp.factorial(j) * phi ** (self.k - j) for j in range(self.k))
                value *= mp.hyp2f1(1, self.b, self.a + self.b, z, maxterms=10 ** 6)
            return self.R * u - self.A * rate + mp.log(value)

        with mp.workdps(15):
            grid = [mp.log((self.R + 1) / self.A) + mp.sinh(mpf(i) / 8) for i in range(-70, 17)]
            best = max(range(len(grid)), key=lambda i: log_f(grid[i]))
            lo, hi = grid[max(best - 1, 0)], grid[min(best + 1, 86)]
            for _ in range(40):
                one, two = lo + (hi - lo) / 3, hi - (hi - lo) / 3
                lo, hi = (one, hi) if log_f(one) < log_f(two) else (lo, two)
            peak = (lo + hi) / 2
            top = log_f(peak)
            width = mpf(1)
            while log_f(peak + width) < top - 1 or log_f(peak - width) < top - 1:
                width /= 2
            edges, ends = {peak}, []
            for sign in (-1, 1):
                d = width
                while log_f(peak + sign * d) > top - 65:
                    edges.add(peak + sign * d)
                    d = min(2 * d, d + max(4, 10 / self.R if sign < 0 else 0))
                ends.append(peak + sign * d)
                edges.add(ends[-1])
            for step in [mpf(2) ** i for i in range(-1, 6)]:
                edges |= {mp.log(delta) - step, mp.log(delta), mp.log(delta) + step}
            edges = sorted(e for e in edges if ends[0] <= e <= ends[1])
        with mp.workdps(24):
            return norm * mp.exp(top) * mp.quad(lambda u: mp.exp(log_f(u) - top), edges, method='gauss-legendre', maxdegree=4)


def value(job):
    kind, m, k, r, alpha, a, b, x, tx, T, t, n, delta = job
    mp.mp.dps = 40
    with mp.workdps(430):
        c = Customer(m, k, *[mpf(v) for v in (r, alpha, a, b)], x, mpf(tx), mpf(T))
    t, delta = mpf(t), mpf(delta)
    if kind == 'll':
        return mp.log(c.likelihood) + (k - 1) * delta - x * mp.loggamma(k)
    if kind == 'rate':
        return c.rate
    if kind == 'dropout':
        return c.dropout
    if kind == 'alive':
        result = c.alive * (c.future(t, True) if t > 0 else 1)
    elif kind == 'expected':
        result = c.alive * c.future(t, False)
    elif kind == 'mass':
        result = c.mass(n, t)
    elif c.alive < mpf(10) ** -290 or (t != mp.inf and (c.R + k) * t > 60 * c.A) or (t == mp.inf and c.a + c.b > 1000):
        return None         # too long for here, beyond what mpmath's 2F1 can do
    else:
        result = c.alive * (c.residual(delta) if t == mp.inf else c.discounted(t, delta))
    return result if result > mpf(10) ** -290 else None


def jobs():
    usual = [(0.243, 4.414, 0.793, 2.426), (0.8, 5.0, 0.7, 2.5), (0.5, 20.0, 1.0, 2.0), (0.5, 20.0, 1.0 + 1e-9, 2.0),
             (1.0, 1.0, 1.0, 1.0), (0.3, 10.0, 0.25, 0.75), (3.0, 10.0, 2.0, 5.0), (12.5, 30.0, 0.05, 0.9),
             (0.6, 1.5, 0.4, 0.6), (2.0, 5.0, 0.1, 0.2)]
    extremes = [(r, al, a, b) for r in (1e-4, 1e4) for al in (1e-4, 1e4) for a in (1e-4, 1e4) for b in (1e-4, 1e4)]
    extremes += [(1e-4, 1.0, 0.5, 1e4), (1e4, 1e4, 1.0, 1.0), (0.2, 10.0, 1e-4, 1.0), (0.2, 10.0, 1e4, 1.0),
                 (0.2, 1e-4, 0.5, 1.0), (0.2, 10.0, 0.5, 1e-4), (100.0, 100.0, 10.0, 10.0), (1.0, 1e4, 1.0, 1e4)]
    state = 2016

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (state >> 11) / 2.0 ** 53
    randoms = [tuple(float('%.6g' % 10 ** (-4 + 8 * uniform())) for _ in range(4)) for _ in range(20)]
    customers = [(0, 0.0, 0.0), (0, 0.0, 38.86), (2, 30.43, 38.86), (1, 0.5, 1.0), (10, 300.0, 365.25), (180, 100.0, 104.0),
                 (0, 0.0, 36525.0), (10000, 36500.0, 36525.0), (10000, 36525.0, 36525.0), (1000, 700.0, 730.0),
                 (3, 0.0, 1.0), (7, 350.0, 365.0)]
    horizons = [1e-3, 1.0, 39.0, 365.25, 36525.0, 1e6]
    counts = [1, 0, 2, 5, 40, 120]
    rates = [0.0002609488, 0.0027, 1e-7, 0.4]
    i = 0
    for which, group in enumerate((usual, extremes, randoms)):
        for p in group:
            for _ in range(6 if which == 0 else 2):
                i += 1
                k = 1 + (i * 7) % 12
                m = (i // 2) % 2
                c = customers[(i * 5 + i // 12) % 12]
                t = horizons[(i * 7 + i // 6) % 6]
                head = (m, k) + p + c
                yield ('ll',) + head + (0.0, 0, 0.75 * c[0])
                yield ('alive',) + head + (0.0, 0, 0.0)
                yield ('rate',) + head + (0.0, 0, 0.0)
                yield ('dropout',) + head + (0.0, 0, 0.0)
                yield ('expected',) + head + (t, 0, 0.0)
                yield ('alive',) + head + (t, 0, 0.0)
                yield ('mass',) + head + (t, counts[(i * 5 + i // 7) % 6], 0.0)
                yield ('mass',) + head + (horizons[(i * 5 + 2) % 5], counts[i % 4], 0.0)
                if which == 0 or i % 4 == 0:
                    yield ('discounted',) + head + (horizons[1 + i % 3], 0, rates[(i // 2) % 4])
                if which == 0 and i % 2 == 0 or i % 6 == 0:
                    yield ('discounted',) + head + (float('inf'), 0, rates[(i // 4) % 4])


def compare():
    """Both ways, where both can be gone."""
    mp.mp.dps = 40
    for k in (1, 2, 7):
        with mp.workdps(120):
            c = Customer(1, k, mpf('0.8'), mpf(5), mpf('0.7'), mpf('2.5'), 2, mpf(30), mpf(39))
        for t in (mpf(100),):
            one = c.by_phases(t)
            for survival in (False, True):
                two = c.by_roots(t, survival)
                assert abs(one[survival] / two - 1) < mpf(10) ** -17, (k, t, survival, one, two)


def show(v):
    return mp.nstr(v, 20) if isinstance(v, mpf) else repr(v)


def main():
    compare()
    work = list(dict.fromkeys(jobs()))
    if len(sys.argv) > 1:
        work = [j for j in work if j[0] == sys.argv[1]]
    with Pool(2) as pool:
        for job, v in zip(work, pool.imap(value, work, chunksize=1)):
            if v is not None:
                with mp.workdps(40):
                    print(*job[:3], *(show(a) for a in job[3:]), show(v), flush=True)


if __name__ == '__main__':
    main()
