"""How an installation stands: what the log holds, and what is not as it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec

from gatepost.adapters import health_of_files as files
from gatepost.adapters.place import Check, Place
from gatepost.adapters.store.sqlite_file import LIBRARY, NEEDED
from gatepost.casework.desk import Desk
from gatepost.casework.projection import CASE
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
    checks: tuple[Check, ...] = ()


def examined(desk: Desk, place: Place, advance: Callable[[int], None]) -> Health:
    """Return how an installation stands; the whole log is read, so that every event is seen."""
    streams: Counter[str] = Counter()
    events = deleted = 0
    for _, recorded in desk.ledger.read_all():
        events += 1
        deleted += isinstance(recorded.event.body, Withheld)
        if recorded.version == 1:
            streams[recorded.stream.split("/", 1)[0]] += 1
        if events % 1000 == 0:
            advance(events)
    return Health(
        ".".join(map(str, LIBRARY)),
        LIBRARY >= NEEDED,
        _store(place),
        desk.jurisdiction.country.code,
        events,
        streams["case"],
        streams["movement"],
        deleted,
        tuple(check(desk, place) for check in CHECKS),
    )


def _second_wall(desk: Desk, place: Place) -> Check:
    """Look whether the database guards the rows too, should the program ask for too many."""
    name = "Second wall"
    if not place.database:
        return Check(
            name,
            True,
            "none: SQLite has no row security, and the gate of the program stands alone;"
            " use PostgreSQL where several agencies share an installation",
        )
    from gatepost.adapters.store.postgres_server import faults_of_wall

    faults = faults_of_wall(place.database, "gatepost")
    return Check(name, not faults, "; ".join(faults) or "row security of PostgreSQL, forced")


def _open_rows(desk: Desk, place: Place) -> Check:
    """Look whether every case carries the labels by which the gate finds it."""
    name = "Labels"
    ledger = desk.ledger
    found = sum(not row.labels for row in ledger.rows(CASE))
    if found:
        lost = f"{found} cases carry none, so the gate shows them to nobody; run gatepost replay"
        return Check(name, False, lost)
    return Check(name, True, "on every case")


CHECKS: tuple[Callable[[Desk, Place], Check], ...] = (
    _second_wall,
    _open_rows,
    files.file_modes,
    files.backup_age,
    files.sealing,
    files.witnesses,
    files.certificates,
)
"""What ``doctor`` looks at besides the counts; a new check is one more function here."""


def _store(place: Place) -> str:
    if place.database:
        from gatepost.adapters.store.postgres_server import shown

        return f"PostgreSQL {shown(place.database, 'gatepost')}"
    return f"SQLite {place.file}"
