"""The one gate: may this actor do this, here, now, and by which law?

Order of the questions: has the agency a mandate that covers the goods, the regime, the post and
the day; is the actor an officer of the agency, or of one to which it delegated the power, with
the competence the instrument asks for; does the role hold the power at the post; and does the
mandate want a second officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec

from gatepost.authority import rules
from gatepost.authority.clause import Delegation
from gatepost.authority.delegation import (
    Asked,
    Delegated,
    accreditation_notices,
    competence_notices,
    delegation_for,
)
from gatepost.authority.instrument import abroad
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
    """Yes, by this mandate and law.

    Where an officer acts ``on_behalf_of`` another agency or state, ``clause`` is what lets it.
    """

    mandate: str
    legal_basis: tuple[LegalBasis, ...]
    clause: str | None = None
    on_behalf_of: str | None = None


class Denied(msgspec.Struct, frozen=True):
    """No, for these reasons."""

    notices: tuple[Notice, ...]


def may(register: Register, question: Question) -> Allowed | Denied:
    """Answer ``question``; every reason for a no is given at once (IN-01, GV-01, IC-03)."""
    if abroad(question.agency):
        return may_abroad(register, question)
    mandate = find_mandate(register, question)
    if mandate is None:
        return Denied((no_mandate(question),))
    if question.actor.kind == "system":
        return Allowed(mandate.id, mandate.legal_basis)
    officer = register.officer(question.actor.id, question.day)
    delegated = find_delegation(register, question) if officer is not None else None
    notices = [
        *_officer_notices(register, officer, question, delegated is not None),
        *_second_notices(register, mandate, question),
    ]
    if officer is not None and delegated is not None:
        notices += delegate_notices(officer, delegated.clause, question)
    if notices:
        return Denied(tuple(notices))
    if delegated is None:
        return Allowed(mandate.id, mandate.legal_basis)
    law = (*mandate.legal_basis, *delegated.law)
    return Allowed(mandate.id, law, delegated.clause.id, question.agency)


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


def find_delegation(register: Register, question: Question) -> Delegated | None:
    """Return the delegation by which an officer of another agency acts for the one asked for."""
    serves = register.agency_of(question.actor.id)
    if serves in ("", question.agency):
        return None
    return delegation_for(register, asked_of(question, serves), question.day)


def asked_of(question: Question, serves: str) -> Asked:
    """Return a question as a delegation is asked: whose power, by whom, on what and where."""
    return Asked(
        question.agency,
        serves,
        question.power,
        question.regime,
        question.post,
        question.commodities,
        question.people,
    )


def delegate_notices(officer: Officer, clause: Delegation, question: Question) -> Iterable[Notice]:
    """Yield why an officer may not act under a delegation that covers the question."""
    if question.power == "decide" and clause.decision == "owner":
        yield rules.DECISION_KEPT.notice(agency=question.agency, clause=clause.id)
    yield from competence_notices(officer, clause, question.day)


def may_abroad(register: Register, question: Question) -> Allowed | Denied:
    """Answer whether an officer may apply the law of another state on its behalf (paper Box 4)."""
    officer = register.officer(question.actor.id, question.day)
    delegated = find_delegation(register, question) if officer is not None else None
    notices = [*_officer_notices(register, officer, question, True)]
    if officer is not None and delegated is None:
        notices.append(
            rules.NOT_DELEGATED.notice(
                agency=question.agency,
                power=question.power,
                serves=register.agency_of(officer.id),
                day=question.day.isoformat(),
            )
        )
    elif officer is not None and delegated is not None:
        notices += delegate_notices(officer, delegated.clause, question)
        state = abroad(question.agency) or ""
        notices += accreditation_notices(officer, state, question.day)
    if notices or delegated is None:
        return Denied(tuple(notices))
    clause = delegated.clause.id
    return Allowed(clause, delegated.law, clause, question.agency)


def _officer_notices(
    register: Register, officer: Officer | None, question: Question, delegated: bool = False
) -> Iterable[Notice]:
    actor = question.actor
    if actor.kind != "officer":
        yield rules.MUST_BE_OFFICER.notice(actor=actor.id, power=question.power)
        return
    if officer is None:
        yield rules.UNKNOWN_OFFICER.notice(officer=actor.id, day=question.day.isoformat())
        return
    serves = register.agency_of(officer.id)
    if serves != question.agency and not delegated:
        yield rules.OTHER_AGENCY.notice(officer=officer.id, serves=serves, agency=question.agency)
    posts = register.posts_of(officer, question.day)
    misplaced = question.post is not None and bool(posts) and question.post not in posts
    if question.power not in officer.powers or misplaced:
        yield rules.OFFICER_LACKS_POWER.notice(
            officer=officer.id, power=question.power, post=question.post or "any post"
        )
    yield from _territory(register, officer, question)


IN_PERSON: frozenset[Power] = frozenset(("examine", "sample", "hold"))
"""The powers that are used where the goods and people are."""


def _territory(register: Register, officer: Officer, question: Question) -> Iterable[Notice]:
    """Yield why an officer may not act at a post in another state: it wants its leave (OS-07).

    Who decides or reads from a desk at home sets no foot there.
    """
    if question.power not in IN_PERSON:
        return
    post = register.post(question.post, question.day) if question.post else None
    if post is None or post.state in (None, register.own_state):
        return
    host = register.state_at(post)
    if host is not None:
        yield from accreditation_notices(officer, host.code, question.day)


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
