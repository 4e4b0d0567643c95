#!/usr/bin/env python3
"""Reference values for the measures of a score, from their definitions.

Every case is compared with every other one (groups of alike cases by their
counts), in fractions; square roots and logarithms by mpmath to 40 digits.

    python3 evaluation_reference.py > evaluation_reference.txt
"""
from fractions import Fraction as F
from random import Random

import mpmath

mpmath.mp.dps = 40


def beats(x, y):
    return F(1) if x > y else F(1, 2) if x == y else F(0)


def real(x):
    return mpmath.mpf(x.numerator) / x.denominator if isinstance(x, F) else x


def classes(rows, column):
    won = [(row[column], row[2]) for row in rows if row[2] > 0]
    lost = [(row[column], row[3]) for row in rows if row[3] > 0]
    return won, lost


def placements(rows, column):
    """The share of the other class that each won and each lost case beats, or is beaten by."""
    won, lost = classes(rows, column)
    m, n = sum(k for _, k in won), sum(k for _, k in lost)
    return ([sum(k * beats(x, y) for y, k in lost) / n for x, _ in won],
            [sum(k * beats(x, y) for x, k in won) / m for y, _ in lost])


def mean(values, weights):
    return sum(v * k for v, k in zip(values, weights)) / sum(weights)


def variance_of_mean(values, weights):
    n = sum(weights)
    if n < 2:
        return None
    middle = mean(values, weights)
    return sum(k * (v - middle) ** 2 for v, k in zip(values, weights)) / (n - 1) / n


def root(parts):
    if None in parts:
        return mpmath.nan
    return mpmath.sqrt(real(sum(parts)))


def average_precision(rows):
    """The sum over thresholds of (recall - recall before) * precision."""
    total, before = F(0), F(0)
    all_won = sum(row[2] for row in rows)
    for threshold in sorted({row[0] for row in rows}, reverse=True):
        taken = [row for row in rows if row[0] >= threshold]
        won = sum(row[2] for row in taken)
        recall = F(won, all_won)
        total += (recall - before) * F(won, won + sum(row[3] for row in taken))
        before = recall
    return total


def ks(rows):
    m, n = sum(row[2] for row in rows), sum(row[3] for row in rows)
    return max(abs(F(sum(r[2] for r in rows if r[0] <= t), m) - F(sum(r[3] for r in rows if r[0] <= t), n))
               for t in {row[0] for row in rows})


def brier(rows):
    return sum(row[2] * (1 - F(row[0])) ** 2 + row[3] * F(row[0]) ** 2 for row in rows) / sum(row[2] + row[3] for row in rows)


def log_loss(rows):
    total = mpmath.mpf(0)
    for p, _, won, lost in rows:
        total -= (won * mpmath.log(real(F(p))) if won else 0) + (lost * mpmath.log(real(1 - F(p))) if lost else 0)
    return total / sum(row[2] + row[3] for row in rows)


def won_among(rows, count):
    """Expected won cases among the highest ones, those of one score in random order."""
    won = F(0)
    for score in sorted({row[0] for row in rows}, reverse=True):
        of_won = sum(row[2] for row in rows if row[0] == score)
        cases = of_won + sum(row[3] for row in rows if row[0] == score)
        taken = min(cases, count)
        won += F(of_won * taken, cases)
        count -= taken
    return won


def tiles(rows, n):
    cases = sum(row[2] + row[3] for row in rows)
    n = min(n, cases)
    ends = [cases // n * i + min(i, cases % n) for i in range(n + 1)]
    return [won_among(rows, ends[i + 1]) - won_among(rows, ends[i]) for i in range(n)]


def stability(rows, n):
    """Bins end at the least score that has i / n of the lost cases at or below it."""
    scores = sorted({row[0] for row in rows})
    base = sum(row[3] for row in rows)
    current = sum(row[2] for row in rows)
    edges = sorted({min(s for s in scores if sum(r[3] for r in rows if r[0] <= s) * n >= i * base) for i in range(1, n)})
    if edges and sum(r[3] for r in rows if r[0] <= edges[-1]) == base:
        edges.pop()
    total, low = mpmath.mpf(0), None
    for high in edges + [None]:
        inside = [r for r in rows if (low is None or r[0] > low) and (high is None or r[0] <= high)]
        b, c = F(sum(r[3] for r in inside), base), F(sum(r[2] for r in inside), current)
        if b == 0 or c == 0:
            return mpmath.inf if b != c else mpmath.nan
        total += real(c - b) * mpmath.log(real(c / b))
        low = high
    return total


def show(name, value):
    value = real(value) if isinstance(value, F) else value
    print(name, mpmath.nstr(value, 20) if mpmath.isfinite(value) else 'nan' if mpmath.isnan(value) else 'inf')


def put(name, rows, probabilities=True):
    print('set', name, len(rows))
    for a, b, won, lost in rows:
        print(repr(a), repr(b), won, lost)
    parts = []
    for column, letter in ((0, 'a'), (1, 'b')):
        won, lost = classes(rows, column)
        v, w = placements(rows, column)
        parts.append((v, w))
        show('auc_' + letter, mean(v, [k for _, k in won]))
        show('std_error_' + letter, root([variance_of_mean(v, [k for _, k in won]), variance_of_mean(w, [k for _, k in lost])]))
    won, lost = classes(rows, 0)
    differences = [[x - y for x, y in zip(parts[0][i], parts[1][i])] for i in (0, 1)]
    show('difference', mean(differences[0], [k for _, k in won]))
    show('std_error', root([variance_of_mean(differences[0], [k for _, k in won]), variance_of_mean(differences[1], [k for _, k in lost])]))
    show('average_precision', average_precision(rows))
    show('ks', ks(rows))
    if probabilities:
        show('brier', brier(rows))
        show('log_loss', log_loss(rows))
    for n in (1, 2, 3, 10, 37):
        for i, value in enumerate(tiles(rows, n)):
            show(f'tile/{n}/{i + 1}', value)
    for n in (2, 5, 10):
        show(f'stability/{n}', stability(rows, n))
    print('end')


def random_rows(seed, n, digits, most):
    random = Random(seed)
    rows = []
    for _ in range(n):
        a = min(max(round(random.random(), digits), 0.001), 0.999)
        b = round(a / 2 + random.random() / 2, digits)
        won = random.randint(0, most) if random.random() < a else 0
        rows.append((a, b, won, random.randint(0 if won else 1, most)))
    return rows


SMALL = ((0.9, 1), (0.8, 1), (0.8, 1), (0.7, 1), (0.7, 0), (0.7, 1), (0.6, 0), (0.55, 1), (0.5, 1), (0.5, 0),
         (0.4, 0), (0.4, 1), (0.3, 0), (0.3, 0), (0.2, 0), (0.2, 0), (0.1, 1), (0.1, 0), (0.05, 0), (0.05, 0))
put('twenty cases', [(p, float(round(10 * p) % 7), y, 1 - y) for p, y in SMALL])
put('ties', random_rows(1, 60, 1, 1))
put('hardly any ties', random_rows(2, 80, 6, 1))
put('counts', random_rows(3, 40, 2, 9))
put('huge counts', random_rows(4, 30, 2, 10 ** 12))
put('two of each', [(0.25, 1.0, 1, 0), (0.5, 3.0, 0, 1), (0.5, 2.0, 1, 0), (0.125, 2.0, 0, 1)])
put('one won', [(0.25, 1.0, 1, 0), (0.5, 3.0, 0, 1), (0.375, 2.0, 0, 3)])
put('nearly separated', [(1e-9, 0.5, 1, 10 ** 9), (0.25, 0.25, 10 ** 6, 10 ** 6), (0.75, 0.5, 10 ** 9, 1), (0.875, 0.5, 10 ** 9, 0)])
put('hardly different', [(0.1, 0.1, 3, 10 ** 8), (0.2, 0.2, 10 ** 8, 10 ** 8), (0.3, 0.30000001, 1, 1), (0.3, 0.3, 0, 1), (0.9, 0.8, 10 ** 8, 0)])
put('sure and rare', [(1e-300, 0.0, 0, 5), (1e-12, 1.0, 1, 10 ** 12), (0.5, 0.0, 1, 1), (0.9999999999999999, 2.0, 7, 1)])
put('wide', [(-1e300, -float('inf'), 0, 4), (-5e-324, 0.0, 1, 1), (0.0, 0.0, 2, 1), (5e-324, 1.0, 3, 0), (1e300, float('inf'), 4, 1)], False)
