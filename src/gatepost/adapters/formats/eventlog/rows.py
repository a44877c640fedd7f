"""The rows that every event log is written from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from gatepost.timerelease.columns import quoted
from gatepost.timerelease.reading import Frame

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CASE, PARTY = "consignment", "party"


class LoggedEvent(msgspec.Struct, frozen=True):
    """One event: its case, kind, moment in ISO 8601, and party."""

    case: str
    kind: str
    at: str
    party: str


class EventLog(msgspec.Struct, frozen=True):
    """Everything that is written: the events in order, and what is known of each case."""

    events: list[LoggedEvent]
    attributes: tuple[str, ...]
    cases: dict[str, tuple[str | None, ...]]


def rows_of(frame: Frame) -> EventLog:
    """Return the events of ``frame`` in the order of time, and the segments of its cases."""
    events = [
        LoggedEvent(case, kind, _iso(us), party)
        for case, kind, us, party in frame.columns.rows(
            'select "case", kind::varchar, us, party::varchar from event join named using (id)'
            ' order by us, "case", kind, party'
        )
    ]
    kept = ", ".join(["id", *map(quoted, frame.own)])
    cases = {
        case: tuple(values)
        for case, _, *values in frame.columns.rows(
            f'select "case", {kept} from wide join named using (id) order by "case"'
        )
    }
    return EventLog(events, frame.own, cases)


def _iso(us: int) -> str:
    return (EPOCH + timedelta(microseconds=us)).isoformat(timespec="microseconds")
