#!/usr/bin/env python3
"""BG/NBD outside the database: export, load, fit; against fit() inside.

    bench/export_baseline.py [ROUNDS]      (in the server of bench/run)

This is not the lifetimes package: it is what a careful analyst would write
with numpy and scipy, and faster than that package, because it has the
analytic gradient and starts from scaled times. lifetimes is timed as well
when it is installed. Everything is timed from the table `customer` to the
parameters, and the log-likelihoods are printed, so that it is seen that both
ends are the same optimum.
"""
import io
import subprocess
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

PSQL = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
EXPORT = (
    "COPY (SELECT clientele.frequency(rfm), clientele.recency(rfm) / 7,"
    " clientele.age(rfm) / 7 FROM customer) TO STDOUT (FORMAT csv)"
)
FIT = (
    "SELECT clientele.log_likelihood(m) FROM (SELECT clientele.fit("
    "clientele.customer_base(rfm), 'bg/nbd') AS m FROM customer OFFSET 0) AS q"
)


def negative(theta, x, recency, age):
    """Minus the mean log-likelihood and its gradient in the logarithms."""
    r, alpha, a, b = np.exp(theta)
    repeat = x > 0
    alive = -(r + x) * np.log(alpha + age)
    # dead right after the last purchase: only who has made one can be
    dead = np.where(
        repeat,
        np.log(a)
        - np.log(b + np.maximum(x, 1) - 1)
        - (r + x) * np.log(alpha + recency),
        -np.inf,
    )
    total = np.logaddexp(alive, dead)
    value = (
        gammaln(r + x)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(a + b)
        + gammaln(b + x)
        - gammaln(b)
        - gammaln(a + b + x)
        + total
    )
    w = np.exp(alive - total)
    v = 1 - w
    d_r = (
        digamma(r + x)
        - digamma(r)
        + np.log(alpha)
        - w * np.log(alpha + age)
        - v * np.log(alpha + recency)
    )
    d_alpha = r / alpha - (r + x) * (w / (alpha + age) + v / (alpha + recency))
    d_ab = digamma(a + b) - digamma(a + b + x)
    d_a = d_ab + v / a
    d_b = (
        d_ab
        + digamma(b + x)
        - digamma(b)
        - np.where(repeat, v / (b + np.maximum(x, 1) - 1), 0)
    )
    gradient = np.array([d_r.mean(), d_alpha.mean(), d_a.mean(), d_b.mean()])
    return -value.mean(), -gradient * np.exp(theta)


def fit(x, recency, age):
    scale = age.mean()
    result = minimize(
        negative,
        np.zeros(4),
        args=(x, recency / scale, age / scale),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-7},
    )
    parameters = np.exp(result.x)
    parameters[1] *= scale
    # ln L in the original unit: each purchase has the density 1 / scale
    return parameters, -result.fun * len(x) - x.sum() * np.log(scale)


def in_database():
    script = "\\timing on\n" + FIT + ";\n"
    out = subprocess.run(
        PSQL, input=script, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    seconds = [float(s.split()[1]) / 1000 for s in out if s.startswith("Time:")]
    return seconds[0], float(out[0])


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    rounds = min(rounds, 3)
    steps = {"in the database": [], "export": [], "load": [], "fit": []}
    for _ in range(rounds):
        seconds, inside = in_database()
        steps["in the database"].append(seconds)
        start = time.perf_counter()
        text = subprocess.run(
            PSQL + ["-c", EXPORT], capture_output=True, check=True
        ).stdout
        exported = time.perf_counter()
        rows = np.loadtxt(io.BytesIO(text), delimiter=",", unpack=True)
        loaded = time.perf_counter()
        parameters, outside = fit(*rows)
        steps["export"].append(exported - start)
        steps["load"].append(loaded - exported)
        steps["fit"].append(time.perf_counter() - loaded)
    median = {name: float(np.median(times)) for name, times in steps.items()}
    total = median["export"] + median["load"] + median["fit"]
    base = median["in the database"]
    print(f"numpy {np.__version__} and scipy, an own BG/NBD with analytic gradient")
    print("(not the lifetimes package).")
    print()
    print("| step | s | times fit(customer_base(rfm), 'bg/nbd') |")
    print("|---|--:|--:|")
    print(f"| fit(customer_base(rfm), 'bg/nbd') | {base:.2f} | 1 |")
    for name in ("export", "load", "fit"):
        print(f"| {name} | {median[name]:.2f} | {median[name] / base:.1f} |")
    print(f"| export, load and fit | {total:.2f} | {total / base:.1f} |")
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        BetaGeoFitter = None
    if BetaGeoFitter is not None:
        start = time.perf_counter()
        BetaGeoFitter().fit(*rows)
        seconds = time.perf_counter() - start
        print(f"| fit by lifetimes | {seconds:.2f} | {seconds / base:.1f} |")
    print()
    print(
        "Log-likelihoods: inside %.6f, outside %.6f; r %.5f, alpha %.5f, a %.5f, b %.5f."
        % (inside, outside, *parameters)
    )


if __name__ == "__main__":
    main()
