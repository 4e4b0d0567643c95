#!/usr/bin/env python3
"""Reference values of decaying sums, to 20 digits.

    python3 reference.py > reference.txt

Written with mpmath at 60 digits from the definition: the sum of
points * 2^(-(as_of - time) / half_life) over events. Times are microseconds
since 2000-01-01, from 1970 to 2100; half-lives from an hour to ten years.
Lines: half_life, as_of, number of events, value, then points and time of each.
"""
import random

import mpmath as mp

mp.mp.dps = 60
random.seed(20260630)
HOUR = 3600 * 10**6
DAY = 24 * HOUR
YEAR = 8766 * HOUR
FIRST, LAST = -30 * YEAR, 100 * YEAR


def value(events, as_of, half_life):
    return mp.fsum(mp.mpf(p) * mp.power(2, -(mp.mpf(as_of) - t) / half_life) for p, t in events)


for half_life in (HOUR, HOUR + 1, 7 * HOUR, DAY, 30 * DAY, 30 * DAY + 7, YEAR, 10 * YEAR):
    for center in (FIRST, -DAY, 0, 1, 26 * YEAR + 12345678901, LAST - 40 * half_life):
        for n in (1, 2, 7, 40):
            spread = random.choice((0, half_life // 3, 30 * half_life))
            events = []
            for _ in range(n):
                points = random.choice((1, -1, 5, 0.1, -0.3, 1e6, 1e-9, random.uniform(-50, 50)))
                events.append((points, center + (random.randrange(spread) if spread else 0)))
            as_of = max(t for _, t in events) + random.choice((0, 1, half_life, 5 * half_life + 17))
            total = value(events, as_of, half_life)
            # sums that cancel are as good as their terms, not as what is left
            if abs(total) < mp.fsum(abs(value([e], as_of, half_life)) for e in events) / 1000:
                continue
            print(half_life, as_of, n, mp.nstr(total, 20), *(f"{p!r} {t}" for p, t in events))
