"""The formats of values and attributes, each made into a function that says whether text fits.

A format is written as in the WCO Data Model: ``an..35`` at most 35 characters, ``a2`` exactly two
letters, ``n..16,6`` a number of at most 16 digits of which at most 6 are decimals. The type of a
value (UN/CEFACT unqualified data types) says whether ``n`` is a number or a code of digits, and
which attributes it may carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

Fits = Callable[[str], bool]

NUMBERS = frozenset({"Amount", "Measure", "Quantity", "Numeric"})

_FORMAT = re.compile(r"(a|n|an)(\.\.)?(\d+)(?:,(\d+))?")
_DECIMAL = re.compile(r"[+-]?(\d*)(?:\.(\d*))?", re.ASCII)
_MOMENT = re.compile(r"20\d{6}(?:\d{6}(?:Z|[-+]\d\d))?", re.ASCII)


class Attribute(msgspec.Struct, frozen=True):
    """An attribute that values of a type may carry; ``advice`` says what to write."""

    fits: Fits
    advice: str
    required: bool = False


def fits(type_: str, format_: str) -> Fits:
    """Return the function that says whether text fits the type and the format.

    An empty format fits everything of the type. Raises ``ValueError`` for a format
    that is not written as above.
    """
    if type_ == "DateTime":
        return lambda value: _MOMENT.fullmatch(value) is not None
    if not format_:
        return _number(None, None) if type_ in NUMBERS else lambda value: True
    kind, upto, length, decimals = _parse(format_)
    if type_ in NUMBERS:
        return _number(length, decimals)
    return _any_text(length) if kind == "an" and upto else _coded(kind, upto, length)


def advice(type_: str, format_: str) -> str:
    """Return in words what fits the type and the format."""
    if type_ == "DateTime":
        return "a date as 20260702, or a moment as 20260702101500Z"
    if not format_:
        return "a number" if type_ in NUMBERS else "text"
    kind, upto, length, decimals = _parse(format_)
    if type_ in NUMBERS:
        places = f"at most {decimals} of them after the point" if decimals else "and no point"
        return f"a number of at most {length} digits, {places}"
    what = {"a": "letters", "n": "digits", "an": "characters"}[kind]
    return f"{'at most' if upto else 'exactly'} {length} {what}"


def _parse(format_: str) -> tuple[str, bool, int, int]:
    match = _FORMAT.fullmatch(format_)
    if match is None:
        raise ValueError(f"{format_!r} is not a format of the WCO Data Model")
    kind, upto, length, decimals = match.groups()
    return kind, upto is not None, int(length), int(decimals or 0)


def _any_text(length: int) -> Fits:
    def fits_text(value: str) -> bool:
        if 0 < len(value) <= length:
            return not value.isspace()
        return 0 < len(" ".join(value.split())) <= length

    return fits_text


def _coded(kind: str, upto: bool, length: int) -> Fits:
    signs = {"a": "[A-Za-z]", "n": "[0-9]", "an": r"[^\s]"}[kind]
    times = f"1,{length}" if upto else str(length)
    return re.compile(rf"\s*{signs}{{{times}}}\s*").fullmatch  # type: ignore[return-value]


def _number(digits: int | None, decimals: int | None) -> Fits:
    """Return whether text is a number; zeros that do not count are not counted."""
    quick = re.compile(rf"[0-9]{{1,{(digits or 9) - (decimals or 0)}}}").fullmatch

    def fits_number(value: str) -> bool:
        if quick(value):
            return True
        match = _DECIMAL.fullmatch(value.strip())
        if match is None:
            return False
        whole, part = match[1] or "", match[2] or ""
        if not whole and not part:
            return False
        if digits is None or decimals is None:
            return True
        part = part.rstrip("0")
        return len(part) <= decimals and len(whole.lstrip("0")) + len(part) <= digits

    return fits_number


def _free(value: str) -> bool:
    return True


_TEXT = Attribute(_free, "text")
_LANGUAGE = {"languageID": _TEXT}
_UNIT = {"unitCode": Attribute(lambda v: 1 <= len(v) <= 5, "a unit code of 1 to 5 characters")}
_CURRENCY = Attribute(
    lambda v: len(v) == 3 and v.isascii() and v.isalpha(), "a currency code of three letters"
)
_FORMAT_CODE = Attribute(lambda v: v in ("102", "304"), "102 or 304", required=True)
_LIST = (
    "listID",
    "listAgencyID",
    "listAgencyName",
    "listName",
    "listVersionID",
    "name",
    "languageID",
    "listURI",
    "listSchemeURI",
)
_SCHEME = (
    "schemeID",
    "schemeName",
    "schemeAgencyID",
    "schemeAgencyName",
    "schemeVersionID",
    "schemeDataURI",
    "schemeURI",
)

ATTRIBUTES: Mapping[str, Mapping[str, Attribute]] = {
    "Amount": {"currencyID": _CURRENCY},
    "Code": dict.fromkeys(_LIST, _TEXT),
    "DateTime": {"formatCode": _FORMAT_CODE},
    "ID": dict.fromkeys(_SCHEME, _TEXT),
    "Measure": _UNIT,
    "Numeric": {},
    "Quantity": _UNIT,
    "String": {},
    "Text": _LANGUAGE,
}
"""Which attributes each type of value may carry (UN/CEFACT unqualified data types)."""
