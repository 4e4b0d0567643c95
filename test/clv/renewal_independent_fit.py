#!/usr/bin/env python3
"""sBG and BdW fitted to 40 digits, to check our fits from outside.

    python3 renewal_independent_fit.py ../../../shared/data > renewal_fits.txt

The likelihood of a cohort is written from its definition, S(t) = B(alpha, beta +
t^c) / B(alpha, beta), and P(t) = S(t - 1) - S(t); its numerical gradient is
brought to zero by mpmath's root finder, and standard errors of the logarithms of
the parameters are from a numerical Hessian. The cohorts are the two of Fader &
Hardie (2007) and one made up.
"""
import csv
import sys

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 40
COHORTS = {'made_up': [2000, 1693, 1433, 1247, 1118, 1011, 929, 865, 817, 762, 718, 689, 649], 'regular': [], 'high_end': []}
for row in csv.DictReader(open(sys.argv[1] + '/sbg_survivors.csv')):
    COHORTS['regular'].append(int(row['regular']))
    COHORTS['high_end'].append(int(row['highend']))


def log_likelihood(left, theta):
    alpha, beta = mp.exp(theta[0]), mp.exp(theta[1])
    c = mp.exp(theta[2]) if len(theta) > 2 else mpf(1)
    survival = [mp.beta(alpha, beta + (mpf(t) ** c if t else 0)) / mp.beta(alpha, beta) for t in range(len(left))]
    value = left[-1] * mp.log(survival[-1])
    for t in range(1, len(left)):
        value += (left[t - 1] - left[t]) * mp.log(survival[t - 1] - survival[t])
    return value


def derivative(left, theta, orders):
    return mp.diff(lambda *place: log_likelihood(left, place), tuple(theta), orders)


def unit(n, *which):
    return tuple(sum(i == j for j in which) for i in range(n))


for name, years, start in [('made_up', 5, [0.7, 3.5]), ('made_up', 12, [0.5, 2.5]), ('made_up', 5, [0.4, 2.5, 1.4]),
                           ('made_up', 12, [0.4, 2.5, 1.4]), ('regular', 7, [0.7, 1.2]), ('regular', 12, [0.7, 1.2]), ('high_end', 4, [1.3, 8]),
                           ('high_end', 12, [0.6, 3.4]), ('regular', 4, [0.5, 0.9, 1.2]), ('regular', 12, [0.5, 0.9, 1.2]),
                           ('high_end', 4, [0.26, 1.7, 1.6]), ('high_end', 7, [0.2, 1.4, 1.7]),
                           ('high_end', 12, [0.25, 1.6, 1.6])]:
    left, n = COHORTS[name][:years + 1], len(start)
    root = mp.findroot(lambda *theta: [derivative(left, theta, unit(n, i)) for i in range(n)],
                       [mp.log(x) for x in start], tol=1e-25, maxsteps=40)
    theta = list(root)
    information = mp.matrix(n, n)
    for i in range(n):
        for j in range(n):
            information[i, j] = -derivative(left, theta, unit(n, i, j))
    covariance = information ** -1
    errors = [mp.sqrt(covariance[i, i]) for i in range(n)]
    print('\t\t{%s, %d, %d, {%s}, 1e-8, {%s}, %s},' % (
        name, years, n, ', '.join(mp.nstr(mp.exp(x), 12) for x in theta),
        ', '.join(mp.nstr(x, 12) for x in errors), mp.nstr(log_likelihood(left, theta), 14)))
