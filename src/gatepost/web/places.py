"""What stands in a data folder besides the ledger."""

from __future__ import annotations

ACCOUNTS_FILE = "accounts.sqlite3"
"""The SQLite file of accounts, sessions and drafts."""

DEMO_MARKER = "this-is-a-demo-day"
"""The file that says that the folder holds a played day, and how far its clock is shifted."""
