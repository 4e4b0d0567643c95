#!/usr/bin/python3
"""Writes the tables of constants that src/math needs, from 60-digit arithmetic.

    test/math/make_tables.py            writes src/math/*_table.h
    test/math/make_tables.py --check    fails if they differ from what is there
"""
import os
import sys
from mpmath import mp, mpf, bernoulli, zeta, euler, psi, findroot, pi

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, '..', '..', 'src', 'math')


def literal(x):
    return mp.nstr(x, 21, min_fixed=-4, max_fixed=6)


def array(name, values):
    lines = [f'static const double {name}[{len(values)}] = {{']
    lines += [f'\t{literal(v)},' for v in values]
    lines[-1] = lines[-1].rstrip(',')
    return '\n'.join(lines) + '\n};\n'


def guard(name):
    return f'CLIENTELE_MATH_{name.upper()}_H'


def header(name, about, body):
    g = guard(name)
    return (f'/*\n * {name}.h\n *\t\t{about}\n *\n'
            ' * Made by test/math/make_tables.py; do not edit.\n */\n'
            f'#ifndef {g}\n#define {g}\n\n{body}\n#endif\t\t\t\t\t\t\t/* {g} */\n')


def gamma_table():
    body = '/* Bernoulli B(2k) / (2k (2k - 1)), k = 1 .. 10 */\n'
    body += array('stirling_series', [bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, 11)])
    body += '\n/* B(2k) / (2k) */\n'
    body += array('digamma_series', [bernoulli(2 * k) / (2 * k) for k in range(1, 11)])
    body += '\n/* B(2k) */\n'
    body += array('trigamma_series', [bernoulli(2 * k) for k in range(1, 11)])
    body += '\n/* (-1)^k (zeta(k) - 1) / k, k = 2 .. 27 */\n'
    body += array('zeta_series', [(-1) ** k * (zeta(k) - 1) / k for k in range(2, 28)])
    root = findroot(lambda x: psi(0, x), mpf('1.46'))
    high = mpf(float(root))
    body += '\n/* psi at the double nearest to its zero */\n'
    body += f'#define DIGAMMA_ZERO {literal(high)}\n'
    body += f'#define DIGAMMA_AT_ZERO {literal(psi(0, high))}\n'
    body += f'#define ONE_MINUS_EULER {literal(1 - euler)}\n'
    return header('gamma_table', 'Coefficients of the gamma function\'s series.', body)


def legendre_and_derivative(n, x):
    previous, value = mpf(1), x
    for k in range(1, n):
        previous, value = value, ((2 * k + 1) * x * value - k * previous) / (k + 1)
    return value, n * (x * value - previous) / (x * x - 1)


def gauss_legendre(order):
    nodes, weights = [], []
    for i in range(1, order + 1):
        x = mp.cos(pi * (i - mpf(1) / 4) / (order + mpf(1) / 2))
        for _ in range(20):
            value, derivative = legendre_and_derivative(order, x)
            x -= value / derivative
        derivative = legendre_and_derivative(order, x)[1]
        nodes.append((1 - x) / 2)
        weights.append(1 / ((1 - x * x) * derivative ** 2))
    assert nodes == sorted(nodes)
    for power in range(2 * order):
        assert abs(sum(w * x ** power for x, w in zip(nodes, weights)) - mpf(1) / (power + 1)) < mpf(10) ** -50
    return nodes, weights


def gauss_legendre_table():
    parts = []
    for order in (4, 6, 8, 12, 16, 24, 32):
        nodes, weights = gauss_legendre(order)
        parts.append(array(f'nodes_{order}', nodes))
        parts.append(array(f'weights_{order}', weights))
    return header('gauss_legendre_table', 'Nodes and weights of Gauss-Legendre quadrature on [0, 1].', '\n'.join(parts))


def main():
    failed = False
    for name, text in (('gamma_table', gamma_table()), ('gauss_legendre_table', gauss_legendre_table())):
        path = os.path.join(TARGET, name + '.h')
        if '--check' in sys.argv:
            with open(path) as f:
                if f.read() != text:
                    print(f'{path} is not what make_tables.py writes', file=sys.stderr)
                    failed = True
        else:
            with open(path, 'w') as f:
                f.write(text)
    return failed


sys.exit(main())
