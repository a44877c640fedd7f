"""The moment of a request. The demo's clock goes on from the morning after the day it played."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gatepost.web.places import DEMO_MARKER

Clock = Callable[[], datetime]


def clock() -> datetime:
    """Return the moment now, in UTC."""
    return datetime.now(UTC)


def write_marker(data: Path, morning: datetime) -> None:
    """Let the clock of the demo in ``data`` show ``morning`` now and go on from there."""
    shift = morning.astimezone(UTC) - clock()
    (data / DEMO_MARKER).write_text(f"{shift.total_seconds():.0f}\n")


def demo_clock(data: Path) -> Clock:
    """Return the clock of the demo in ``data``; it goes on while nobody serves."""
    text = (data / DEMO_MARKER).read_text().strip()
    shift = datetime.fromtimestamp(float(text or 0), UTC) - datetime.fromtimestamp(0, UTC)
    return lambda: clock() + shift
