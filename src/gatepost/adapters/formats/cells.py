"""Tables as CSV that a spreadsheet shows and never calculates.

A text that begins like a formula runs when a table is opened, with the rights of whoever opens it.
So every export goes through here.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | bool | date | datetime | None

QUOTE = "'"
"""Put in front, it makes a spreadsheet take the rest as text; people see it as what it is."""

_LEADING = re.compile(r"(?:[\s\"';,|\u200b-\u200f\u2060\ufeff\x00-\x1f]|%0[9ad])*+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?", re.ASCII)
_SIGNS = frozenset("=+-@")


def neutral(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula; a plain number stays one.

    Looked through are white space, quotation marks, separators and marks of no width in front, and
    full-width signs, which some programs read as the plain ones.
    """
    begin = _LEADING.match(text)
    rest = text[begin.end() :] if begin else text
    sign = unicodedata.normalize("NFKC", rest[:1])
    if text[:1] in ("\t", "\r", "\n") or (sign in _SIGNS and sign):
        return text if _NUMBER.fullmatch(text) else QUOTE + text
    return text


def shown(value: Cell) -> str:
    """Return a value as a cell: numbers and moments as ISO writes them, texts neutral."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return neutral(value)
        case datetime() | date():
            return value.isoformat()
    return str(value)


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV (RFC 4180), every cell in quotation marks, for UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([shown(name) for name in header])
    writer.writerows([shown(value) for value in row] for row in rows)
    return out.getvalue()
