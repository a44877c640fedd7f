"""What only the PostgreSQL store promises. Runs where GATEPOST_TEST_POSTGRES names a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from string import Formatter
from typing import Any

import pytest

from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Refused, RuleBook, rules_of
from gatepost.ledger.codec import Codec
from gatepost.ledger.model import Append, Commit, Done, Row

psycopg = pytest.importorskip("psycopg")

from gatepost.adapters.store import postgres_server, rules  # noqa: E402
from gatepost.adapters.store.postgres import PostgresLedger  # noqa: E402

NOW = datetime(2026, 7, 2, 8, 14, tzinfo=UTC)


class Arrived(Body, frozen=True, tag="lodgement:arrival:reported"):
    """An arrival, for the tests."""

    post: str = "north-gate"


CODEC = Codec([Arrived])


def commit(act: str, stream: str = "s", expected: int = 0, count: int = 1) -> Commit:
    """Return a commit of ``count`` events and one row."""
    events = tuple(Event(NOW, Arrived()) for _ in range(count))
    return Commit(act, "d", NOW, (Append(stream, expected, events),), (Row("case", act, b"{}"),))


@pytest.fixture
def ledger(postgres_url: str, postgres_schema: str) -> Iterator[PostgresLedger]:
    """Return a new store that waits a moment only."""
    one = PostgresLedger(postgres_url, CODEC, postgres_schema, patience=0.2)
    yield one
    one.close()


@pytest.fixture
def other(postgres_url: str, postgres_schema: str, ledger: PostgresLedger) -> Iterator[Any]:
    """Return a connection as another program would open it."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"set search_path to {postgres_schema}")
        yield connection


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Return the numbers of the rules that were met, each with the values it speaks of."""
    for notice in refused.value.notices:
        rule = RuleBook(rules_of(vars(rules))).rules[notice.code]
        named = {name for _, name, _, _ in Formatter().parse(rule.sentence + rule.remedy) if name}
        assert named <= set(notice.values)
    return [notice.code for notice in refused.value.notices]


@pytest.mark.parametrize(
    "attempt",
    [
        "update event set act = 'b'",
        "update event set stream = 't'",
        "update event set envelope = '{}'",
        "update event set xid = '7'",
        "update event set body = '{}'",
        "update event set body = null, version = 7",
        "delete from event",
        "truncate event",
        "truncate act cascade",
        "update act set digest = 'x'",
        "delete from act",
        "insert into act values ('a', 'x', '[]', 3) on conflict (key) do update set digest = 'x'",
    ],
)
def test_log_only_grows(ledger: PostgresLedger, other: Any, attempt: str) -> None:
    """Not even another program may change what happened."""
    ledger.commit(commit("a", count=2))
    ledger.withhold("s", 2)
    before = [other.execute(f"select * from {table}").fetchall() for table in ("event", "act")]
    with pytest.raises(psycopg.errors.RaiseException, match="is never changed or deleted"):
        other.execute(attempt)
    after = [other.execute(f"select * from {table}").fetchall() for table in ("event", "act")]
    assert after == before


def test_opened_again_it_is_all_there(
    ledger: PostgresLedger, postgres_url: str, postgres_schema: str
) -> None:
    """The second opening makes nothing anew."""
    ledger.commit(commit("a", count=3))
    again = PostgresLedger(postgres_url, CODEC, postgres_schema)
    assert [len(again.read("s")), again.row("case", "a")] == [3, b"{}"]
    again.close()


def test_opened_by_many_at_once(postgres_url: str, postgres_schema: str) -> None:
    """One makes the tables, the others find them."""
    faults: list[BaseException] = []

    def open_one() -> None:
        try:
            PostgresLedger(postgres_url, CODEC, postgres_schema).close()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_one_writer_who_stops_midway_is_waited_for_and_then_named(
    ledger: PostgresLedger, other: Any
) -> None:
    """A lock on the log: nothing is written, reading goes on, later the same commit is done."""
    with other.transaction():
        other.execute("lock table event in share row exclusive mode")
        with pytest.raises(Refused) as refused:
            ledger.commit(commit("a"))
        with pytest.raises(Refused) as group, ledger.group():
            pytest.fail("two groups at once")
        assert ledger.read("s") == []
    assert codes(refused) == codes(group) == ["STORE-001"]
    assert isinstance(ledger.commit(commit("a")), Done)


def test_failed_write_ends_the_group(ledger: PostgresLedger, other: Any) -> None:
    """A commit that broke in the middle leaves nothing of the group, even if it goes on."""
    other.execute("alter table row add check (key <> 'bad')")

    def group() -> None:
        with ledger.group():
            ledger.commit(commit("a"))
            with pytest.raises(Refused, match="STORE-006"):
                ledger.commit(commit("bad", expected=1))
            with pytest.raises(Refused, match="STORE-006"):
                ledger.commit(commit("c", "t"))

    with pytest.raises(Refused, match="STORE-006"):
        group()
    assert ledger.read("s") == ledger.read("t") == []
    assert isinstance(ledger.commit(commit("a")), Done)


def test_unsettled_events_are_not_yielded_yet(ledger: PostgresLedger, other: Any) -> None:
    """An older transaction at work may still commit events that belong before these."""
    with other.transaction():
        other.execute("select pg_current_xact_id()")
        ledger.commit(commit("a"))
        assert list(ledger.read_all()) == []
        assert len(ledger.read("s")) == 1
        with ledger.group():
            assert len(list(ledger.read_all())) == 1


def test_lost_connection_is_named_and_replaced(ledger: PostgresLedger, other: Any) -> None:
    """The commit is refused, not lost from sight, and the next one has a new connection."""
    ledger.commit(commit("a"))
    other.execute("select pg_terminate_backend(%s)", (_pid(ledger),))
    with pytest.raises(Refused) as refused:
        ledger.commit(commit("b", expected=1))
    assert codes(refused) == ["STORE-006"]
    assert isinstance(ledger.commit(commit("b", expected=1)), Done)


def _pid(ledger: PostgresLedger) -> int:
    with ledger._connection() as connection:
        return connection.info.backend_pid


def test_other_schema_number_and_other_tables_are_refused(
    postgres_url: str, postgres_schema: str, other: Any
) -> None:
    """A newer release wrote it; another program wrote it."""
    other.execute("update schema_number set number = 7")
    with pytest.raises(Refused) as newer:
        PostgresLedger(postgres_url, CODEC, postgres_schema)
    other.execute("drop table schema_number")
    with pytest.raises(Refused) as foreign:
        PostgresLedger(postgres_url, CODEC, postgres_schema)
    assert [codes(newer), codes(foreign)] == [["STORE-003"], ["STORE-004"]]


def test_server_that_is_not_there_is_refused_without_its_password() -> None:
    """The notice names the server and never the password."""
    url = "postgresql://clerk:secret-word@127.0.0.1:1/border"
    with pytest.raises(Refused) as refused:
        PostgresLedger(url, CODEC)
    assert codes(refused) == ["STORE-005"]
    assert "secret-word" not in repr(refused.value.notices)
    assert postgres_server.shown(url, "gatepost") == "127.0.0.1/1/border/gatepost"
    assert "secret" not in postgres_server.shown("postgres//secret", "gatepost")


def test_the_second_wall_stands_without_the_first(postgres_url: str, postgres_schema: str) -> None:
    """A question without any condition shows a viewer only what its owners' labels open."""
    ledger = PostgresLedger(postgres_url, CODEC, postgres_schema)
    rows = [
        Row("case", f"C-{name}", b"{}", None, None, None, (f"agency:{name}",))
        for name in ("vet", "customs")
    ]
    for name in ("vet", "customs"):
        append = Append(f"case/C-{name}", 0, (Event(NOW, Arrived()),))
        ledger.commit(Commit(name, "d", NOW, (append,), tuple(rows)))
    ledger.close()
    assert postgres_server.faults_of_wall(postgres_url, postgres_schema) == ()
    seen = {
        ("vet", "{agency:vet}"): ["C-vet"],
        ("vet", "{agency:vet,agency:customs}"): ["C-customs", "C-vet"],
        ("vet", "{}"): [],
        ("counting", "{*}"): ["C-customs", "C-vet"],
        ("", ""): [],
    }
    with postgres_server.connect_as_app(postgres_url, postgres_schema, 5.0) as connection:
        for (viewer, owners), keys in seen.items():
            connection.execute("select set_config('gatepost.viewer', %s, false)", (viewer,))
            connection.execute("select set_config('gatepost.owners', %s, false)", (owners,))
            found = connection.execute("select key from row order by key").fetchall()
            assert [key for (key,) in found] == keys, (viewer, owners)
            streams = connection.execute("select stream from event order by stream").fetchall()
            assert [stream for (stream,) in streams] == [f"case/{key}" for key in keys]
            assert connection.execute("select count(*) from act").fetchone() == (0,)
            for forbidden in (
                "insert into row (view, key, value) values ('case', 'X', '{}')",
                "alter table row disable row level security",
                "drop policy row_seen on row",
                "delete from event",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(forbidden.encode())
