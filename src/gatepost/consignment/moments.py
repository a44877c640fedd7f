"""Reading the dates and times of a declaration (formats 102, 203, 204, 304 and ISO 8601)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

_FORMATS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


def read_moment(text: str | None, zone: tzinfo) -> datetime | None:
    """Return the aware moment ``text`` tells; without an offset it is taken in ``zone``.

    ``None`` if the text is absent or tells no moment.
    """
    if text is None:
        return None
    compact = text.strip()
    if compact.endswith("Z"):
        compact = compact[:-1] + "+00"
    digits, offset = compact, ""
    for sign in ("+", "-"):
        head, found, tail = compact.rpartition(sign)
        if found and head.isdigit():
            digits, offset = head, sign + tail
    if digits.isdigit() and len(digits) in _FORMATS:
        return _compact(digits, offset, zone)
    return _iso(compact, zone)


def read_day(text: str | None) -> date | None:
    """Return the calendar day ``text`` begins with; ``None`` if it names none."""
    if text is None:
        return None
    head = text.strip()
    try:
        if head[:8].isdigit():
            return datetime.strptime(head[:8], "%Y%m%d").date()
        return date.fromisoformat(head[:10])
    except ValueError:
        return None


def _compact(digits: str, offset: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.strptime(digits, _FORMATS[len(digits)])
        if not offset:
            return moment.replace(tzinfo=zone)
        return datetime.fromisoformat(moment.isoformat() + _full(offset))
    except ValueError:
        return None


def _full(offset: str) -> str:
    digits = offset[1:].replace(":", "")
    if len(digits) not in (2, 4):
        raise ValueError(f"no offset: {offset}")
    return f"{offset[0]}{digits[:2]}:{digits[2:] or '00'}"


def _iso(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
