"""PostgreSQL killed, its standby promoted, its order held up: nothing acknowledged is lost
(scenarios 3, 7 and 28)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import CODEC, open_sealer
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from tests.faults import invariants
from tests.faults.cluster import Server, new_folder, remove
from tests.office import NOON, ROSES
from tests.small_country import parts

psycopg = pytest.importorskip("psycopg", reason="the package for PostgreSQL is not installed")

CYCLES = 3
WRITERS = 4


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder for servers; deleted afterwards."""
    made = new_folder()
    yield made
    remove(made)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """Return a running server of the test's own."""
    one = Server(folder, "one")
    one.make()
    one.start()
    yield one
    one.stop()


def desk_at(server: Server) -> Desk:
    from gatepost.adapters.store.postgres import PostgresLedger

    return Desk(Jurisdiction(parts()), PostgresLedger(server.url, CODEC), FixedKey(b"k" * 32))


def lodge_one(desk: Desk, number: int) -> str:
    dataset = expand(msgspec.structs.replace(ROSES, reference=f"R-{number}"))
    return lodge(desk, dataset, digest_of(dataset), NOON).reference or ""


class Writers:
    """Threads that lodge one after the other and remember what was acknowledged."""

    def __init__(self, desk: Desk) -> None:
        self.known: dict[int, str] = {}
        self.refusals: set[str] = set()
        self._desk = desk
        self._stop = threading.Event()
        self.enough = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(WRITERS)]

    def _work(self, first: int) -> None:
        for number in range(first, 1_000_000, WRITERS):
            if self._stop.is_set():
                return
            try:
                self.known[number] = lodge_one(self._desk, number)
            except Refused as refused:
                self.refusals |= {one.code for one in refused.notices}
                return
            if len(self.known) >= 40:
                self.enough.set()

    def until(self, fault: Callable[[], Any]) -> None:
        """Let them work, let ``fault`` happen among them, and wait for their end."""
        for thread in self._threads:
            thread.start()
        assert self.enough.wait(60)
        fault()
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        assert self.refusals <= {"STORE-005", "STORE-006"}


def all_is_well(desk: Desk, known: dict[int, str], data: Path) -> None:
    assert {number: lodge_one(desk, number) for number in known} == known
    log = invariants.log_of(desk.ledger)
    users_on = desk.jurisdiction.users_on
    assert list(invariants.registered_once(log)) == []
    assert list(invariants.all_in_a_state(desk.ledger, users_on)) == []
    assert list(invariants.states_from_events(desk)) == []
    open_sealer(desk.ledger, data, "XA").seal()
    audit = AuditLog(data)
    verdict = Verification(audit, audit.verifiers(), (), desk.ledger.written()).run()
    assert verdict.faults == ()


def test_a_killed_server_has_everything_it_acknowledged(server: Server, tmp_path: Path) -> None:
    known: dict[int, str] = {}
    for _ in range(CYCLES):
        desk = desk_at(server)
        writers = Writers(desk)
        writers.until(server.kill)
        desk.ledger.close()
        known |= writers.known
        server.start()
    desk = desk_at(server)
    all_is_well(desk, known, tmp_path)
    desk.ledger.close()


def test_a_promoted_standby_has_everything_that_was_acknowledged(
    server: Server, folder: Path, tmp_path: Path
) -> None:
    standby = Server(folder, "two")
    standby.port = server.port + 1
    standby.follow(server)
    standby.start()
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("alter system set synchronous_standby_names = 'standby'")
            connection.execute("select pg_reload_conf()")
        desk = desk_at(server)
        writers = Writers(desk)
        writers.until(server.kill)
        desk.ledger.close()
        standby.promote()
        with psycopg.connect(standby.url, autocommit=True) as connection:
            connection.execute("alter system set synchronous_standby_names = ''")
            connection.execute("select pg_reload_conf()")
        desk = desk_at(standby)
        all_is_well(desk, writers.known, tmp_path)
        desk.ledger.close()
    finally:
        standby.stop()


def test_a_long_transaction_holds_up_the_sealer_and_nobody_else(
    server: Server, tmp_path: Path
) -> None:
    desk = desk_at(server)
    sealer = open_sealer(desk.ledger, tmp_path, "XA")
    lodge_one(desk, 0)
    sealer.seal()
    with psycopg.connect(server.url) as slow:
        slow.execute("set search_path = gatepost")
        slow.execute("insert into act values ('slow', 'd', '[]', 3)")
        for number in range(1, 5):
            lodge_one(desk, number)
        assert sealer.seal() == 0, "what may still be overtaken is not sealed"
        slow.rollback()
    assert sealer.seal() > 0
    audit = AuditLog(tmp_path)
    verdict = Verification(audit, audit.verifiers(), (), desk.ledger.written()).run()
    assert (verdict.faults, verdict.pending) == ((), 0)
    desk.ledger.close()


def test_more_writers_than_connections_wait_and_none_is_lost(server: Server) -> None:
    desk = desk_at(server)
    threads = [threading.Thread(target=lodge_one, args=(desk, number)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    log = invariants.log_of(desk.ledger)
    assert sum(r.event.body.name() == "lodgement:declaration:registered" for r in log) == 30
    desk.ledger.close()
