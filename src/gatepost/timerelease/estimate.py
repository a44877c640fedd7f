"""The small arithmetic of estimates: quantiles of the normal and of Student's distribution."""

from __future__ import annotations

import math
from statistics import NormalDist

SURE = 0.95
Z = NormalDist().inv_cdf(0.5 + SURE / 2)


def student(df: int) -> float:
    """Return how many standard errors bound 95 % with ``df`` degrees of freedom.

    Exact for one and two; from three on by Hill's expansion (CACM Algorithm 396), right to four
    digits.
    """
    both = 1 - SURE
    if df == 1:
        return math.tan(math.pi / 2 * SURE)
    if df == 2:
        return math.sqrt(2 / (both * (2 - both)) - 2)
    a = 1 / (df - 0.5)
    b = 48 / (a * a)
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * df
    y = (d * both) ** (2 / df)
    if y > 0.05 + a:
        x = -Z
        y = x * x
        if df < 5:
            c += 0.3 * (df - 4.5) * (x + 0.6)
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = math.expm1(a * y * y)
    else:
        inner = 1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3)
        y = ((inner + 0.5 / (df + 4)) * y - 1) * (df + 1) / (df + 2) + 1 / y
    return math.sqrt(df * y)


def rank(n: int, percent: float) -> int:
    """Return which of ``n`` ordered values is the smallest that ``percent`` do not exceed."""
    return min(n, max(1, math.ceil(n * percent / 100 - 1e-9)))


def median_ranks(n: int) -> tuple[int, int] | None:
    """Return which ordered values bound the median with 95 %; ``None`` for fewer than six."""
    if n < 6:
        return None
    reach = Z * math.sqrt(n) / 2
    return max(1, math.floor(n / 2 - reach)), min(n, math.ceil(n / 2 + 1 + reach))
