#!/usr/bin/env python3
"""Reference values of BG/NBD and MBG/NBD: derivatives of the log-likelihood of
one customer, posterior means of the rate and of the dropout probability.

    python3 beta_geometric_reference.py > beta_geometric_reference.txt      (seconds)

From the definition: given rate and dropout probability p, a customer with x
repeat purchases, y chances to leave, has the likelihood

    (1-p)^y rate^x e^(-rate T)  +  p (1-p)^(y-1) rate^x e^(-rate tx)

(alive, or gone since the last purchase), averaged over Gamma and Beta.
Derivatives, with respect to the logarithms of the parameters, are differences
at a precision of 60 digits more.

Lines: kind, first_dropout, r, alpha, a, b, x, tx, T, value(s); the derivatives
are value, 4 of the gradient, 10 of the Hessian's upper half.
"""
import mpmath as mp
from mpmath import mpf


def parts(m, r, alpha, a, b, x, tx, T):
    """Both histories' averages, up to what they share."""
    y = x + m
    alive = mp.beta(a, b + y) * (alpha + T) ** -(r + x)
    gone = mp.beta(a + 1, b + y - 1) * (alpha + tx) ** -(r + x) if y > 0 else mpf(0)
    return alive, gone


def log_likelihood(m, r, alpha, a, b, x, tx, T):
    alive, gone = parts(m, r, alpha, a, b, x, tx, T)
    return mp.log((alive + gone) * mp.gamma(r + x) / mp.gamma(r) * alpha ** r / mp.beta(a, b))


def purchase_rate(m, r, alpha, a, b, x, tx, T):
    alive, gone = parts(m, r, alpha, a, b, x, tx, T)
    # integral of rate^(r+x) e^(-rate c) over that of rate^(r+x-1) e^(-rate c)
    up = [mp.gamma(r + x + 1) / c ** (r + x + 1) / (mp.gamma(r + x) / c ** (r + x)) for c in (alpha + T, alpha + tx)]
    return (alive * up[0] + gone * up[1]) / (alive + gone)


def dropout(m, r, alpha, a, b, x, tx, T):
    alive, gone = parts(m, r, alpha, a, b, x, tx, T)
    y = x + m
    up = [mp.beta(a + 1, b + y) / mp.beta(a, b + y), mpf(0)]
    if y > 0:
        up[1] = mp.beta(a + 2, b + y - 1) / mp.beta(a + 1, b + y - 1)
    return (alive * up[0] + gone * up[1]) / (alive + gone)


def derivatives(m, r, alpha, a, b, x, tx, T):
    """Value, gradient, Hessian in the logarithms by central differences; the
    error of the step is 1e-40, that of rounding 1e-50."""
    h = mpf(10) ** -20
    at = [mp.log(v) for v in (r, alpha, a, b)]

    def f(*moves):
        place = list(at)
        for i, step in moves:
            place[i] += step
        return log_likelihood(m, *[mp.exp(v) for v in place], x, tx, T)
    middle = f()
    result = [middle]
    for i in range(4):
        result.append((f((i, h)) - f((i, -h))) / (2 * h))
    for i in range(4):
        for j in range(i, 4):
            if i == j:
                result.append((f((i, h)) - 2 * middle + f((i, -h))) / h ** 2)
            else:
                result.append((f((i, h), (j, h)) - f((i, h), (j, -h)) - f((i, -h), (j, h)) + f((i, -h), (j, -h)))
                              / (4 * h ** 2))
    return result


def main():
    mp.mp.dps = 100
    sets = [(0.243, 4.414, 0.793, 2.426), (0.525, 43.3, 0.891, 1.614), (1.0, 1.0, 1.0, 1.0), (0.3, 10.0, 0.25, 0.75),
            (1e-4, 1e4, 1e-4, 1e4), (1e4, 1e-4, 1e4, 1e-4), (1e4, 1e4, 1.0, 2.0), (12.5, 300.0, 0.05, 0.9),
            (1e-4, 1e-4, 1e4, 1e4)]
    customers = [(0, 0.0, 0.0), (0, 0.0, 38.86), (2, 30.43, 38.86), (1, 0.5, 1.0), (40, 365.0, 365.0), (41, 300.0, 365.25),
                 (180, 100.0, 104.0), (3, 0.0, 36525.0), (10000, 36500.0, 36525.0)]
    for p in sets:
        for c in customers:
            for m in (0, 1):
                args = [m] + [mpf(v) for v in p] + [c[0], mpf(c[1]), mpf(c[2])]
                head = (m,) + p + c
                for name, f in (('rate', purchase_rate), ('dropout', dropout)):
                    print(name, *head, mp.nstr(f(*args), 20))
                print('derivatives', *head, *(mp.nstr(v, 20) for v in derivatives(*args)))


if __name__ == '__main__':
    main()
