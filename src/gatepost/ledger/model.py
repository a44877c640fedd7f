"""What is written to the log and what comes back."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.kernel.event import Body, Event


class Withheld(Body, frozen=True, tag="ledger:body:withheld"):
    """Stands where a retention rule deleted a body; ``of`` is the name of the event it was."""

    of: str


class Recorded(msgspec.Struct, frozen=True):
    """An event as the log holds it: the ``version``-th of its stream, counted from 1.

    ``act`` is the key of the act that caused it; ``recorded_at`` is aware.
    """

    stream: str
    version: int
    recorded_at: datetime
    act: str
    event: Event


class Append(msgspec.Struct, frozen=True):
    """Events for the end of a stream, whose version the writer saw as ``expected`` (0: new)."""

    stream: str
    expected: int
    events: tuple[Event, ...]


class Row(msgspec.Struct, frozen=True):
    """One row of a reading made from the log, such as a case's status or an entry of a work list.

    ``value`` is JSON. ``at`` orders a list and is compared as text: write ISO 8601 in UTC.
    ``labels`` are words without spaces by which a :class:`Sight` finds what somebody may see.
    """

    view: str
    key: str
    value: bytes
    agency: str | None = None
    post: str | None = None
    at: str | None = None
    labels: tuple[str, ...] = ()


class Way(msgspec.Struct, frozen=True):
    """One way to see a row: it has at least one label of each group."""

    groups: tuple[tuple[str, ...], ...]


class Sight(msgspec.Struct, frozen=True):
    """Whose eyes look at the rows: a store shows those only that one of the ``ways`` opens.

    Rows that carry ``agency`` are its own. ``owners`` are the labels of those whose part is open
    to it at all, for a second wall that knows no more; ``*`` stands for all.
    """

    agency: str
    ways: tuple[Way, ...] = ()
    owners: tuple[str, ...] = ()

    def shows(self, row: Row) -> bool:
        """Tell whether a row is seen."""
        if row.agency is not None and row.agency == self.agency:
            return True
        return any(
            all(any(label in row.labels for label in group) for group in way.groups)
            for way in self.ways
        )


class Gone(msgspec.Struct, frozen=True):
    """The row of ``view`` under ``key`` is no more."""

    view: str
    key: str


Change = Row | Gone


class Commit(msgspec.Struct, frozen=True):
    """All that one act writes, kept as a whole or not at all.

    ``act`` is the act's idempotency key and ``digest`` that of its content. Later changes of
    the same row win over earlier ones. ``ValueError`` if the act has no key, if a stream is
    appended to twice or with nothing, or if ``recorded_at`` has no offset.
    """

    act: str
    digest: str
    recorded_at: datetime
    appends: tuple[Append, ...] = ()
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if not self.act:
            raise ValueError("a commit needs the key of its act")
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at needs an offset")
        if any(not append.events for append in self.appends):
            raise ValueError("an append needs at least one event")
        if len({append.stream for append in self.appends}) < len(self.appends):
            raise ValueError("a commit appends to a stream once")


class Span(msgspec.Struct, frozen=True):
    """The versions ``first`` to ``last`` of a stream, both included."""

    stream: str
    first: int
    last: int


class ActRow(msgspec.Struct, frozen=True):
    """An act the log knows: the digest of its content and the events it caused."""

    key: str
    digest: str
    appends: tuple[Span, ...] = ()


class Done(msgspec.Struct, frozen=True):
    """Written: its events have the positions ``first`` to ``last``; both 0 if it had none.

    Where several processes write at once, events of others may lie between the two.
    """

    first: int
    last: int


class Repeated(msgspec.Struct, frozen=True):
    """Nothing was written: this act is already known. Same digest, same answer; else a conflict."""

    act: ActRow


class Stale(msgspec.Struct, frozen=True):
    """Nothing was written: ``stream`` stands at version ``found``, not at the one expected."""

    stream: str
    expected: int
    found: int


Outcome = Done | Repeated | Stale
