"""What generated code calls: numbers as floats, days as ordinals, NaN for a missing value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date

# Bounded, since a text may come from anyone.
_DECIMAL = re.compile(r"\s*[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})\s*").fullmatch


def as_float(value: float | None) -> float:
    """Return a number of the record as a float: NaN if missing, infinite if too large."""
    if value is None:
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def written(text: str | None) -> float:
    """Return the number a text writes in decimal figures; NaN if it is missing or none."""
    return float(text) if text is not None and _DECIMAL(text) else math.nan


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
    **{one.__name__: one for one in (as_float, written, divide, years, started, least, most)},
}
"""The names that generated code finds in its globals."""
