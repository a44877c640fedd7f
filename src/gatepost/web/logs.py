"""Lines of the log: one for each thing that happened, in UTC, and nothing personal in any.

What an exception says may quote what was lodged, so only its kind and where it arose are written.
A message is written by us: it names accounts by their number and cases not at all.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

FIELDS = "fields"
"""Where a record carries what a program reads: ``extra={FIELDS: {"status": 201}}``."""


class Line(logging.Formatter):
    """Writes a record on one line, its moment in UTC; control characters are told, not written."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Return the moment in UTC, ISO 8601."""
        return moment(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the kind and the places of a fault follow on lines of their own."""
        fault, record.exc_info = record.exc_info, None
        said, record.exc_text = record.exc_text, None
        text = super().format(record)
        record.exc_info, record.exc_text = fault, said
        if told := getattr(record, FIELDS, None):
            text += "".join(f" {name}={value}" for name, value in told.items())
        line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
        return "\n  ".join([line, *_arose(fault)]) if fault else line


class Json(logging.Formatter):
    """Writes a record as one JSON object on one line, for the collector of logs.

    ``at``, ``level``, ``logger`` and ``event`` are always there; then the record's own fields,
    and of a fault ``fault`` and ``arose``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "at": moment(record),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info:
            told["fault"], *told["arose"] = _arose(record.exc_info)
        return msgspec.json.encode(told, enc_hook=str).decode()


def moment(record: logging.LogRecord) -> str:
    """Return the moment of a record in UTC, ISO 8601."""
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _arose(fault: Any) -> Iterator[str]:
    """Yield the kind of a fault and where it arose, innermost last; not what it says."""
    kind, _, trace = fault if isinstance(fault, tuple) else (type(fault), fault, None)
    yield kind.__name__ if kind else "no fault"
    for frame in traceback.extract_tb(trace):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"
