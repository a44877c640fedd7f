"""May this office perform this formality, and by which instrument (OS-01, OS-02, OS-06)?

A formality is a state and a direction: ``norway:export``. An office performs those of its own
state by that state's law, and another state's on its behalf by a delegation in force; or the
officers of the other state perform it there themselves, in a control zone. The order of the
questions: is it stated that the office performs it, does a law or an instrument let it,
is the place within the control zone, and, where a moment is given, is the office open.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gatepost.authority import rules
from gatepost.authority.clause import ControlZone, Delegation
from gatepost.authority.hours import Nearest, OpeningHours, performs
from gatepost.authority.instrument import Agreement, abroad
from gatepost.authority.model import BorderPost, Mandate, OfficeFormality, Power, State
from gatepost.authority.register import Register
from gatepost.authority.scope import covers
from gatepost.kernel.language import in_language
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice, Refused
from gatepost.kernel.regime import REGIMES, Regime


class OfficeQuestion(msgspec.Struct, frozen=True):
    """Which formality at which office; ``at`` asks for its hours too.

    ``kilometres`` is how far from the border line it is to be done, ``agency`` whose law where a
    state has several agencies.
    """

    office: str
    formality: str
    day: date
    power: Power = "release"
    at: datetime | None = None
    agency: str | None = None
    commodities: tuple[str, ...] = ()
    people: bool = False
    kilometres: float | None = None


class OfficeAnswer(msgspec.Struct, frozen=True):
    """Whether the office may, by which instrument, and every reason said as a notice.

    ``on_behalf_of`` is set where it applies another state's law; ``inferred`` where the source
    does not state the office's competence in so many words.
    """

    allowed: bool
    instrument: str | None
    notices: tuple[Notice, ...]
    legal_basis: tuple[LegalBasis, ...] = ()
    performed_by: str | None = None
    on_behalf_of: str | None = None
    inferred: bool = False
    nearest: Nearest | None = None


class _Ground(msgspec.Struct, frozen=True):
    """The law or instrument by which an office acts."""

    instrument: str
    legal_basis: tuple[LegalBasis, ...]
    by: str
    of: str | None = None
    zone: float | None = None
    host: str | None = None


def state_of(register: Register, name: str) -> State | None:
    """Return a state by its id or its code."""
    return next((one for one in register.all_states if name in (one.id, one.code)), None)


def may_perform(register: Register, hours: OpeningHours, asked: OfficeQuestion) -> OfficeAnswer:
    """Answer ``asked``; :class:`Refused` if there is no such office or formality."""
    post = register.post(asked.office, asked.day)
    owner, regime = _read(register, asked, post)
    assert post is not None
    asked = msgspec.structs.replace(asked, formality=f"{owner.id}:{regime}")
    stated = _stated(post, owner, regime)
    if stated is not None and not stated.performed:
        others = _elsewhere(hours, stated.formality, post)
        notice = rules.NOT_PERFORMED.notice(
            office=post.id, formality=asked.formality, others=others
        )
        return OfficeAnswer(False, None, (notice,), inferred=stated.inferred)
    if stated is None and post.formalities:
        notice = rules.NOT_STATED.notice(office=post.id, formality=asked.formality)
        return OfficeAnswer(False, None, (notice,))
    inferred = stated.inferred if stated else False
    ground = _own(register, post, owner, regime, asked) or _delegated(
        register, post, owner, regime, asked
    )
    if ground is None:
        notice = rules.NO_DELEGATION.notice(
            office=post.id, formality=asked.formality, day=asked.day.isoformat()
        )
        return OfficeAnswer(False, None, (notice,), inferred=inferred)
    yes = _yes(post, asked, ground)
    refusals, nearest = _here_and_now(hours, post, asked, ground)
    return OfficeAnswer(
        not refusals,
        None if refusals else ground.instrument,
        tuple(refusals) or (yes,),
        ground.legal_basis,
        ground.by,
        ground.of,
        inferred,
        nearest,
    )


def _read(
    register: Register, asked: OfficeQuestion, post: BorderPost | None
) -> tuple[State, Regime]:
    notices = []
    if post is None:
        known = ", ".join(sorted(one.id for one in register.all_posts))
        notices.append(rules.UNKNOWN_OFFICE.notice("--office", office=asked.office, known=known))
    name, _, direction = asked.formality.partition(":")
    owner = state_of(register, name)
    regime = next((one for one in REGIMES if one == direction), None)
    if owner is None or regime is None:
        states = ", ".join(one.id for one in register.all_states) or "(none is described)"
        notices.append(
            rules.UNKNOWN_FORMALITY.notice("--formality", formality=asked.formality, states=states)
        )
    if notices or owner is None or regime is None:
        raise Refused(notices)
    return owner, regime


def _stated(post: BorderPost, owner: State, regime: Regime) -> OfficeFormality | None:
    names = {f"{owner.id}:{regime}", f"{owner.code}:{regime}"}
    return next((one for one in post.formalities if one.formality in names), None)


def _own(
    register: Register, post: BorderPost, owner: State, regime: Regime, asked: OfficeQuestion
) -> _Ground | None:
    """Return the mandate by which an agency of the office's own state performs it."""
    here = register.state_at(post)
    if here is None or here.id != owner.id:
        return None
    for agency in register.all_agencies:
        if (agency.state or register.own_state) != owner.id or asked.agency not in (
            None,
            agency.id,
        ):
            continue
        for mandate in register.mandates(agency.id, asked.day):
            if asked.power in mandate.powers and _covers(mandate, regime, post, asked):
                return _Ground(mandate.id, mandate.legal_basis, in_language(agency.name))
    return None


def _covers(mandate: Mandate, regime: Regime, post: BorderPost, asked: OfficeQuestion) -> bool:
    return covers(mandate.scope, regime, post.id, asked.commodities, asked.people)


def _delegated(
    register: Register, post: BorderPost, owner: State, regime: Regime, asked: OfficeQuestion
) -> _Ground | None:
    """Return the clause by which the host performs it for the owner, or the owner there itself."""
    here = register.state_at(post)
    if here is None:
        return None
    for agreement, clause in register.delegations(asked.day):
        there = clause.host if isinstance(clause, ControlZone) else clause.by
        if (
            _country(register, clause.of) == owner.code
            and _country(register, there) == here.code
            and owner.code != here.code
            and asked.power in clause.powers
            and covers(clause.scope, regime, post.id, asked.commodities, asked.people)
        ):
            return _ground(agreement, clause)
    return None


def _ground(agreement: Agreement, clause: Delegation | ControlZone) -> _Ground:
    law, zone = agreement.legal_basis, clause.zone_kilometres
    if isinstance(clause, ControlZone):
        return _Ground(clause.id, law, clause.of, None, zone, clause.host)
    return _Ground(clause.id, law, clause.by, clause.of, zone)


def _country(register: Register, party: str) -> str:
    own = state_of(register, register.own_state)
    return abroad(party) or (own.code if own else "")


def _yes(post: BorderPost, asked: OfficeQuestion, ground: _Ground) -> Notice:
    if ground.host is not None:
        return rules.IN_CONTROL_ZONE.notice(
            office=post.id,
            formality=asked.formality,
            by=ground.by,
            host=ground.host,
            instrument=ground.instrument,
        )
    if ground.of is None:
        return rules.OWN_FORMALITY.notice(
            office=post.id, formality=asked.formality, by=ground.by, instrument=ground.instrument
        )
    return rules.ON_BEHALF.notice(
        office=post.id,
        formality=asked.formality,
        by=ground.by,
        of=ground.of,
        instrument=ground.instrument,
    )


def _here_and_now(
    hours: OpeningHours, post: BorderPost, asked: OfficeQuestion, ground: _Ground
) -> tuple[list[Notice], Nearest | None]:
    """Return what speaks against the place and the moment, and where to go instead."""
    found: list[Notice] = []
    if ground.zone is not None and (asked.kilometres or 0) > ground.zone:
        found.append(
            rules.OUTSIDE_ZONE.notice(
                kilometres=asked.kilometres or 0, zone=ground.zone, instrument=ground.instrument
            )
        )
    if asked.at is None:
        return found, None
    opened = hours.open_at(post, asked.formality, asked.at)
    if opened:
        return found, None
    nearest = hours.nearest(asked.formality, post, (asked.at, asked.at))
    if opened is None:
        found.append(rules.HOURS_NOT_STATED.notice(office=post.id))
    else:
        later = hours.opens_next(post, asked.formality, asked.at)
        found.append(
            rules.OFFICE_SHUT.notice(
                office=post.id,
                at=asked.at.isoformat(timespec="minutes"),
                opens=later.astimezone(asked.at.tzinfo).isoformat(timespec="minutes")
                if later
                else "later than in two weeks",
                nearest=_told(nearest),
            )
        )
    return found, nearest


def _told(nearest: Nearest) -> str:
    if nearest.office:
        return f"Or go to {nearest.office}, which is open."
    if nearest.unstated:
        return (
            "No other office is known to be open; the nearest whose hours nobody states is"
            f" {nearest.unstated}."
        )
    return "No other office performs it."


def _elsewhere(hours: OpeningHours, formality: str, post: BorderPost) -> str:
    """Return the offices that perform a formality, those of the same crossing first."""
    found = [one for one in hours.posts if performs(one, formality)]
    beside = [one.id for one in found if post.crossing and one.crossing == post.crossing]
    return ", ".join(beside or sorted(one.id for one in found)) or "no office described here"
