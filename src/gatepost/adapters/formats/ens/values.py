"""Values held against the formats of an interface."""

from __future__ import annotations

import re
from collections.abc import Callable

from gatepost.adapters.formats.ens.model import Format

Reader = Callable[[str], str | None]
"""Returns a value as the rules see it, or ``None`` if it does not fit."""

LONGEST = 1_000
"""No format here wants more characters, and no pattern is tried on more."""

_SPACES = re.compile(r"[ \t\r\n]+")
_DECIMAL = re.compile(r"[+-]?(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))")


def reader_of(one: Format) -> Reader:
    """Return the reader of a format; ``re.error`` if its pattern is no regular expression."""
    fits = _fits(one)
    if one.keeps_spaces:
        return lambda text: text if len(text) <= LONGEST and fits(text) else None

    def read(text: str) -> str | None:
        value = _SPACES.sub(" ", text).strip(" ")
        return value if len(value) <= LONGEST and fits(value) else None

    return read


def _fits(one: Format) -> Callable[[str], object]:
    if one.decimal is not None:
        digits, fraction = one.decimal.digits, one.decimal.fraction
        return lambda value: _is_decimal(value, digits, fraction)
    if one.values:
        return frozenset(one.values).__contains__
    return re.compile(one.pattern or "").fullmatch


def _is_decimal(value: str, digits: int, fraction: int) -> bool:
    """Tell whether a number has few enough digits; zeros before and after it do not count."""
    match = _DECIMAL.fullmatch(value)
    if match is None:
        return False
    whole = (match[1] or "").lstrip("0")
    after = (match[2] or match[3] or "").rstrip("0")
    return len(after) <= fraction and len(whole) + len(after) <= digits
