#!/usr/bin/env python3
"""BG/NBD, MBG/NBD, Pareto/NBD and NBD fitted with scipy, to check our fits from outside.

    python3 independent_fit.py ../shared/data [FAMILY]

Likelihoods are written out from the definition (a customer is alive, or left
at the last purchase), that of Pareto/NBD as Fader & Hardie (2005) print it with
scipy's 2F1, maximized by Nelder-Mead and BFGS without derivatives of
ours; standard errors are from a numerical Hessian in the logarithms of the
parameters. Times in weeks. The full base is cut at the end of September 1997,
as the sample is.
"""
import csv
import datetime
import sys

import numpy
from scipy import optimize
from scipy.special import betaln, gammaln, hyp2f1


def log_likelihood(theta, m, x, tx, T):
    r, alpha, a, b = numpy.exp(theta)
    rate = gammaln(r + x) - gammaln(r) + r * numpy.log(alpha)
    alive = betaln(a, b + x + m) - betaln(a, b) - (r + x) * numpy.log(alpha + T)
    with numpy.errstate(all='ignore'):
        left = numpy.where(x + m > 0, betaln(a + 1, numpy.maximum(b + x + m - 1, 1e-300)) - betaln(a, b)
                           - (r + x) * numpy.log(alpha + tx), -numpy.inf)
    return rate + numpy.logaddexp(alive, left)


def pareto_log_likelihood(theta, m, x, tx, T):
    r, alpha, s, beta = numpy.exp(theta)
    k = r + s + x
    b, top = (s + 1, alpha) if alpha >= beta else (r + x, beta)

    def log_term(y):
        return numpy.log(hyp2f1(k, b, k + 1, abs(alpha - beta) / (top + y))) - k * numpy.log(top + y)
    rate = gammaln(r + x) - gammaln(r) + r * numpy.log(alpha) + s * numpy.log(beta)
    alive = -(r + x) * numpy.log(alpha + T) - s * numpy.log(beta + T)
    with numpy.errstate(all='ignore'):
        left = numpy.where(T > tx, numpy.log(s / k) + log_term(tx) + numpy.log(-numpy.expm1(log_term(T) - log_term(tx))),
                           -numpy.inf)
    return rate + numpy.logaddexp(alive, left)


def nbd_log_likelihood(theta, m, x, tx, T):
    r, alpha = numpy.exp(theta)
    return gammaln(r + x) - gammaln(r) + r * numpy.log(alpha) - (r + x) * numpy.log(alpha + T)


FAMILIES = (('bg/nbd', log_likelihood, 0, ('r', 'alpha', 'a', 'b')),
            ('mbg/nbd', log_likelihood, 1, ('r', 'alpha', 'a', 'b')),
            ('pareto/nbd', pareto_log_likelihood, 0, ('r', 'alpha', 's', 'beta')),
            ('nbd', nbd_log_likelihood, 0, ('r', 'alpha')))


def hessian(f, at, h=1e-3):
    n = len(at)
    result = numpy.empty((n, n))
    for i in range(n):
        for j in range(n):
            total = 0.0
            for step, weight in ((h, 4 / 3), (2 * h, -1 / 3)):
                for si in (-1, 1):
                    for sj in (-1, 1):
                        place = numpy.array(at)
                        place[i] += si * step / 2
                        place[j] += sj * step / 2
                        total += weight * si * sj * f(place) / step ** 2
            result[i, j] = total
    return result


def sample(path):
    rows = list(csv.DictReader(open(path + '/cdnow_sample_cbs_btyd.csv')))
    return [numpy.array([float(row[c]) for row in rows]) for c in ('x', 't_x', 'T_cal')]


def full(path):
    end = datetime.date(1997, 9, 30)
    days = {}
    for row in csv.DictReader(open(path + '/cdnow_full_transactions.csv')):
        day = datetime.date.fromisoformat(row['date'])
        if day <= end:
            days.setdefault(row['customer_id'], set()).add(day)
    x = numpy.array([len(d) - 1.0 for d in days.values()])
    tx = numpy.array([(max(d) - min(d)).days / 7 for d in days.values()])
    T = numpy.array([(end - min(d)).days / 7 for d in days.values()])
    return x, tx, T


def main():
    path = sys.argv[1]
    for name, data in (('sample', sample(path)), ('full', full(path))):
        rows, weights = numpy.unique(numpy.array(data), axis=1, return_counts=True)
        for family, f, m, parameters in FAMILIES:
            if len(sys.argv) > 2 and family != sys.argv[2]:
                continue

            def negative(theta):
                return -numpy.sum(weights * f(theta, m, *rows))
            # about the mean rate, and half of the mean age
            place = numpy.array([0.0, 2.5, 0.0, 2.5 if f is pareto_log_likelihood else 0.0])[:len(parameters)]
            for _ in range(3):
                place = optimize.minimize(negative, place, method='Nelder-Mead',
                                          options=dict(xatol=1e-9, fatol=1e-9, maxiter=4000)).x
                place = optimize.minimize(negative, place, method='BFGS', options=dict(gtol=1e-7)).x
            errors = numpy.exp(place) * numpy.sqrt(numpy.diag(numpy.linalg.inv(hessian(negative, place))))
            print('%s, %d customers, %s: log-likelihood %.6f' % (name, len(data[0]), family, -negative(place)))
            for parameter, value, error in zip(parameters, numpy.exp(place), errors):
                print('    %-5s %.7f  standard error %.7f' % (parameter, value, error))


if __name__ == '__main__':
    main()
