"""Sets of moments of a day as the bits of one whole number: bit *n* is the *n*-th time unit.

So "when is one of four vets free for half an hour" is a few operations on whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache


def span(start: int, end: int) -> int:
    """Return the moments from ``start`` on and before ``end``; none if that is no time."""
    return (1 << end) - (1 << start) if end > start else 0


def union(spans: Iterable[tuple[int, int]]) -> int:
    """Return the moments that lie in any of the spans."""
    found = 0
    for start, end in spans:
        found |= span(start, end)
    return found


@lru_cache(maxsize=1 << 14)
def starts(free: int, length: int) -> int:
    """Return the moments at which ``length`` units in a row, all of them free, begin."""
    done = 1
    while done * 2 <= length:
        free &= free >> done
        done *= 2
    return free & (free >> (length - done)) if done < length else free


def first(moments: int) -> int | None:
    """Return the first moment, or ``None`` if there is none."""
    return (moments & -moments).bit_length() - 1 if moments else None


def spans(moments: int) -> Iterator[tuple[int, int]]:
    """Yield the moments as spans without a gap, first and end."""
    at = 0
    while moments:
        skip = (moments & -moments).bit_length() - 1
        at, moments = at + skip, moments >> skip
        length = (~moments & (moments + 1)).bit_length() - 1
        yield at, at + length
        at, moments = at + length, moments >> length
