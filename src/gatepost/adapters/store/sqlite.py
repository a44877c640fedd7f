"""The ledger in a SQLite file: one writer at a time, every commit synced before it is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from gatepost.adapters.store.pool import Pool
from gatepost.adapters.store.rows import SqlRows
from gatepost.adapters.store.rules import BUSY, FAILED, refuse
from gatepost.adapters.store.sight import SQLITE, Wanted, labels_text, where
from gatepost.adapters.store.sqlite_file import (
    SCHEMA,
    Connection,
    SqliteError,
    is_busy,
    open_reader,
    open_writer,
    prepare_file,
    writer_lock,
)
from gatepost.adapters.store.text import row_text
from gatepost.kernel.moment import utc_text
from gatepost.kernel.notice import Refused
from gatepost.ledger.codec import Codec
from gatepost.ledger.decide import first_stale, last_changes, spans
from gatepost.ledger.model import (
    ActRow,
    Change,
    Commit,
    Done,
    Outcome,
    Recorded,
    Repeated,
    Sight,
    Span,
)
from gatepost.ledger.seal import Written

PAGE = 1_000

READ = """
    select stream, version, recorded_at, act, name, envelope, body from event
    where stream = ? and version > ? order by version"""
READ_ALL = """
    select stream, version, recorded_at, act, name, envelope, body, position from event
    where position > ? order by position limit ?"""
WRITTEN = """
    select position, stream, version, name, at, recorded_at, act, envelope, body, salt from event
    where position > ? order by position limit ?"""
VERSION = "select max(version) from event where stream = ?"
ACT = "select digest, appends from act where key = ?"
LAST = "select max(position) from event"
ADD_ACT = f"insert into act (key, digest, appends, schema) values (?, ?, ?, {SCHEMA})"
ADD_EVENT = """
    insert into event (stream, version, name, at, recorded_at, act, envelope, body)
    values (?, ?, ?, ?, ?, ?, ?, ?)"""
PUT_ROW = """
    insert into row (view, key, agency, post, at, value, labels) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (view, key) do update set
    agency = excluded.agency, post = excluded.post, at = excluded.at, value = excluded.value,
    labels = excluded.labels"""
DELETE_ROW = "delete from row where view = ? and key = ?"

_encode = msgspec.json.encode
_decode_spans = msgspec.json.Decoder(tuple[Span, ...]).decode


class SqliteLedger(SqlRows):
    """A :class:`~gatepost.casework.ports.Ledger` in the file ``path``, made if it is not there.

    A writer waits up to ``patience`` seconds for others, in this process or another, and is then
    refused with STORE-001. Refused too: a library that can lose pages (STORE-002), a file of
    another schema (STORE-003) or of something else (STORE-004), one that cannot be opened
    (STORE-005). ``unfinished`` opens a file whose migration has not ended, for who ends it.
    """

    dialect = SQLITE

    def __init__(
        self, path: Path, codec: Codec, patience: float = 20.0, unfinished: bool = False
    ) -> None:
        self._codec = codec
        self._store = str(path)
        self._patience = patience
        prepare_file(path)
        self._lock = writer_lock(path)
        self._owner: int | None = None
        self._writer = open_writer(path, patience, unfinished)
        self._readers: Pool[Connection] = Pool(partial(open_reader, path, patience), lambda _: True)

    def read(self, stream: str, after: int = 0, seen: Sight | None = None) -> list[Recorded]:
        """Return the events of a stream after version ``after``."""
        with self._reading() as connection:
            if seen is not None and not _sees(connection, stream, seen):
                return []
            found = connection.execute(READ, (stream, after)).fetchall()
        return [self._recorded(*columns) for columns in found]

    def read_all(
        self, after_position: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, Recorded]]:
        """Yield events with their positions in the order of commitment, a page at a time."""
        for *columns, position in self._pages(READ_ALL, -1, after_position, limit):
            yield position, self._recorded(*columns)

    def _recorded(
        self,
        stream: str,
        version: int,
        recorded_at: str,
        act: str,
        name: str,
        envelope: str,
        body: str | None,
    ) -> Recorded:
        event = self._codec.decode(name, envelope, body)
        return Recorded(stream, version, datetime.fromisoformat(recorded_at), act, event)

    def written(self, after_position: int = 0, limit: int | None = None) -> Iterator[Written]:
        """Yield events as they are stored, a page at a time."""
        for found in self._pages(WRITTEN, 0, after_position, limit):
            position, stream, version, name, at, recorded_at, act, envelope, body, salt = found
            head, kept = envelope.encode(), None if body is None else body.encode()
            yield Written(position, stream, version, name, at, recorded_at, act, head, kept, salt)

    def _pages(
        self, query: str, column: int, after: int, limit: int | None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``query`` in pages; ``column`` holds the position of a row."""
        while limit is None or limit > 0:
            size = PAGE if limit is None else min(PAGE, limit)
            page = self._ask(query, (after, size))
            yield from page
            if len(page) < size:
                return
            after = page[-1][column]
            limit = None if limit is None else limit - size

    def act(self, key: str) -> ActRow | None:
        """Return the act known under this key."""
        with self._reading() as connection:
            return _act(connection, key)

    def commit(self, commit: Commit) -> Outcome:
        """Write the commit as a whole, or nothing."""
        events = self._event_rows(commit)
        with self._writing() as connection:
            known = _act(connection, commit.act)
            if known is not None:
                return Repeated(known)
            stale = first_stale(commit.appends, partial(_version, connection))
            if stale is not None:
                return stale
            appends = _encode(spans(commit)).decode()
            connection.execute(ADD_ACT, (commit.act, commit.digest, appends))
            _change(connection, commit.changes)
            if not events:
                return Done(0, 0)
            connection.executemany(ADD_EVENT, events)
            last = connection.execute(LAST).fetchone()[0]
            return Done(last - len(events) + 1, last)

    def _event_rows(self, commit: Commit) -> list[tuple[Any, ...]]:
        recorded_at = utc_text(commit.recorded_at)
        rows: list[tuple[Any, ...]] = []
        for append in commit.appends:
            for version, event in enumerate(append.events, append.expected + 1):
                coded = self._codec.encode(event)
                rows.append(
                    (
                        append.stream,
                        version,
                        coded.name,
                        utc_text(event.at),
                        recorded_at,
                        commit.act,
                        coded.envelope.decode(),
                        coded.body.decode(),
                    )
                )
        return rows

    def withhold(self, stream: str, version: int) -> bool:
        """Delete body and salt of one event and keep its envelope."""
        sql = "update event set body = null, salt = null where stream = ? and version = ?"
        with self._writing() as connection:
            return bool(connection.execute(sql, (stream, version)).rowcount)

    def put_rows(self, changes: Iterable[Change]) -> None:
        """Change rows without an act."""
        with self._writing() as connection:
            _change(connection, changes)

    def drop_rows(self, view: str | None = None) -> None:
        """Delete the rows of a view, or of all."""
        where, values = ("", ()) if view is None else (" where view = ?", (view,))
        with self._writing() as connection:
            connection.execute(f"delete from row{where}", values)

    @contextmanager
    def group(self) -> Iterator[None]:
        """Make everything this thread commits inside one transaction."""
        if self._in_group():
            yield
            return
        if not self._lock.acquire(timeout=self._patience):
            raise refuse(BUSY, self._store, seconds=self._patience)
        try:
            self._run("begin immediate")
            self._owner = threading.get_ident()
            try:
                yield
                self._run("commit")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._owner = None
        finally:
            self._lock.release()

    def _in_group(self) -> bool:
        return self._owner == threading.get_ident()

    def _run(self, sql: str) -> None:
        try:
            self._writer.execute(sql)
        except SqliteError as fault:
            raise self._refusal(fault) from fault

    def _roll_back(self) -> None:
        if self._writer.in_transaction:
            self._writer.execute("rollback")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.group():
            if not self._writer.in_transaction:
                raise refuse(FAILED, self._store, reason="an earlier write of this group failed")
            try:
                yield self._writer
            except SqliteError as fault:
                # What was half written must not stay for the group to commit.
                self._roll_back()
                raise self._refusal(fault) from fault

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            if self._in_group():
                yield self._writer
            else:
                with self._readers.lend() as connection:
                    yield connection
        except SqliteError as fault:
            raise self._refusal(fault) from fault

    def _ask(
        self, sql: str, values: Sequence[Any] = (), seen: Sight | None = None
    ) -> list[tuple[Any, ...]]:
        with self._reading() as connection:
            return connection.execute(sql, values).fetchall()

    def _refusal(self, fault: Exception) -> Refused:
        if is_busy(fault):
            return refuse(BUSY, self._store, seconds=self._patience)
        return refuse(FAILED, self._store, reason=str(fault))

    def finish(self) -> None:
        """Say that the rows are there again: the file is one of this release from now on."""
        with self._writing() as connection:
            connection.execute(f"pragma user_version = {SCHEMA}")

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()
        self._writer.close()


def _act(connection: Connection, key: str) -> ActRow | None:
    found = connection.execute(ACT, (key,)).fetchone()
    return None if found is None else ActRow(key, found[0], _decode_spans(found[1]))


def _sees(connection: Connection, stream: str, seen: Sight) -> bool:
    """Tell whether the row of a stream is among what is seen."""
    test, values = where(Wanted(*stream.split("/", 1)), seen, SQLITE)
    return connection.execute(f"select 1 from row where {test}", values).fetchone() is not None


def _version(connection: Connection, stream: str) -> int:
    return int(connection.execute(VERSION, (stream,)).fetchone()[0] or 0)


def _change(connection: Connection, changes: Iterable[Change]) -> None:
    rows, gone = last_changes(changes)
    if rows:
        connection.executemany(PUT_ROW, [(*row_text(row), labels_text(row.labels)) for row in rows])
    if gone:
        connection.executemany(DELETE_ROW, [(name.view, name.key) for name in gone])
