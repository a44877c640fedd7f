"""What stands in a data folder besides the ledger."""

from __future__ import annotations

from pathlib import Path

ACCOUNTS_FILE = "accounts.sqlite3"
"""The SQLite file of accounts, sessions and drafts."""

DEMO_MARKER = "this-is-a-demo-day"
"""The file that says that the folder holds a played day, and how far its clock is shifted."""


def cache_in(data: Path) -> Path | None:
    """Return where parsed descriptions are kept; nothing is kept where there is no data folder."""
    return data / "cache" if data.is_dir() else None
