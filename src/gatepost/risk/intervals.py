"""Shares of what was counted, with the interval in which the true share lies (RM-06)."""

from __future__ import annotations

from math import sqrt

import msgspec

Z = 1.959964
"""The normal quantile of a two-sided interval of 95 %."""


class Share(msgspec.Struct, frozen=True):
    """``found`` of ``of`` as a share with its bounds; ``None`` where nothing was counted."""

    found: int
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


def share_of(found: int, of: int, z: float = Z) -> Share:
    """Return a share with its Wilson score interval (E. B. Wilson, 1927), right also near 0 and 1.

    ``ValueError`` if more was found than counted.
    """
    if not 0 <= found <= of:
        raise ValueError(f"{found} cannot be found of {of}")
    if of == 0:
        return Share(0, 0)
    part, square = found / of, z * z
    middle = (part + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * sqrt(part * (1 - part) / of + square / (4 * of * of))
    low = 0.0 if found == 0 else max(0.0, middle - half)
    high = 1.0 if found == of else min(1.0, middle + half)
    return Share(found, of, round(part, 6), round(low, 6), round(high, 6))
