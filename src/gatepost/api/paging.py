"""Cursors: where in a list a page ended, as text that only we read."""

from __future__ import annotations

import base64
import binascii

import msgspec

from gatepost.api.problems import Failed
from gatepost.ledger.model import Row


def cursor_after(rows: list[Row], limit: int) -> str | None:
    """Return the cursor of the page after ``rows``; ``None`` if they are the last."""
    if len(rows) < limit:
        return None
    return write_cursor((rows[-1].at or "", rows[-1].key))


def write_cursor(mark: tuple[str, str]) -> str:
    """Return a place in a list as text."""
    return base64.urlsafe_b64encode(msgspec.json.encode(mark)).decode().rstrip("=")


def read_cursor(text: str | None) -> tuple[str, str] | None:
    """Return the place that a cursor tells; a problem if it is none of ours."""
    if text is None:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        data = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
        return msgspec.json.decode(data, type=tuple[str, str])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as fault:
        title = "This cursor is none of ours."
        raise Failed(400, "cursor", title, "Send the `next` of the page before.") from fault
