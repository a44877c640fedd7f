"""What may be wrong with a file of events."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

UNREADABLE = Rule(
    "EVENTS-001",
    "{file} cannot be read: {reason}.",
    "Look at how its name is written and whether you may read it.",
)
NOT_A_TABLE = Rule(
    "EVENTS-002",
    "{file} is no table of events: {reason}.",
    "Give CSV in UTF-8 with a header line and as many fields in every line, or Parquet.",
)
TWICE = Rule(
    "EVENTS-003",
    "Two columns are called {column}.",
    "Rename one of them.",
)
