#!/usr/bin/env python3
"""BG/CNBD-k and MBG/CNBD-k fitted with scipy, to check our fits from outside.

    python3 condensed_fit.py ../shared/data

The likelihood is written out from the definition: Erlang gaps, and a customer
who is alive, or left at the last purchase; maximized without derivatives of
ours for k = 1 to 4. Times in weeks, the base of CDNOW cut at the end of
September 1997.
"""
import csv
import datetime
import sys

import numpy
from scipy import optimize
from scipy.special import betaln, gammaln, logsumexp


def summary(path):
    end = datetime.date(1997, 9, 30)
    days = {}
    for row in csv.DictReader(open(path + '/cdnow_sample_transactions.csv')):
        day = datetime.date.fromisoformat(row['date'])
        if day <= end:
            days.setdefault(row['customer_id'], set()).add(day)
    rows = []
    for every in days.values():
        every = sorted(every)
        gaps = [(b - a).days / 7 for a, b in zip(every, every[1:])]
        rows.append((len(gaps), (every[-1] - every[0]).days / 7, (end - every[0]).days / 7, sum(numpy.log(gaps))))
    return [numpy.array(column) for column in zip(*rows)]


def log_likelihood(theta, k, m, x, tx, T, log_gaps):
    r, alpha, a, b = numpy.exp(theta)
    # gaps: product of lambda^k g^(k-1) e^(-lambda g) / (k-1)!
    known = (k - 1) * log_gaps - x * gammaln(k) + r * numpy.log(alpha) - gammaln(r)
    # the open gap has seen j < k phases: (lambda u)^j / j! e^(-lambda u)
    with numpy.errstate(divide='ignore'):
        log_u = numpy.log(numpy.maximum(T - tx, 0))
        phases = [gammaln(r + k * x + j) - (r + k * x + j) * numpy.log(alpha + T) + (j * log_u if j else 0)
                  - gammaln(j + 1) for j in range(k)]
    alive = betaln(a, b + x + m) - betaln(a, b) + logsumexp(phases, axis=0)
    with numpy.errstate(all='ignore'):
        left = numpy.where(x + m > 0, betaln(a + 1, numpy.maximum(b + x + m - 1, 1e-300)) - betaln(a, b)
                           + gammaln(r + k * x) - (r + k * x) * numpy.log(alpha + tx), -numpy.inf)
    return numpy.sum(known + numpy.logaddexp(alive, left))


def main():
    data = summary(sys.argv[1])
    for family, m in (('bg', 0), ('mbg', 1)):
        for k in range(1, 5):
            def negative(theta):
                return -log_likelihood(theta, k, m, *data)
            place = numpy.zeros(4)
            for _ in range(3):
                place = optimize.minimize(negative, place, method='Nelder-Mead',
                                          options=dict(xatol=1e-9, fatol=1e-9, maxiter=4000)).x
                place = optimize.minimize(negative, place, method='BFGS', options=dict(gtol=1e-7)).x
            print('%s/cnbd-%d: log-likelihood %.6f, r %.6f alpha %.6f a %.6f b %.6f' %
                  ((family, k, -negative(place)) + tuple(numpy.exp(place))))


if __name__ == '__main__':
    main()
