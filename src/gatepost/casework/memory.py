"""The twin of the ledger that lives in memory: same answers, nothing durable."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import msgspec

from gatepost.kernel.digest import digest_of
from gatepost.kernel.moment import utc_text
from gatepost.ledger.codec import Codec, encode_envelope
from gatepost.ledger.decide import first_stale, last_changes, spans
from gatepost.ledger.model import (
    ActRow,
    Change,
    Commit,
    Done,
    Outcome,
    Recorded,
    Repeated,
    Row,
    Sight,
    Withheld,
)
from gatepost.ledger.seal import SALT, Written


class _Undo:
    """How to take back what a group did: what was there before, and where the log ended."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.acts: list[str] = []
        self.rows: list[tuple[str, str, Row | None]] = []
        self.events: list[tuple[int, Recorded]] = []


class MemoryLedger:
    """A :class:`~gatepost.casework.ports.Ledger` for tests and simulation."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._log: list[Recorded] = []
        self._streams: dict[str, list[int]] = {}
        self._acts: dict[str, ActRow] = {}
        self._views: dict[str, dict[str, Row]] = {}
        self._lock = threading.RLock()
        self._undo: _Undo | None = None

    def read(self, stream: str, after: int = 0, seen: Sight | None = None) -> list[Recorded]:
        """Return the events of a stream after version ``after``."""
        with self._lock:
            view, _, key = stream.partition("/")
            if seen is not None and self.row(view, key, seen) is None:
                return []
            return [self._log[index] for index in self._streams.get(stream, [])[after:]]

    def read_all(
        self, after_position: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, Recorded]]:
        """Yield events with their positions in the order of commitment."""
        return islice(self._events(after_position), limit)

    def _events(self, position: int) -> Iterator[tuple[int, Recorded]]:
        while True:
            with self._lock:
                if position >= len(self._log):
                    return
                recorded = self._log[position]
            position += 1
            yield position, recorded

    def written(self, after_position: int = 0, limit: int | None = None) -> Iterator[Written]:
        """Yield events as a durable store would hold them; the salts are not secret here."""
        for position, recorded in self.read_all(after_position, limit):
            yield self._written(position, recorded)

    def _written(self, position: int, recorded: Recorded) -> Written:
        event, body, salt = recorded.event, None, None
        if isinstance(event.body, Withheld):
            name = event.body.of
        else:
            name, body = event.body.name(), self._codec.encode(event).body
            salt = digest_of((recorded.stream, recorded.version)).encode()[:SALT]
        return Written(
            position,
            recorded.stream,
            recorded.version,
            name,
            utc_text(event.at),
            utc_text(recorded.recorded_at),
            recorded.act,
            encode_envelope(event),
            body,
            salt,
        )

    def act(self, key: str) -> ActRow | None:
        """Return the act known under this key."""
        with self._lock:
            return self._acts.get(key)

    def row(self, view: str, key: str, seen: Sight | None = None) -> bytes | None:
        """Return the value of one row."""
        with self._lock:
            row = self._views.get(view, {}).get(key)
        return None if row is None or (seen and not seen.shows(row)) else row.value

    def values(self, view: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return the values of rows by their keys."""
        with self._lock:
            found = self._views.get(view, {})
            return {key: found[key].value for key in keys if key in found}

    def rows(
        self,
        view: str,
        agency: str | None = None,
        post: str | None = None,
        *,
        seen: Sight | None = None,
        since: str | None = None,
        before: str | None = None,
        label: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Return the rows of a view that fit."""
        with self._lock:
            found = [
                row
                for row in self._views.get(view, {}).values()
                if agency in (None, row.agency)
                and post in (None, row.post)
                and (since is None or (row.at is not None and row.at >= since))
                and (before is None or (row.at is not None and row.at < before))
                and (label is None or label in row.labels)
                and (seen is None or seen.shows(row))
            ]
        found.sort(key=lambda row: (row.at is not None, row.at or "", row.key))
        return found[:limit]

    def count(self, view: str, *wanted: str | None, **more: Any) -> int:
        """Return how many rows of a view fit."""
        return len(self.rows(view, *wanted, **more))

    def page(
        self,
        view: str,
        agency: str | None,
        post: str | None = None,
        *,
        seen: Sight | None,
        after: tuple[str, str] | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> list[Row]:
        """Return at most ``limit`` rows of a view, by ``at`` and key."""
        found = [row for row in self.rows(view, agency, post, seen=seen) if row.at is not None]
        if newest_first:
            found.reverse()
        if after is not None:
            beyond = (
                (lambda row: (row.at, row.key) < after)
                if newest_first
                else (lambda row: (row.at, row.key) > after)
            )
            found = list(filter(beyond, found))
        return found[:limit]

    def commit(self, commit: Commit) -> Outcome:
        """Write the commit as a whole, or nothing."""
        for append in commit.appends:
            for event in append.events:
                self._codec.check(event)
        with self._lock:
            known = self._acts.get(commit.act)
            if known is not None:
                return Repeated(known)
            stale = first_stale(commit.appends, lambda s: len(self._streams.get(s, ())))
            if stale is not None:
                return stale
            return self._write(commit)

    def _write(self, commit: Commit) -> Done:
        before = len(self._log)
        self._acts[commit.act] = ActRow(commit.act, commit.digest, spans(commit))
        if self._undo is not None:
            self._undo.acts.append(commit.act)
        for append in commit.appends:
            stream = self._streams.setdefault(append.stream, [])
            for event in append.events:
                stream.append(len(self._log))
                self._log.append(
                    Recorded(append.stream, len(stream), commit.recorded_at, commit.act, event)
                )
        self.put_rows(commit.changes)
        after = len(self._log)
        return Done(before + 1, after) if after > before else Done(0, 0)

    @contextmanager
    def group(self) -> Iterator[None]:
        """Keep what is committed inside together: an exception undoes all of it."""
        with self._lock:
            if self._undo is not None:
                yield
                return
            self._undo = undo = _Undo(len(self._log))
            try:
                yield
            except BaseException:
                self._take_back(undo)
                raise
            finally:
                self._undo = None

    def _take_back(self, undo: _Undo) -> None:
        for index, recorded in reversed(undo.events):
            self._log[index] = recorded
        for recorded in reversed(self._log[undo.end :]):
            self._streams[recorded.stream].pop()
        del self._log[undo.end :]
        for key in undo.acts:
            del self._acts[key]
        for view, key, row in reversed(undo.rows):
            if row is None:
                self._views[view].pop(key, None)
            else:
                self._views[view][key] = row

    def withhold(self, stream: str, version: int) -> bool:
        """Delete the body of one event and keep its envelope."""
        with self._lock:
            indexes = self._streams.get(stream, [])
            if not 1 <= version <= len(indexes):
                return False
            index = indexes[version - 1]
            recorded = self._log[index]
            if not isinstance(recorded.event.body, Withheld):
                if self._undo is not None:
                    self._undo.events.append((index, recorded))
                bare = Withheld(recorded.event.body.name())
                event = msgspec.structs.replace(recorded.event, body=bare)
                self._log[index] = msgspec.structs.replace(recorded, event=event)
            return True

    def put_rows(self, changes: Iterable[Change]) -> None:
        """Change rows without an act."""
        rows, gone = last_changes(changes)
        with self._lock:
            for row in rows:
                self._change(row.view, row.key, row)
            for name in gone:
                self._change(name.view, name.key, None)

    def drop_rows(self, view: str | None = None) -> None:
        """Delete the rows of a view, or of all."""
        with self._lock:
            for name in [view] if view is not None else list(self._views):
                for key in list(self._views.get(name, {})):
                    self._change(name, key, None)

    def _change(self, view: str, key: str, row: Row | None) -> None:
        rows = self._views.setdefault(view, {})
        if self._undo is not None:
            self._undo.rows.append((view, key, rows.get(key)))
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row

    def close(self) -> None:
        """Nothing to let go of."""
