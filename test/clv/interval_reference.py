#!/usr/bin/env python3
"""Intervals of predictions by the delta method, done again at 50 digits.

    python3 interval_reference.py > interval_reference.txt

Predictions are written from the definitions of the models: integrals over the
time at which a customer left, or over the probability of leaving, and over the
rate of purchases; derivatives in the logarithms of the parameters are central
differences at 50 digits, good to some 30. Each line is

    model|customer|call|estimate|std_error|low|high

as test/predictions.pg reads it: the model is that of the purchases, or of the
spend, the call is one of SQL with m the model and c the customer. Confidence is
95 %.
"""
from mpmath import mp, mpf, exp, log, sqrt, beta, binomial, gamma, quad, rf, inf, hyp2f1, erfinv

mp.dps = 50
STEP = mpf(10) ** -14
Z = sqrt(2) * erfinv(mpf('0.95'))
WEEK = 7
DAYS_A_YEAR = mpf('365.25')


def nbd(n, r, alpha, t):
    """P(n purchases within t): Poisson, rate Gamma(r, alpha)."""
    return gamma(r + n) / (gamma(r) * gamma(n + 1)) * (alpha / (alpha + t)) ** r * (t / (alpha + t)) ** n


# ---- the beta-geometric families: leaving after a purchase with probability p

class BetaGeometric:
    names = ['r', 'alpha', 'a', 'b']

    def __init__(self, first_dropout):
        self.m = first_dropout

    def weights(self, p, x, tx, age):
        """The likelihood of having left at the last purchase, and of being there."""
        r, alpha, a, b = p
        alive = beta(a, b + x + self.m) * (alpha + age) ** -(r + x)
        gone = 0
        if x > 0 or self.m:
            gone = beta(a + 1, b + x + self.m - 1) * (alpha + tx) ** -(r + x)
        return gone, alive

    def p_alive(self, p, x, tx, age):
        gone, alive = self.weights(p, x, tx, age)
        return alive / (gone + alive)

    def survive(self, n, a, b):
        """E[(1 - q)^n], q ~ Beta(a, b)."""
        return rf(b, n) / rf(a + b, n)

    def expected(self, r, alpha, a, b, t):
        """Of one who is there now: E over q of (1 - E[exp(-q rate t)]) / q."""
        return quad(lambda q: (1 - (1 + q * t / alpha) ** -r) / q * q ** (a - 1) * (1 - q) ** (b - 1),
                    [0, mpf('0.01'), mpf('0.1'), mpf('0.5'), mpf('0.9'), 1]) / beta(a, b)

    def cet(self, p, x, tx, age, t):
        r, alpha, a, b = p
        return self.p_alive(p, x, tx, age) * self.expected(r + x, alpha + age, a, b + x + self.m, t)

    def new(self, p, t):
        r, alpha, a, b = p
        if self.m:
            return b / (a + b) * self.expected(r, alpha, a, b + 1, t)
        return self.expected(r, alpha, a, b, t)

    def mass_alive(self, n, r, alpha, a, b, t):
        """P(n purchases within t), there now; the last may be where he left."""
        result = self.survive(n, a, b) * nbd(n, r, alpha, t)
        if n > 0:
            more = 1 - sum(nbd(i, r, alpha, t) for i in range(n))
            result += (self.survive(n - 1, a, b) - self.survive(n, a, b)) * more
        return result

    def mass(self, p, x, tx, age, n, t):
        r, alpha, a, b = p
        here = self.p_alive(p, x, tx, age)
        return (1 - here if n == 0 else 0) + here * self.mass_alive(n, r + x, alpha + age, a, b + x + self.m, t)

    def mass_new(self, p, n, t):
        r, alpha, a, b = p
        if not self.m:
            return self.mass_alive(n, r, alpha, a, b, t)
        left = a / (a + b)
        return (left if n == 0 else 0) + (1 - left) * self.mass_alive(n, r, alpha, a, b + 1, t)

    def discounted(self, p, x, tx, age, t, delta):
        """Purchases come at the density E[rate exp(-q rate u)]."""
        r, alpha, a, b = p
        r, alpha, b = r + x, alpha + age, b + x + self.m

        def density(u):
            z = u / (alpha + u)
            # E over q of r alpha^r (alpha + q u)^-(r+1), Euler's integral
            return r / alpha * (alpha / (alpha + u)) ** (r + 1) * hyp2f1(r + 1, b, a + b, z)
        if t == inf:
            inner = quad(lambda u: exp(-delta * u) * density(u), [0, alpha, 10 * alpha, 30 / delta, 60 / delta, 120 / delta])
        else:
            inner = quad(lambda u: exp(-delta * u) * density(u), [0, t / 4, t])
        return self.p_alive(p, x, tx, age) * inner

    def purchase_rate(self, p, x, tx, age):
        here = self.p_alive(p, x, tx, age)
        r, alpha = p[0], p[1]
        return here * (r + x) / (alpha + age) + (1 - here) * (r + x) / (alpha + tx)

    def dropout(self, p, x, tx, age):
        here = self.p_alive(p, x, tx, age)
        r, alpha, a, b = p
        total = a + b + x + self.m
        return here * a / total + (1 - here) * (a + 1) / total


# ---- Pareto/NBD: leaving at a rate of Gamma(s, beta)

class Pareto:
    names = ['r', 'alpha', 's', 'beta']

    def gone(self, p, x, tx, age, moment=0):
        r, alpha, s, b = p
        return quad(lambda y: rf(s, 1 + moment) * b ** s * (b + y) ** (-s - 1 - moment) * (alpha + y) ** -(r + x), [tx, age]) if age > tx else mpf(0)

    def here(self, p, x, tx, age, moment=0):
        r, alpha, s, b = p
        return rf(s, moment) * b ** s * (b + age) ** (-s - moment) * (alpha + age) ** -(r + x)

    def p_alive(self, p, x, tx, age):
        here = self.here(p, x, tx, age)
        return here / (here + self.gone(p, x, tx, age))

    def cet(self, p, x, tx, age, t):
        r, alpha, s, b = p
        return self.p_alive(p, x, tx, age) * (r + x) / (alpha + age) * quad(lambda u: ((b + age) / (b + age + u)) ** s, [0, t])

    def new(self, p, t):
        return self.cet(p, 0, 0, 0, t)

    def mass_from(self, r, alpha, s, b, n, t):
        return nbd(n, r, alpha, t) * (b / (b + t)) ** s + quad(lambda y: nbd(n, r, alpha, y) * s * b ** s * (b + y) ** (-s - 1), [0, t / 10, t])

    def mass(self, p, x, tx, age, n, t):
        r, alpha, s, b = p
        here = self.p_alive(p, x, tx, age)
        return (1 - here if n == 0 else 0) + here * self.mass_from(r + x, alpha + age, s, b + age, n, t)

    def mass_new(self, p, n, t):
        return self.mass_from(*p, n, t)

    def discounted(self, p, x, tx, age, t, delta):
        r, alpha, s, b = p
        points = [0, 30 / delta, 120 / delta] if t == inf else [0, t]
        return self.p_alive(p, x, tx, age) * (r + x) / (alpha + age) * quad(lambda u: exp(-delta * u) * ((b + age) / (b + age + u)) ** s, points)

    def purchase_rate(self, p, x, tx, age):
        r, alpha, s, b = p
        left = quad(lambda y: s * b ** s * (b + y) ** (-s - 1) * (r + x) * (alpha + y) ** (-r - x - 1), [tx, age])
        here = self.here(p, x, tx, age)
        return (here * (r + x) / (alpha + age) + left) / (here + self.gone(p, x, tx, age))

    def dropout(self, p, x, tx, age):
        return (self.here(p, x, tx, age, 1) + self.gone(p, x, tx, age, 1)) / (self.here(p, x, tx, age) + self.gone(p, x, tx, age))


def interval(f, p, covariance, probability, factor=1):
    """(estimate, std_error, low, high) of factor f at the parameters p."""
    scale = (lambda v: log(v / (1 - v))) if probability else log
    estimate = f(p)
    gradient = []
    for i in range(len(p)):
        above = [v * exp(STEP) if j == i else v for j, v in enumerate(p)]
        below = [v * exp(-STEP) if j == i else v for j, v in enumerate(p)]
        gradient.append((scale(f(above)) - scale(f(below))) / (2 * STEP))
    spread = sqrt(sum(gi * gj * mpf(covariance[i][j]) for i, gi in enumerate(gradient) for j, gj in enumerate(gradient)))
    up = exp(Z * spread)
    if probability:
        odds = estimate / (1 - estimate)
        return [factor * v for v in (estimate, estimate * (1 - estimate) * spread, odds / up / (1 + odds / up), odds * up / (1 + odds * up))]
    return [factor * v for v in (estimate, estimate * spread, estimate / up, estimate * up)]


def json(family, names, p, covariance, unit):
    values = ', '.join('"%s": %s' % (n, v) for n, v in zip(names, p))
    rows = ', '.join('[%s]' % ', '.join(row) for row in covariance)
    unit = '"unit": "%s", ' % unit if unit else ''
    return '{"family": "%s", %s"parameters": {%s}, "log_covariance": [%s]}' % (family, unit, values, rows)


def show(model, customer, call, values):
    print('|'.join([model, customer, call] + [mp.nstr(v, 20) for v in values]), flush=True)


COVARIANCE = [['0.016', '0.014', '0.004', '0.003'], ['0.014', '0.021', '0.002', '0.001'],
              ['0.004', '0.002', '0.054', '0.047'], ['0.003', '0.001', '0.047', '0.06']]
CASES = [
    ('bg/nbd', BetaGeometric(0), ['0.243', '4.414', '0.793', '2.426']),
    ('mbg/nbd', BetaGeometric(1), ['0.525', '6.183', '0.891', '1.614']),
    ('pareto/nbd', Pareto(), ['0.553', '10.578', '0.606', '11.669']),
]
CUSTOMERS = [(2, 210, 280), (0, 0, 280), (11, 245, 252)]


def main():
    horizon = mpf(273) / WEEK
    year = DAYS_A_YEAR / WEEK
    delta = log(mpf('1.15')) / DAYS_A_YEAR * WEEK
    for family, kind, text in CASES:
        p = [mpf(v) for v in text]
        model = json(family, kind.names, text, COVARIANCE, '7 days')
        rate = 'dropout_rate' if family == 'pareto/nbd' else 'dropout_probability'
        for x, tx, age in CUSTOMERS:
            c = '(%d,%d,%d,0)' % (x, tx, age)
            s = (x, mpf(tx) / WEEK, mpf(age) / WEEK)

            def ask(call, f, probability=False, factor=1):
                show(model, c, call, interval(f, p, COVARIANCE, probability, factor))
            if kind.p_alive(p, *s) < 1:
                ask('p_alive_interval(m, c)', lambda q: kind.p_alive(q, *s), True)
            ask("expected_purchases_interval(m, c, '273 days')", lambda q: kind.cet(q, *s, horizon))
            ask("purchase_probability_interval(m, c, 1, '273 days')", lambda q: kind.mass(q, *s, 1, horizon), True)
            ask("discounted_expected_purchases_interval(m, c, 0.15, '273 days')", lambda q: kind.discounted(q, *s, horizon, delta))
            if x == 2:
                ask("discounted_expected_purchases_interval(m, c, 0.15)", lambda q: kind.discounted(q, *s, inf, delta))
            ask('purchase_rate_interval(m, c)', lambda q: kind.purchase_rate(q, *s), False, year)
            ask(rate + '_interval(m, c)', lambda q: kind.dropout(q, *s), rate == 'dropout_probability', year if rate == 'dropout_rate' else 1)
        c = '(0,0,0,0)'
        ask("expected_purchases_interval(m, '273 days')", lambda q: kind.new(q, horizon))
        ask("purchase_probability_interval(m, 2, '273 days')", lambda q: kind.mass_new(q, 2, horizon), True)
    # spend: the mean of the customer's own values and that of the population
    text = ['6.25', '3.74', '15.44']
    covariance = [['0.02', '-0.006', '-0.03'], ['-0.006', '0.004', '0.009'], ['-0.03', '0.009', '0.05']]
    p = [mpf(v) for v in text]
    model = json('gamma-gamma', ['p', 'q', 'gamma'], text, covariance, None)

    def spend(q, x, m):
        # mean nu: posterior Gamma(p x + q, gamma + x m); E[p / nu]
        return quad(lambda nu: q[0] / nu * nu ** (q[0] * x + q[1] - 1) * exp(-nu * (q[2] + x * m)), [0, mpf('0.05'), mpf('0.2'), 1, 10, 40]) / \
            quad(lambda nu: nu ** (q[0] * x + q[1] - 1) * exp(-nu * (q[2] + x * m)), [0, mpf('0.05'), mpf('0.2'), 1, 10, 40])
    show(model, '(2,210,280,22.35)', 'expected_spend_interval(m, c)', interval(lambda q: spend(q, 2, mpf('22.35')), p, covariance, False))
    show(model, '(2,210,280,22.35)', 'expected_spend_interval(m)', interval(lambda q: spend(q, 0, 0), p, covariance, False))


main()
