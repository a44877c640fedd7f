"""A case and its events as one reader may see them: nothing that the view does not show.

An event whose kind no line here names is shown to the agency it belongs to and to nobody else,
so what a room adds later is closed until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from gatepost.authority.disclosure import Right
from gatepost.authority.element import bits_of
from gatepost.casework.case import Case
from gatepost.casework.events import ActRefused, WorkAssigned
from gatepost.casework.shown import PARTY, View
from gatepost.consignment.masking import WHOLE, element_at, masked
from gatepost.control import events as control
from gatepost.control.model import ControlPlan
from gatepost.cooperation.events import CaseHandedOver
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Notice
from gatepost.ledger.model import Recorded, Withheld
from gatepost.lodgement import events as lodgement
from gatepost.lodgement.model import Lodged
from gatepost.release import events as release
from gatepost.release.state import ReleaseState
from gatepost.requirement import events as requirement
from gatepost.risk import events as risk
from gatepost.risk.model import CHANNELS, Channel, Hit

_STATUS = (
    lodgement.DeclarationWithdrawn,
    lodgement.GoodsPresented,
    lodgement.GoodsSentOn,
    release.GoodsReleased,
    release.ReleaseDenied,
    release.GoodsRemoved,
)
OWNED_BY: dict[type[Body], str] = {
    requirement.DataRequested: "case.needs",
    risk.ChannelOverridden: "case.controls",
    control.ExaminationPerformed: "case.controls",
    control.SampleTaken: "case.controls",
    control.SampleHandedOver: "case.controls",
    control.TreatmentPerformed: "case.controls",
    control.SpecialistSummoned: "case.controls",
    control.SpecialistAttended: "case.controls",
    control.SummonsEscalated: "case.controls",
    control.FindingRecorded: "case.findings",
    control.ResultRecognised: "case.findings",
    release.DecisionGiven: "case.decisions",
    release.DecisionsLapsed: "case.decisions",
    release.ConditionMet: "case.decisions",
    release.ConditionFailed: "case.decisions",
    release.ConflictRaised: "case.decisions",
    release.ConflictReferred: "case.decisions",
    release.ConflictResolved: "case.decisions",
    release.HoldPlaced: "case.holds",
    release.HoldLifted: "case.holds",
    release.HoldExpired: "case.holds",
    release.AppealLodged: "case.decisions",
    release.AppealAnswered: "case.decisions",
    CaseHandedOver: "case.officers",
    ActRefused: "case.refusals",
    WorkAssigned: "case.officers",
}
"""The kinds of events that belong to one agency, and the element that opens them to others."""
_TOLD: list[type[Body]] = [
    *OWNED_BY,
    *_STATUS,
    lodgement.DeclarationRegistered,
    lodgement.DeclarationAccepted,
    lodgement.DeclarationAmended,
    lodgement.ConveyanceArrived,
]
KINDS: dict[str, type[Body]] = {kind.name(): kind for kind in _TOLD}
"""The kinds by their names, for events whose body is deleted: only the name is left of them."""


def masked_events(view: View, events: Iterable[Recorded]) -> Iterator[Recorded]:
    """Yield the events that ``view`` shows, each without what it does not show."""
    for recorded in events:
        if view.everything:
            yield _to_party(recorded) if view.rights == (Right(PARTY),) else recorded
        elif (event := _event(view, recorded.event)) is not None:
            yield msgspec.structs.replace(recorded, event=event)


def _to_party(recorded: Recorded) -> Recorded:
    """Return an event as a party to the case is told it: nothing of what agencies only try.

    What is on trial is acted on by nobody, and how a model scores is the agency's own affair.
    """
    body = recorded.event.body
    if not isinstance(body, risk.AssessmentMade):
        return recorded
    live = (hit for hit in body.hits if hit.mode == "live")
    hits = tuple(msgspec.structs.replace(h, values={}) if "model" in h.values else h for h in live)
    spared = tuple(one for one in body.spared if one.mode == "live")
    told = msgspec.structs.replace(body, hits=hits, spared=spared)
    event = msgspec.structs.replace(recorded.event, body=told)
    return msgspec.structs.replace(recorded, event=event)


def _event(view: View, event: Event) -> Event | None:
    body = _body(view, event)
    if body is None:
        return None
    return msgspec.structs.replace(event, body=body, actor=_actor(view, event))


def _actor(view: View, event: Event) -> Actor:
    """Return who acted: an officer of another agency, or a party, only where the view says who."""
    actor = event.actor
    match actor.kind:
        case "officer" if actor.agency != view.reader:
            shown = view.shows_of(actor.agency, "case.officers")
        case "party":
            shown = view.shows("consignment.declarant.id")
        case _:
            shown = True
    return actor if shown else Actor("", actor.kind, actor.agency)


def _body(view: View, event: Event) -> Body | None:
    body = event.body
    match body:
        case lodgement.DeclarationRegistered():
            return _registered(view, body)
        case lodgement.DeclarationAccepted():
            return _accepted(view, body)
        case lodgement.DeclarationAmended():
            return _amended(view, body)
        case requirement.NeedsDetermined():
            needs = tuple(n for n in body.needs if view.shows_of(n.agency, "case.needs"))
            fees = tuple(c for c in body.charges if view.shows_of(c.agency, "case.fees"))
            return requirement.NeedsDetermined(needs, fees)
        case risk.AssessmentMade():
            return _assessment(view, body)
        case control.ControlsOrdered():
            kept = (c for c in body.controls if view.shows_of(c.agency, "case.controls"))
            return control.ControlsOrdered(tuple(kept))
        case control.PlanMade():
            return msgspec.structs.replace(body, plan=_plan(view, body.plan), cases=())
        case Withheld(of=of):
            return body if _was_shown(view, event, of) else None
        case lodgement.ConveyanceArrived():
            return _arrived(view, body)
        case release.ClockEscalated() if body.agency != view.reader:
            return body if view.shows("case.status") else None
        case _ if isinstance(body, _STATUS):
            return _status(view, body)
        case _:
            owner, element = _owner(event), OWNED_BY.get(type(body), "")
            own = owner == view.reader and bool(view.of_owner.get(view.reader))
            return _own(view, body) if own or view.shows_of(owner, element) else None


def _owner(event: Event) -> str | None:
    match event.body:
        case control.FindingRecorded(finding=finding):
            return finding.agency
        case control.ResultRecognised(of=of):
            return of
        case release.ClockEscalated(agency=agency):
            return agency
        case _:
            return event.agency or event.actor.agency


def _was_shown(view: View, event: Event, of: str) -> bool:
    """Tell whether a view may know that there was an event whose body a law has deleted."""
    kind = KINDS.get(of)
    if kind is None:
        return False
    if kind in OWNED_BY:
        owner = event.agency or event.actor.agency
        own = owner == view.reader and bool(view.of_owner.get(view.reader))
        return own or view.shows_of(owner, OWNED_BY[kind])
    return view.shows("case.status")


def _arrived(view: View, body: lodgement.ConveyanceArrived) -> Body | None:
    """Return an arrival without the journey, whose name tells the vehicle."""
    if not view.shows("case.status"):
        return None
    return lodgement.ConveyanceArrived("", body.post if view.shows("consignment.office") else None)


def _own(view: View, body: Body) -> Body:
    """Return a record without the name of its officer where the view does not say who acted."""
    match body:
        case control.FindingRecorded(finding=finding):
            if finding.agency != view.reader and not view.shows_of(finding.agency, "case.officers"):
                nameless = msgspec.structs.replace(finding, officer="")
                return control.FindingRecorded(nameless)
            return body
        case risk.ChannelOverridden() if body.second:
            return msgspec.structs.replace(body, second="")
        case _:
            return body


def _status(view: View, body: Body) -> Body | None:
    if not view.shows("case.status"):
        return None
    if isinstance(body, lodgement.DeclarationWithdrawn) and not view.shows(WHOLE):
        return lodgement.DeclarationWithdrawn("")
    return body


def _registered(view: View, body: lodgement.DeclarationRegistered) -> Body:
    return msgspec.structs.replace(
        body,
        declarant=body.declarant if view.shows("consignment.declarant.id") else "",
        functional_reference=body.functional_reference
        if view.shows("consignment.reference")
        else "",
        digest="",
        dataset=masked(body.dataset, view.shows),
    )


def _accepted(view: View, body: lodgement.DeclarationAccepted) -> Body:
    return msgspec.structs.replace(
        body,
        type=body.type if view.shows("consignment.type") else "",
        movement="",
        notices=tuple(Notice(one.code) for one in body.notices) if view.shows(WHOLE) else (),
        **_who_and_what(view, body),
    )


def _amended(view: View, body: lodgement.DeclarationAmended) -> Body | None:
    changed = tuple(one for one in body.changed if view.shows(element_at(_bare(one))))
    return msgspec.structs.replace(
        body,
        digest="",
        dataset=masked(body.dataset, view.shows),
        changed=changed,
        reason=body.reason if view.shows(WHOLE) else "",
        **_who_and_what(view, body),
    )


def _bare(path: str) -> str:
    """Return the path of a value without the positions in it."""
    return "/".join(part.split("[", 1)[0] for part in path.split("/") if not part.isdigit())


def _who_and_what(view: View, one: Any) -> dict[str, Any]:
    """Return the parties and goods that an event or a lodgement names, as far as they are shown."""
    names = view.shows("consignment.declarant.id")
    return {
        "agent": one.agent if view.shows("consignment.agent.id") else None,
        "parties": one.parties if names else (),
        "commodities": one.commodities if view.shows("item.commodity") else (),
        "people": one.people and view.shows("traveller.type"),
    }


def _assessment(view: View, body: risk.AssessmentMade) -> Body:
    hits = [_hit(view, hit) for hit in body.hits if view.shows_of(hit.agency, "case.hits")]
    channels = {
        agency: channel
        for agency, channel in body.channels.items()
        if view.shows_of(agency, "case.channel")
    }
    channel = _highest(channels)
    spared = tuple(one for one in body.spared if view.shows_of(one.agency, "case.hits"))
    return risk.AssessmentMade(tuple(hits), channels, channel, spared)


def _highest(channels: dict[str, Channel]) -> Channel:
    return max(channels.values(), key=CHANNELS.index, default="green")


def _hit(view: View, hit: Hit) -> Hit:
    """Return a hit without the values that are closed; an agency's own rule it may read whole."""
    if hit.agency == view.reader:
        return hit
    kept = {name: value for name, value in hit.values.items() if _shown(view, name)}
    return msgspec.structs.replace(hit, values=kept)


def _shown(view: View, name: str) -> bool:
    wanted = bits_of(name.removeprefix("consignment.") if "conveyance." in name else name)
    return bool(wanted) and wanted & view.case == wanted


def _plan(view: View, plan: ControlPlan) -> ControlPlan:
    """Return the stops in which the reader or those whose controls it sees take part."""
    stops = tuple(
        stop
        for stop in plan.stops
        if all(view.shows_of(one, "case.controls") for one in stop.agencies)
        or view.reader in stop.agencies
    )
    if stops == plan.stops:
        return plan
    return ControlPlan(stops, (), len(stops))


def masked_case(view: View, case: Case) -> Case:
    """Return the case with those parts of it that ``view`` shows."""
    if view.everything:
        return case
    needs = tuple(n for n in case.needs if view.shows_of(n.agency, "case.needs"))
    kept = {a: c for a, c in case.channels.items() if view.shows_of(a, "case.channel")}
    controls = {
        key: one
        for key, one in case.controls.by_id.items()
        if view.shows_of(one.agency, "case.controls")
    }
    findings = tuple(f for f in case.controls.findings if view.shows_of(f.agency, "case.findings"))
    return msgspec.structs.replace(
        case,
        lodged=_lodged(view, case.known),
        needs=needs,
        charges=tuple(c for c in case.charges if view.shows_of(c.agency, "case.fees")),
        needs_met_at={
            n.agency: case.needs_met_at[n.agency] for n in needs if n.agency in case.needs_met_at
        },
        asked=case.asked if view.shows_of(view.reader, "case.needs") else (),
        channels=kept,
        channel=_highest(kept),
        controls=msgspec.structs.replace(
            case.controls,
            by_id=controls,
            findings=findings,
            custody={key: one for key, one in case.controls.custody.items() if key in controls},
            summons={
                key: one
                for key, one in case.controls.summons.items()
                if view.shows_of(one.agency, "case.controls")
            },
        ),
        release=_release(view, case.release),
        assigned={
            agency: officer
            for agency, officer in case.assigned.items()
            if agency == view.reader or view.shows_of(agency, "case.officers")
        },
        held={a: one for a, one in case.held.items() if view.shows_of(a, "case.officers")},
    )


def _lodged(view: View, known: Lodged) -> Lodged:
    return msgspec.structs.replace(
        known,
        declarant=known.declarant if view.shows("consignment.declarant.id") else "",
        functional_reference=known.functional_reference
        if view.shows("consignment.reference")
        else "",
        digest="",
        movement="",
        type=known.type if view.shows("consignment.type") else "",
        **_who_and_what(view, known),
    )


def _release(view: View, state: ReleaseState) -> ReleaseState:
    def of(parts: dict[str, Any], element: str) -> dict[str, Any]:
        return {key: one for key, one in parts.items() if view.shows_of(one.agency, element)}

    status = view.shows("case.status")
    holds = of(state.holds, "case.holds")
    if status:
        # Whom the case waits for is part of its status; why is not.
        for key, hold in state.holds.items():
            bare = msgspec.structs.replace(hold, reason="", legal_basis=())
            holds.setdefault(key, bare)
    return msgspec.structs.replace(
        state,
        decisions=of(state.decisions, "case.decisions"),
        holds=holds,
        conditions=of(state.conditions, "case.decisions"),
        conflicts={},
        rulings={},
        clocks={key: one for key, one in state.clocks.items() if one.agency == view.reader},
        released=state.released if status else None,
        denied=state.denied if status else None,
        removed_at=state.removed_at if status else None,
        appeals={
            agency: at
            for agency, at in state.appeals.items()
            if view.shows_of(agency, "case.decisions")
        },
        answers={
            agency: answer
            for agency, answer in state.answers.items()
            if view.shows_of(agency, "case.decisions")
        },
        held_by={
            key: officer
            for key, officer in state.held_by.items()
            if view.shows_of(state.holds[key].agency, "case.officers")
        },
    )
