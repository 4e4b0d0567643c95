#!/usr/bin/python3
"""Reference values for math_test, from mpmath at 60 digits and more.

    test/math/reference.py > test/math/reference.csv

A line is: function,arguments...,value,scale. Arguments are doubles in their
shortest decimal form, and the value belongs to exactly these doubles. Errors
are measured relative to the scale: the value itself, or, where a difference
passes through zero, what a rounding of the arguments would change (times
1/epsilon), since no algorithm can do better.

Each value is computed at two precisions, which have to agree to 25 digits;
a value that mpmath cannot give in some seconds is left out.
"""
import random
import signal
import sys

from mpmath import (mp, mpf, betainc, digamma, erfinv, erfc, exp, expint, findroot, hyp2f1, isnan, log, loggamma,
                    polygamma, sqrt, zeta)

random.seed(20240229)


class TooSlow(Exception):
    pass


def too_slow(*_):
    raise TooSlow


signal.signal(signal.SIGALRM, too_slow)


def lu(low, high):
    """Log-uniform in 10^low .. 10^high, to a few digits, so that the file stays small."""
    return float('%.5g' % 10 ** random.uniform(low, high))


def uniform(low, high):
    return float('%.6g' % random.uniform(low, high))


def near(x, low, high):
    """x plus or minus a log-uniform distance."""
    return float(repr(x + random.choice((-1, 1)) * lu(low, high)))


def emit(name, arguments, function, scale=None, digits=(60, 110)):
    values = []
    try:
        signal.alarm(4)
        for dps in digits:
            mp.dps = dps
            value = mpf(function(*[mpf(a) for a in arguments]))
            values.append(value)
        if isnan(values[0]) or abs(values[0] - values[1]) > abs(values[1]) * mpf(10) ** -25:
            return
        s = abs(values[1])
        if scale:
            s = max(s, scale(*[mpf(a) for a in arguments]))
    except (TooSlow, ValueError, ZeroDivisionError, mp.NoConvergence, OverflowError):
        return
    finally:
        signal.alarm(0)
        mp.dps = 60
    if values[1] != 0 and not mpf(10) ** -290 < abs(values[1]) < mpf(10) ** 290:
        return
    print(','.join([name] + [repr(a) for a in arguments] +
                   [mp.nstr(values[1], 20), mp.nstr(s, 4)]))


def gamma_family():
    grid = [1e-300, 1e-10, 1e-4, 0.1, 0.25, 0.49999, 0.5, 0.75, 0.99999, 1.0, 1.00001, 1.4616321449683623, 1.4616,
            1.5, 1.75, 2.0, 2.00001, 2.4999, 2.5, 3.0, 5.5, 9.9999, 10.0, 10.5, 20.0, 171.0, 1e3, 1e5, 1e8, 1e15, 1e100]
    points = grid + [lu(-10, 8) for _ in range(60)] + [uniform(0.3, 12) for _ in range(60)]
    points += [near(1.0, -12, -1) for _ in range(8)] + [near(2.0, -12, -1) for _ in range(8)]
    for x in points:
        emit('log_gamma', [x], loggamma)
        if x < 1e60:
            emit('digamma', [x], digamma)
            emit('trigamma', [x], lambda x: zeta(2, x) if x < 1000 else polygamma(1, x))
        if 1e-3 < x < 1e15:
            emit('stirling_error', [x],
                 lambda x: loggamma(x) - ((x - 0.5) * log(x) - x + log(2 * mp.pi) / 2),
                 lambda x: 1 + abs(log(x)), (80, 130))
    for e in [0.5, -0.5, 1e-300] + [lu(-15, -0.302) * random.choice((-1, 1)) for _ in range(40)]:
        emit('log_gamma_1p', [e], lambda e: loggamma(1 + e), digits=(400, 450) if e == 1e-300 else (60, 110))


def differences():
    pairs = [(1.0, 1.0), (1.0, 2.0), (0.5, 0.5), (1e5, 0.2), (1e5, 1e-8), (1e5, 1e5), (1e-4, 1e5), (9.99, 0.02),
             (10.0, -1e-5), (1.4616321449683623, 1e-9), (2.0, -1.0), (3.0, -2.99999), (1e8, -5.0), (1e-300, 1.0),
             (1e10, 1e-3), (0.2427, 5.0), (0.2427, 3000.0)]
    pairs += [(lu(-4, 6), lu(-10, 6)) for _ in range(120)]
    pairs += [(lu(-1, 2), uniform(-0.3, 8)) for _ in range(60)]
    pairs += [(lu(-2, 4), float(random.randint(1, 40))) for _ in range(40)]
    for _ in range(40):
        x = lu(-3, 5)
        pairs.append((x, -x * uniform(0.001, 0.999)))
    for x, d in pairs:
        if x + d <= 0:
            continue
        emit('log_gamma_difference', [x, d], lambda x, d: loggamma(x + d) - loggamma(x),
             lambda x, d: x * abs(digamma(x + d) - digamma(x)) + abs(d * digamma(x + d)))
        emit('digamma_difference', [x, d], lambda x, d: digamma(x + d) - digamma(x))
        emit('trigamma_difference', [x, d], lambda x, d: polygamma(1, x + d) - polygamma(1, x))
    for x in (1e-4, 0.2427, 1.0, 4.414, 300.0, 1e5):
        for n in (0, 1, 2, 10, 100, 9999, 100000):
            if n:
                emit('rising_log', [x, float(n)], lambda x, n: loggamma(x + n) - loggamma(x),
                     lambda x, n: abs(log(x)))
                emit('rising_first', [x, float(n)], lambda x, n: digamma(x + n) - digamma(x))
                emit('rising_second', [x, float(n)], lambda x, n: polygamma(1, x + n) - polygamma(1, x))


def beta_family():
    pairs = [(1.0, 1.0), (1e-300, 1e-300), (1e-6, 1e6), (1e5, 1e5), (1e8, 1e8), (10.0, 10.0), (9.999, 1e5), (0.793, 2.426),
             (1e15, 0.5), (1e15, 1e15)]
    pairs += [(lu(-6, 7), lu(-6, 7)) for _ in range(120)] + [(lu(-1, 2), lu(-1, 2)) for _ in range(60)]
    for a, b in pairs:
        emit('log_beta', [a, b], lambda a, b: loggamma(a) + loggamma(b) - loggamma(a + b),
             lambda a, b: (abs(a * (digamma(a) - digamma(a + b))) + abs(b * (digamma(b) - digamma(a + b)))) / 4)

    def probe(a, b):
        """The smaller of x and 1-x, at which end; in the bulk, the tails, next to the ends."""
        mean = a / (a + b)
        deviation = (a * b / (a + b + 1)) ** 0.5 / (a + b)
        x = random.choice((random.random(), mean + deviation * random.uniform(-2, 2),
                           mean + deviation * random.uniform(-12, 12), lu(-8, -0.1), 1 - lu(-8, -0.1)))
        x = min(max(x, 1e-12), 1 - 1e-12)
        return (0.0, float('%.8g' % x)) if x <= 0.5 else (1.0, float('%.8g' % (1 - x)))

    points = []
    for i in range(420):
        a, b = (lu(-4, 5), lu(-4, 5)) if i < 240 else (lu(-1, 2), float(random.randint(1, 60))) if i < 300 else \
            (lu(-1, 3), lu(-1, 3)) if i < 400 else (lu(4, 7), lu(4, 7))
        points.append((a, b) + probe(a, b))
    points += [(1.0, b, 1.0, 1e-6) for b in (1e-6, 1e-3, 0.5, 1.0)] + [(1e-6, 1e-6, 0.0, 0.5), (1e5, 1e5, 0.0, 0.5),
                                                                      (3.0, 1e-6, 1.0, 1e-9), (1e5, 1e-4, 1.0, 1e-6)]
    for a, b, end, small in points:
        emit('incomplete_beta', [a, b, end, small], regularized)


def huge_beta():
    """I_x(a, b) where mpmath's series is too long: its quadrature of the density in the logit."""
    def tail(a, b, end, small):
        a, b = (a, b) if end == 0 else (b, a)
        logit = log(small) - log(1 - small)
        deviation = sqrt(1 / a + 1 / b)
        log_b = loggamma(a) + loggamma(b) - loggamma(a + b)
        lower = mp.quad(lambda w: exp(-a * log(1 + exp(-w)) - b * log(1 + exp(w)) - log_b),
                        [logit - k * deviation for k in range(40, -1, -2)])
        return lower if end == 0 else 1 - lower
    for size in (1e8, 1e9, 1e10, 1e12, 1e14):
        for distance in (-5.0, -1.0, -0.01, 0.0, 0.5):
            small = 0.25 + distance * (0.1875 / (4 * size)) ** 0.5
            emit('incomplete_beta', [size, 3 * size, 0.0, small], tail, digits=(60, 80))


def regularized(a, b, end, small):
    """I_x(a, b), x = small (end 0) or 1 - small (end 1)."""
    return betainc(a, b, 0, small, regularized=True) if end == 0 else \
        1 - betainc(b, a, 0, small, regularized=True)


def normal():
    points = [5e-324, 1e-310, 1e-300, 1e-100, 1e-17, 1e-6, 0.001, 0.025, 0.2, 0.19999, 0.3, 0.5, 0.7, 0.8, 0.80001, 0.975, 0.999,
              1 - 2.0 ** -53, 0.5 + 2.0 ** -53, 0.5 - 2.0 ** -54]
    points += [lu(-307, 0) for _ in range(40)] + [random.random() for _ in range(60)] + [near(0.5, -15, -1) for _ in range(30)]

    def quantile(p):
        if p == 0.5:
            return mpf(0)
        tail = p if p < 0.5 else 1 - p
        if tail > 0.01:
            x = sqrt(mpf(2)) * erfinv(1 - 2 * tail)
        else:
            start = sqrt(-2 * log(tail))
            start = sqrt(start ** 2 - log(2 * mp.pi * start ** 2))
            x = findroot(lambda x: log(erfc(x / sqrt(mpf(2))) / 2) - log(tail), start)
        return -x if p < 0.5 else x
    for p in points:
        if 0 < p < 1:
            emit('normal_quantile', [p], quantile)


def exponential():
    points = [(1.0, 1e-300), (2.0, 1e-10), (0.5, 1.0), (1.0, 1.0), (1.5, 1.25), (1.4999999, 1.2499), (0.4999999, 0.1), (29.99, 0.5),
              (30.0, 1e-9), (1e5, 1e5), (1e5, 1e-5), (1e-10, 1e-3), (1.0, 800.0), (0.0, 2.0)]
    for s in (1.0, 2.0, 3.0, 10.0):
        for distance in (1e-15, 1e-12, 1e-8, 1e-4, 0.01):
            points += [(s + distance, lu(-6, 1)), (s - distance, lu(-6, 1))]
    points += [(lu(-4, 2), lu(-6, 3)) for _ in range(100)] + [(lu(-2, 5), lu(-6, 6)) for _ in range(80)]
    points += [(float(random.randint(0, 40)), lu(-6, 2)) for _ in range(40)] + [(uniform(0, 30), uniform(0, 3)) for _ in range(80)]
    for s, z in points:
        emit('scaled_exponential_integral', [s, z], lambda s, z: exp(z) * expint(s, z))


def hypergeometric():
    points = [(1.0, 1.0, 2.0, 0.5), (1.0, 1.0, 2.0, 1 - 2.0 ** -40), (0.5, 0.5, 1.0, 0.999999), (1.0, 1e5, 1e5 + 1, 0.99),
              (0.243, 2.426, 3.219, 0.3), (1e5, 1e5, 1e5 + 1, 0.5), (1e5, 1e5, 2e5, 0.25), (2.0, 3.0, 5.0, -1e9), (2.0, 3.0, 5.0, 1 - 1e-12)]
    for _ in range(160):        # the purchase models: a = 1, b and c of the size of counts
        b = random.choice((lu(-1, 2), lu(0, 5)))
        points.append((1.0, b, b + random.choice((1.0, 1 + lu(-2, 1), 1 + lu(-4, 4))), random.choice(
            (uniform(0, 0.7), uniform(0.7, 0.97), 1 - lu(-9, -1.5), uniform(0, 1)))))
    for _ in range(160):
        a, b = lu(-2, 2), lu(-2, 2)
        c = random.choice((b + lu(-2, 2), a + b, a + b + random.randint(0, 3), a + b + lu(-8, -1), max(a, b) + lu(-2, 1)))
        points.append((a, b, c, random.choice((uniform(0, 0.9), 1 - lu(-9, -1), -lu(-4, 4), uniform(0.9, 0.999)))))
    for _ in range(200):        # everything
        a = random.choice((1.0, lu(-4, 5), lu(-1, 2)))
        b = random.choice((lu(-4, 5), lu(-1, 3)))
        c = random.choice((b + lu(-4, 5), b + 1 + lu(-1, 1), max(a, b) + lu(-3, 3), a + b + random.randint(0, 3), a + b + lu(-8, -1)))
        points.append((a, b, float('%.10g' % c), random.choice(
            (uniform(0, 1), 1 - lu(-12, -1), lu(-6, -.01), -lu(-6, 6), uniform(.9, 1)))))
    for a, b, c, z in points:
        if not (c > a or c > b) or z >= 1:
            continue

        def f(a, b, c, z):
            value = hyp2f1(a, b, c, z, maxterms=300000)
            # all terms of the series, or of Pfaff's, are positive
            return value if value > 0 else mp.nan
        emit('hypergeometric_2f1', [a, b, c, z], f)

        # the logarithm may belong to a value that no double holds
        emit('log_hypergeometric_2f1', [a, b, c, z], lambda a, b, c, z: log(f(a, b, c, z)), lambda *_: 1)


def expectations():
    """E[f(p)], p ~ Beta(a, b), where f's mean is known in closed form."""
    for i in range(110):
        a, b = (lu(-4, 5), lu(-4, 5)) if i < 60 else (lu(-1, 2), lu(-1, 2))
        k = lu(-1, 1)
        emit('expectation_p', [a, b, 0.0], lambda a, b, k: a / (a + b))
        emit('expectation_q', [a, b, 0.0], lambda a, b, k: b / (a + b))
        if min(a, b) > 0.01:
            # (1 - p)^k and 1/(1 - z p), z = k/(1+k)
            emit('expectation_power', [a, b, k],
                 lambda a, b, k: exp(loggamma(b + k) - loggamma(b) + loggamma(a + b) - loggamma(a + b + k)))
            emit('expectation_fraction', [a, b, k], lambda a, b, k: hyp2f1(1, a, a + b, k / (1 + k)))
        if i >= 60 and i < 85:
            # (1 - h_s(k/p))/p, h_s(z) = z e^z E_s(z), by mpmath's own quadrature in the logit
            s = lu(-1, 1)

            def integrand(a, b, k, s):
                def f(w):
                    p, q = 1 / (1 + exp(-w)), 1 / (1 + exp(w))
                    z = k / p
                    return p ** a * q ** b * s * exp(z) * expint(s + 1, z) / p
                return f

            def discounted(a, b, k, s):
                mp.dps = 30 if mp.dps < 100 else 34
                low, high = -75 / a, 75 / b
                nodes = sorted([low, low / 3, low / 9, low / 27, 0, log(a / b), high / 27, high / 9, high / 3, high])
                return mp.quad(integrand(a, b, k, s), nodes, maxdegree=9) / mp.beta(a, b)
            signal.alarm(0)
            emit_slowly('expectation_discounted', [a, b, k, s], discounted)


def emit_slowly(name, arguments, function):
    values = []
    for dps in (60, 110):
        mp.dps = dps
        values.append(function(*[mpf(x) for x in arguments]))
    mp.dps = 60
    if abs(values[0] - values[1]) <= abs(values[1]) * mpf(10) ** -17:
        print(','.join([name] + [repr(x) for x in arguments] + [mp.nstr(values[1], 18), mp.nstr(abs(values[1]), 4)]))


def bg_nbd():
    """A BG/NBD likelihood (Fader, Hardie & Lee 2005) of simulated customers, and where its maximum is."""
    cells = []
    for _ in range(250):
        rate, dropout, age = random.gammavariate(0.6, 1 / 4.0), random.betavariate(0.9, 2.5), random.randint(20, 39)
        x, recency, t = 0, 0.0, 0.0
        while True:
            t += random.expovariate(rate) if rate > 0 else 1e9
            if t > age:
                break
            x, recency = x + 1, float('%.3g' % t)
            if random.random() < dropout:
                break
        cells.append((float(x), recency, float(age)))
    for cell in cells:
        print(','.join(['bg_nbd_cell'] + [repr(v) for v in cell] + ['0', '1']))

    def gradient(*theta):
        r, alpha, a, b = [exp(v) for v in theta]
        total = [mpf(0)] * 4
        for x, recency, age in cells:
            u = -(r + x) * log(alpha + age)
            weight = mpf(1)
            if x > 0:
                v = log(a) - log(b + x - 1) - (r + x) * log(alpha + recency)
                weight = 1 / (1 + exp(v - u))
            total[0] += digamma(r + x) - digamma(r) + log(alpha) - weight * log(alpha + age) - (1 - weight) * log(alpha + recency)
            total[1] += r / alpha - weight * (r + x) / (alpha + age) - (1 - weight) * (r + x) / (alpha + recency)
            total[2] += digamma(a + b) - digamma(a + b + x) + (1 - weight) / a
            total[3] += digamma(a + b) - digamma(a + b + x) + digamma(b + x) - digamma(b)
            if x > 0:
                total[3] -= (1 - weight) / (b + x - 1)
        return [g * p for g, p in zip(total, (r, alpha, a, b))]
    mp.dps = 30
    optimum = findroot(gradient, (log(mpf(0.6)), log(mpf(4)), log(mpf(0.9)), log(mpf(2.5))), tol=1e-40)
    r, alpha, a, b = [exp(v) for v in optimum]
    value = mpf(0)
    for x, recency, age in cells:
        u = -(r + x) * log(alpha + age)
        likelihood = exp(u)
        if x > 0:
            likelihood += a / (b + x - 1) * exp(-(r + x) * log(alpha + recency))
        value += loggamma(r + x) - loggamma(r) + r * log(alpha) + loggamma(a + b) + loggamma(b + x) - loggamma(b) - \
            loggamma(a + b + x) + log(likelihood)
    print(','.join(['bg_nbd_optimum'] + [mp.nstr(v, 20) for v in optimum] + [mp.nstr(value, 20), '1']))


def incomplete_gamma():
    """P and Q, each relative to itself, on both sides of the mean and far into the tails."""
    shapes = [1e-12, 1e-5, 0.01, 0.25, 0.5, 0.50001, 0.75, 1.0, 1.5, 2.0, 5.0, 9.9999, 10.0, 15.5, 30.0, 32.0, 100.0, 1234.5, 1e5, 1e7]
    for a in shapes:
        points = [a * f for f in (1e-6, 0.01, 0.3, 0.9, 0.999, 1.0, 1.001, 1.1, 1.5, 3.0)]
        points += [0.001, 0.3, 0.56145948356688516982, 0.7, 0.99999, 1.0, 1.00001, 1.5, 2.0, 5.0, 20.0, 90.0, 300.0, 650.0]
        points += [a + k * float(a) ** 0.5 for k in (-20, -6, -1, 1, 6, 20)] + [uniform(0, 60)]
        for x in points:
            x = float('%.15g' % x)
            if not 1e-300 < x < 4 * a + 700:
                continue
            for name, tail in (('incomplete_gamma_p', False), ('incomplete_gamma_q', True)):
                emit(name, [a, x], lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True) if tail else mp.gammainc(a, 0, x, regularized=True),
                     digits=(60, 90))


PARTS = {f.__name__: f for f in (gamma_family, differences, beta_family, huge_beta, normal, exponential, hypergeometric, expectations, bg_nbd,
                                 incomplete_gamma)}
for part in sys.argv[1:] or PARTS:
    random.seed(part)
    PARTS[part]()
    sys.stdout.flush()
