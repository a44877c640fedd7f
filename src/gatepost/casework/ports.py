"""What casework needs from outside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from gatepost.ledger.model import ActRow, Change, Commit, Outcome, Recorded, Row, Sight
from gatepost.ledger.seal import Written


class Ledger(Protocol):
    """The event log and the rows read from it.

    Any number of threads may use one ledger. A store that cannot do what is asked raises
    ``Refused``; an event that no room knows is refused with ``UnknownEvent`` before anything
    is written.
    """

    def read(self, stream: str, after: int = 0, seen: Sight | None = None) -> list[Recorded]:
        """Return the events of a stream after version ``after``, in order; none if it is new.

        With ``seen`` none if the row of the stream is not among what is seen.
        """

    def read_all(
        self, after_position: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, Recorded]]:
        """Yield events with their positions in the order of commitment, at most ``limit``.

        ``after_position`` is 0 or a position this ledger gave. An event never appears before
        one that was already yielded, so a reader goes on from its last position and misses
        nothing; outside a group it may lag behind writers at work.
        """

    def written(self, after_position: int = 0, limit: int | None = None) -> Iterator[Written]:
        """Yield events as they are stored, in the order and under the promise of ``read_all``."""

    def act(self, key: str) -> ActRow | None:
        """Return the act known under this key."""

    def row(self, view: str, key: str, seen: Sight | None = None) -> bytes | None:
        """Return the value of one row; with ``seen`` only if it is among what is seen."""

    def values(self, view: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return the values of the rows of a view that have one of ``keys``, in one question."""

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
        """Return the rows of a view by ``at`` and key, rows without ``at`` first.

        With ``agency``, ``post`` or ``label`` only those that carry it, with ``since`` and
        ``before`` those whose ``at`` lies between, ``before`` not included. ``seen`` is part of
        the question to the store: a row that is not seen is neither read nor counted.
        """

    def count(
        self,
        view: str,
        agency: str | None = None,
        post: str | None = None,
        *,
        seen: Sight | None = None,
        since: str | None = None,
        before: str | None = None,
        label: str | None = None,
    ) -> int:
        """Return how many rows :meth:`rows` would return."""

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
        """Return at most ``limit`` rows of a view, by ``at`` and key.

        With ``agency`` or ``post`` only those that carry it. ``after`` is the ``at`` and the key
        of the last row of the page before. Rows without ``at`` are on no page. An index gives
        the page, however long the list. ``seen`` is part
        of the question, as in :meth:`rows`, and must be told: ``None`` means all.
        """

    def commit(self, commit: Commit) -> Outcome:
        """Write the commit as a whole, or nothing; a known act goes before a stale stream.

        ``Done`` outside a group is durable.
        """

    def group(self) -> AbstractContextManager[None]:
        """Make everything this thread commits inside durable together when it leaves.

        Other writers wait meanwhile. A stale or repeated commit leaves the others as they are;
        an exception that leaves the group undoes all of it. A group inside a group joins it.
        """

    def withhold(self, stream: str, version: int) -> bool:
        """Delete body and salt of one event, keep its envelope; False if there is no such event."""

    def put_rows(self, changes: Iterable[Change]) -> None:
        """Change rows without an act: for rebuilding them from the log."""

    def drop_rows(self, view: str | None = None) -> None:
        """Delete the rows of a view, or of all, to rebuild them from the log."""

    def close(self) -> None:
        """Let go of every file and connection; the ledger is of no use afterwards."""
