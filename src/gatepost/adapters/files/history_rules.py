"""The numbered rules of histories: files of what passed, to run indicators over."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NOT_A_HISTORY = Rule(
    "HIST-001",
    "{file} is no history: {problem}.",
    "Write NDJSON (.ndjson, .jsonl), CSV (.csv) or Parquet (.parquet), as docs/reference/"
    "history-files.md shows.",
)
UNKNOWN_COLUMN = Rule(
    "HIST-002", "No element of a consignment is called {name}.", "Did you mean {suggestion}?"
)
WRONG_CELL = Rule(
    "HIST-003",
    "{value} in {name} is no {wanted}.",
    "Write numbers with a point, days as 2026-07-02 and booleans as true or false.",
)
NOTHING_READ = Rule(
    "HIST-004",
    "No column of {file} names an element of a consignment.",
    "Name the columns by their path, such as item.commodity or consignment.mode.",
)
BAD_LINE = Rule("HIST-005", "This line is no record: {problem}.", "Write one JSON object a line.")
MIXED = Rule(
    "HIST-006",
    "{file} holds lodgements and flat records.",
    "Put the one and the other into files of their own.",
)
NO_ANALYTICS = Rule(
    "HIST-007",
    "The packages for columns of many records are not installed.",
    "Install gatepost[analytics].",
)
UNKNOWN_AGENCY = Rule(
    "HIST-008",
    "The column {name} tells what an agency found, and no agency is called {agency}.",
    "Write one of {known}.",
)
UNKNOWN_REGIME = Rule(
    "HIST-009", "{value} is no regime.", "Write import, export or transit, or leave it empty."
)
