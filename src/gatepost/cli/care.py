"""``gatepost replay`` and ``gatepost doctor``: looking after an installation."""

from __future__ import annotations

from collections import Counter

import click
import msgspec

from gatepost.adapters.store.sqlite_file import LIBRARY, NEEDED
from gatepost.bootstrap import DATABASE_FILE
from gatepost.casework.projection import rebuild
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import columns, print_json, progress, say
from gatepost.ledger.model import Withheld


class Health(msgspec.Struct, frozen=True):
    """How an installation stands; the counts are of the log."""

    sqlite: str
    sqlite_is_safe: bool
    store: str
    jurisdiction: str
    events: int
    cases: int
    movements: int
    deleted_bodies: int


@click.command()
@as_json
@command
def replay(session: Session, as_json: bool) -> None:
    """Make all rows anew from the log."""
    desk = session.desk
    with progress("Replaying events") as advance:
        events = rebuild(desk.ledger, desk.jurisdiction.users_on, advance)
    if as_json:
        print_json({"events": events})
    else:
        say(f"{events} events read, every row written again.")


@click.command()
@as_json
@command
def doctor(session: Session, as_json: bool) -> None:
    """Tell how this installation stands.

    Reads the whole log, so that every event is seen once."""
    health = _examined(session)
    if as_json:
        print_json(health)
        return
    rows = [
        ("SQLite library", f"{health.sqlite}, {'safe' if health.sqlite_is_safe else 'NOT safe'}"),
        ("Store", health.store),
        ("Jurisdiction", health.jurisdiction),
        ("Events", f"{health.events}, of which {health.deleted_bodies} without their body"),
        ("Cases", str(health.cases)),
        ("Movements", str(health.movements)),
    ]
    for line in columns(rows):
        say(line)


def _examined(session: Session) -> Health:
    streams: Counter[str] = Counter()
    events = deleted = 0
    with progress("Reading events") as advance:
        for _, recorded in session.desk.ledger.read_all():
            events += 1
            deleted += isinstance(recorded.event.body, Withheld)
            if recorded.version == 1:
                streams[recorded.stream.split("/", 1)[0]] += 1
            if events % 1000 == 0:
                advance(events)
    return Health(
        ".".join(map(str, LIBRARY)),
        LIBRARY >= NEEDED,
        _store(session),
        session.jurisdiction.country.code,
        events,
        streams["case"],
        streams["movement"],
        deleted,
    )


def _store(session: Session) -> str:
    if session.database:
        from gatepost.adapters.store.postgres_server import shown

        return f"PostgreSQL {shown(session.database, 'gatepost')}"
    return f"SQLite {session.data / DATABASE_FILE}"
