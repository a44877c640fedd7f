"""What generated code calls: numbers as floats, days as ordinals, NaN for a missing value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date


def as_float(value: float | None) -> float:
    """Return a number of the record as a float: NaN if missing, infinite if too large."""
    if value is None:
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def divide(left: float, right: float) -> float:
    """Return the quotient; NaN, which is missing, for a division by zero."""
    return left / right if right else math.nan


def years(first: float, second: float) -> float:
    """Return the completed years from one day to another, negative if it is the earlier one.

    Whoever was born on 29 February completes a year on 1 March in a common year.
    """
    if first != first or second != second:
        return math.nan
    if second < first:
        return -years(second, first)
    born, day = date.fromordinal(int(first)), date.fromordinal(int(second))
    still_to_come = (day.month, day.day) < (born.month, born.day)
    return float(day.year - born.year - still_to_come)


def started(value: float) -> float:
    """Return the least whole number that is not below ``value``."""
    return float(math.ceil(value)) if math.isfinite(value) else value


def least(left: float, right: float) -> float:
    """Return the smaller one; NaN if either is missing, which plain ``min`` would not."""
    return left if left < right or left != left else right


def most(left: float, right: float) -> float:
    """Return the larger one; NaN if either is missing, which plain ``max`` would not."""
    return left if left > right or left != left else right


HELPERS: Mapping[str, object] = {
    "nan": math.nan,
    **{one.__name__: one for one in (as_float, divide, years, started, least, most)},
}
"""The names that generated code finds in its globals."""
