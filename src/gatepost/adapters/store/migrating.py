"""Bringing a store to this release: tables first, then the rows, each step whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec

from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.adapters.store.sqlite_file import SCHEMA
from gatepost.adapters.store.sqlite_migrate import renew_tables
from gatepost.casework.desk import Desk
from gatepost.casework.ports import Ledger
from gatepost.casework.rebuilding import rebuild
from gatepost.ledger.codec import Codec

PATIENCE = 60.0
"""Seconds to wait for writers of the earlier release that are at work."""


class Finishing(Ledger, Protocol):
    """A ledger whose migration can be ended."""

    def finish(self) -> None:
        """Say that the rows are there again."""


class Migrated(msgspec.Struct, frozen=True):
    """What was done: the schema number found and the one now, and the events read."""

    found: int
    now: int
    events: int


class Store(msgspec.Struct, frozen=True):
    """The store to migrate: a SQLite file, or a schema of a PostgreSQL database."""

    file: Path
    database: str | None = None
    schema: str = "gatepost"


def migrate(
    store: Store, codec: Codec, desk_over: Callable[[Ledger], Desk], progress: Callable[[int], Any]
) -> Migrated:
    """Bring ``store`` to this release; one that is there already is left as it is.

    May be killed at any moment and started again: it goes on where it was. Refused with STORE-003
    if the store is of a later release or there is none.
    """
    found = _renew(store)
    if found == SCHEMA:
        return Migrated(SCHEMA, SCHEMA, 0)
    ledger = _unfinished(store, codec)
    try:
        with ledger.group():
            events = rebuild(desk_over(ledger), progress)
            ledger.finish()
    finally:
        ledger.close()
    return Migrated(abs(found), SCHEMA, events)


def _renew(store: Store) -> int:
    if not store.database:
        return renew_tables(store.file, PATIENCE)
    from gatepost.adapters.store.postgres_migrate import renew_schema

    return renew_schema(store.database, store.schema, PATIENCE)


def _unfinished(store: Store, codec: Codec) -> Finishing:
    if not store.database:
        return SqliteLedger(store.file, codec, PATIENCE, unfinished=True)
    from gatepost.adapters.store.postgres import PostgresLedger

    return PostgresLedger(store.database, codec, store.schema, PATIENCE, unfinished=True)
