"""What a store may have to tell a person."""

from __future__ import annotations

from gatepost.kernel.notice import Refused, Rule, Value

BUSY = Rule(
    "STORE-001",
    "Another process is writing to {store} and did not finish within {seconds} s.",
    "Wait until it is done, or stop it, and try again; where several processes must write at"
    " once, use PostgreSQL.",
)
OLD_SQLITE = Rule(
    "STORE-002",
    "The SQLite library is {found}; before {needed} it can lose pages of a database that two"
    " connections use.",
    "Install the package pysqlite3, which brings a newer one.",
)
OTHER_SCHEMA = Rule(
    "STORE-003",
    "{store} has the schema number {found}; this release of Gatepost knows {known}.",
    "Open it with the release that wrote it.",
)
NOT_A_STORE = Rule(
    "STORE-004",
    "{store} holds something else than a Gatepost store.",
    "Name another file, folder or database.",
)
UNOPENED = Rule(
    "STORE-005",
    "{store} cannot be opened: {reason}.",
    "See that it exists, that it is running if it is a server, and that you may use it.",
)
FAILED = Rule(
    "STORE-006",
    "{store} failed: {reason}.",
    "Put that right and send the same again; what was stored before is answered, not stored twice.",
)
OLD_SERVER = Rule(
    "STORE-007",
    "The PostgreSQL server of {store} is version {found}; Gatepost needs {needed} or later.",
    "Name a newer server.",
)
EARLIER_SCHEMA = Rule(
    "STORE-008",
    "{store} is of an earlier release or half migrated: it has the schema number {found}, this"
    " release needs {needed}.",
    "Take a backup and run 'gatepost migrate'; it may be stopped and started again.",
)


def refuse(rule: Rule, store: str, **values: Value) -> Refused:
    """Return the refusal to raise when ``store`` met ``rule``."""
    return Refused([rule.notice(store, store=store, **values)])
