"""What one officer may do on one case, for whom and by which law: the gate asked ahead of acts.

Only what an act is offered for; whether it is done the gate decides when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from gatepost.authority import rules
from gatepost.authority.decide import Allowed, Question, find_mandate, may
from gatepost.authority.model import Power
from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.kernel.actor import Actor
from gatepost.kernel.legal import LegalBasis
from gatepost.release.model import Conflict

ASKED: tuple[Power, ...] = (
    "request_data",
    "examine",
    "sample",
    "decide",
    "hold",
    "override",
)


class Ability(msgspec.Struct, frozen=True):
    """A power an officer may use: by a mandate, or for another agency by a ``clause``.

    ``four_eyes`` tells that a second officer must confirm it.
    """

    power: Power
    agency: str
    mandate: str
    law: tuple[LegalBasis, ...]
    four_eyes: bool = False
    clause: str | None = None


def abilities(desk: Desk, reference: str, actor: Actor, now: datetime) -> tuple[Ability, ...]:
    """Return what ``actor`` may do on a case for each agency in it; nothing for who may nothing.

    The case is read whole to ask the gate; nothing of it is handed out.
    """
    value = desk.ledger.row(projection.CASE, reference)
    if value is None or actor.kind != "officer":
        return ()
    case = projection.decode_case(value)
    if case.status == "withdrawn":
        return ()
    known, day = case.known, desk.jurisdiction.law_day(now)
    goods, people = known.goods_of("consignment")
    agencies = dict.fromkeys([actor.agency or "", *case.agencies])
    asked = (
        Question(actor, power, agency, day, known.regime, known.post, goods, people)
        for agency in agencies
        for power in ASKED
    )
    return tuple(one for question in asked for one in _ability(desk, question))


def referred_to(desk: Desk, reference: str, actor: Actor, now: datetime) -> tuple[Conflict, ...]:
    """Return the conflicts of a case that the officer's unit is named to rule on, once it may.

    It may when the limit for the agencies to agree is over (RL-02).
    """
    value = desk.ledger.row(projection.CASE, reference)
    officer = desk.jurisdiction.register.officer(actor.id, desk.jurisdiction.law_day(now))
    if value is None or officer is None or "decide" not in officer.powers:
        return ()
    case = projection.decode_case(value)
    return tuple(
        one
        for one in case.release.conflicts.values()
        if one.decider == officer.unit and (one.referred or one.limit <= now)
    )


def _ability(desk: Desk, asked: Question) -> Iterator[Ability]:
    register = desk.jurisdiction.register
    answer = may(register, asked)
    if isinstance(answer, Allowed):
        yield Ability(
            asked.power, asked.agency, answer.mandate, answer.legal_basis, False, answer.clause
        )
        return
    if {notice.code for notice in answer.notices} == {rules.SECOND_OFFICER_NEEDED.number}:
        mandate = find_mandate(register, asked)
        if mandate is not None:
            yield Ability(asked.power, asked.agency, mandate.id, mandate.legal_basis, True)
