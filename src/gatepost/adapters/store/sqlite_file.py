"""Opening the SQLite file safely: the right library, the right file, the right settings."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost.adapters.store.indexes import missing
from gatepost.adapters.store.rules import (
    BUSY,
    EARLIER_SCHEMA,
    NOT_A_STORE,
    OLD_SQLITE,
    OTHER_SCHEMA,
    UNOPENED,
    refuse,
)

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

SCHEMA = 3
"""Negative while a migration to it has not made the rows yet."""

SCHEMA_SQL = Path(__file__).with_name("sqlite.sql")
LABELS_SQL = Path(__file__).with_name("sqlite_labels.sql")

NEEDED = (3, 51, 3)
"""The first release in which a commit cannot race a checkpoint and lose pages in WAL mode."""

LIBRARY = sqlite3.sqlite_version_info
"""The release of the SQLite library in use."""

Connection = sqlite3.Connection
SqliteError = sqlite3.Error


class Turn:
    """A lock that goes to whoever waits longest.

    A plain one goes again and again to the thread that just let go of it, and SQLite's own
    waiting is unfair too: with four writing threads some wait a second.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds for the turn and tell whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(timeout):
            return True
        with self._guard:
            if mine.is_set():  # It came between the end of the waiting and now.
                return True
            self._waiting.remove(mine)
        return False

    def release(self) -> None:
        """Give the turn to the next."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_locks: dict[str, Turn] = {}
_locks_guard = threading.Lock()


def writer_lock(path: Path) -> Turn:
    """Return the one lock that every writer of this file in this process takes."""
    with _locks_guard:
        return _locks.setdefault(str(path.resolve()), Turn())


def require_library(found: tuple[int, ...], store: str) -> None:
    """Refuse a SQLite library that can lose pages in WAL mode (STORE-002)."""
    if found < NEEDED:
        raise refuse(OLD_SQLITE, store, found=_dotted(found), needed=_dotted(NEEDED))


def prepare_file(path: Path) -> None:
    """Make the file and its folder, for their owner only, if they are not there (else STORE-005).

    SQLite gives the files it makes beside it the same permissions. A file that is there is not
    opened: closing it would let go of every lock that SQLite holds on it in this process.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as fault:
        raise refuse(UNOPENED, str(path), reason=fault.strerror or str(fault)) from fault


def open_writer(path: Path, patience: float, unfinished: bool = False) -> Connection:
    """Open the connection that writes, and make the tables if the file is new.

    Refuses with STORE-002 to STORE-005, STORE-008 where it is of an earlier release and, where
    another writer is long at work, STORE-001. ``unfinished`` takes a file amid its migration.
    """
    require_library(LIBRARY, str(path))
    with refusing(path, patience):
        connection = connect(path, patience)
        try:
            number = _schema_number(connection, path, unfinished)
            _switch_to_wal(connection, patience)
            # What a retention rule deletes is overwritten, not only unlinked.
            configure(connection, "synchronous = full", "secure_delete = on", "foreign_keys = on")
            _make_tables(connection, path, number)
        except BaseException:
            connection.close()
            raise
        return connection


def open_reader(path: Path, patience: float) -> Connection:
    """Open a connection that only reads a file that :func:`open_writer` has made ready."""
    with refusing(path, patience):
        connection = connect(path, patience)
        configure(connection, "query_only = on")
        return connection


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file as of one moment, whatever is written to it meanwhile, into one file."""
    with closing(sqlite3.connect(source)) as of, closing(sqlite3.connect(target)) as to:
        of.backup(to)
        to.execute("pragma journal_mode = delete")


def is_busy(fault: BaseException) -> bool:
    """Tell whether SQLite gave up waiting for another writer."""
    code = getattr(fault, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def connect(path: Path, patience: float) -> Connection:
    return sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)


def configure(connection: Connection, *settings: str) -> None:
    for setting in settings:
        connection.execute(f"pragma {setting}")


def _switch_to_wal(connection: Connection, patience: float) -> None:
    """Switch the journal; SQLite itself does not wait here while another process looks."""
    last = time.monotonic() + patience
    while True:
        try:
            return configure(connection, "journal_mode = wal")
        except sqlite3.OperationalError as fault:
            if not is_busy(fault) or time.monotonic() > last:
                raise
            time.sleep(0.01)


def _schema_number(connection: Connection, path: Path, unfinished: bool = False) -> int:
    number, filled = _number_and_whether_filled(connection)
    if number == SCHEMA or (unfinished and number == -SCHEMA):
        return number
    if number < SCHEMA and number:
        raise refuse(EARLIER_SCHEMA, str(path), found=abs(number), needed=SCHEMA)
    if number:
        raise refuse(OTHER_SCHEMA, str(path), found=number, known=SCHEMA)
    if filled:
        raise refuse(NOT_A_STORE, str(path))
    return number


def _number_and_whether_filled(connection: Connection) -> tuple[int, bool]:
    """Read both as of one moment: another process may be making the tables."""
    alone = not connection.in_transaction
    if alone:
        connection.execute("begin")
    try:
        number = int(connection.execute("pragma user_version").fetchone()[0])
        filled = connection.execute("select 1 from sqlite_master").fetchone() is not None
    finally:
        if alone:
            connection.execute("rollback")
    return number, filled


def _make_tables(connection: Connection, path: Path, number: int) -> None:
    """Make the tables and indexes that are not there; without a lock where nothing is to do."""
    if abs(number) == SCHEMA and _has_labels(connection) and not _indexes_to_make(connection):
        return
    connection.execute("begin immediate")
    try:
        if abs(_schema_number(connection, path, unfinished=number == -SCHEMA)) != SCHEMA:
            run_script(connection)
            configure(connection, f"user_version = {SCHEMA}")
        if not _has_labels(connection):
            for statement in _statements(LABELS_SQL.read_text(encoding="utf-8")):
                connection.execute(statement)
        for statement in _indexes_to_make(connection):
            connection.execute(statement)
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _has_labels(connection: Connection) -> bool:
    found = connection.execute("select 1 from sqlite_master where name = 'row_label'").fetchone()
    return found is not None


def _indexes_to_make(connection: Connection) -> list[str]:
    found = connection.execute("select name from sqlite_master where type = 'index'")
    return list(missing({name for (name,) in found}, "at"))


def run_script(connection: Connection) -> None:
    """Make the tables inside the transaction at work."""
    for statement in _statements(SCHEMA_SQL.read_text(encoding="utf-8")):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    # executescript would commit before it starts, and another process could come between.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def refusing(path: Path, patience: float) -> Iterator[None]:
    store = str(path)
    try:
        yield
    except SqliteError as fault:
        if is_busy(fault):
            raise refuse(BUSY, store, seconds=patience) from fault
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise refuse(NOT_A_STORE, store) from fault
        raise refuse(UNOPENED, store, reason=str(fault)) from fault


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
