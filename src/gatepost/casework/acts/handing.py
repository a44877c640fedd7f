"""Handing an agency's part of a case from one of its units to another (GV-07)."""

from __future__ import annotations

import msgspec

from gatepost.authority.model import Power
from gatepost.casework.acts.gate import agency_of, allowed
from gatepost.casework.acts.model import Act
from gatepost.casework.settling import question
from gatepost.casework.work import Work
from gatepost.cooperation import rules
from gatepost.cooperation.events import CaseHandedOver
from gatepost.cooperation.handover import Ask, able, holder_of, lacking, may_act_for
from gatepost.kernel.notice import Notice, Refused


def hand_over(work: Work, act: Act) -> None:
    """Hand the agency's part to another ``unit`` of it, for a ``reason``; the clock goes on.

    By an officer of the unit that holds it or of one above. The unit must have an officer for
    every power that is still needed: to examine while controls are open, and to decide.
    """
    mandate = allowed(work, act, "read")
    agency, unit = agency_of(work, act), act.unit or ""
    case, register = work.case(act.reference), work.desk.jurisdiction.register
    holder = holder_of(register, agency, case.held.get(agency), case.known.post, work.day)
    notices: list[Notice] = []
    if holder is not None and not may_act_for(register, work.actor, agency, holder, work.day):
        notices.append(rules.HELD_BY_ANOTHER.notice(reference=act.reference, unit=holder))
    if not act.reason.strip():
        notices.append(rules.SAYS_NOTHING.notice("reason", key="reason"))
    needed = _needed(work, act.reference, agency)
    if not needed:
        notices.append(rules.NOTHING_LEFT.notice(agency=agency, reference=act.reference))
    found = register.unit(unit, work.day)
    own = register.agency(agency, work.day)
    if found is None or own is None or found not in own.units:
        known = ", ".join(able(register, agency, needed, work.day, _ask(work, act))) or "none"
        notices.append(
            rules.NOT_A_UNIT_OF.notice("unit", unit=unit or "no unit", agency=agency, known=known)
        )
    elif unit == holder:
        notices.append(rules.HELD_ALREADY.notice("unit", unit=unit, reference=act.reference))
    elif missing := lacking(register, agency, unit, needed, work.day, _ask(work, act)):
        known = ", ".join(able(register, agency, needed, work.day, _ask(work, act))) or "none"
        notices.append(
            rules.NOT_COMPETENT.notice(
                "unit", unit=unit, powers=" and ".join(missing), post=case.known.post or "its post",
                known=known,
            )
        )  # fmt: skip
    if notices:
        raise Refused(notices)
    body = CaseHandedOver(agency, unit, holder, act.reason)
    work.happen(
        act.reference, body, agency=agency, rule=mandate.mandate, legal_basis=mandate.legal_basis
    )


def held_elsewhere(work: Work, reference: str, agency: str) -> list[Notice]:
    """Return why an officer of the agency may not decide: the case was handed to another unit."""
    held = work.case(reference).held.get(agency)
    register = work.desk.jurisdiction.register
    if held is None or register.agency_of(work.actor.id) != agency:
        return []
    if may_act_for(register, work.actor, agency, held, work.day):
        return []
    return [rules.HELD_BY_ANOTHER.notice(reference=reference, unit=held)]


def _ask(work: Work, act: Act) -> Ask:
    asked = question(work, work.case(act.reference).known, agency_of(work, act), "decide")
    return lambda actor, power: msgspec.structs.replace(asked, actor=actor, power=power)


def _needed(work: Work, reference: str, agency: str) -> tuple[Power, ...]:
    """Return the powers an agency still has to use on a case, none where it is done with it."""
    case = work.case(reference)
    if case.status in ("released", "denied", "removed", "withdrawn"):
        return ()
    mine = [(key, one) for key, one in work.interests(reference).items() if one.agency == agency]
    powers: dict[Power, None] = {}
    if any(one.controls or one.inland for _, one in mine):
        powers["examine"] = None
    if any(key not in case.release.decisions for key, _ in mine):
        powers["decide"] = None
    return tuple(powers)
