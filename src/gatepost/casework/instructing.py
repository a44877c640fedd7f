"""Issuing, acknowledging, reporting and withdrawing instructions, and who has not read (GV-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.authority.model import Officer
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.insiders import insider_of, outsider
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.casework.projection import INSTRUCTION, instant
from gatepost.cooperation import events, instruction, rules
from gatepost.cooperation.instruction import By, Instruction, Issue, Receipt, Standing
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Event
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Row

_encode = msgspec.json.Encoder().encode
decode_instruction = msgspec.json.Decoder(Instruction).decode


class InstructionAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on an instruction; ``id`` is its key.

    ``issue`` reads ``title``, ``text``, ``to`` (units; none means all below the issuer's),
    ``from`` (the first day it binds; left out, the day of issue), ``within`` (the time to
    acknowledge), ``each`` (``unit`` or ``officer``), ``under`` and ``supersedes``; ``report``
    reads ``text`` and ``withdraw`` reads ``reason``.
    """

    id: str
    act: Literal["issue", "acknowledge", "report", "withdraw"]
    instruction: str
    at: datetime
    by: str | None = None
    title: str = ""
    text: str = ""
    to: tuple[str, ...] = ()
    effective: date | None = msgspec.field(default=None, name="from")
    within: str = "2d"
    each: By = "unit"
    under: str | None = None
    supersedes: tuple[str, ...] = ()
    reason: str = ""


def instruct(desk: Desk, act: InstructionAct, now: datetime, by: str | None = None) -> ActAnswer:
    """Do ``act`` for ``by`` (or whom the act names) and answer; a refusal is on record."""
    named = Named(act.id, act.instruction, act.at, act.by or by or "")
    return keep(
        desk, INSTRUCTION, named, act, now, lambda keeping: _decide(keeping, act), instruction_row
    )


def _decide(keeping: Keeping, act: InstructionAct) -> None:
    if act.act == "issue":
        _issue(keeping, act)
        return
    known = _known(keeping, act.instruction)
    if known is None:
        agency = keeping.actor.agency or keeping.actor.id or "nobody"
        raise Refused([rules.UNKNOWN_INSTRUCTION.notice(id=act.instruction, agency=agency)])
    register, day, actor = keeping.desk.jurisdiction.register, keeping.day, keeping.actor
    match act.act:
        case "acknowledge":
            notices, unit = instruction.acknowledge(register, actor, known, day)
            _refuse(notices)
            keeping.happen(known.id, events.InstructionAcknowledged(unit))
        case "report":
            notices, unit = instruction.report(register, actor, known, act.text, day)
            _refuse(notices)
            keeping.happen(known.id, events.InstructionReported(unit, act.text))
        case _:
            _refuse(instruction.withdraw(register, actor, known, act.reason, day))
            keeping.happen(known.id, events.InstructionWithdrawn(act.reason))


def _issue(keeping: Keeping, act: InstructionAct) -> None:
    wanted = Issue(
        act.instruction,
        act.title,
        act.text,
        act.to,
        act.effective or keeping.day,
        act.within,
        act.each,
        act.under,
        act.supersedes,
    )
    asked = (act.instruction, *act.supersedes, *([act.under] if act.under else []))
    known = {key: one for key in asked if (one := _known(keeping, key)) is not None}
    register = keeping.desk.jurisdiction.register
    notices, bodies = instruction.issue(
        register, keeping.actor, wanted, known, keeping.at, keeping.day
    )
    _refuse(notices)
    law = next(
        (
            one.legal_basis
            for one in register.mandates(keeping.actor.agency or "", keeping.day)
            if "instruct" in one.powers
        ),
        (),
    )
    for key, body in bodies:
        keeping.happen(key, body, law)


def _refuse(notices: list[Notice]) -> None:
    if notices:
        raise Refused(notices)


def _known(keeping: Keeping, key: str) -> Instruction | None:
    return folded(keeping.events(key))


def folded(happened: Iterable[Event]) -> Instruction | None:
    """Return an instruction as its events leave it, ``None`` if it was never issued."""
    found: Instruction | None = None
    for event in happened:
        found = instruction.evolve(found, event)
    return found


def instruction_row(key: str, happened: Iterable[Event]) -> Row:
    """Return the row of an instruction: its state, in the list of its agency."""
    found = folded(happened)
    assert found is not None
    return Row(INSTRUCTION, key, _encode(found), found.agency, None, instant(found.issued_at))


class Told(msgspec.Struct, frozen=True):
    """An instruction with how far each unit is that it is addressed to."""

    instruction: Instruction
    standing: Standing
    receipts: tuple[Receipt, ...]

    @property
    def overdue(self) -> tuple[str, ...]:
        """The units that have not acknowledged in time."""
        return tuple(one.unit for one in self.receipts if one.state == "overdue")


def instructions(
    desk: Desk,
    actor: Actor,
    now: datetime,
    agency: str | None = None,
    unit: str | None = None,
) -> Iterator[Told]:
    """Yield the instructions of an agency, oldest first, as far as ``actor`` may see them.

    With ``unit`` those it issued, and those addressed to it or to units below it: what a region
    or the headquarters sees of its posts. An officer sees what the own unit sees, and may ask for
    a unit below it; the operator sees every agency's. Others are refused with AUTH-070.
    """
    agency, unit = _seen_by(desk, actor, now, agency, unit)
    return _told(desk, now, agency, unit)


def _seen_by(
    desk: Desk, actor: Actor, now: datetime, agency: str | None, unit: str | None
) -> tuple[str | None, str | None]:
    """Return the agency and unit whose instructions are shown, or refuse."""
    reader = insider_of(desk, actor, now)
    if reader is None:
        return agency, unit
    own, day = reader.unit or "", desk.jurisdiction.law_day(now)
    mine = (own, *instruction.below(_units(desk, reader.agency, day), own))
    if not own or agency not in (None, reader.agency) or unit not in (None, *mine):
        raise outsider(desk, actor, agency or unit or "an agency", now)
    return reader.agency, unit or own


def _units(desk: Desk, agency: str, day: date) -> dict[str, str | None]:
    return instruction.units_of(desk.jurisdiction.register, agency, day)


def _told(desk: Desk, now: datetime, agency: str | None, unit: str | None) -> Iterator[Told]:
    day = desk.jurisdiction.law_day(now)
    for row in desk.ledger.rows(INSTRUCTION, agency=agency):
        one = decode_instruction(row.value)
        to = set(one.to)
        if unit is not None:
            to &= {unit, *instruction.below(_units(desk, one.agency, day), unit)}
            if one.unit != unit and not to:
                continue
            to = set(one.to) if one.unit == unit else to
        found = instruction.receipts(one, lambda name: _officers(desk, name, day), now)
        told = tuple(each for each in found if each.unit in to)
        yield Told(one, one.standing(day), told)


def _officers(desk: Desk, unit: str, day: date) -> tuple[str, ...]:
    found: Iterable[Officer] = (
        officer
        for resources in desk.jurisdiction.register.all_resources
        for officer in resources.officers
    )
    return tuple(one.id for one in found if one.unit == unit and one.valid.on(day))
