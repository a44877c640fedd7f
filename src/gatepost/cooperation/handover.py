"""Handing a case over between units of one agency: who holds it, and who could (GV-07).

Until it is handed over, the local unit at the post holds an agency's part of a case. The service
clock belongs to the agency, so it goes on; what it tells upwards goes up from who holds the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from gatepost.authority.decide import Allowed, Question, may
from gatepost.authority.model import LEVELS, Level, Power
from gatepost.authority.register import Register
from gatepost.cooperation.instruction import above, units_of
from gatepost.kernel.actor import Actor

Ask = Callable[[Actor, Power], Question]
"""Makes the question whether an officer may use a power on a case."""


def holder_of(
    register: Register, agency: str, held: str | None, post: str | None, day: date
) -> str | None:
    """Return the unit that holds an agency's part: who was given it, else the local one."""
    return held or register.unit_at(agency, "local", post, day)


def line_of(
    register: Register, agency: str, held: str | None, post: str | None, day: date
) -> dict[Level, str | None]:
    """Return the unit that is told at each level when a clock runs out.

    From the unit that holds the case, the units it answers to; at a level below its own it is
    told itself. Where nobody was given the case, the units that answer for the post.
    """
    if held is None:
        return {level: register.unit_at(agency, level, post, day) for level in LEVELS}
    found: dict[Level, str | None] = {}
    for name in (held, *above(units_of(register, agency, day), held)):
        unit = register.unit(name, day)
        if unit is not None:
            found.setdefault(unit.level, unit.id)
    for level in LEVELS:
        if level not in found:
            found[level] = held
        if found[level] == held:
            break
    return found


def may_act_for(register: Register, actor: Actor, agency: str, holder: str, day: date) -> bool:
    """Tell whether an officer serves the unit that holds a case, or one it answers to."""
    officer = register.officer(actor.id, day)
    if officer is None or register.agency_of(officer.id) != agency:
        return False
    return officer.unit in (holder, *above(units_of(register, agency, day), holder))


def lacking(
    register: Register, agency: str, unit: str, powers: Iterable[Power], day: date, ask: Ask
) -> tuple[Power, ...]:
    """Return the powers that a case still needs and no officer of a unit may use on it."""
    actors = [Actor(one, "officer", agency) for one in _officers(register, agency, unit, day)]
    return tuple(
        power
        for power in powers
        if not any(isinstance(may(register, ask(actor, power)), Allowed) for actor in actors)
    )


def able(
    register: Register, agency: str, powers: Iterable[Power], day: date, ask: Ask
) -> tuple[str, ...]:
    """Return the units of an agency that could take a case."""
    wanted = tuple(powers)
    return tuple(
        unit
        for unit in units_of(register, agency, day)
        if not lacking(register, agency, unit, wanted, day, ask)
    )


def _officers(register: Register, agency: str, unit: str, day: date) -> Iterator[str]:
    for resources in register.all_resources:
        if resources.agency == agency:
            for one in resources.officers:
                if one.unit == unit and one.valid.on(day):
                    yield one.id
