"""Currencies (ISO 4217, package ``pycountry``)."""

from __future__ import annotations

from functools import cache

import pycountry


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.alpha_3 for one in pycountry.currencies)


def is_currency(code: str) -> bool:
    """Tell whether ``code`` is a three-letter currency code."""
    return code in _codes()
