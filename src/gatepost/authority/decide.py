"""The one gate: may this actor do this, here, now, and by which law?

Order of the questions: is the actor an officer of the agency, has the agency a
mandate that covers the goods, the regime, the post and the day, does the role
hold the power at the post, and does the mandate want a second officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

from gatepost.authority import rules
from gatepost.authority.model import Mandate, Officer, Power
from gatepost.authority.register import Register
from gatepost.authority.scope import covers
from gatepost.kernel.actor import Actor
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice
from gatepost.kernel.regime import Regime


class Question(msgspec.Struct, frozen=True):
    """What someone wants to do: the power, for which agency, on what, where and when."""

    actor: Actor
    power: Power
    agency: str
    day: date
    regime: Regime
    post: str | None = None
    commodities: tuple[str, ...] = ()
    people: bool = False
    second: str | None = None


class Allowed(msgspec.Struct, frozen=True):
    """Yes, by this mandate and law."""

    mandate: str
    legal_basis: tuple[LegalBasis, ...]


class Denied(msgspec.Struct, frozen=True):
    """No, for these reasons."""

    notices: tuple[Notice, ...]


def may(register: Register, question: Question) -> Allowed | Denied:
    """Answer ``question``; every reason for a no is given at once (IN-01, GV-01)."""
    mandate = find_mandate(register, question)
    if mandate is None:
        return Denied((no_mandate(question),))
    if question.actor.kind == "system":
        return Allowed(mandate.id, mandate.legal_basis)
    officer = register.officer(question.actor.id, question.day)
    notices = [
        *_officer_notices(register, officer, question),
        *_second_notices(register, mandate, question),
    ]
    return Denied(tuple(notices)) if notices else Allowed(mandate.id, mandate.legal_basis)


def find_mandate(register: Register, question: Question) -> Mandate | None:
    """Return the agency's first mandate in force that covers the question."""
    return _first_mandate(
        register,
        question.agency,
        question.power,
        question.day,
        question.regime,
        question.post,
        question.commodities,
        question.people,
    )


@lru_cache(maxsize=4096)
def _first_mandate(
    register: Register,
    agency: str,
    power: Power,
    day: date,
    regime: Regime,
    post: str | None,
    commodities: tuple[str, ...],
    people: bool,
) -> Mandate | None:
    """Remembered, because every case of a day asks the same few questions of a register."""
    for mandate in register.mandates(agency, day):
        if power in mandate.powers and covers(mandate.scope, regime, post, commodities, people):
            return mandate
    return None


def no_mandate(question: Question) -> Notice:
    """Return what is said where :func:`find_mandate` finds none."""
    return rules.NO_MANDATE.notice(
        agency=question.agency, day=question.day.isoformat(), power=question.power
    )


def _officer_notices(
    register: Register, officer: Officer | None, question: Question
) -> Iterable[Notice]:
    actor = question.actor
    if actor.kind != "officer":
        yield rules.MUST_BE_OFFICER.notice(actor=actor.id, power=question.power)
        return
    if officer is None:
        yield rules.UNKNOWN_OFFICER.notice(officer=actor.id, day=question.day.isoformat())
        return
    serves = register.agency_of(officer.id)
    if serves != question.agency:
        yield rules.OTHER_AGENCY.notice(officer=officer.id, serves=serves, agency=question.agency)
    posts = register.posts_of(officer, question.day)
    misplaced = question.post is not None and bool(posts) and question.post not in posts
    if question.power not in officer.powers or misplaced:
        yield rules.OFFICER_LACKS_POWER.notice(
            officer=officer.id, power=question.power, post=question.post or "any post"
        )


def _second_notices(register: Register, mandate: Mandate, question: Question) -> Iterable[Notice]:
    """Four eyes: another officer of the same agency, in post and holding the power (IN-01).

    A second officer is looked at wherever one is named, so that nobody is on record unasked.
    """
    if question.second is None:
        if question.power in mandate.four_eyes:
            yield rules.SECOND_OFFICER_NEEDED.notice(mandate=mandate.id, power=question.power)
    elif question.second == question.actor.id:
        yield rules.SAME_OFFICER_TWICE.notice(officer=question.second)
    else:
        second = Actor(question.second, "officer", question.agency)
        yield from _officer_notices(
            register,
            register.officer(question.second, question.day),
            msgspec.structs.replace(question, actor=second),
        )
