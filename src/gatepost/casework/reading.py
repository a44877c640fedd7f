"""Reading a case: who may, its one status, and each agency's work list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from gatepost.authority import rules as authority_rules
from gatepost.casework import projection
from gatepost.casework.case import Case, Status, UsersOn
from gatepost.casework.desk import Desk
from gatepost.casework.events import CaseRead
from gatepost.casework.parties import stands_for
from gatepost.casework.projection import PartyItem, WorkItem
from gatepost.casework.work import Work
from gatepost.control.events import PlanMade
from gatepost.control.plan import plan_of
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Append, Commit, Recorded
from gatepost.release.model import CLEARING, Conflict, covers


class WaitingFor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom a case waits for, since when, and what that agency or the trader does next."""

    agency: str
    since: datetime
    action: str
    what: tuple[str, ...] = ()


class CaseStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one status the trader sees (SW-06)."""

    reference: str
    status: Status
    waiting: tuple[WaitingFor, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """A case as someone with the right to read it sees it.

    ``events`` are those of the case, and the plans of its movement as far as it is in them.
    """

    reference: str
    case: Case
    events: tuple[Recorded, ...]
    dataset: dict[str, Any]


def read_case(desk: Desk, reference: str, actor: Actor | None, now: datetime) -> Reading:
    """Return a case with its events, if ``actor`` may read it; the reading is recorded.

    Parties of the case, officers of agencies concerned and the operator may.
    ``None`` reads as the party that lodged, the default in a local folder.
    """
    work = Work(desk, now)
    case = work.case(reference)
    reader = actor or _lodger(desk, case, now)
    right = _right(desk, case, reader, now)
    if right is None:
        raise Refused([authority_rules.NOT_A_PARTY.notice(actor=reader.id)])
    _record(desk, reference, reader, right, now)
    events = desk.ledger.read(projection.stream_of(projection.CASE, reference))
    plans = _plans(desk, reference, case.known.movement)
    told = tuple(sorted([*events, *plans], key=lambda one: one.event.at))
    return Reading(reference, case, told, work.dataset(reference))


def _plans(desk: Desk, reference: str, movement: str) -> list[Recorded]:
    """Return the plans of the movement as far as this case is in them, and no other."""
    found = []
    for recorded in desk.ledger.read(projection.stream_of(projection.MOVEMENT, movement)):
        body = recorded.event.body
        if isinstance(body, PlanMade) and reference in body.cases:
            own = msgspec.structs.replace(body, plan=plan_of(body.plan, reference))
            event = msgspec.structs.replace(recorded.event, body=own)
            found.append(msgspec.structs.replace(recorded, event=event))
    return found


def _lodger(desk: Desk, case: Case, now: datetime) -> Actor:
    """Return the party that lodged; the declarant once its agent's mandate has ended."""
    known = case.known
    agent = known.agent if known.agent and _is_party(desk, case, known.agent, now) else None
    return Actor(agent or known.declarant, "party")


def _is_party(desk: Desk, case: Case, name: str, now: datetime) -> bool:
    jurisdiction = desk.jurisdiction
    day = jurisdiction.law_day(now)
    return stands_for(jurisdiction.register, case.known, jurisdiction.country.code, name, day)


def _right(desk: Desk, case: Case, reader: Actor, now: datetime) -> str | None:
    if reader.kind == "operator":
        return "operator of this installation"
    if reader.kind == "officer":
        return "agency concerned" if reader.agency in case.agencies else None
    return "party to the case" if _is_party(desk, case, reader.id, now) else None


def _record(desk: Desk, reference: str, reader: Actor, right: str, now: datetime) -> None:
    stream = projection.stream_of("read", reference)
    seen = desk.ledger.read(stream)
    version = seen[-1].version if seen else 0
    event = Event(now, CaseRead(right), actor=reader, agency=reader.agency)
    key = f"read|{reference}|{version + 1}"
    desk.ledger.commit(Commit(key, "", now, (Append(stream, version, (event,)),)))


def status_of(reference: str, case: Case, users_on: UsersOn) -> CaseStatus:
    """Return the one status of a case, and whom it waits for."""
    if case.status in ("withdrawn", "removed", "released", "denied"):
        return CaseStatus(reference, case.status)
    waiting = [
        WaitingFor(hold.agency, hold.placed_at, "hold", (hold.reason,))
        for hold in case.release.open_holds
    ]
    by_agency: dict[str, list[str]] = {}
    interests = case.interests(users_on)
    for interest in interests.values():
        if not interest.prohibited:
            by_agency.setdefault(interest.agency, []).extend(interest.needs)
    since = case.known.accepted_at
    for agency, needs in sorted(by_agency.items()):
        if needs:
            what = tuple(dict.fromkeys(needs))
            waiting.append(WaitingFor(agency, since, "trader to provide", what))
    for item in projection.work_items(reference, case, interests):
        waiting.append(WaitingFor(item.agency, item.since, item.action, item.controls))
    for conflict in case.release.conflicts.values():
        waiting += _in_conflict(case, conflict)
    return CaseStatus(reference, case.status, tuple(waiting))


def _in_conflict(case: Case, conflict: Conflict) -> Iterator[WaitingFor]:
    """Yield who must end a conflict: those who differ, and its decider once it is referred."""
    decisions = [
        one
        for one in case.release.decisions.values()
        if one.kind in conflict.kinds and covers(conflict.target, one.target)
    ]
    since = max((one.at for one in decisions), default=case.known.accepted_at)
    if conflict.referred:
        yield WaitingFor(conflict.decider, since, "rule on the conflict", conflict.kinds)
        return
    against = [one for one in decisions if one.kind not in CLEARING] or decisions
    for agency in sorted({one.agency for one in against}):
        kinds = dict.fromkeys(one.kind for one in against if one.agency == agency)
        yield WaitingFor(agency, since, "agree with the other agencies", tuple(kinds))


def work_list(desk: Desk, agency: str, post: str | None = None) -> list[WorkItem]:
    """Return what an agency can do now, oldest first, at one post or at all."""
    rows = desk.ledger.rows(projection.WORK, agency, post)
    return [msgspec.json.decode(row.value, type=WorkItem) for row in rows]


def cases_of(desk: Desk, party: str) -> list[PartyItem]:
    """Return the cases to which ``party`` is one, oldest first."""
    rows = desk.ledger.rows(projection.PARTY, party)
    return [msgspec.json.decode(row.value, type=PartyItem) for row in rows]
