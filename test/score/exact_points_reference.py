"""Prints exact_points_reference.txt: points as exact decimals and layers of caps
and floors, worked out with Python's whole numbers and fractions from what they
are said to be (exact_points.h, card_layers.c)."""
import random
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 400
rng = random.Random(20260131)
UNIT = 10 ** 12


def text(units):
    """So many units of 1e-12 as a decimal."""
    sign = "-" if units < 0 else ""
    whole, part = divmod(abs(units), UNIT)
    places = ("%012d" % part).rstrip("0")
    return sign + str(whole) + ("." + places if places else "")


def units_of(x):
    """A double rounded to 1e-12 or to 15 digits, whichever is coarser."""
    if x == 0:
        return 0
    value = Decimal(x)
    quantum = Decimal(10) ** max(-12, value.adjusted() - 14)
    return int((value / quantum).to_integral_value(rounding="ROUND_HALF_EVEN") * quantum * UNIT)


print("# double value expected")
for x in [0.1, 0.2, 0.3, 1e-12, 4e-13, 6e-13, 1 / 3, 2 / 3, 999.999999999999, 1000.1, 12345678.9, 123456789012345.0,
          999999999999999.0, 1e15, 0.7937005259840998, 1e9, 123456.789]:
    for sign in (1, -1):
        print("double", repr(sign * x), text(sign * units_of(x)))
for i in range(400):
    x = rng.choice((1, -1)) * rng.random() * 10 ** rng.uniform(-13, 15)
    if abs(abs(Decimal(x)).scaleb(min(12, 14 - Decimal(x).adjusted())) % 1 - Decimal("0.5")) < Decimal("0.13"):
        continue  # halfway between two: either will do
    print("double", repr(x), text(units_of(x)))

print("# share part target total expected")
for i in range(400):
    total = rng.randrange(1, 10 ** rng.randrange(1, 37))
    target = rng.randrange(0, total + 1)
    part = rng.randrange(0, total + 1)
    print("share", *(text(v) for v in (part, target, total, part * target // total)))

print("# times points times expected (out: beyond 1e21)")
for i in range(200):
    points = rng.randrange(-10 ** rng.randrange(1, 33), 10 ** rng.randrange(1, 33))
    times = rng.randrange(0, 10 ** rng.randrange(1, 19))
    product = points * times
    print("times", text(points), times, text(product) if abs(product) <= 10 ** 33 else "out")
for points, times in [(10 ** 33, 1), (10 ** 33, 2), (-10 ** 33, 1), (1, 10 ** 18), (10 ** 15, 10 ** 18), (10 ** 15 + 1, 10 ** 18)]:
    product = points * times
    print("times", text(points), times, text(product) if abs(product) <= 10 ** 33 else "out")


def limited(value, limits):
    floor, cap = limits
    if cap is not None and value > cap:
        return cap
    if floor is not None and value < floor:
        return floor
    return value


def allocate(values, target):
    """Values that sum to the target, and what they cannot: the sides shrink."""
    total = sum(values)
    if total == target:
        return values, 0
    sign = 1 if target < total else -1
    side = sum(v for v in values if v * sign > 0)
    other = total - side
    kept = target - other
    rest = 0
    if kept * sign < 0:
        rest, kept = kept, 0
    result = list(values)
    indices = [i for i, v in enumerate(values) if v * sign > 0]
    for i in indices:
        result[i] = sign * int(Fraction(abs(values[i]) * abs(kept), abs(side)))
    left = abs(kept) - sum(abs(result[i]) for i in indices)
    largest = max(indices, key=lambda i: (abs(values[i]), -i), default=None)
    for i in ([largest] if largest is not None else []) + [i for i in indices if i != largest]:
        more = min(left, abs(values[i]) - abs(result[i]))
        result[i] += sign * more
        left -= more
    assert left == 0
    return result, rest


def limit_text(limits):
    return " ".join("-" if v is None else text(v) for v in limits)


def some(spread):
    return round(rng.uniform(-spread, spread), rng.randrange(0, 10))


def some_limits():
    floor, cap = sorted((units_of(some(60)), units_of(some(60))))
    return (floor if rng.random() < 0.6 else None, cap if rng.random() < 0.6 else None)


print("# layers base, total, fit, engagement (floor cap each), categories (axis floor cap), items (category axis points)")
print("# result: points of categories, axes, total; then what is left of each item, category, axis, total")
for case in range(300):
    ncategories = rng.randrange(0, 4)
    nitems = rng.randrange(0, 9)
    base = units_of(rng.choice((0, some(30))))
    total, fit, engagement = some_limits(), some_limits(), some_limits()
    categories = [(rng.randrange(2), some_limits()) for _ in range(ncategories)]
    items = []
    for _ in range(nitems):
        category = rng.randrange(-1, ncategories)
        axis = categories[category][0] if category >= 0 else rng.randrange(2)
        items.append((category, axis, units_of(rng.choice((0, some(40), some(40), 1e-12)))))
    sums = [limited(sum(p for c, a, p in items if c == k), categories[k][1]) for k in range(ncategories)]
    axes = []
    for a, limits in enumerate((fit, engagement)):
        axes.append(limited(sum(p for c, ax, p in items if c < 0 and ax == a) +
                            sum(s for s, (ax, _) in zip(sums, categories) if ax == a), limits))
    whole = limited(base + sum(axes), total)
    # what is left: items, then what belongs to categories, axes, the total
    axis_of = [a for _, a, _ in items] + [a for a, _ in categories]
    left = [p for _, _, p in items] + [0] * ncategories
    for k in range(ncategories):
        chosen = [i for i in range(nitems) if items[i][0] == k]
        values, rest = allocate([left[i] for i in chosen], sums[k])
        for i, v in zip(chosen, values):
            left[i] = v
        left[nitems + k] = rest
    own = []
    for a in range(2):
        chosen = [i for i in range(len(left)) if axis_of[i] == a]
        values, rest = allocate([left[i] for i in chosen], axes[a])
        for i, v in zip(chosen, values):
            left[i] = v
        own.append(rest)
    left += own + [base]
    left, rest = allocate(left, whole)
    left[-1] += rest
    assert sum(left) == whole
    print("layers", text(base), limit_text(total), limit_text(fit), limit_text(engagement),
          ncategories, *("%d %s" % (a, limit_text(l)) for a, l in categories),
          nitems, *("%d %d %s" % (c, a, text(p)) for c, a, p in items),
          *(text(v) for v in sums + axes + [whole] + left))
