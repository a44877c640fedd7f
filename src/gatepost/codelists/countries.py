"""Countries (ISO 3166-1, package ``pycountry``) and the user-assigned codes of this project."""

from __future__ import annotations

from functools import cache

import pycountry

_OWN = ("XA", "XB", "XC", "XI", "XK", "EU", "QP", "QQ", "QR", "QS", "QU", "QV", "QX", "QY", "QZ")


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.alpha_2 for one in pycountry.countries) | frozenset(_OWN)


def is_country(code: str) -> bool:
    """Tell whether ``code`` is a two-letter country code in use at borders."""
    return code in _codes()


@cache
def _by_three_letters() -> dict[str, str]:
    return {one.alpha_3: one.alpha_2 for one in pycountry.countries}


def two_letters(code: str) -> str:
    """Return the two-letter code of a three-letter one; what is none is returned as it is."""
    return _by_three_letters().get(code, code)
