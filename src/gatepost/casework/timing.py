"""When the steps of cases were taken, for whom an instrument opens times as figures (TR-01, IX-06).

The rows are those a time release study reads. They leave casework for a study alone: whoever
shows figures keeps back those that rest on fewer cases than ``fewest``.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from gatepost.authority import rules
from gatepost.authority.disclosure import Right
from gatepost.authority.element import condensed
from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.disclosure import Reader, reader_of, sight_of_reader, view_in
from gatepost.casework.events import FiguresDisclosed
from gatepost.casework.masking import masked_events
from gatepost.casework.shown import View
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Recorded
from gatepost.lodgement.events import DeclarationRegistered
from gatepost.requirement.events import NeedsDetermined
from gatepost.timerelease.log import MODE, READ

PURPOSE = "performance"
MOST = 5_000
"""The most cases of which times are read at once: the newest of the period."""


class TimedEvent(msgspec.Struct, frozen=True):
    """One event as a study reads it: ``body`` is JSON, that of a registration only its mode."""

    ref: str
    name: str
    happened: str
    agency: str | None
    source: str
    body: str


class Times(msgspec.Struct, frozen=True):
    """The events of a period; ``left_out`` cases were more than could be read at once."""

    events: tuple[TimedEvent, ...]
    cases: int
    left_out: int
    fewest: int
    rights: tuple[Right, ...]


def times(
    desk: Desk, actor: Actor, since: datetime, before: datetime, now: datetime, most: int = MOST
) -> Times:
    """Return the times of the cases accepted from ``since`` to ``before``, as far as they are open.

    Refused with AUTH-040 to whom no instrument opens them; what was given is on record.
    """
    reader = reader_of(desk, actor, PURPOSE, "feed", now)
    sight = sight_of_reader(desk, reader)
    if not reader.agency or sight is None or not sight.ways:
        notice = rules.NOT_OPEN.notice(
            recipient=reader.agency or actor.id, purpose=PURPOSE, day=reader.day.isoformat()
        )
        raise Refused([notice])
    rows = desk.ledger.rows(
        projection.CASE,
        seen=sight,
        since=projection.instant(since),
        before=projection.instant(min(before, now)),
    )
    kept = rows[-most:]
    rights: dict[Right, None] = {}
    mask = 0
    events: list[TimedEvent] = []
    for row in kept:
        case = projection.decode_case(row.value)
        view = view_in(desk, case, reader)
        if view is None:
            continue
        rights.update(dict.fromkeys(view.rights))
        mask |= view.disclosed
        events += _events_of(desk, row.key, view, desk.jurisdiction.users_on(case.known.day))
    found = Times(
        tuple(events), len(kept), len(rows) - len(kept), _fewest(desk, rights), tuple(rights)
    )
    _record(desk, reader, found, condensed(mask), since, now)
    return found


def _events_of(desk: Desk, reference: str, view: View, users: frozenset[str]) -> list[TimedEvent]:
    told = desk.ledger.read(projection.stream_of(projection.CASE, reference))
    wanted = (one for one in told if one.event.body.name() in READ)
    return [_timed(reference, one, users) for one in masked_events(view, wanted)]


def _timed(reference: str, recorded: Recorded, users: frozenset[str]) -> TimedEvent:
    event = recorded.event
    return TimedEvent(
        reference,
        event.body.name(),
        event.at.isoformat(),
        event.agency or event.actor.agency,
        event.source,
        _body(event, users),
    )


def _body(event: Event, users: frozenset[str]) -> str:
    """Return a body without the needs of who reads data alone: no release waits for them."""
    if isinstance(event.body, NeedsDetermined):
        needs = tuple(one for one in event.body.needs if one.agency not in users)
        return msgspec.json.encode(NeedsDetermined(needs, ())).decode()
    if not isinstance(event.body, DeclarationRegistered):
        return msgspec.json.encode(event.body).decode()
    found: object = {"dataset": event.body.dataset}
    for name in MODE:
        found = found.get(name) if isinstance(found, dict) else None
    return msgspec.json.encode({"mode": found}).decode()


def _fewest(desk: Desk, rights: dict[Right, None]) -> int:
    """Return the fewest cases on which a figure may rest, by the strictest of the clauses."""
    shares = (desk.jurisdiction.disclosure.share(right) for right in rights)
    return max((one.smallest_cell or 1 for one in shares if one is not None), default=1)


def _record(
    desk: Desk,
    reader: Reader,
    found: Times,
    elements: tuple[str, ...],
    since: datetime,
    now: datetime,
) -> None:
    month = desk.jurisdiction.law_day(since).replace(day=1)
    body = FiguresDisclosed(
        PURPOSE, "feed", month, found.rights, elements, len(found.events), 0, found.cases
    )
    stream = projection.stream_of(projection.LISTED, reader.agency)
    put_on_record(desk, stream, reader.actor, reader.agency, body, now)
