"""Moments whose differences are real lengths of time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


def fixed(moment: datetime) -> datetime:
    """Return the aware ``moment`` at a fixed offset from UTC, the one its zone has then.

    Python counts between two moments of one zone as the clocks on the wall do; where the
    clocks change that is an hour too much or too little.
    """
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta(0)))
