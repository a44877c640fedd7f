"""Stores of earlier releases become stores of this one: nothing lost, killed half-way or not.

Two releases side by side (scenario 27): who still works as the earlier one is refused and stores
nothing, and what it was refused is lodged once with this one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gatepost.adapters.store import sqlite_file
from gatepost.adapters.store.migrating import Migrated, Store, migrate
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import CASE, MOVEMENT, PARTY, RANDOM, WORK
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from tests.office import NOON
from tests.small_country import declaration, goods, parts, small_desk

SCHEMAS = Path(__file__).parent / "schemas"
VIEWS = (CASE, MOVEMENT, WORK, PARTY, RANDOM)
COPY = "position, stream, version, name, at, recorded_at, act, envelope, body"
KILL = {
    "while tables are made": "{kind}_migrate.copy_log = die",
    "before the rows": "migrating._unfinished = die",
    "amid the rows": "migrating.rebuild = after",
}
SCRIPT = """
import os, signal, sys
from gatepost.adapters.store import migrating, {kind}_migrate
from tests.unit.adapters.store.test_migrating import migrated, store_of

def die(*told, **named):
    os.kill(os.getpid(), signal.SIGKILL)

real = migrating.rebuild
def after(*told):
    real(*told)
    die()

{how}
migrated(store_of(sys.argv[1:]))
"""


def desk_over(ledger: Ledger) -> Desk:
    """Return a desk of the small country that draws as every desk of the tests does."""
    return Desk(Jurisdiction(parts()), ledger, small_desk()._secrets)


def store_of(words: list[str]) -> Store:
    """Return the store that a subprocess is told."""
    return Store(Path(words[0]), *words[1:])


def migrated(store: Store) -> Migrated:
    return migrate(store, CODEC, desk_over, lambda done: None)


def lodged(ledger: Ledger, first: int, count: int) -> None:
    for number in range(first, first + count):
        short = declaration(goods(documents=("N851 PC",)), reference=f"R-{number}")
        dataset = expand(short)
        lodge(desk_over(ledger), dataset, digest_of(dataset), NOON)


def content(ledger: Ledger) -> tuple[Any, ...]:
    """Return everything that must not change: events with their places, and rows.

    In a group, since outside one a server's reader waits for every other transaction on it.
    """
    with ledger.group():
        events = [(one.position, one.stream, one.version, one.body) for one in ledger.written()]
        return events, [ledger.rows(view) for view in VIEWS]


@pytest.fixture(params=[1, 2])
def number(request: pytest.FixtureRequest) -> int:
    """Return the schema number of an earlier release."""
    return int(request.param)


class Earlier:
    """A store as an earlier release left it, with what this one must find in it again."""

    def __init__(self, store: Store, wanted: tuple[Any, ...], kind: str) -> None:
        self.store = store
        self.wanted = wanted
        self.kind = kind

    def open(self) -> Ledger:
        """Open it as this release."""
        if self.store.database is None:
            return SqliteLedger(self.store.file, CODEC, patience=1.0)
        from gatepost.adapters.store.postgres import PostgresLedger

        return PostgresLedger(self.store.database, CODEC, self.store.schema, patience=1.0)

    def words(self) -> list[str]:
        given = (str(self.store.file), self.store.database, self.store.schema)
        return [one for one in given if one is not None] if self.store.database else list(given[:1])

    def writes_as_earlier(self, key: str) -> None:
        """Write an act as a process of the earlier release does, that has the store open."""
        sql = f"insert into act (key, digest, appends) values ('{key}', 'd', '[]')"
        if self.store.database is None:
            with closing(sqlite_file.connect(self.store.file, 1.0)) as connection:
                connection.execute(sql)
            return
        import psycopg

        with psycopg.connect(self.store.database) as server:
            server.execute(f"set search_path = {self.store.schema}".encode())
            server.execute("select set_config('gatepost.viewer', '*', true)")
            server.execute(sql.encode())


@pytest.fixture(params=["sqlite", "postgres"])
def earlier(request: pytest.FixtureRequest, tmp_path: Path, number: int) -> Iterator[Earlier]:
    """Make a store of an earlier release: its own tables, filled with what this one wrote."""
    file = tmp_path / "earlier" / "gatepost.sqlite3"
    model = SqliteLedger(tmp_path / "model.sqlite3", CODEC)
    lodged(model, 0, 4)
    model.withhold(f"case/{model.rows(CASE)[0].key}", 1)
    rebuild(desk_over(model), lambda done: None)
    wanted = content(model)
    model.close()
    with closing(sqlite_file.connect(tmp_path / "model.sqlite3", 1.0)) as source:
        acts = source.execute("select key, digest, appends from act").fetchall()
        events = source.execute(f"select {COPY}, salt from event order by position").fetchall()
    if request.param == "sqlite":
        _fill_sqlite(file, number, acts, events)
        yield Earlier(Store(file), wanted, "sqlite")
        return
    url, schema = (request.getfixturevalue(f"postgres_{one}") for one in ("url", "schema"))
    _fill_postgres(url, schema, number, acts, events)
    yield Earlier(Store(file, url, schema), wanted, "postgres")


def _fill_sqlite(file: Path, number: int, acts: list[Any], events: list[Any]) -> None:
    sqlite_file.prepare_file(file)
    with closing(sqlite_file.connect(file, 1.0)) as connection:
        connection.executescript((SCHEMAS / f"sqlite_{number}.sql").read_text())
        connection.executemany("insert into act values (?, ?, ?)", acts)
        salted = ", salt" if number == 2 else ""
        marks = ", ".join("?" * (10 if salted else 9))
        rows = [one if salted else one[:-1] for one in events]
        connection.executemany(f"insert into event ({COPY}{salted}) values ({marks})", rows)
        connection.execute("insert into row (view, key, value) values ('case', 'stale', '{}')")
        connection.execute(f"pragma user_version = {number}")


def _fill_postgres(url: str, schema: str, number: int, acts: list[Any], events: list[Any]) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute(f"create schema {schema}")
        connection.execute(f"set search_path = {schema}")
        connection.execute("select set_config('gatepost.viewer', '*', true)")
        connection.execute((SCHEMAS / f"postgres_{number}.sql").read_bytes())
        connection.execute("insert into schema_number values (%s)", (number,))
        cursor = connection.cursor()
        cursor.executemany("insert into act values (%s, %s, %s)", acts)
        salted = ", salt" if number == 2 else ""
        marks = ", ".join(["%s"] * (10 if salted else 9))
        rows = [one if salted else one[:-1] for one in events]
        cursor.executemany(
            f"insert into event ({COPY}{salted}) overriding system value values ({marks})".encode(),
            rows,
        )
        connection.execute(
            "select setval(pg_get_serial_sequence('event', 'position'), max(position)) from event"
        )
        connection.execute("insert into row (view, key, value) values ('case', 'stale', '{}')")


def test_this_release_opens_it_only_after_the_migration(earlier: Earlier, number: int) -> None:
    with pytest.raises(Refused) as refused:
        earlier.open()
    assert [one.code for one in refused.value.notices] == ["STORE-008"]
    done = migrated(earlier.store)
    assert (done.found, done.now, done.events) == (number, 3, len(earlier.wanted[0]))
    with closing(earlier.open()) as ledger:
        assert content(ledger) == earlier.wanted
        with ledger.group():
            salts = [(one.body is None, one.salt is None) for one in ledger.written()]
        assert {kept == salted for kept, salted in salts} == {True}
        lodged(ledger, 4, 1)
        with ledger.group():
            positions = [one.position for one in ledger.written()]
        assert positions == sorted(positions)
        assert len(positions) > len(earlier.wanted[0])
    assert migrated(earlier.store) == Migrated(3, 3, 0)


@pytest.mark.parametrize("number", [2])
@pytest.mark.parametrize("moment", KILL)
def test_killed_half_way_and_started_again_it_gives_the_same(
    earlier: Earlier, moment: str, root: Path
) -> None:
    script = SCRIPT.format(kind=earlier.kind, how=KILL[moment].format(kind=earlier.kind))
    command = [sys.executable, "-c", script, *earlier.words()]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    killed = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with pytest.raises(Refused) as refused:
        earlier.open()
    assert [one.code for one in refused.value.notices] == ["STORE-008"]
    assert migrated(earlier.store).events == len(earlier.wanted[0])
    with closing(earlier.open()) as ledger:
        assert content(ledger) == earlier.wanted


def test_a_process_of_the_earlier_release_is_refused_from_then_on(earlier: Earlier) -> None:
    earlier.writes_as_earlier("before")
    migrated(earlier.store)
    with pytest.raises(Exception, match=r"(?i)not.null|violates not-null"):
        earlier.writes_as_earlier("after")
    with closing(earlier.open()) as ledger:
        assert content(ledger) == earlier.wanted


def test_a_later_release_and_an_empty_place_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "gatepost.sqlite3"
    SqliteLedger(file, CODEC).close()
    with closing(sqlite_file.connect(file, 1.0)) as connection:
        connection.execute("pragma user_version = 4")
    for place in (file, tmp_path / "other.sqlite3"):
        with pytest.raises(Refused) as refused:
            migrated(Store(place))
        assert [one.code for one in refused.value.notices] == ["STORE-003"]
