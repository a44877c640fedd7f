"""Lengths of time as the law writes them: ``30min``, ``4h``, ``14d``."""

from __future__ import annotations

import re
from datetime import timedelta

_PART = re.compile(r"(\d+)(min|h|d)")
_UNIT = {"min": "minutes", "h": "hours", "d": "days"}


def parse_duration(text: str) -> timedelta:
    """Return the length ``text`` names; ``ValueError`` if it is not one, such as ``1d 12h``."""
    compact = text.replace(" ", "")
    parts = _PART.findall(compact)
    if not parts or "".join(n + unit for n, unit in parts) != compact:
        raise ValueError(f"not a length of time: {text!r}; write it like 30min, 4h or 14d")
    try:
        return sum((timedelta(**{_UNIT[unit]: int(n)}) for n, unit in parts), timedelta(0))
    except OverflowError as fault:
        raise ValueError(f"a length of time beyond all law: {text!r}") from fault
