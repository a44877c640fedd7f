"""Telling a case to people in five lines: lodged, needs, risk, control, released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority.element import bits_of
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import Reading
from gatepost.casework.story import moment_of, open_agencies
from gatepost.consignment.dataset import Tree, child, each, text
from gatepost.control.events import ExaminationPerformed, FindingRecorded, PlanMade
from gatepost.control.model import ControlPlan
from gatepost.kernel.language import in_language
from gatepost.ledger.model import Recorded
from gatepost.requirement.events import NeedsDetermined
from gatepost.requirement.model import Need
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Hit


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a story: its name, when, what happened, and what is to be said beside it.

    ``at`` is in the zone of the post; ``None`` while it has not happened.
    """

    name: str
    at: datetime | None
    what: str
    beside: str = ""


def tell(desk: Desk, reading: Reading) -> tuple[Line, ...]:
    """Return the story of a case as far as it has come."""
    zone = zone_of(desk, reading.case)
    plan = _fullest_plan(reading.events)
    lines = (
        _lodged(reading),
        _needs(desk, reading),
        _risk(desk, reading),
        _control(desk, reading, plan),
        _released(desk, reading),
    )
    return tuple(
        msgspec.structs.replace(line, at=line.at.astimezone(zone)) if line.at else line
        for line in (_as_open(reading, line) for line in lines)
    )


_TOLD_BY = {
    "Needs": "case.needs",
    "Risk": "case.hits",
    "Control": "case.controls",
    "Released": "case.status",
}


def _as_open(reading: Reading, line: Line) -> Line:
    """Return a line as it is open to the reader: what is closed is not told as if it were not."""
    element = _TOLD_BY.get(line.name)
    view = reading.view
    if element is None or view.everything:
        return line
    if not view.mask & bits_of(element):
        return Line(line.name, None, "not open to you")
    if line.name == "Risk" and not all(view.shows_of(one, element) for one in view.of_owner):
        beside = ", ".join(filter(None, [line.beside, "of what is open to you"]))
        return msgspec.structs.replace(line, beside=beside)
    return line


def zone_of(desk: Desk, case: Case) -> ZoneInfo:
    """Return the zone of the post where a case is, else that of the jurisdiction."""
    known = case.known
    post = desk.jurisdiction.register.post(known.post or "", known.day)
    return ZoneInfo(post.zone) if post and post.zone else desk.jurisdiction.zone


def _lodged(reading: Reading) -> Line:
    agencies = len(reading.case.agencies)
    what = f"{reading.reference}  {', '.join(_crossing(reading.dataset))}"
    beside = f"once, for {_count(agencies, 'agency', 'agencies')}" if agencies else ""
    return Line("Lodged", reading.case.known.accepted_at, what.strip(), beside)


def _crossing(dataset: Tree) -> Iterator[str]:
    """Yield what crosses: the first goods by name, how many more, containers, people."""
    declaration = child(dataset, "Declaration")
    shipment = child(declaration, "GoodsShipment")
    items = each(shipment, "GovernmentAgencyGoodsItem")
    if items:
        commodity = child(items[0], "Commodity")
        code = text(child(commodity, "Classification"), "ID")
        yield text(commodity, "Description") or (f"goods of {code}" if code else "goods")
    if len(items) > 1:
        yield f"{len(items) - 1} more"
    containers = len(each(child(shipment, "Consignment"), "TransportEquipment"))
    if containers:
        yield _count(containers, "container")
    travellers = len(each(declaration, "Traveller"))
    if travellers:
        yield _count(travellers, "traveller")


def _needs(desk: Desk, reading: Reading) -> Line:
    case = reading.case
    data = len({need.data for need in case.needs if need.kind == "data"})
    documents = len({need.document for need in case.needs if need.kind == "document"})
    asked = [
        _count(number, noun)
        for number, noun in ((data, "data element"), (documents, "document"))
        if number
    ]
    wanting = tuple(dict.fromkeys(needed(desk, need) for need in case.needs if need.open))
    beside = f"wanting: {', '.join(wanting)}" if wanting else "all present"
    at = _last(reading.events, NeedsDetermined)
    return Line("Needs", at, ", ".join(asked) or "the declaration", beside)


def needed(desk: Desk, need: Need) -> str:
    """Return what is asked for: a paper by its code and name, else the data element."""
    if need.document is None:
        return need.data or need.kind
    known = desk.jurisdiction.parts.get("document", ())
    names = (in_language(one.name) for one in known if one.code == need.document)
    return f"{need.document} {next(names, '')}".rstrip()


def _risk(desk: Desk, reading: Reading) -> Line:
    hits: tuple[Hit, ...] = ()
    for recorded in reading.events:
        if isinstance(recorded.event.body, AssessmentMade):
            hits = recorded.event.body.hits
    live = [hit for hit in hits if hit.mode == "live"]
    at = _last(reading.events, AssessmentMade)
    if not live:
        return Line("Risk", at, reading.case.channel, "no indicator fired")
    names = dict.fromkeys(
        f"{hit.indicator} by chance" if hit.random else hit.indicator for hit in live
    )
    agencies = dict.fromkeys(agency_name(desk, reading.case, hit.agency) for hit in live)
    return Line("Risk", at, f"{reading.case.channel}  {', '.join(names)}", ", ".join(agencies))


def _control(desk: Desk, reading: Reading, plan: ControlPlan) -> Line:
    controls = reading.case.controls
    done = moment_of(reading.events, ExaminationPerformed) or moment_of(
        reading.events, FindingRecorded
    )
    if not controls.by_id:
        return Line("Control", None, "none")
    if not plan.stops:
        return Line("Control", done, f"{_count(len(controls.by_id), 'check')} at the desk")
    joint = all(len(stop.agencies) > 1 for stop in plan.stops)
    what = _count(len(plan.stops), "joint examination" if joint else "stop")
    post = desk.jurisdiction.register.post(reading.case.known.post or "", reading.case.known.day)
    at = f" at {in_language(post.name)}" if post else ""
    beside = f"instead of {plan.separate}" if plan.avoided else ""
    if controls.open:
        beside = f"{beside}, still to come" if beside else "still to come"
    return Line("Control", done, what + at, beside)


def _fullest_plan(events: Iterable[Recorded]) -> ControlPlan:
    """Return the plan with the most to do that concerned the case; later ones only shrink it."""
    plans = [
        recorded.event.body.plan for recorded in events if isinstance(recorded.event.body, PlanMade)
    ]
    return max(plans, key=lambda plan: (plan.separate, len(plan.desk)), default=ControlPlan())


def _released(desk: Desk, reading: Reading) -> Line:
    case = reading.case
    released, denied = case.release.released, case.release.denied
    if case.status == "withdrawn":
        return Line("Released", None, "never", "the declaration was withdrawn")
    if released is None:
        names = ", ".join(_waited_for(desk, case))
        what = f"denied: {denied}" if denied else "not yet"
        return Line("Released", None, what, f"waiting for {names}" if names else "")
    since, event = case.known.accepted_at, "lodgement"
    if case.known.arrived_at is not None and case.known.arrived_at <= released.at:
        since, event = case.known.arrived_at, "arrival"
    beside = [
        "under conditions" if released.outcome == "conditional" else "",
        f"without {', '.join(released.withheld)}" if released.withheld else "",
        f"held again by {', '.join(_waited_for(desk, case))}" if case.status == "held" else "",
    ]
    what = f"{span(released.at - since)} after {event}"
    return Line("Released", released.at, what, ", ".join(filter(None, beside)))


def _waited_for(desk: Desk, case: Case) -> list[str]:
    """Return the names of the agencies that hold the goods, else of those that still decide."""
    holding = tuple(dict.fromkeys(hold.agency for hold in case.release.open_holds))
    agencies = holding or open_agencies(case, desk.jurisdiction.users_on)
    return [agency_name(desk, case, one) for one in agencies]


def agency_name(desk: Desk, case: Case, agency: str) -> str:
    """Return the name of an agency as it was on the case's day."""
    found = desk.jurisdiction.register.agency(agency, case.known.day)
    return in_language(found.name) if found else agency


def span(length: timedelta) -> str:
    """Return a length of time in the two largest units that tell it: ``3 h 38 min``."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:2]) or f"{seconds} s"


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _last(events: Sequence[Recorded], kind: type) -> datetime | None:
    return moment_of(reversed(events), kind)
