"""The ledger in PostgreSQL: many writers, one statement and one round trip a commit."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from gatepost.adapters.store.pool import Pool
from gatepost.adapters.store.postgres_server import (
    SCHEMA,
    Connection,
    connect,
    connect_as_app,
    make_schema,
    reason,
    shown,
)
from gatepost.adapters.store.rows import SqlRows
from gatepost.adapters.store.rules import BUSY, FAILED, refuse
from gatepost.adapters.store.sight import POSTGRES, Wanted, where
from gatepost.adapters.store.text import row_text
from gatepost.kernel.moment import utc_text
from gatepost.kernel.notice import Refused
from gatepost.ledger.codec import Codec
from gatepost.ledger.decide import last_changes, spans
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
    Stale,
)
from gatepost.ledger.seal import Written

PAGE = 1_000

ATTEMPTS = 5
"""How often a commit that ran into another one is tried again before the store counts as busy."""

COMMIT = Path(__file__).with_name("postgres_commit.sql").read_text(encoding="utf-8")

READ = """
    select stream, version, recorded_at, act, name, envelope, body from event
    where stream = %s and version > %s order by version"""

READ_SEEN = """
    select stream, version, recorded_at, act, name, envelope, body from event
    where stream = %s and version > %s and exists (select from row where {test})
    order by version"""

# A transaction that is still at work may commit events before those already visible, so only
# what lies before the oldest of them is settled. In a group no other one writes.
READ_ALL = """
    select stream, version, recorded_at, act, name, envelope, body, position from event
    where (xid, position) > (
        coalesce((select xid from event where position = %(after)s), '0'::xid8), %(after)s
    )
    and (%(alone)s or xid < pg_snapshot_xmin(pg_current_snapshot()))
    order by xid, position limit %(size)s"""

WRITTEN = READ_ALL.replace(
    "select stream, version, recorded_at, act, name, envelope, body, position",
    "select position, stream, version, name, at, recorded_at, act, envelope, body, salt",
)

OVERTAKEN = (errors.UniqueViolation, errors.DeadlockDetected)
"""Another writer was faster; asked again, the statement of a commit says in what."""

PUT_ROW = b"""
    insert into row (view, key, agency, post, at, value, labels)
    values (%s, %s, %s, %s, %s, %s, %s)
    on conflict (view, key) do update set
    agency = excluded.agency, post = excluded.post, at = excluded.at, value = excluded.value,
    labels = excluded.labels"""

LOOK_AS = b"""
    select set_config('gatepost.viewer', %s, true), set_config('gatepost.owners', %s::text, true)"""

DELETE_ROW = b"delete from row where view = %s and key = %s"

_encode = msgspec.json.encode
_decode_spans = msgspec.json.Decoder(tuple[Span, ...]).decode


class _NewEvent(msgspec.Struct, frozen=True):
    number: int
    stream: str
    version: int
    name: str
    at: datetime
    envelope: str
    body: str


class _NewRow(msgspec.Struct, frozen=True):
    view: str
    key: str
    agency: str | None
    post: str | None
    at: str | None
    value: str
    labels: tuple[str, ...]


class PostgresLedger(SqlRows):
    """A :class:`~gatepost.casework.ports.Ledger` in one schema of the database at ``url``.

    The schema and its tables are made if they are not there. A writer waits up to ``patience``
    seconds for a group of another, and is then refused with STORE-001. Refused too: tables of
    another number (STORE-003) or of something else (STORE-004), a server that cannot be reached
    (STORE-005) or is too old (STORE-007).
    """

    dialect = POSTGRES

    def __init__(
        self,
        url: str,
        codec: Codec,
        schema: str = "gatepost",
        patience: float = 20.0,
        unfinished: bool = False,
    ) -> None:
        self._codec = codec
        self._store = shown(url, schema)
        self._patience = patience
        self._mine = threading.local()
        owner = connect(url, schema, patience)
        try:
            make_schema(owner, schema, self._store, unfinished)
        except psycopg.Error as fault:
            raise self._failed(fault) from fault
        finally:
            owner.close()
        opened = partial(connect_as_app, url, schema, patience)
        self._pool: Pool[Connection] = Pool(opened, _is_idle)

    def read(self, stream: str, after: int = 0, seen: Sight | None = None) -> list[Recorded]:
        """Return the events of a stream after version ``after``."""
        if seen is None:
            found = self._ask(READ, (stream, after))
        else:
            test, values = where(Wanted(*stream.split("/", 1)), seen, POSTGRES)
            query = READ_SEEN.format(test=test)
            found = self._ask(query, [stream, after, *values], seen)
        return [self._recorded(*columns) for columns in found]

    def read_all(
        self, after_position: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, Recorded]]:
        """Yield events with their positions in the order of commitment, a page at a time."""
        for *columns, position in self._pages(READ_ALL, -1, after_position, limit):
            yield position, self._recorded(*columns)

    def written(self, after_position: int = 0, limit: int | None = None) -> Iterator[Written]:
        """Yield events as they are stored, a page at a time."""
        for found in self._pages(WRITTEN, 0, after_position, limit):
            position, stream, version, name, at, recorded_at, act, envelope, body, salt = found
            yield Written(
                position,
                stream,
                version,
                name,
                utc_text(at),
                utc_text(recorded_at),
                act,
                envelope.encode(),
                None if body is None else body.encode(),
                salt,
            )

    def _pages(
        self, query: str, column: int, after: int, limit: int | None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``query`` in pages; ``column`` holds the position of a row."""
        while limit is None or limit > 0:
            size = PAGE if limit is None else min(PAGE, limit)
            alone = self._group() is not None
            page = self._ask(query, {"after": after, "alone": alone, "size": size})
            yield from page
            if len(page) < size:
                return
            after = page[-1][column]
            limit = None if limit is None else limit - size

    def _recorded(
        self,
        stream: str,
        version: int,
        recorded_at: datetime,
        act: str,
        name: str,
        envelope: str,
        body: str | None,
    ) -> Recorded:
        event = self._codec.decode(name, envelope, body)
        return Recorded(stream, version, recorded_at, act, event)

    def act(self, key: str) -> ActRow | None:
        """Return the act known under this key."""
        found = self._ask("select digest, appends from act where key = %s", (key,))
        return ActRow(key, found[0][0], _decode_spans(found[0][1])) if found else None

    def commit(self, commit: Commit) -> Outcome:
        """Write the commit as a whole, or nothing, in one statement."""
        values = self._values(commit)
        for _ in range(ATTEMPTS):
            try:
                return _outcome(commit, self._ask(COMMIT, values)[0])
            except OVERTAKEN:
                continue
        raise refuse(BUSY, self._store, seconds=self._patience)

    def _values(self, commit: Commit) -> dict[str, Any]:
        rows, gone = last_changes(commit.changes)
        seen = [
            {"number": number, "stream": append.stream, "expected": append.expected}
            for number, append in enumerate(commit.appends)
        ]
        return {
            "act": commit.act,
            "digest": commit.digest,
            "appends": _text(spans(commit)),
            "recorded_at": commit.recorded_at,
            "seen": _text(seen),
            "events": _text(self._new_events(commit)),
            "rows": _text([_NewRow(*row_text(row), row.labels) for row in rows]),
            "gone": _text(gone),
        }

    def _new_events(self, commit: Commit) -> list[_NewEvent]:
        new: list[_NewEvent] = []
        for append in commit.appends:
            for version, event in enumerate(append.events, append.expected + 1):
                coded = self._codec.encode(event)
                new.append(
                    _NewEvent(
                        len(new),
                        append.stream,
                        version,
                        coded.name,
                        event.at,
                        coded.envelope.decode(),
                        coded.body.decode(),
                    )
                )
        return new

    def withhold(self, stream: str, version: int) -> bool:
        """Delete body and salt of one event and keep its envelope."""
        sql = (
            "update event set body = null, salt = null"
            " where stream = %s and version = %s returning 1"
        )
        return bool(self._ask(sql, (stream, version)))

    def put_rows(self, changes: Iterable[Change]) -> None:
        """Change rows without an act."""
        rows, gone = last_changes(changes)
        with self._connection() as connection, connection.transaction():
            cursor = connection.cursor()
            if rows:
                cursor.executemany(PUT_ROW, [(*row_text(row), list(row.labels)) for row in rows])
            if gone:
                cursor.executemany(DELETE_ROW, [(name.view, name.key) for name in gone])

    def drop_rows(self, view: str | None = None) -> None:
        """Delete the rows of a view, or of all."""
        if view is None:
            self._ask("delete from row")
        else:
            self._ask("delete from row where view = %s", (view,))

    @contextmanager
    def group(self) -> Iterator[None]:
        """Make everything this thread commits inside one transaction, as the only writer."""
        if self._group() is not None:
            yield
            return
        with self._connection() as connection, connection.transaction():
            # Taken before the transaction has a number, so that all it sees is older than it.
            connection.execute(b"lock table event in share row exclusive mode")
            self._mine.group = connection
            try:
                yield
                if connection.info.transaction_status == TransactionStatus.INERROR:
                    raise refuse(
                        FAILED, self._store, reason="an earlier write of this group failed"
                    )
            finally:
                self._mine.group = None

    def _group(self) -> Connection | None:
        group: Connection | None = getattr(self._mine, "group", None)
        return group

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        group = self._group()
        try:
            if group is not None:
                yield group
            else:
                with self._pool.lend() as connection:
                    yield connection
        except errors.LockNotAvailable as fault:
            raise refuse(BUSY, self._store, seconds=self._patience) from fault
        except OVERTAKEN as fault:
            if group is not None:
                raise self._failed(fault) from fault
            raise
        except psycopg.Error as fault:
            raise self._failed(fault) from fault

    def _ask(
        self,
        sql: str,
        values: Sequence[Any] | Mapping[str, Any] = (),
        seen: Sight | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return what the server answers; for ``seen`` behind the wall of its policies too."""
        query = sql.encode()
        with self._connection() as connection:
            if seen is not None:
                with connection.transaction():
                    connection.execute(LOOK_AS, (seen.agency, list(seen.owners)))
                    found = connection.execute(query, values, prepare=True).fetchall()
                    if self._group() is not None:
                        # A group goes on as the program; else the setting ends here.
                        connection.execute(LOOK_AS, ("*", []))
                    return found
            answer = connection.execute(query, values, prepare=True)
            return answer.fetchall() if answer.description else []

    def _failed(self, fault: psycopg.Error) -> Refused:
        return refuse(FAILED, self._store, reason=reason(fault))

    def finish(self) -> None:
        """Say that the rows are there again: the tables are of this release from now on."""
        with self.group():
            # The role of the program may only read it; the login is its owner, who migrates.
            self._ask("set local role none")
            self._ask("update schema_number set number = %s", (SCHEMA,))

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.close()


def _is_idle(connection: Connection) -> bool:
    return connection.info.transaction_status == TransactionStatus.IDLE


def _outcome(commit: Commit, answer: tuple[Any, ...]) -> Outcome:
    first, last, digest, appends, stream, expected, version = answer
    if digest is not None:
        return Repeated(ActRow(commit.act, digest, _decode_spans(appends)))
    if stream is not None:
        return Stale(stream, expected, version)
    return Done(first or 0, last or 0)


def _text(value: object) -> str:
    return _encode(value).decode()
