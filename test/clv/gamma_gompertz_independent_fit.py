#!/usr/bin/env python3
"""GGompertz/NBD fitted with scipy, to check our fits from outside.

    python3 gamma_gompertz_independent_fit.py [CUSTOMER_BASE]

The likelihood is written out from the definition (a customer is still one, or
left at some time since the last purchase), with fixed Gauss-Legendre quadrature
over that time, maximized without derivatives of ours; standard errors are from a
numerical Hessian in the logarithms of the parameters. The customers are those
that the test simulates: the generator of simulate.c is written out here too; or
those of a file with the text of a customer_base, which weighs cells.
"""
import math
import re
import sys

import numpy
from scipy import optimize
from scipy.special import gammaln

from independent_fit import hessian

MASK = 2 ** 64 - 1


class Generator:
    """xorshift64*, as in simulate.c"""

    def __init__(self, seed):
        self.state = seed
        for _ in range(20):
            self.uniform()

    def uniform(self):
        x = self.state
        x ^= x >> 12
        x = (x ^ (x << 25)) & MASK
        x ^= x >> 27
        self.state = x
        return ((((x * 2685821657736338717) & MASK) >> 11) + 0.5) / 2.0 ** 53

    def normal(self):
        u = self.uniform()
        return math.sqrt(-2.0 * math.log(u)) * math.cos(6.283185307179586 * self.uniform())

    def gamma(self, shape):
        if shape < 1.0:
            u = self.uniform()
            return self.gamma(shape + 1.0) * u ** (1.0 / shape)
        d = shape - 1.0 / 3.0
        c = 1.0 / math.sqrt(9.0 * d)
        while True:
            x = self.normal()
            v = 1.0 + c * x
            if v <= 0.0:
                continue
            v = v * v * v
            if math.log(self.uniform()) < 0.5 * x * x + d - d * v + d * math.log(v):
                return d * v

    def customer(self, r, alpha, beta, b, s, age):
        rate = self.gamma(r) / alpha
        eta = self.gamma(s) / beta
        end = math.log1p(-math.log(self.uniform()) / eta) / b
        time, x, last = 0.0, 0, 0.0
        while True:
            time -= math.log(self.uniform()) / rate
            if not (time <= age and time <= end):
                return x, last, age
            x, last = x + 1, time


def simulate(parameters, n, age, seed):
    generator = Generator(seed)
    rows = []
    for _ in range(n):
        rows.append(generator.customer(*parameters, math.ceil(age * (0.5 + 0.5 * generator.uniform()))))
    return [numpy.array(column, dtype=float) for column in zip(*rows)]


def read_base(path):
    rows = [[float(v or 1) for v in row] for row in re.findall(r'\((\d+),([\d.]+),([\d.]+)\)(?:\*(\d+))?', open(path).read())]
    return [numpy.array(column) for column in zip(*rows)]


def log_likelihood(theta, x, tx, T, weights_of_rows=1.0):
    r, alpha, beta, b, s = numpy.exp(theta)
    nodes, weights = numpy.polynomial.legendre.leggauss(60)
    y = tx[:, None] + (T - tx)[:, None] * (nodes + 1) / 2
    # relative to a customer who is alive at the last purchase
    base = (r + x) * numpy.log(alpha + tx) + s * numpy.log(beta - 1 + numpy.exp(b * tx))
    left = numpy.sum(weights / 2 * numpy.exp(base[:, None] + math.log(s * b) + b * y - (r + x)[:, None] * numpy.log(alpha + y)
                                             - (s + 1) * numpy.log(beta - 1 + numpy.exp(b * y))), axis=1) * (T - tx)
    alive = numpy.exp(base - (r + x) * numpy.log(alpha + T) - s * numpy.log(beta - 1 + numpy.exp(b * T)))
    return numpy.sum(weights_of_rows * (gammaln(r + x) - gammaln(r) + r * math.log(alpha) + s * math.log(beta)
                                        - base + numpy.log(left + alive)))


def main():
    work = []
    for seed, truth in ((1, (0.8, 30.0, 5.0, 0.02, 0.6)), (2, (1.5, 40.0, 0.3, 0.02, 0.3))):
        if len(sys.argv) == 1:
            work.append(('seed %d' % seed, truth, simulate(truth, 4000, 730, seed)))
        elif seed == 1:
            work.append((sys.argv[1], truth, read_base(sys.argv[1])))
    for what, truth, data in work:

        def negative(theta):
            if max(abs(theta)) > 12:
                return 1e9
            return -log_likelihood(theta, *data)
        place = numpy.log(truth) + 0.3
        for _ in range(2):
            place = optimize.minimize(negative, place, method='BFGS', options=dict(gtol=1e-5)).x
            place = optimize.minimize(negative, place, method='Nelder-Mead',
                                      options=dict(xatol=1e-9, fatol=1e-9, maxiter=2000)).x
        # Newton's steps, with numerical derivatives
        for _ in range(3):
            h = 1e-3
            slope = numpy.array([(8 * (negative(place + h * e) - negative(place - h * e))
                                  - (negative(place + 2 * h * e) - negative(place - 2 * h * e))) / (12 * h)
                                 for e in numpy.eye(5)])
            place = place - numpy.linalg.solve(hessian(negative, place), slope)
        errors = numpy.exp(place) * numpy.sqrt(numpy.diag(numpy.linalg.inv(hessian(negative, place))))
        print('%s, log-likelihood %.9f' % (what, -negative(place)))
        for parameter, value, error in zip(('r', 'alpha', 'beta', 'b', 's'), numpy.exp(place), errors):
            print('    %-5s %.9g  standard error %.7g' % (parameter, value, error), flush=True)


if __name__ == '__main__':
    main()
