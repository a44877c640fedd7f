"""The state of a case: a reading of its events, one part from each room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from gatepost.casework.events import AgencyReported, CaseDepersonalised, WorkAssigned
from gatepost.casework.reports import Report
from gatepost.control import state as control_state
from gatepost.control.events import ControlsOrdered
from gatepost.control.state import Controls
from gatepost.cooperation.events import CaseHandedOver
from gatepost.kernel.event import Event
from gatepost.lodgement import events as lodgement
from gatepost.lodgement.model import Journey, Lodged
from gatepost.release import state as release_state
from gatepost.release.interests import interests_of
from gatepost.release.model import Interest
from gatepost.release.state import ReleaseState
from gatepost.requirement.events import DataRequested, NeedsDetermined
from gatepost.requirement.model import Charge, Need
from gatepost.risk.assess import channels_of
from gatepost.risk.events import AssessmentMade, ChannelOverridden
from gatepost.risk.model import Channel, highest

Status = Literal["waiting", "held", "released", "denied", "removed", "withdrawn"]

UsersOn = Callable[[date], frozenset[str]]
"""The agencies that on a day read data and decide nothing."""


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything known of one lodgement; ``version`` is the number of its events.

    ``needs_met_at`` tells for each agency since when it has all it asked for; with an
    amendment it has new data, and its clock starts again. ``assigned`` names the officer who has
    taken an agency's work, ``held`` the unit to which an agency handed its part; at another post
    that does not count.
    """

    version: int = 0
    lodged: Lodged | None = None
    needs: tuple[Need, ...] = ()
    charges: tuple[Charge, ...] = ()
    needs_met_at: dict[str, datetime] = {}
    asked: tuple[str, ...] = ()
    channels: dict[str, Channel] = {}
    channel: Channel = "green"
    controls: Controls = Controls()
    release: ReleaseState = ReleaseState()
    reports: tuple[Report, ...] = ()
    assigned: dict[str, str] = {}
    held: dict[str, str] = {}

    @property
    def known(self) -> Lodged:
        """Return the lodgement; a case that exists has one."""
        assert self.lodged is not None
        return self.lodged

    def interests(self, users_on: UsersOn) -> dict[str, Interest]:
        """Return who has a say in what, without the agencies that only read on the case's day."""
        return interests_of(self.needs, self.controls.by_id.values(), users_on(self.known.day))

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return every agency concerned, by needs first and then by controls."""
        found = [need.agency for need in self.needs]
        found += [control.agency for control in self.controls.by_id.values()]
        found += [hold.agency for hold in self.release.holds.values()]
        return tuple(dict.fromkeys(found))

    @property
    def status(self) -> Status:
        """Return the one status the trader sees (SW-06)."""
        release = self.release
        if self.lodged is not None and self.lodged.status == "withdrawn":
            return "withdrawn"
        if release.removed_at is not None:
            return "removed"
        if release.open_holds:
            return "held"
        if release.released is not None:
            return "released"
        return "denied" if release.denied else "waiting"


def evolve(case: Case, event: Event) -> Case:
    """Return the case after ``event``."""
    body = event.body
    changes: dict[str, Any] = {"version": case.version + 1}
    match body:
        case NeedsDetermined():
            changes["needs"] = body.needs
            changes["charges"] = body.charges
            changes["needs_met_at"] = _met_at(case, body, event.at)
        case DataRequested():
            changes["asked"] = (*case.asked, body.asked)
        case CaseDepersonalised():
            left = msgspec.convert(body.state, Case, strict=False)
            return msgspec.structs.replace(left, version=case.version + 1)
        case AgencyReported():
            changes["reports"] = (*case.reports, body.report)
        case WorkAssigned():
            changes["assigned"] = _assigned(case, body, event.agency or "")
        case CaseHandedOver():
            changes["held"] = {**case.held, body.agency: body.unit}
            # Who took the work served the unit that gave it away.
            changes["assigned"] = {
                agency: officer
                for agency, officer in case.assigned.items()
                if agency != body.agency
            }
        case AssessmentMade():
            changes["channels"] = body.channels
            changes["channel"] = body.channel
        case lodgement.DeclarationAmended():
            changes["lodged"] = _evolve_lodged(case, event)
            changes["needs_met_at"] = dict.fromkeys(case.needs_met_at, event.at)
            changes["release"] = msgspec.structs.replace(case.release, clocks={})
        case _:
            lodged = _evolve_lodged(case, event)
            if lodged is not case.lodged:
                changes["lodged"] = lodged
            else:
                controls = control_state.evolve(case.controls, event)
                changes["controls"] = controls
                if isinstance(body, ControlsOrdered | ChannelOverridden):
                    wanted = [(c.agency, c.kind) for c in controls.wanted]
                    changes["channels"] = channels_of(wanted)
                    changes["channel"] = highest([kind for _, kind in wanted])
                changes["release"] = release_state.evolve(case.release, event)
    after = msgspec.structs.replace(case, **changes)
    if after.held and case.lodged and after.known.post != case.lodged.post:
        return msgspec.structs.replace(after, held={})
    return after


def _assigned(case: Case, body: WorkAssigned, agency: str) -> dict[str, str]:
    others = {key: one for key, one in case.assigned.items() if key != agency}
    return {**others, agency: body.officer} if body.officer else others


def _met_at(case: Case, body: NeedsDetermined, at: datetime) -> dict[str, datetime]:
    waiting = {need.agency for need in body.needs if need.open}
    return {
        need.agency: case.needs_met_at.get(need.agency, at)
        for need in body.needs
        if need.agency not in waiting
    }


def _evolve_lodged(case: Case, event: Event) -> Lodged | None:
    body, lodged = event.body, case.lodged
    match body:
        case lodgement.DeclarationRegistered():
            return _registered(body, event, case.version + 1)
        case lodgement.DeclarationAccepted() if lodged is not None:
            return msgspec.structs.replace(
                lodged,
                type=body.type,
                regime=body.regime,
                day=body.day,
                movement=body.movement,
                agent=body.agent,
                post=body.post,
                parties=body.parties,
                commodities=body.commodities,
                people=body.people,
                accepted_at=event.at,
            )
        case lodgement.DeclarationAmended() if lodged is not None:
            return msgspec.structs.replace(
                lodged,
                digest=body.digest,
                version=lodged.version + 1,
                dataset_at=case.version + 1,
                agent=body.agent,
                parties=body.parties,
                commodities=body.commodities,
                people=body.people,
                numbers=body.numbers,
                **_course(body.course),
            )
        case lodgement.DeclarationWithdrawn() if lodged is not None:
            return msgspec.structs.replace(lodged, status="withdrawn")
        case lodgement.ConveyanceArrived() if lodged is not None:
            return msgspec.structs.replace(lodged, arrived_at=event.at, post=body.post)
        case lodgement.GoodsPresented() if lodged is not None:
            return _presented(lodged, body, event.at)
        case lodgement.GoodsSentOn() if lodged is not None:
            journey = Journey(body.site, body.seal, event.at)
            return msgspec.structs.replace(lodged, journey=journey)
        case lodgement.ExitCompleted() if lodged is not None:
            return msgspec.structs.replace(lodged, passage="exited")
        case lodgement.OrderReversed() if lodged is not None:
            return msgspec.structs.replace(lodged, passage="reversed")
        case lodgement.EntryTurnedBack() if lodged is not None:
            return msgspec.structs.replace(lodged, passage="turned_back")
        case lodgement.MovementReadmitted() if lodged is not None:
            return msgspec.structs.replace(lodged, passage="readmitted")
        case _:
            return lodged


def _course(course: lodgement.Course | None) -> dict[str, Any]:
    return {} if course is None else {"movement": course.movement, "post": course.post}


def _registered(body: lodgement.DeclarationRegistered, event: Event, version: int) -> Lodged:
    """Start the lodgement; acceptance, which follows at once, fills in the rest."""
    return Lodged(
        body.reference,
        body.declarant,
        body.functional_reference,
        body.digest,
        "",
        "import",
        event.at.date(),
        event.at,
        body.reference,
        dataset_at=version,
    )


def _presented(lodged: Lodged, body: lodgement.GoodsPresented, at: datetime) -> Lodged:
    """Return the lodgement after a presentation, at the post or where the goods were sent to."""
    journey = lodged.journey
    if journey is None:
        return msgspec.structs.replace(lodged, presented_at=at)
    there = msgspec.structs.replace(journey, arrived=at, intact=body.intact)
    return msgspec.structs.replace(lodged, journey=there)
