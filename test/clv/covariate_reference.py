#!/usr/bin/python3
"""Customers with covariates, and where their likelihood has its maximum.

    test/clv/covariate_reference.py > test/clv/covariate_reference.txt

Customers of each family are simulated from its story (not from its likelihood)
with known parameters and coefficients. The maximum is found by SciPy, from
likelihoods written down as in the papers: BG/NBD and MBG/NBD in gamma functions,
Pareto/NBD as the integral over the time of leaving, by Gauss-Legendre. Derivatives
are complex steps, which do not cancel; none of the formulas is that of the C code.

    customer FAMILY frequency recency age z1 z2          days
    truth FAMILY parameters (weeks) coefficients
    maximum FAMILY log_likelihood (weeks)
    estimate FAMILY NAME estimate std_error              std_error of a parameter: of its logarithm
"""
import numpy as np
from scipy.optimize import minimize
from scipy.special import loggamma

rng = np.random.default_rng(20070531)
NAMES = {'pareto/nbd': ['r', 'alpha', 's', 'beta'], 'bg/nbd': ['r', 'alpha', 'a', 'b'], 'mbg/nbd': ['r', 'alpha', 'a', 'b']}
# slots: name, parameter, sign
SLOTS = {'pareto/nbd': [('purchase', 1, -1), ('dropout', 3, -1)]}
SLOTS['bg/nbd'] = SLOTS['mbg/nbd'] = [('purchase', 1, -1), ('dropout_a', 2, 1), ('dropout_b', 3, 1)]
# parameters in weeks, coefficients slot by slot
TRUTH = {
    'pareto/nbd': ([0.9, 7.0, 0.8, 14.0], [0.7, -0.3, -0.6, 0.25]),
    'bg/nbd': ([0.8, 5.0, 0.9, 2.5], [0.6, 0.3, 0.4, -0.2, 0.0, 0.15]),
    'mbg/nbd': ([0.8, 5.0, 0.7, 2.5], [-0.5, 0.3, 0.4, -0.2, 0.3, 0.0]),
}
N = 1500


def individual(family, theta, z):
    """Logarithms of each customer's parameters, 4 x n."""
    m = z.shape[1]
    own = [np.full(len(z), t) for t in theta[:4]]
    for i, (_, parameter, sign) in enumerate(SLOTS[family]):
        own[parameter] = own[parameter] + sign * (z @ theta[4 + i * m:4 + (i + 1) * m])
    return own


def simulate(family):
    parameters, coefficients = TRUTH[family]
    z = np.column_stack([rng.random(N) < 0.4, np.round(rng.normal(1.0, 0.8, N), 2)]).astype(float)
    own = np.exp(individual(family, np.concatenate([np.log(parameters), coefficients]), z))
    customers = []
    for i in range(N):
        age = float(rng.integers(90, 400))
        rate = rng.gamma(own[0][i]) / own[1][i] / 7
        if family == 'pareto/nbd':
            leave = rng.exponential() / (rng.gamma(own[2][i]) / own[3][i] / 7)
            p = 0.0
        else:
            leave = np.inf
            p = rng.beta(own[2][i], own[3][i])
            if family == 'mbg/nbd' and rng.random() < p:
                leave = 0.0
        x, recency, t = 0, 0.0, 0.0
        while True:
            t += rng.exponential() / rate if rate > 1e-12 else np.inf
            if t > min(age, leave):
                break
            x, recency = x + 1, t
            if rng.random() < p:
                break
        customers.append((x, round(recency, 1), age))
    return np.array(customers), z


NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def log_sum(u, v):
    big = np.maximum(u.real, v.real)
    return big + np.log(np.exp(u - big) + np.exp(v - big))


def pareto(own, x, recency, age):
    """Schmittlein, Morrison & Colombo 1987: alive at the end, or gone at some y between recency and age."""
    r, alpha, s, beta = np.exp(own)
    head = loggamma(r + x) - loggamma(r) + r * np.log(alpha) + s * np.log(beta)
    alive = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
    middle, half = (age + recency) / 2, (age - recency) / 2
    gone = np.zeros(len(x), dtype=np.result_type(own[0]))
    for node, weight in zip(NODES, WEIGHTS):
        y = middle + half * node
        gone = gone + weight * half * np.exp(np.log(s) - (r + x) * (np.log(alpha + y) - np.log(alpha + age))
                                             - (s + 1) * np.log(beta + y) + s * np.log(beta + age))
    return head + alive + np.log(1 + gone)


def beta_geometric(own, x, recency, age, first):
    """Fader, Hardie & Lee 2005, equation 6; Batislam et al. 2007 with first = 1."""
    r, alpha, a, b = np.exp(own)
    head = loggamma(r + x) - loggamma(r) + r * np.log(alpha)

    def log_beta(p, q):
        return loggamma(p) + loggamma(q) - loggamma(p + q)
    y = x + first
    alive = log_beta(a, b + y) - log_beta(a, b) - (r + x) * np.log(alpha + age)
    gone = log_beta(a + 1, b + np.where(y > 0, y, 1) - 1) - log_beta(a, b) - (r + x) * np.log(alpha + recency)
    return head + np.where(y > 0, log_sum(alive, gone), alive)


def fit(family, customers, z):
    x, recency, age = customers[:, 0], customers[:, 1] / 7, customers[:, 2] / 7

    def value(theta):
        own = np.array(individual(family, theta, z))
        if family == 'pareto/nbd':
            return pareto(own, x, recency, age).sum()
        return beta_geometric(own, x, recency, age, int(family == 'mbg/nbd')).sum()

    def gradient(theta):
        g = np.empty(len(theta))
        for i in range(len(theta)):
            moved = theta.astype(complex)
            moved[i] += 1e-30j
            g[i] = value(moved).imag / 1e-30
        return g

    def hessian(theta, h=1e-5):
        rows = []
        for i in range(len(theta)):
            step = np.zeros(len(theta))
            step[i] = h
            rows.append((8 * (gradient(theta + step) - gradient(theta - step))
                         - (gradient(theta + 2 * step) - gradient(theta - 2 * step))) / (12 * h))
        return (np.array(rows) + np.array(rows).T) / 2
    n = 4 + 2 * len(SLOTS[family])
    # a start is no answer, but from afar the search leaves the numbers
    start = np.concatenate([np.log(TRUTH[family][0]) + 0.2, np.zeros(n - 4)])
    found = minimize(lambda t: -value(t.astype(complex)).real, start, jac=lambda t: -gradient(t), method='BFGS', options={'gtol': 1e-6, 'maxiter': 1000})
    theta = found.x
    for _ in range(4):
        theta = theta - np.linalg.solve(hessian(theta, 1e-4), gradient(theta))
    assert np.abs(gradient(theta)).max() < 1e-7, gradient(theta)
    errors = np.sqrt(np.diag(np.linalg.inv(-hessian(theta, 1e-4))))
    return theta, value(theta.astype(complex)).real, errors


for family in ('bg/nbd', 'mbg/nbd', 'pareto/nbd'):
    customers, z = simulate(family)
    theta, value, errors = fit(family, customers, z)
    for (x, recency, age), (z1, z2) in zip(customers, z):
        print('customer %s %d %r %r %r %r' % (family, x, float(recency), float(age), float(z1), float(z2)))
    print('truth', family, *[repr(v) for v in TRUTH[family][0] + TRUTH[family][1]])
    print('maximum', family, '%.12g' % value)
    names = NAMES[family] + ['%s_%d' % (slot[0], k) for slot in SLOTS[family] for k in (1, 2)]
    for i, name in enumerate(names):
        print('estimate %s %s %.10g %.9g' % (family, name, np.exp(theta[i]) if i < 4 else theta[i], errors[i]))
