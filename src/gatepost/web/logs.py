"""Lines of the log: one for each thing that happened, in UTC, whatever text is in it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime


class Line(logging.Formatter):
    """Writes a record on one line, its moment in UTC; control characters are told, not written."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Return the moment in UTC, ISO 8601."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback follows on lines of its own."""
        trace, record.exc_info = record.exc_info, None
        text = super().format(record)
        line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
        record.exc_info = trace
        return f"{line}\n{self.formatException(trace)}" if trace else line
