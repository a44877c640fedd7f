"""Instructions from above to below, and what each unit made of them (GV-07; paper §12, Box 2).

A unit instructs the units of its own agency that answer to it, centre to region to post. Each of
them acknowledges, by one officer or by all, before the time is over, and reports when it is done.
No agency instructs another: agencies are equal, and agree instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.authority.register import Register
from gatepost.cooperation import events, rules
from gatepost.kernel.actor import Actor
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Body, Event
from gatepost.kernel.notice import Notice

By = Literal["unit", "officer"]
Acknowledgement = Literal["acknowledged", "waiting", "overdue"]
Standing = Literal["in_force", "not_yet", "superseded", "withdrawn"]


class Acknowledged(msgspec.Struct, frozen=True):
    """Who acknowledged for a unit, and when."""

    officer: str
    at: datetime


class Reported(msgspec.Struct, frozen=True):
    """What a unit reported of carrying an instruction out."""

    officer: str
    at: datetime
    text: str


class Instruction(msgspec.Struct, frozen=True, omit_defaults=True):
    """An instruction as it stands: what was issued, and what happened to it since.

    ``due`` is the moment by which every unit of ``to`` has acknowledged it; ``each`` says
    whether one officer does so for the unit or every officer of it. ``under`` is the
    instruction from above that this one passes on.
    """

    id: str
    agency: str
    unit: str
    title: str
    text: str
    to: tuple[str, ...]
    effective: date
    due: datetime
    each: By
    issued_by: str
    issued_at: datetime
    under: str | None = None
    supersedes: tuple[str, ...] = ()
    acknowledged: dict[str, tuple[Acknowledged, ...]] = {}
    reported: dict[str, Reported] = {}
    superseded_by: str | None = None
    withdrawn: str | None = None

    @property
    def open(self) -> bool:
        """Tell whether it is still to be followed."""
        return self.superseded_by is None and self.withdrawn is None

    def standing(self, day: date) -> Standing:
        """Return whether it is in force on a day, or what became of it."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.superseded_by is not None:
            return "superseded"
        return "in_force" if self.effective <= day else "not_yet"


def evolve(before: Instruction | None, event: Event) -> Instruction | None:
    """Return the instruction after ``event``; bodies of other kinds change nothing."""
    body = event.body
    if isinstance(body, events.InstructionIssued):
        return Instruction(
            body.id,
            event.agency or "",
            body.unit,
            body.title,
            body.text,
            body.to,
            body.effective,
            body.due,
            body.each,
            event.actor.id,
            event.at,
            body.under,
            body.supersedes,
        )
    if before is None:
        return None
    match body:
        case events.InstructionAcknowledged(unit=unit):
            mine = (*before.acknowledged.get(unit, ()), Acknowledged(event.actor.id, event.at))
            known = {**before.acknowledged, unit: mine}
            return msgspec.structs.replace(before, acknowledged=known)
        case events.InstructionReported(unit=unit, text=text):
            told = {**before.reported, unit: Reported(event.actor.id, event.at, text)}
            return msgspec.structs.replace(before, reported=told)
        case events.InstructionSuperseded(by=by):
            return msgspec.structs.replace(before, superseded_by=by)
        case events.InstructionWithdrawn(reason=reason):
            return msgspec.structs.replace(before, withdrawn=reason)
        case _:
            return before


class Receipt(msgspec.Struct, frozen=True):
    """How far one unit is: ``missing`` are the officers still to acknowledge for it."""

    unit: str
    state: Acknowledgement
    by: tuple[Acknowledged, ...]
    missing: tuple[str, ...]
    late: bool
    reported: Reported | None


def receipts(
    instruction: Instruction, officers_of: Callable[[str], Collection[str]], now: datetime
) -> Iterator[Receipt]:
    """Yield for each unit addressed whether it acknowledged, waits or is overdue at ``now``.

    ``officers_of`` gives the officers of a unit who are asked where each officer is.
    """
    for unit in instruction.to:
        done = instruction.acknowledged.get(unit, ())
        missing = _missing(instruction, officers_of(unit), done)
        state: Acknowledgement = "acknowledged"
        if missing is not None:
            # What is no longer to be followed is not overdue with anybody.
            state = "overdue" if instruction.open and now > instruction.due else "waiting"
        yield Receipt(
            unit,
            state,
            done,
            missing or (),
            any(one.at > instruction.due for one in done),
            instruction.reported.get(unit),
        )


def _missing(
    instruction: Instruction, officers: Collection[str], done: Iterable[Acknowledged]
) -> tuple[str, ...] | None:
    """Return the officers still to acknowledge, ``None`` if the unit has done so."""
    read = {one.officer for one in done}
    if instruction.each == "unit":
        return None if read else ()
    missing = tuple(sorted(set(officers) - read))
    return missing if missing or not read else None


class Issue(msgspec.Struct, frozen=True):
    """What somebody wants to issue; ``to`` empty means all units below the issuer's own."""

    id: str
    title: str
    text: str
    to: tuple[str, ...]
    effective: date
    within: str
    each: By = "unit"
    under: str | None = None
    supersedes: tuple[str, ...] = ()


def units_of(register: Register, agency: str, day: date) -> dict[str, str | None]:
    """Return the units of an agency on a day, each with the unit it answers to."""
    found = register.agency(agency, day)
    return {one.id: one.parent for one in found.units if one.valid.on(day)} if found else {}


def below(units: Mapping[str, str | None], unit: str) -> tuple[str, ...]:
    """Return the units that answer to ``unit``, directly or through others."""
    return tuple(one for one in units if unit in above(units, one))


def above(units: Mapping[str, str | None], unit: str) -> tuple[str, ...]:
    """Return the units a unit answers to, the nearest first."""
    found: list[str] = []
    at = units.get(unit)
    while at is not None and at not in found:
        found.append(at)
        at = units.get(at)
    return tuple(found)


def may_instruct(register: Register, actor: Actor, day: date) -> list[Notice]:
    """Return why an officer may not instruct: it wants the role's power and a mandate for it."""
    officer = register.officer(actor.id, day)
    agency = actor.agency or ""
    power = officer is not None and "instruct" in officer.powers
    law = any("instruct" in one.powers for one in register.mandates(agency, day))
    if power and law:
        return []
    return [
        rules.MAY_NOT_INSTRUCT.notice(
            officer=actor.id, agency=agency or "no agency", day=day.isoformat()
        )
    ]


def issue(
    register: Register,
    actor: Actor,
    wanted: Issue,
    known: Mapping[str, Instruction],
    at: datetime,
    day: date,
) -> tuple[list[Notice], list[tuple[str, Body]]]:
    """Return what is wrong with issuing ``wanted``, or what happens to which instruction.

    ``known`` are the instructions named: ``under``, those superseded and one of the same id.
    """
    officer = register.officer(actor.id, day)
    own = officer.unit if officer else ""
    agency = actor.agency or ""
    effective = units_of(register, agency, max(day, wanted.effective))
    to = wanted.to or below(effective, own)
    notices = [
        *may_instruct(register, actor, day),
        *_words(wanted, day),
        *_addressees(effective, own, agency, to),
        *_related(wanted, known, agency, own, units_of(register, agency, day)),
    ]
    try:
        due = at + parse_duration(wanted.within)
    except (ValueError, OverflowError):
        notices.append(rules.NO_TIME_TO_READ.notice("within", text=wanted.within))
        due = at
    if due <= at and not notices:
        notices.append(rules.NO_TIME_TO_READ.notice("within", text=wanted.within))
    if notices:
        return notices, []
    body = events.InstructionIssued(
        wanted.id,
        own,
        wanted.title,
        wanted.text,
        to,
        wanted.effective,
        due,
        wanted.each,
        wanted.under,
        wanted.supersedes,
    )
    ended = events.InstructionSuperseded(wanted.id)
    return [], [(wanted.id, body), *((one, ended) for one in wanted.supersedes)]


def _words(wanted: Issue, day: date) -> Iterator[Notice]:
    for key in ("title", "text"):
        if not getattr(wanted, key).strip():
            yield rules.SAYS_NOTHING.notice(key, key=key)
    if wanted.effective < day:
        yield rules.BACKDATED.notice(
            "from", effective=wanted.effective.isoformat(), day=day.isoformat()
        )


def _addressees(
    units: Mapping[str, str | None], own: str, agency: str, to: tuple[str, ...]
) -> Iterator[Notice]:
    if not to:
        yield rules.TO_NOBODY.notice("to", unit=own)
    for n, unit in enumerate(to):
        if unit not in units:
            known = ", ".join(below(units, own)) or "none"
            yield rules.NOT_OUR_UNIT.notice(f"to/{n}", unit=unit, agency=agency, known=known)
        elif own not in above(units, unit):
            yield rules.NOT_BELOW.notice(f"to/{n}", unit=unit, own=own)
        elif unit in to[:n]:
            yield rules.NAMED_TWICE.notice(f"to/{n}", unit=unit)


def _related(
    wanted: Issue,
    known: Mapping[str, Instruction],
    agency: str,
    own: str,
    units: Mapping[str, str | None],
) -> Iterator[Notice]:
    """Yield what is wrong with the instructions that this one takes up or replaces."""
    if wanted.id in known:
        yield rules.ISSUED_ALREADY.notice("instruction", id=wanted.id)
    if wanted.under is not None:
        upper = known.get(wanted.under)
        if upper is None or upper.agency != agency:
            yield rules.UNKNOWN_INSTRUCTION.notice("under", id=wanted.under, agency=agency)
        elif own not in upper.to or own not in upper.acknowledged:
            yield rules.NOT_TAKEN_ON.notice("under", id=wanted.under, unit=own)
    for n, one in enumerate(wanted.supersedes):
        old = known.get(one)
        if old is None or old.agency != agency:
            yield rules.UNKNOWN_INSTRUCTION.notice(f"supersedes/{n}", id=one, agency=agency)
        elif not old.open:
            yield rules.NO_LONGER_OPEN.notice(f"supersedes/{n}", id=one, by=_ended_by(old))
        elif old.unit != own and own not in above(units, old.unit):
            yield rules.NOT_YOURS_TO_END.notice(f"supersedes/{n}", id=one, unit=old.unit)


def _ended_by(one: Instruction) -> str:
    return f"instruction {one.superseded_by}" if one.superseded_by else "its withdrawal"


def acknowledge(
    register: Register, actor: Actor, known: Instruction, day: date
) -> tuple[list[Notice], str]:
    """Return why an officer may not acknowledge, or the unit it acknowledges for."""
    officer = register.officer(actor.id, day)
    unit = officer.unit if officer else ""
    if officer is None or unit not in known.to or known.agency != actor.agency:
        to = ", ".join(known.to)
        return [rules.NOT_ADDRESSED.notice(officer=actor.id, id=known.id, to=to)], unit
    if not known.open:
        return [rules.NO_LONGER_OPEN.notice(id=known.id, by=_ended_by(known))], unit
    done = known.acknowledged.get(unit, ())
    again = done if known.each == "unit" else [one for one in done if one.officer == actor.id]
    if again:
        return [rules.READ_ALREADY.notice(id=known.id, unit=unit, officer=again[0].officer)], unit
    return [], unit


def report(
    register: Register, actor: Actor, known: Instruction, text: str, day: date
) -> tuple[list[Notice], str]:
    """Return why an officer may not report that it is carried out, or the unit it reports for."""
    officer = register.officer(actor.id, day)
    unit = officer.unit if officer else ""
    if officer is None or unit not in known.to or known.agency != actor.agency:
        to = ", ".join(known.to)
        return [rules.NOT_ADDRESSED.notice(officer=actor.id, id=known.id, to=to)], unit
    notices = []
    if unit not in known.acknowledged:
        notices.append(rules.READ_FIRST.notice(id=known.id, unit=unit))
    if known.effective > day:
        notices.append(rules.NOT_YET.notice(id=known.id, effective=known.effective.isoformat()))
    if not known.open:
        notices.append(rules.NO_LONGER_OPEN.notice(id=known.id, by=_ended_by(known)))
    if unit in known.reported:
        notices.append(rules.REPORTED_ALREADY.notice(id=known.id, unit=unit))
    if not text.strip():
        notices.append(rules.SAYS_NOTHING.notice("text", key="text"))
    return notices, unit


def withdraw(
    register: Register, actor: Actor, known: Instruction, reason: str, day: date
) -> list[Notice]:
    """Return why an officer may not withdraw an instruction: it was issued by its unit or below."""
    officer = register.officer(actor.id, day)
    own = officer.unit if officer else ""
    units = units_of(register, known.agency, day)
    notices = may_instruct(register, actor, day)
    if known.agency != actor.agency or (known.unit != own and own not in above(units, known.unit)):
        notices.append(rules.NOT_YOURS_TO_END.notice(id=known.id, unit=known.unit))
    if not known.open:
        notices.append(rules.NO_LONGER_OPEN.notice(id=known.id, by=_ended_by(known)))
    if not reason.strip():
        notices.append(rules.SAYS_NOTHING.notice("reason", key="reason"))
    return notices
