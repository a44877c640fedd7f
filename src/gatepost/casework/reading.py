"""Reading a case: who may, its one status, and each agency's work list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from gatepost.authority.clause import Channel
from gatepost.casework import projection
from gatepost.casework.case import Case, Status, UsersOn
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import open_case, own_records, sight_for, sight_of_reader
from gatepost.casework.events import CaseDepersonalised
from gatepost.casework.masking import masked_case, masked_events
from gatepost.casework.projection import PartyItem, WorkItem
from gatepost.casework.shown import View
from gatepost.consignment.masking import masked
from gatepost.control.events import PlanMade
from gatepost.control.plan import plan_of
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Recorded, Row
from gatepost.lodgement import rules as lodgement_rules
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.release.model import CLEARING, Conflict, covers


class WaitingFor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom a case waits for, since when, and what that agency or the trader does next.

    ``unit`` is the unit of the agency that holds the case, where it was handed over.
    """

    agency: str
    since: datetime
    action: str
    what: tuple[str, ...] = ()
    unit: str | None = None


class CaseStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one status the trader sees (SW-06)."""

    reference: str
    status: Status
    waiting: tuple[WaitingFor, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """A case as someone with the right to read it sees it: what ``view`` does not show is out.

    ``events`` are those of the case, and the plans of its movement as far as it is in them.
    """

    reference: str
    case: Case
    events: tuple[Recorded, ...]
    dataset: dict[str, Any]
    view: View


def read_case(
    desk: Desk,
    reference: str,
    actor: Actor | None,
    now: datetime,
    purpose: str | None = None,
    channel: Channel = "read",
) -> Reading:
    """Return a case with its events, as far as the gate opens it to ``actor``; it is on record.

    ``None`` reads as the party that lodged, the default in a local folder.
    """
    opened = open_case(desk, reference, actor, now, purpose, channel)
    view = opened.view
    seen = sight_of_reader(desk, opened.reader)
    events = desk.ledger.read(projection.stream_of(projection.CASE, reference), seen=seen)
    plans = _plans(desk, reference, opened.case.known.movement)
    told = sorted([*events, *plans], key=lambda one: one.event.at)
    return Reading(
        reference,
        masked_case(view, opened.case),
        tuple(masked_events(view, told)),
        masked(_dataset(reference, opened.case, events), view.shows),
        view,
    )


def _dataset(reference: str, case: Case, events: Sequence[Recorded]) -> dict[str, Any]:
    """Return the data set as it was last lodged or amended."""
    for recorded in events:
        body = recorded.event.body
        if recorded.version == case.known.dataset_at and isinstance(
            body, DeclarationRegistered | DeclarationAmended | CaseDepersonalised
        ):
            return body.dataset
    raise Refused([lodgement_rules.BODY_DELETED.notice(reference=reference)])


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
        if item.action in ("agree", "rule"):
            continue  # Told below, with the decider in place of the agencies.
        told = WaitingFor(item.agency, item.since, item.action, item.controls, item.unit)
        waiting.append(told)
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


def work_list(
    desk: Desk,
    actor: Actor,
    now: datetime,
    agency: str | None = None,
    post: str | None = None,
    purpose: str | None = None,
) -> list[WorkItem]:
    """Return what an agency can do now, oldest first, at one post or at all; else AUTH-040.

    The agency is the actor's own unless the operator names one. Nothing on it is another's, so
    it is no disclosure and leaves no record; a refusal does.
    """
    mine, seen = own_records(desk, actor, now, agency, purpose)
    rows = desk.ledger.rows(projection.WORK, mine, post, seen=seen)
    return [projection.decode_work_item(row.value) for row in rows]


def work_page(
    desk: Desk,
    actor: Actor,
    now: datetime,
    post: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
    purpose: str | None = None,
) -> list[Row]:
    """Return the rows of one page of an actor's work list, as :func:`work_list` opens it."""
    mine, seen = own_records(desk, actor, now, None, purpose)
    return desk.ledger.page(projection.WORK, mine, post, seen=seen, after=after, limit=limit)


def cases_of(desk: Desk, party: str, now: datetime) -> list[PartyItem]:
    """Return the cases of ``party``, oldest first; an agent's while its mandates last (SW-09)."""
    seen = sight_for(desk, Actor(party, "party"), now)
    rows = desk.ledger.rows(projection.PARTY, party, seen=seen)
    return [projection.decode_party_item(row.value) for row in rows]
