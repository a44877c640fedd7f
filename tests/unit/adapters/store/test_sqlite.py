"""What only the SQLite store promises: safe files, one writer, nothing acknowledged is lost."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from gatepost.adapters.store import rules, sqlite_file
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Refused, RuleBook, rules_of
from gatepost.ledger.codec import Codec
from gatepost.ledger.model import Append, Commit, Done, Row, Stale

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
def path(tmp_path: Path) -> Path:
    """Return where the store is made."""
    return tmp_path / "data" / "gatepost.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqliteLedger]:
    """Return a new store that waits a moment only."""
    one = SqliteLedger(path, CODEC, patience=0.1)
    yield one
    one.close()


@pytest.fixture
def other(path: Path, ledger: SqliteLedger) -> Iterator[sqlite_file.Connection]:
    """Return a connection as another program would open it."""
    connection = sqlite_file.connect(path, patience=0)
    yield connection
    connection.close()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Return the numbers of the rules that were met, each with the values it speaks of."""
    for notice in refused.value.notices:
        rule = RuleBook(rules_of(vars(rules))).rules[notice.code]
        named = {name for _, name, _, _ in Formatter().parse(rule.sentence + rule.remedy) if name}
        assert named <= set(notice.values)
    return [notice.code for notice in refused.value.notices]


def test_files_are_for_their_owner_only(path: Path, ledger: SqliteLedger) -> None:
    """The folder, the file and what SQLite makes beside it."""
    ledger.commit(commit("a"))
    assert path.parent.stat().st_mode & 0o777 == 0o700
    files = list(path.parent.iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_settings(ledger: SqliteLedger) -> None:
    """A write-ahead log that is synced at every commit."""
    settings = {
        name: ledger._writer.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
    }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "user_version": sqlite_file.SCHEMA,
    }


def test_opened_again_it_is_all_there(path: Path, ledger: SqliteLedger) -> None:
    """The second opening makes nothing anew."""
    ledger.commit(commit("a", count=3))
    ledger.close()
    again = SqliteLedger(path, CODEC)
    assert [len(again.read("s")), again.row("case", "a")] == [3, b"{}"]
    assert again.commit(commit("b", expected=3)) == Done(4, 4)
    again.close()


@pytest.mark.parametrize(
    "attempt",
    [
        "update event set act = 'b'",
        "update event set stream = 't'",
        "update event set envelope = '{}'",
        "update event set recorded_at = ''",
        "update event set body = '{}'",
        "update event set salt = x'00'",
        "update event set body = null, version = 7",
        "update event set rowid = 99",
        "update or replace event set position = 2 where position = 1",
        "delete from event",
        "delete from event where position = 2",
        "insert or replace into event"
        " select position, 't', 1, name, at, recorded_at, act, envelope, body, salt"
        " from event limit 1",
        "insert or replace into event"
        " select position + 9, stream, version, name, at, recorded_at, act, envelope, body, salt"
        " from event",
        "update act set digest = 'x'",
        "delete from act",
        "insert or replace into act values ('a', 'x', '[]', 3)",
    ],
)
def test_log_only_grows(ledger: SqliteLedger, other: sqlite_file.Connection, attempt: str) -> None:
    """Not even another program may change what happened, and one body back is one too many."""
    ledger.commit(commit("a", count=2))
    ledger.withhold("s", 2)
    before = [other.execute(f"select * from {table}").fetchall() for table in ("event", "act")]
    with pytest.raises(sqlite_file.SqliteError, match=r"is never (changed|deleted|replaced)"):
        other.execute(attempt)
    after = [other.execute(f"select * from {table}").fetchall() for table in ("event", "act")]
    assert after == before


def test_withheld_body_leaves_the_file(path: Path, ledger: SqliteLedger) -> None:
    """Deleted means overwritten, not only unlinked."""
    secret = Event(NOW, Arrived("a-name-nobody-should-read-again " * 1_000))
    ledger.commit(Commit("a", "d", NOW, (Append("s", 0, (secret,)),)))
    ledger.withhold("s", 1)
    ledger.close()
    assert b"should-read-again" not in path.read_bytes()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_another_program_writing_is_waited_for_and_then_named(
    ledger: SqliteLedger, other: sqlite_file.Connection, path: Path
) -> None:
    """Nothing is written meanwhile, reading goes on, and later the same commit is done."""
    other.execute("begin immediate")
    with pytest.raises(Refused) as refused:
        ledger.commit(commit("a"))
    assert codes(refused) == ["STORE-001"]
    assert refused.value.notices[0].values == {"store": str(path), "seconds": 0.1}
    assert ledger.read("s") == []
    other.execute("rollback")
    assert ledger.commit(commit("a")) == Done(1, 1)


def test_another_thread_writing_is_waited_for_and_then_named(
    ledger: SqliteLedger, path: Path
) -> None:
    """Two ledgers on one file in one process take turns, and do so by one lock."""
    assert sqlite_file.writer_lock(path) is sqlite_file.writer_lock(path.parent / "." / path.name)
    second, inside, leave = SqliteLedger(path, CODEC, 0.1), threading.Event(), threading.Event()

    def hold() -> None:
        with ledger.group():
            inside.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    with pytest.raises(Refused) as refused:
        second.commit(commit("a"))
    leave.set()
    holder.join()
    assert codes(refused) == ["STORE-001"]
    assert second.commit(commit("a")) == Done(1, 1)
    second.close()


def test_the_lock_goes_to_whoever_waits_longest() -> None:
    """A thread that asks again at once stands behind all who waited."""
    turn, came = sqlite_file.Turn(), []
    assert turn.acquire(0)
    assert not turn.acquire(0)

    def take(name: int) -> None:
        assert turn.acquire(10)
        came.append(name)
        turn.release()

    threads = []
    for name in range(3):
        threads.append(threading.Thread(target=take, args=(name,)))
        threads[-1].start()
        while len(turn._waiting) <= name:
            pass
    turn.release()
    assert turn.acquire(10)
    assert came == [0, 1, 2]
    turn.release()
    for thread in threads:
        thread.join()


def test_others_see_a_group_only_as_a_whole(ledger: SqliteLedger, path: Path) -> None:
    """Before it leaves they see nothing of it."""
    second = SqliteLedger(path, CODEC)
    with ledger.group():
        for number in range(3):
            ledger.commit(commit(f"a{number}", expected=number))
        assert second.read("s") == []
    assert len(second.read("s")) == 3
    second.close()


def test_failed_write_ends_the_group(ledger: SqliteLedger, other: sqlite_file.Connection) -> None:
    """A commit that broke in the middle leaves nothing of the group, even if it goes on."""
    other.execute(
        "create trigger full before insert on row when new.key = 'bad'"
        " begin select raise(abort, 'disk is full'); end"
    )

    def group() -> None:
        with ledger.group():
            ledger.commit(commit("a"))
            with pytest.raises(Refused, match="STORE-006") as first:
                ledger.commit(commit("bad", expected=1))
            assert first.value.notices[0].values["reason"] == "disk is full"
            with pytest.raises(Refused, match="STORE-006"):
                ledger.commit(commit("c", "t"))

    with pytest.raises(Refused, match="STORE-006"):
        group()
    assert list(ledger.read_all()) == []
    assert ledger.act("a") is None
    assert ledger.commit(commit("a")) == Done(1, 1)


def test_old_library_is_refused() -> None:
    """From 3.7.0 to 3.51.2 a commit can race a checkpoint."""
    with pytest.raises(Refused) as refused:
        sqlite_file.require_library((3, 51, 2), "gatepost.db")
    assert codes(refused) == ["STORE-002"]
    assert refused.value.notices[0].values["found"] == "3.51.2"
    sqlite_file.require_library((3, 51, 3), "gatepost.db")
    sqlite_file.require_library(sqlite_file.LIBRARY, "gatepost.db")


def test_other_schema_number_is_refused(
    path: Path, ledger: SqliteLedger, other: sqlite_file.Connection
) -> None:
    """A newer release wrote it."""
    other.execute("pragma user_version = 7")
    with pytest.raises(Refused) as refused:
        SqliteLedger(path, CODEC)
    assert codes(refused) == ["STORE-003"]


def test_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A text file, and the database of another program."""
    text, database = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("not a database at all " * 100)
    with sqlite3.connect(database) as connection:
        connection.execute("create table contact (name)")
    connection.close()
    before = (text.read_bytes(), database.read_bytes())
    for path in (text, database):
        with pytest.raises(Refused) as refused:
            SqliteLedger(path, CODEC)
        assert codes(refused) == ["STORE-004"]
    assert (text.read_bytes(), database.read_bytes()) == before


def test_place_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    """A folder where the file should be, and a file where the folder should be."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "folder", tmp_path / "file" / "gatepost.db"):
        with pytest.raises(Refused) as refused:
            SqliteLedger(path, CODEC)
        assert codes(refused) == ["STORE-005"]


OTHER_PROCESS = """
import fcntl, sys
try:
    with open(sys.argv[1], "r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("locked")
"""


def test_a_file_made_ready_again_keeps_its_locks(path: Path) -> None:
    """Closing any handle of a file drops every lock this process has on it, SQLite's too."""
    sqlite_file.prepare_file(path)
    with path.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        sqlite_file.prepare_file(path)
        asked = [sys.executable, "-c", OTHER_PROCESS, str(path)]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert told == "locked\n"


WRITER = f"""
import sys
from pathlib import Path
from {Path(__file__).stem} import CODEC, SqliteLedger, commit
ledger = SqliteLedger(Path(sys.argv[1]), CODEC)
who, size, number = sys.argv[2], int(sys.argv[3]), 0
while number < int(sys.argv[4]):
    with ledger.group():
        for number in range(number, number + size):
            stream = "s" if who != "alone" else f"s{{number}}"
            found = len(ledger.read(stream))
            ledger.commit(commit(f"{{who}}-{{number}}", stream, found, 3))
    number += 1
    print(number, flush=True)
"""


def start(path: Path, who: str, size: int, count: int) -> subprocess.Popen[str]:
    """Start a process that commits ``count`` acts in groups of ``size`` and tells what is done."""
    folders = [str(Path(__file__).parent), *sys.path]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(size), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
    )


@pytest.mark.parametrize("size", [1, 10])
def test_killed_writer_loses_nothing_it_acknowledged(path: Path, size: int) -> None:
    """kill -9 at any moment: each act told is there as a whole, each act there is whole."""
    with start(path, "alone", size, 1_000_000) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= 100:
                break
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().split("\n")[:-1]
    told = int(rest[-1] if rest else line)
    ledger = SqliteLedger(path, CODEC)
    kept = [recorded for _, recorded in ledger.read_all()]
    rows = {row.key for row in ledger.rows("case")}
    acts = {recorded.act for recorded in kept}
    assert {f"alone-{number}" for number in range(told)} <= acts
    assert len(acts) % size == 0
    assert len(kept) == 3 * len(acts)
    assert rows == acts
    assert all(ledger.act(act) for act in acts)
    ledger.close()


def test_two_processes_take_turns(path: Path) -> None:
    """On one stream each version is written once, by the one or the other."""
    SqliteLedger(path, CODEC).close()
    processes = [start(path, who, 1, 60) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=30)
        assert process.returncode == 0
    ledger = SqliteLedger(path, CODEC)
    events = ledger.read("s")
    assert [recorded.version for recorded in events] == list(range(1, len(events) + 1))
    assert len(events) == 2 * 60 * 3
    assert ledger.commit(commit("x", "s", 3)) == Stale("s", 3, 360)
    ledger.close()


def test_two_processes_may_make_the_store_at_once(path: Path) -> None:
    """Neither fails."""
    processes = [start(path, "alone", 1, 1), start(path, "other", 1, 1)]
    for process in processes:
        process.communicate(timeout=30)
    assert [process.returncode for process in processes] == [0, 0]
