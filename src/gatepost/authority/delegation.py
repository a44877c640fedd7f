"""Acting for another: delegations, and what an officer must bring (IC-03, OS-07).

At home an agency may let officers of another examine for it; the decision stays its own. Abroad a
treaty may let officers apply the neighbour's law. In both cases the officer must hold, on that
day, every competence the clause asks for; and for another state its accreditation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gatepost.authority import rules
from gatepost.authority.clause import Delegation
from gatepost.authority.model import Officer, Power
from gatepost.authority.register import Register
from gatepost.authority.scope import covers
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity


class Asked(NamedTuple):
    """Whose power (``of``), used by whom, and on what."""

    of: str
    by: str
    power: Power
    regime: Regime
    post: str | None
    commodities: tuple[str, ...]
    people: bool


class Delegated(NamedTuple):
    """A delegation in force and the law of its instrument."""

    clause: Delegation
    law: tuple[LegalBasis, ...]


def delegation_for(register: Register, asked: Asked, day: date) -> Delegated | None:
    """Return the first delegation in force that covers what is asked.

    One that keeps the decision with its owner is returned for a decision too, so that the
    officer is told whose the decision is.
    """
    kept = None
    for agreement, clause in register.delegations(day):
        if not isinstance(clause, Delegation):
            continue
        if (clause.of, clause.by) != (asked.of, asked.by) or not covers(
            clause.scope, asked.regime, asked.post, asked.commodities, asked.people
        ):
            continue
        found = Delegated(clause, agreement.legal_basis)
        if asked.power in clause.powers and (asked.power != "decide" or clause.decision != "owner"):
            return found
        if asked.power == "decide":
            kept = found
    return kept


def competence_notices(officer: Officer, clause: Delegation, day: date) -> Iterator[Notice]:
    """Yield which competence of a clause an officer lacks on ``day``, or when it ended."""
    for name in clause.competence:
        periods = [one.valid for one in officer.competences if one.name == name]
        if not any(period.on(day) for period in periods):
            yield _lacking(periods, day, officer.id, name)


def _lacking(periods: list[Validity], day: date, officer: str, name: str) -> Notice:
    ended = max((p.end for p in periods if p.end is not None and p.end < day), default=None)
    if ended is None:
        return rules.NOT_COMPETENT.notice(officer=officer, competence=name, day=day.isoformat())
    return rules.COMPETENCE_ENDED.notice(officer=officer, competence=name, day=ended.isoformat())


def accreditation_notices(officer: Officer, state: str, day: date) -> Iterator[Notice]:
    """Yield that an officer has no leave of another state in force on ``day``."""
    if not any(one.state == state and one.valid.on(day) for one in officer.accredited):
        yield rules.NOT_ACCREDITED.notice(officer=officer.id, state=state, day=day.isoformat())
