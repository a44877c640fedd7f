"""``gatepost replay`` and ``gatepost doctor``: looking after an installation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import click
import msgspec

from gatepost.adapters.store.sqlite_file import LIBRARY, NEEDED
from gatepost.bootstrap import DATABASE_FILE
from gatepost.casework.projection import CASE
from gatepost.casework.rebuilding import rebuild
from gatepost.cli.context import Session, as_json, command
from gatepost.cli.output import columns, print_json, progress, say
from gatepost.ledger.model import Withheld


class Check(msgspec.Struct, frozen=True):
    """One thing looked at: whether it is as it should be, and what to do where it is not."""

    name: str
    good: bool
    says: str


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
    checks: tuple[Check, ...] = ()


@click.command()
@as_json
@command
def replay(session: Session, as_json: bool) -> None:
    """Make all rows anew from the log."""
    desk = session.desk
    with progress("Replaying events") as advance:
        events = rebuild(desk, advance)
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
        *(
            (one.name, ("" if one.good else "NOT as it should be: ") + one.says)
            for one in health.checks
        ),
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
        tuple(check(session) for check in CHECKS),
    )


def _second_wall(session: Session) -> Check:
    """Look whether the database guards the rows too, should the program ask for too many."""
    name = "Second wall"
    if not session.database:
        return Check(
            name,
            True,
            "none: SQLite has no row security, and the gate of the program stands alone;"
            " use PostgreSQL where several agencies share an installation",
        )
    from gatepost.adapters.store.postgres_server import faults_of_wall

    faults = faults_of_wall(session.database, "gatepost")
    return Check(name, not faults, "; ".join(faults) or "row security of PostgreSQL, forced")


def _open_rows(session: Session) -> Check:
    """Look whether every case carries the labels by which the gate finds it."""
    name = "Labels"
    ledger = session.desk.ledger
    found = sum(not row.labels for row in ledger.rows(CASE))
    if found:
        lost = f"{found} cases carry none, so the gate shows them to nobody; run gatepost replay"
        return Check(name, False, lost)
    return Check(name, True, "on every case")


CHECKS: tuple[Callable[[Session], Check], ...] = (_second_wall, _open_rows)
"""What ``doctor`` looks at besides the counts; a new check is one more function here."""


def _store(session: Session) -> str:
    if session.database:
        from gatepost.adapters.store.postgres_server import shown

        return f"PostgreSQL {shown(session.database, 'gatepost')}"
    return f"SQLite {session.data / DATABASE_FILE}"
