"""Moments whose differences are real lengths of time, and the zones they are told in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def fixed(moment: datetime) -> datetime:
    """Return the aware ``moment`` at a fixed offset from UTC, the one its zone has then.

    Python counts between two moments of one zone as the clocks on the wall do; where the
    clocks change that is an hour too much or too little.
    """
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta(0)))


def utc_text(moment: datetime) -> str:
    """Return ``moment`` as ISO 8601 in UTC, always as wide, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def is_zone(name: str) -> bool:
    """Tell whether ``name`` is a time zone of the IANA list, such as ``Europe/Berlin``."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
