"""The disclosure gate as everything that shows a case asks it (IX-02, IX-03; paper §18).

Four questions, each by an actor for a purpose: open one case (:func:`open_case`), list cases
(:func:`cases_shown`), count them (:func:`count_shown`), and which rows of any view may be read
(:func:`sight_for`). Whoever may not see a case gets the answer of one that does not exist, and
what was shown or refused is on record.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import msgspec

from gatepost.authority import rules
from gatepost.authority.clause import Channel
from gatepost.authority.disclosure import DayGate, DisclosureBook, Right
from gatepost.authority.element import condensed
from gatepost.authority.instrument import abroad
from gatepost.casework import projection
from gatepost.casework.case import Case, Status
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.events import CaseRead, CasesListed, ReadRefused
from gatepost.casework.labels import sight_of, sight_of_party
from gatepost.casework.masking import masked_case
from gatepost.casework.parties import stands_for
from gatepost.casework.shown import OPERATOR, PARTY, View, view_for, whole
from gatepost.codelists.purposes import PURPOSES
from gatepost.kernel.actor import Actor
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Body
from gatepost.kernel.notice import Notice, Refused
from gatepost.kernel.regime import Regime
from gatepost.ledger.model import Row, Sight
from gatepost.lodgement import rules as lodgement_rules

USUAL = "release"
"""The purpose of who names none: to decide on the release of the case."""

BY_GATE = frozenset(("officer", "machine"))
"""The kinds of actors to whom a mandate or a clause opens something; no others are masked."""


class Reader(NamedTuple):
    """Who asks, as the gate knows them: ``agency`` is empty for a party and the operator."""

    actor: Actor
    agency: str
    unit: str | None
    purpose: str
    channel: Channel
    day: date


class Opened(NamedTuple):
    """A case that was opened to somebody: the whole of it, and what of it may be shown."""

    reference: str
    case: Case
    view: View
    reader: Reader


class CaseLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a list of cases, with what the reader may see of each."""

    reference: str
    accepted_at: datetime
    status: Status | None = None
    regime: Regime | None = None
    post: str | None = None
    agencies: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()


def reader_of(
    desk: Desk, actor: Actor, purpose: str | None, channel: Channel, now: datetime
) -> Reader:
    """Return who asks, an officer's unit being that of the day; ``Refused`` for a wrong purpose.

    A machine must declare its purpose: nobody stands behind it who could be asked later.
    """
    if actor.kind == "machine" and purpose is None:
        known = ", ".join(sorted(PURPOSES))
        raise Refused([rules.NO_PURPOSE.notice(actor=actor.id, known=known)])
    wanted = purpose or ("operation" if actor.kind == "operator" else USUAL)
    if wanted not in PURPOSES:
        known = ", ".join(sorted(PURPOSES))
        raise Refused([rules.UNKNOWN_PURPOSE.notice(purpose=wanted, known=known)])
    day = desk.jurisdiction.law_day(now)
    if actor.kind not in BY_GATE:
        return Reader(actor, "", None, wanted, channel, day)
    agency = actor.agency or ""
    if actor.kind == "machine":
        exists = abroad(agency) or desk.jurisdiction.register.agency(agency, day)
        return Reader(actor, agency if exists else "", None, wanted, channel, day)
    officer = desk.jurisdiction.register.officer(actor.id, day)
    reads = officer is not None and "read" in officer.powers
    if not reads and abroad(agency) is None:
        # Nobody in this role today, or nobody who may read: nothing is open to it.
        agency = ""
    return Reader(actor, agency, officer.unit if officer else None, wanted, channel, day)


def gate_on(desk: Desk, day: date) -> DayGate:
    """Return the gate as it stands now, every suspension and end in the ledger included."""
    desk.refresh()
    return desk.jurisdiction.disclosure.on(day)


def sight_for(
    desk: Desk,
    actor: Actor,
    now: datetime,
    purpose: str | None = None,
    channel: Channel = "list",
) -> Sight | None:
    """Return which rows ``actor`` may see, for the questions to the store; ``None`` means all."""
    return sight_of_reader(desk, reader_of(desk, actor, purpose, channel, now))


def sight_of_reader(desk: Desk, reader: Reader) -> Sight | None:
    """Return which rows a reader may see; ``None`` means all, for the operator."""
    if reader.actor.kind in ("operator", "system"):
        return None
    if reader.actor.kind == "party":
        mandates = desk.jurisdiction.register.brokerages_of(reader.actor.id, reader.day)
        return sight_of_party(reader.actor.id, mandates)
    gate = gate_on(desk, reader.day)
    return sight_of(gate, reader.agency, reader.unit, reader.purpose, reader.channel)


def own_records(
    desk: Desk,
    actor: Actor,
    now: datetime,
    agency: str | None = None,
    purpose: str | None = None,
    granted: bool = True,
) -> tuple[str, Sight | None]:
    """Return whose records are asked for, and the sight of them: those of the actor's agency.

    The operator names any ``agency``. Refused with AUTH-040, on record, where another's are
    asked for, or with ``granted`` where nothing opens the agency any case for the purpose.
    """
    reader = reader_of(desk, actor, purpose, "list", now)
    seen = sight_of_reader(desk, reader)
    if seen is None:
        return agency or "", None
    wanted = agency or reader.agency
    if (granted and not seen.ways) or not reader.agency or wanted != reader.agency:
        notice = rules.NOT_OPEN.notice(
            recipient=reader.agency or actor.id, purpose=reader.purpose, day=reader.day.isoformat()
        )
        body = ReadRefused(notice.code, reader.purpose, reader.channel)
        stream = projection.stream_of(projection.LISTED, reader.agency or actor.id)
        put_on_record(desk, stream, actor, reader.agency, body, now)
        raise Refused([notice])
    return wanted, seen


def open_case(
    desk: Desk,
    reference: str,
    actor: Actor | None,
    now: datetime,
    purpose: str | None = None,
    channel: Channel = "read",
) -> Opened:
    """Open one case to ``actor``, who declares a purpose; on record either way.

    ``None`` is the party that lodged, the default in a local folder. Refused with LODGE-301, the
    answer for a case that does not exist, to whom nothing is open.
    """
    # Whatever is wrong with the question itself is told before anybody looks for the case.
    asks = reader_of(desk, actor, purpose, channel, now) if actor is not None else None
    value = desk.ledger.row(projection.CASE, reference)
    if value is None:
        if asks is None:
            raise Refused([_unknown(reference)])
        raise turned_away(desk, reference, asks, lodgement_rules.UNKNOWN_REFERENCE.number, now)
    case = projection.decode_case(value)
    reader = asks or reader_of(desk, lodger(desk, case, now), purpose, channel, now)
    view = view_in(desk, case, reader)
    if view is None or not _is_seen(desk, reference, reader):
        raise turned_away(desk, reference, reader, rules.NOT_OPEN.number, now)
    body = CaseRead(
        view.rights[0].name,
        reader.purpose,
        channel,
        () if view.everything else view.rights,
        ("all",) if view.everything else condensed(view.disclosed),
        kept_until(desk.jurisdiction.disclosure, view.rights, reader.day),
    )
    _record(desk, reference, reader, body, now)
    return Opened(reference, case, view, reader)


def turned_away(
    desk: Desk, reference: str, reader: Reader, code: str, now: datetime, channel: str = ""
) -> Refused:
    """Put on record that nothing of a case was open, and return what is answered: LODGE-301.

    What is not there is put on record as what is not open is, so that neither the answer nor the
    time it takes tells the two apart. Only the operator's slips leave nothing.
    """
    if reader.actor.kind != "operator":
        body = ReadRefused(code, reader.purpose, channel or reader.channel)
        _record(desk, reference, reader, body, now)
    return Refused([_unknown(reference)])


def has_part(desk: Desk, case: Case, actor: Actor, now: datetime) -> bool:
    """Tell whether anything of a case is open to ``actor``, for whatever purpose."""
    reader = reader_of(desk, actor, USUAL, "read", now)
    if reader.actor.kind not in BY_GATE:
        return view_in(desk, case, reader) is not None
    purposes = gate_on(desk, reader.day).purposes_of(reader.agency)
    return any(view_in(desk, case, reader._replace(purpose=one)) for one in sorted(purposes))


def _is_seen(desk: Desk, reference: str, reader: Reader) -> bool:
    """Ask the store too: where it has a second wall, the reading passes through it."""
    seen = sight_of_reader(desk, reader)
    return seen is None or desk.ledger.row(projection.CASE, reference, seen) is not None


def _unknown(reference: str) -> Notice:
    return lodgement_rules.UNKNOWN_REFERENCE.notice(reference=reference)


def view_in(desk: Desk, case: Case, reader: Reader) -> View | None:
    """Return what of a case the gate opens to a reader, ``None`` if nothing."""
    if reader.actor.kind == "operator":
        return whole(reader.actor.id, OPERATOR)
    if reader.actor.kind not in BY_GATE:
        party = is_party(desk, case, reader.actor.id, reader.day)
        return whole(reader.actor.id, PARTY) if party else None
    gate = gate_on(desk, reader.day)
    view = view_for(
        gate,
        case.known,
        case.agencies,
        reader.agency,
        reader.unit,
        reader.purpose,
        reader.channel,
    )
    return view if view.mask else None


def lodger(desk: Desk, case: Case, now: datetime) -> Actor:
    """Return the party that lodged; the declarant once its agent's mandate has ended."""
    known, day = case.known, desk.jurisdiction.law_day(now)
    agent = known.agent if known.agent and is_party(desk, case, known.agent, day) else None
    return Actor(agent or known.declarant, "party")


def is_party(desk: Desk, case: Case, name: str, day: date) -> bool:
    """Tell whether ``name`` may speak as a party to the case on ``day``."""
    jurisdiction = desk.jurisdiction
    return stands_for(jurisdiction.register, case.known, jurisdiction.country.code, name, day)


def kept_until(book: DisclosureBook, rights: tuple[Right, ...], day: date) -> date | None:
    """Return the last day on which the recipient may keep what these rights gave it.

    The shortest retention of all counts; ``None`` where no clause sets one.
    """
    ends = [
        day + parse_duration(share.retention.keep)
        for right in rights
        if (share := book.share(right)) is not None and share.retention is not None
    ]
    return min(ends, default=None)


def cases_shown(
    desk: Desk,
    actor: Actor,
    now: datetime,
    purpose: str | None = None,
    channel: Channel = "list",
    post: str | None = None,
    limit: int = 100,
    since: datetime | None = None,
    before: datetime | None = None,
) -> list[CaseLine]:
    """Return the cases that ``actor`` may see, oldest first, each with what it may see of it."""
    reader = reader_of(desk, actor, purpose, channel, now)
    rows = desk.ledger.rows(
        projection.CASE,
        post=post,
        seen=sight_of_reader(desk, reader),
        since=projection.instant(since) if since else None,
        before=projection.instant(before) if before else None,
        limit=limit,
    )
    lines = [line for row in rows if (line := _line(desk, reader, row)) is not None]
    record_listed(desk, reader, tuple(line.reference for line in lines), len(lines), now)
    return lines


def cases_page(
    desk: Desk,
    actor: Actor,
    now: datetime,
    purpose: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> tuple[list[CaseLine], tuple[str, str] | None]:
    """Return one page of the cases an actor may see, the newest first, and where it ended.

    ``after`` is where the page before ended; ``None`` comes back with the last page.
    """
    reader = reader_of(desk, actor, purpose, "list", now)
    seen = sight_of_reader(desk, reader)
    rows = desk.ledger.page(
        projection.CASE, None, seen=seen, after=after, limit=limit, newest_first=True
    )
    lines = [line for row in rows if (line := _line(desk, reader, row)) is not None]
    record_listed(desk, reader, tuple(line.reference for line in lines), len(lines), now)
    last = (rows[-1].at or "", rows[-1].key) if len(rows) == limit else None
    return lines, last


def count_shown(
    desk: Desk,
    actor: Actor,
    now: datetime,
    purpose: str | None = None,
    post: str | None = None,
) -> int:
    """Return how many cases ``actor`` may see: others are not counted."""
    reader = reader_of(desk, actor, purpose, "list", now)
    found = desk.ledger.count(projection.CASE, post=post, seen=sight_of_reader(desk, reader))
    record_listed(desk, reader, (), found, now)
    return found


def _line(desk: Desk, reader: Reader, row: Row) -> CaseLine | None:
    case = projection.decode_case(row.value)
    view = view_in(desk, case, reader)
    if view is None:
        return None
    shown = masked_case(view, case)
    known = shown.known
    return CaseLine(
        row.key,
        known.accepted_at,
        shown.status if view.shows("case.status") else None,
        known.regime if view.shows("consignment.regime") else None,
        known.post if view.shows("consignment.office") else None,
        shown.agencies,
        known.commodities,
    )


def _record(desk: Desk, reference: str, reader: Reader, body: Body, now: datetime) -> None:
    stream = projection.stream_of(projection.READ, reference)
    put_on_record(desk, stream, reader.actor, reader.agency, body, now)


def record_listed(
    desk: Desk, reader: Reader, references: tuple[str, ...], count: int, now: datetime
) -> None:
    """Put on record that a reader was told of these cases together."""
    who = reader.agency or reader.actor.id
    body = CasesListed(reader.purpose, reader.channel, references, count)
    stream = projection.stream_of(projection.LISTED, who)
    put_on_record(desk, stream, reader.actor, reader.agency, body, now)
