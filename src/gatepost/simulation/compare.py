"""The same traffic under several ways to organise a border, side by side (GV-02, GV-03).

A hundred movements of one day are played through the real casework of each. What differs is the
organisation: who is an agency, what the instruments let agencies do together, and where the
formalities of both states are done. Facilitation and security are told beside each other, and
nothing adds them up: which matters more is not for a program to say (paper §21, §23).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from statistics import median

import msgspec

from gatepost.authority.delegation import Asked, delegation_for
from gatepost.authority.office import OfficeQuestion, may_perform
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.shown import view_for
from gatepost.control.events import ExaminationPerformed, FindingRecorded, ResultRecognised
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Refused
from gatepost.release.events import DecisionGiven
from gatepost.simulation.chance import Chance
from gatepost.simulation.day import DECISION_MINUTES, DESK_MINUTES, POST, Day
from gatepost.simulation.traffic import COACHES, working_day

DAY = date(2026, 7, 2)
MOVEMENTS = 100
WRONG = 0.2
"""Share of consignments in which something is wrong: far more than at a border, so that a hundred
movements can tell how much of it each model finds."""
BORDER_STOP_MINUTES = 15
"""What one stop for formalities takes a movement: queue, desk and moving on."""


class Facilitation(msgspec.Struct, frozen=True):
    """How much the traffic is stopped; minutes are from arrival, for what was released."""

    border_stops: int
    examination_stops: int
    stops: int
    minutes_median: float
    minutes_p90: float
    released_before_arrival: int


class Security(msgspec.Struct, frozen=True):
    """What was controlled all the same; ``released_uncontrolled`` must be 0 under any model.

    ``checks_done`` counts what was looked at, once for each thing and check, whoever looked.
    ``wrong_there`` are the consignments in which something is wrong, the same under every model;
    of these ``wrong_found`` had a finding and ``wrong_missed`` were released without one.
    """

    checks_done: int
    controls_ordered: int
    controls_done: int
    controls_recognised: int
    controls_waiting: int
    findings_against: int
    goods_denied: int
    released_uncontrolled: int
    wrong_there: int
    wrong_found: int
    wrong_missed: int


class Staff(msgspec.Struct, frozen=True):
    """The time of officers, in hours, and how many agencies send them."""

    officer_hours: float
    agencies: int


class LegalBlocks(msgspec.Struct, frozen=True):
    """What the model's instruments do not allow, counted in cases where it would have been used."""

    stops_not_shared: int
    results_not_recognised: int
    formalities_apart: int
    acts_refused: int


class Model(msgspec.Struct, frozen=True):
    """One way to organise the border, and what became of the traffic under it.

    ``disclosures`` counts the cases the gate opens to each recipient beyond its own records, for
    whatever purpose, and ``disclosed_elements`` how many elements of them.
    """

    name: str
    title: str
    notice: str
    real: tuple[str, ...]
    borrowed: tuple[str, ...]
    movements: int
    lodged: int
    not_accepted: int
    unreleased: int
    facilitation: Facilitation
    security: Security
    staff: Staff
    disclosures: int
    disclosed_elements: int
    legal_blocks: LegalBlocks


def play(
    name: str,
    desk: Desk,
    about: tuple[str, str, tuple[str, ...], tuple[str, ...]],
    progress: Callable[[datetime], None],
) -> Model:
    """Return what becomes of the hundred movements under one jurisdiction.

    ``about`` is its title, its notice, what of it is real and what is borrowed.
    """  # fmt: skip
    opening = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=desk.jurisdiction.zone)
    crossings = list(working_day(Chance(DAY.isoformat()), opening, MOVEMENTS - COACHES))
    day = Day(desk, Chance(f"officers {DAY}"), DAY, alike=True, wrong=WRONG)
    day.run(crossings, progress)
    cases = {one: _case(desk, one) for one in day.references.values()}
    events = {one: [r.event for r in desk.ledger.read(f"{CASE}/{one}")] for one in cases}
    places = {one: border_places(desk.jurisdiction, case) for one, case in cases.items()}
    return Model(
        name,
        *about,
        len(crossings),
        len(cases),
        len(day.refused),
        sum(case.release.released is None for case in cases.values()),
        _facilitation(cases, events, places),
        _security(cases, events, day.is_wrong),
        _staff(desk.jurisdiction, cases, events),
        *_disclosed(desk, cases),
        _blocks(desk, cases, events, places, sum(a.status == "refused" for a in day.answers)),
    )


def border_places(jurisdiction: Jurisdiction, case: Case) -> tuple[str, ...]:
    """Return where the formalities of both states are done for a case, the fewest places.

    Where no instrument lets one office do both, each state does its own in a place of its own.
    """
    inward = case.known.regime != "export"
    own, neighbour = _sides(jurisdiction)
    if own is None or neighbour is None:
        return ("this side", "the other side")
    wanted = (
        f"{own}:{'import' if inward else 'export'}",
        f"{neighbour}:{'export' if inward else 'import'}",
    )
    offices = _offices(jurisdiction)
    able = [{one for one in offices if _may(jurisdiction, one, what)} for what in wanted]
    both = sorted(able[0] & able[1])
    if both:
        return (both[0],)
    named = zip(able, ("this side", "the other side"), strict=True)
    return tuple(min(mine, default=side) for mine, side in named)


def _sides(jurisdiction: Jurisdiction) -> tuple[str | None, str | None]:
    pack, register = jurisdiction.pack, jurisdiction.register
    if pack is not None:
        return pack.own_state, pack.neighbour
    post = register.post(POST, DAY)
    others = [
        one.id for one in register.all_states if post is not None and one.code == post.shared_with
    ]
    return register.own_state or None, others[0] if others else None


def _offices(jurisdiction: Jurisdiction) -> list[str]:
    """Return the posts of the crossing at which the traffic passes."""
    pack = jurisdiction.pack
    crossings = {one.post: one.crossing for one in pack.crossings} if pack else {}
    name = crossings.get(POST, POST)
    posts = jurisdiction.register.all_posts
    return [one.id for one in posts if name in (one.id, one.crossing) and one.valid.on(DAY)]


def _may(jurisdiction: Jurisdiction, office: str, formality: str) -> bool:
    asked = OfficeQuestion(office, formality, DAY)
    try:
        return may_perform(jurisdiction.register, jurisdiction.hours, asked).allowed
    except Refused:
        return False


def _facilitation(
    cases: dict[str, Case], events: dict[str, list[Event]], places: dict[str, tuple[str, ...]]
) -> Facilitation:
    border: dict[str, int] = {}
    for reference, case in cases.items():
        border[case.known.movement] = max(
            border.get(case.known.movement, 0), len(places[reference])
        )
    stops: set[tuple[str, str | None, datetime]] = set()
    for reference, event in _all(events):
        if isinstance(event.body, ExaminationPerformed):
            case = cases[reference]
            stops.add((case.known.movement, event.body.stop, event.at))
    waits = sorted(
        _minutes(case) + BORDER_STOP_MINUTES * border[case.known.movement]
        for case in cases.values()
        if case.release.released is not None
    )
    early = sum(
        case.release.released is not None
        and case.known.arrived_at is not None
        and case.release.released.at <= case.known.arrived_at
        for case in cases.values()
    )
    crossed = sum(border.values())
    return Facilitation(
        crossed,
        len(stops),
        crossed + len(stops),
        round(median(waits), 1) if waits else 0.0,
        round(waits[int(0.9 * (len(waits) - 1))], 1) if waits else 0.0,
        early,
    )


def _minutes(case: Case) -> float:
    released, arrived = case.release.released, case.known.arrived_at
    if released is None or arrived is None:
        return 0.0
    return max(0.0, (released.at - arrived) / timedelta(minutes=1))


def _disclosed(desk: Desk, cases: dict[str, Case]) -> tuple[int, int]:
    """Return how many cases the gate opens to how many recipients, and how many elements."""
    gate = desk.jurisdiction.disclosure.on(DAY)
    opened = elements = 0
    for recipient in sorted({to for (to, _, _), _ in gate}):
        for case in cases.values():
            mask = 0
            for purpose in sorted(gate.purposes_of(recipient)):
                shown = view_for(gate, case.known, case.agencies, recipient, None, purpose, "read")
                mask |= shown.disclosed
            opened += bool(mask)
            elements += mask.bit_count()
    return opened, elements


def _security(
    cases: dict[str, Case], events: dict[str, list[Event]], is_wrong: Callable[[str], bool]
) -> Security:
    controls = [one for case in cases.values() for one in case.controls.by_id.values()]
    wanted = [one for one in controls if one.status != "cancelled"]
    recognised = sum(isinstance(event.body, ResultRecognised) for _, event in _all(events))
    waiting = sum(one.open for one in wanted)
    uncontrolled = sum(
        one.open and not one.after_release and not case.release.conditions
        for case in cases.values()
        if case.release.released is not None
        for one in case.controls.by_id.values()
    )
    looked = {
        (reference, one.check, one.target)
        for reference, case in cases.items()
        for one in case.controls.by_id.values()
        if one.status in ("done", "recognised")
    }
    wrong = {one: case for one, case in cases.items() if is_wrong(one)}
    found = {
        one
        for one, case in wrong.items()
        if any(c.result == "nonconform" for c in case.controls.by_id.values())
    }
    missed = sum(
        one not in found and case.release.released is not None for one, case in wrong.items()
    )
    return Security(
        len(looked),
        len(wanted),
        len(wanted) - waiting - recognised,
        recognised,
        waiting,
        sum(one.result == "nonconform" for one in wanted),
        sum(case.release.denied is not None for case in cases.values()),
        uncontrolled,
        len(wrong),
        len(found),
        missed,
    )


def _staff(
    jurisdiction: Jurisdiction, cases: dict[str, Case], events: dict[str, list[Event]]
) -> Staff:
    minutes = 0.0
    counted: set[tuple[str, str | None, datetime]] = set()
    sending: set[str] = set()
    for reference, event in _all(events):
        body, case = event.body, cases[reference]
        if isinstance(body, ExaminationPerformed):
            stop = (case.known.movement, body.stop, event.at)
            there = _present(jurisdiction, case, body.agencies)
            sending |= {*there}
            if stop not in counted and body.started is not None:
                counted.add(stop)
                minutes += len(there) * ((event.at - body.started) / timedelta(minutes=1))
        elif isinstance(body, FindingRecorded):
            if not any(case.controls.by_id[c].physical for c in body.finding.controls):
                minutes += DESK_MINUTES
                sending.add(body.finding.agency)
        elif isinstance(body, DecisionGiven) and event.actor.kind == "officer":
            minutes += DECISION_MINUTES
            sending.add(event.agency or "")
    return Staff(round(minutes / 60, 1), len(sending))


def _present(jurisdiction: Jurisdiction, case: Case, agencies: tuple[str, ...]) -> tuple[str, ...]:
    """Return the agencies that must send an officer: none for whom another there may examine."""
    known = case.known

    def represented(of: str) -> bool:
        asked = (
            Asked(of, by, "examine", known.regime, known.post, *known.goods_of(""))
            for by in agencies
            if by != of
        )
        return any(delegation_for(jurisdiction.register, one, DAY) for one in asked)

    return tuple(one for one in agencies if not represented(one)) or agencies[:1]


def _blocks(
    desk: Desk,
    cases: dict[str, Case],
    events: dict[str, list[Event]],
    places: dict[str, tuple[str, ...]],
    refused: int,
) -> LegalBlocks:
    examined: dict[str, set[tuple[str, ...]]] = {}
    unrecognised = 0
    for reference, case in cases.items():
        for event in events[reference]:
            if isinstance(event.body, ExaminationPerformed):
                examined.setdefault(case.known.movement, set()).add(event.body.agencies)
        unrecognised += _repeated(case, events[reference])
    apart = {case.known.movement for one, case in cases.items() if len(places[one]) > 1}
    return LegalBlocks(
        sum(len(groups) - 1 for groups in examined.values()),
        unrecognised,
        len(apart),
        refused,
    )


def _repeated(case: Case, events: list[Event]) -> int:
    """Return how often a thing that was in order was looked at again, at a stop of its own."""
    looked: dict[tuple[str, str], int] = {}
    for event in events:
        if isinstance(event.body, ExaminationPerformed):
            controls = [case.controls.by_id[name] for name in event.body.controls]
            for key in {(one.check, one.target) for one in controls if one.result == "conform"}:
                looked[key] = looked.get(key, 0) + 1
    return sum(times - 1 for times in looked.values())


def _all(events: dict[str, list[Event]]) -> Iterator[tuple[str, Event]]:
    for reference, happened in events.items():
        for event in happened:
            yield reference, event


def _case(desk: Desk, reference: str) -> Case:
    value = desk.ledger.row(CASE, reference)
    assert value is not None
    return decode_case(value)
