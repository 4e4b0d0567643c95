#!/usr/bin/env python3
"""Reference values of the customer lifetime value models, to 20 digits.

    python3 reference.py > reference.txt          (half an hour)

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


def average(a, b, log_f, marks):
    """E[exp(log_f(p, 1-p))], p ~ Beta(a, b), by Gauss-Legendre in pieces of the
    logit u of p. Pieces double in length away from the peak of the integrand
    and from the marks, about which log_f bends."""
    const = -mp.log(mp.beta(a, b))

    def log_integrand(u):
        log_p, log_q = -mp.log1p(mp.exp(-u)), -mp.log1p(mp.exp(u))
        return a * log_p + b * log_q + log_f(mp.exp(log_p), mp.exp(log_q)) + const

    # The peak: over a grid that is dense about 0 and reaches far, then refined
    with mp.workdps(20):
        grid = [mp.sinh(mpf(i) / 8) for i in range(-130, 131)]
        best = max(range(len(grid)), key=lambda i: log_integrand(grid[i]))
        lo, hi = grid[max(best - 1, 0)], grid[min(best + 1, 260)]
        for _ in range(60):
            x, y = lo + (hi - lo) / 3, hi - (hi - lo) / 3
            if log_integrand(x) < log_integrand(y):
                lo = x
            else:
                hi = y
        peak = (lo + hi) / 2
        top = log_integrand(peak)
        width = mpf(1)
        while log_integrand(peak + width) < top - 1 or log_integrand(peak - width) < top - 1:
            width /= 2
        floor = top - 90
        ends = []
        for sign in (-1, 1):
            d = width
            while log_integrand(peak + sign * d) > floor:
                d *= 2
            ends.append(peak + sign * d)
        edges = {peak, *ends}
        for centre, step in [(peak, width)] + [(mp.mpf(x), mpf(1) / 2) for x in marks]:
            # no piece longer than ten times the scale of the tail there
            edges.add(centre)
            for sign, rate in ((-1, a), (1, b)):
                d = step
                while d < ends[1] - ends[0]:
                    edges.add(centre + sign * d)
                    d = min(2 * d, d + 10 / min(rate, 1))
        edges = sorted(x for x in edges if ends[0] <= x <= ends[1])
    scale = mp.exp(top)
    total = mp.quad(lambda u: mp.exp(log_integrand(u) - top), edges, method='gauss-legendre', maxdegree=5)
    return total * scale


def survival(r, alpha, a, b, t):
    """E[(1 + p t / alpha)^-r], p ~ Beta(a, b)"""
    return average(a, b, lambda p, q: -r * mp.log1p(p * t / alpha), [0, -mp.log(t / alpha), -mp.log(r * t / alpha)])


def mass(r, alpha, a, b, n, t):
    """P(X(t) = n): NBD probabilities added up one by one."""
    with mp.workdps(420):
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


def discounted_by_dropout(r, alpha, a, b, t, delta):
    """The same with the integrals exchanged: over p outside, inside over time
    in w = ln(1 + p s / alpha)."""
    def log_inner(p, q):
        zeta = alpha * delta / p
        end = mp.log1p(p * t / alpha)
        # beyond this the exponential has fallen by e^-80
        end = min(end, 80 / r, mp.log1p(80 / zeta))
        # mp.quad's tolerance is absolute: the integral is over [0, 1]
        short = mpf(1) / 64 if r * end + zeta * mp.expm1(end) > 2 else mpf(1)
        edges = [mpf(0)]
        while short < 1:
            edges.append(short)
            short *= 2
        edges.append(mpf(1))
        with mp.workdps(24):
            return mp.log(r / p * end * mp.quad(lambda v: mp.exp(-r * end * v - zeta * mp.expm1(end * v)),
                                                edges, method='gauss-legendre', maxdegree=4))
    return average(a, b, log_inner, [0, mp.log(alpha * delta), mp.log(alpha * delta / r), -mp.log(min(t, 1 / delta) / alpha)])


def discounted(r, alpha, a, b, t, delta):
    """The integral over time of e^(-delta s) d/ds E[X(s)], with
    d/ds E[X(s)] = r/alpha E[(1 + p s/alpha)^(-r-1)], in w = ln(1 + s/alpha)."""
    def rate(w):
        s = alpha * mp.expm1(w)
        return mp.exp(w - delta * s) * r * mp.hyp2f1(r + 1, a, a + b, -s / alpha, maxterms=3000)

    # Where it falls to half, for pieces that are short against the decay
    end = mp.log1p((t if t != mp.inf else 80 / delta) / alpha)
    with mp.workdps(15):
        half = end
        while half > end / 10 ** 9 and rate(half) < rate(mpf(0)) / 2:
            half /= 2
        edges, d = [mpf(0)], half
        while d < end:
            edges.append(d)
            d = min(2 * d, d + 1)
        edges.append(end)
        for i in range(1, len(edges)):
            if rate(edges[i]) < rate(mpf(0)) * mpf(10) ** -60:
                edges = edges[:i + 1]
                break
    return mp.quad(rate, edges, method='gauss-legendre', maxdegree=5)


def checked_discounted(*args):
    """The first form at two precisions; where mpmath's 2F1 does not converge or
    the two differ, the second form."""
    try:
        with mp.workdps(21):
            one = discounted(*args)
        with mp.workdps(33):
            two = discounted(*args)
        # mpmath's 2F1 can be wrong at every precision, and is then far off
        most = args[0] * min(args[4], 1 / args[5]) / args[1]
        if abs(one - two) < mpf(10) ** -14 * abs(two) and 0 < two <= most:
            return two
    except mp.libmp.NoConvergence:
        pass
    with mp.workdps(22):
        return discounted_by_dropout(*args)


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
            result = alive * checked_discounted(*p, t, mpf(delta))
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
                if i % 2 == 1:
                    yield ('expected', m) + p + c + (horizons[k % 6], 0, 0)
                n = counts[(k * 3 + k // 7) % 7]
                yield ('mass', m) + p + c + (t, n, 0)
                if i % 2 == 0:
                    yield ('mass', m) + p + c + (t, counts[k % 4], 0)
                # slow where the parameters are far apart: some of them
                if i % 3 == 0 and (which < 3 or (i == 0 and k % 8 < 4)):
                    d = rates[(k // 3 + k // 8) % 4]
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
    return mp.nstr(v, 20) if isinstance(v, mpf) else repr(v)


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
