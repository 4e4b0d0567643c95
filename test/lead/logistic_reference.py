#!/usr/bin/env python3
"""Fits of logistic regressions to 40 digits, by Newton's method on the
definition: the penalized log-likelihood

    sum of w f (y eta - ln(1 + exp(eta))) - ridge / 2 * (sum of b_j^2, j > 0)

over rows that test/logistic.pg draws by the same integer formulas. Prints a
line a coefficient: case, feature, level, estimate, standard error; and the
log-likelihood. Missing numbers count as the weighted mean of the others, and
have an indicator; a missing category is a level. The first level by bytes is
the reference.

    python3 test/lead/logistic_reference.py > test/lead/logistic_reference.txt
"""
from mpmath import mp, mpf, matrix, exp, log, lu_solve, sqrt, inverse, nstr

mp.dps = 40
ROWS = 300


def rows():
    """i, x, z (None: missing), category (None: missing), y, weight, frequency"""
    for i in range(1, ROWS + 1):
        x = mpf((i * 37) % 101) / 10
        z = None if i % 7 == 0 else mpf((i * 53) % 97) * 1000 + 5000000
        level = (i * 29) % 5
        c = None if i % 11 == 0 else "abcde"[level]
        luck = (i * i * 31 + i * 17) % 103
        y = 1 if luck < 20 + 4 * ((i * 37) % 101) // 10 + 6 * level else 0
        yield i, x, z, c, y, mpf(1 + i % 3) / 2, 1 + i % 4


def design(features, weighted, counted):
    """names of the terms, rows of terms, outcomes, weights"""
    data = list(rows())
    ws = [(r[5] if weighted else mpf(1)) * (r[6] if counted else 1) for r in data]
    known = [(w, r[2]) for w, r in zip(ws, data) if r[2] is not None]
    mean = sum(w * z for w, z in known) / sum(w for w, _ in known)
    names = [("", "")]
    columns = [[mpf(1)] * ROWS]
    if "x" in features:
        names.append(("x", ""))
        columns.append([r[1] for r in data])
    if "z" in features:
        names += [("z", ""), ("z", "missing")]
        columns.append([mean if r[2] is None else r[2] for r in data])
        columns.append([mpf(r[2] is None) for r in data])
    if "c" in features:
        for level in "bcde":
            names.append(("c", level))
            columns.append([mpf(r[3] == level) for r in data])
        names.append(("c", "missing"))
        columns.append([mpf(r[3] is None) for r in data])
    return names, columns, [r[4] for r in data], ws


def fit(columns, ys, ws, ridge):
    k = len(columns)
    b = matrix(k, 1)
    # a large mean makes the first steps wild: begin from the intercept alone
    won = sum(w for w, y in zip(ws, ys) if y)
    b[0] = log(won / (sum(ws) - won))
    while True:
        gradient = matrix(k, 1)
        information = matrix(k, k)
        value = mpf(0)
        for i in range(ROWS):
            eta = sum(b[j] * columns[j][i] for j in range(k))
            p = 1 / (1 + exp(-eta))
            value += ws[i] * (log(p) if ys[i] else log(1 - p))
            for j in range(k):
                gradient[j] += ws[i] * (ys[i] - p) * columns[j][i]
                for l in range(j + 1):
                    information[j, l] += ws[i] * p * (1 - p) * columns[j][i] * columns[l][i]
        for j in range(k):
            for l in range(j):
                information[l, j] = information[j, l]
        for j in range(1, k):
            gradient[j] -= ridge * b[j]
            information[j, j] += ridge
        step = lu_solve(information, gradient)
        if max(abs(step[j]) for j in range(k)) < mpf(10) ** -28:
            covariance = inverse(information)
            return b, [sqrt(covariance[j, j]) for j in range(k)], value
        b += step


CASES = [("numbers", "xz", False, False, 0), ("all", "xzc", False, False, 0), ("weights", "xzc", True, False, 0),
         ("frequencies", "xzc", False, True, 0), ("both", "xzc", True, True, 0), ("ridge", "xc", True, True, mpf("0.7")),
         ("category", "c", False, False, 0)]

for case, features, weighted, counted, ridge in CASES:
    names, columns, ys, ws = design(features, weighted, counted)
    b, errors, value = fit(columns, ys, ws, ridge)
    for (feature, level), estimate, error in zip(names, b, errors):
        print("|".join([case, feature, level, nstr(estimate, 17), nstr(error, 17)]))
    print("|".join([case, "log-likelihood", "", nstr(value, 17), ""]))
