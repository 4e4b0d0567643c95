#!/usr/bin/env python3
"""BG/BB fitted with scipy to the donors of Fader, Hardie & Shang (2010), to
check our fit from outside.

The likelihood is the published one, with beta functions; the optimizer is
Nelder-Mead and then BFGS with numerical gradients; standard errors are from a
Hessian of differences. Nothing of src/clv is used.
"""
import numpy as np
from scipy import optimize
from scipy.special import betaln, logsumexp

DONORS = [(6, 6, 1203), (5, 6, 728), (4, 6, 512), (3, 6, 357), (2, 6, 234), (1, 6, 129), (5, 5, 335), (4, 5, 284),
          (3, 5, 225), (2, 5, 173), (1, 5, 119), (4, 4, 240), (3, 4, 181), (2, 4, 155), (1, 4, 78), (3, 3, 322),
          (2, 3, 255), (1, 3, 129), (2, 2, 613), (1, 2, 277), (1, 1, 1091), (0, 0, 3464)]
N = 6


def log_likelihood(theta):
    a, b, c, d = np.exp(theta)
    total = 0.0
    for x, tx, customers in DONORS:
        terms = [betaln(a + x, b + N - x) + betaln(c, d + N)]
        terms += [betaln(a + x, b + tx - x + i) + betaln(c + 1, d + tx + i) for i in range(N - tx)]
        total += customers * (logsumexp(terms) - betaln(a, b) - betaln(c, d))
    return total


def hessian(f, x, h):
    n = len(x)
    e = np.eye(n) * h
    out = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = (f(x + e[i] + e[j]) - f(x + e[i] - e[j]) - f(x - e[i] + e[j]) + f(x - e[i] - e[j])) / (4 * h * h)
    return out


def main():
    f = lambda theta: -log_likelihood(theta)
    best = optimize.minimize(f, np.zeros(4), method='Nelder-Mead',
                             options={'xatol': 1e-9, 'fatol': 1e-9, 'maxiter': 20000, 'maxfev': 20000})
    best = optimize.minimize(f, best.x, method='BFGS', options={'gtol': 1e-7})
    h = (4 * hessian(f, best.x, 2e-3) - hessian(f, best.x, 4e-3)) / 3
    errors = np.exp(best.x) * np.sqrt(np.diag(np.linalg.inv(h)))
    print('alpha beta gamma delta:', *('%.6f' % v for v in np.exp(best.x)))
    print('standard errors:', *('%.7f' % v for v in errors))
    print('log-likelihood: %.5f' % -best.fun)


if __name__ == '__main__':
    main()
