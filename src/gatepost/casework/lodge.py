"""Lodging: once, for every agency (SW-01)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gatepost.authority import rules as authority_rules
from gatepost.casework import projection
from gatepost.casework.answers import LodgeAnswer, lodge_answer
from gatepost.casework.desk import Desk, observed
from gatepost.casework.determining import determine_case
from gatepost.casework.disclosure import is_party
from gatepost.casework.work import ATTEMPTS, Work
from gatepost.consignment.dataset import child, text
from gatepost.consignment.model import Consignment
from gatepost.consignment.reading import read_consignment
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Notice, Refused
from gatepost.kernel.reference import make_reference
from gatepost.ledger.model import ActRow, Repeated, Span, Stale, Withheld
from gatepost.lodgement import check, rules
from gatepost.lodgement.events import (
    CaseJoined,
    ConveyanceArrived,
    DeclarationAccepted,
    DeclarationRegistered,
)

FOLLOW_UP = "13"
"""The message function (UN/EDIFACT 1225) of all that follows a declaration in the WCO profile."""


@observed("lodge")
def lodge(
    desk: Desk, dataset: dict[str, Any], digest: str, now: datetime, actor: Actor | None = None
) -> LodgeAnswer:
    """Lodge a data set; the same content again gives the first answer again.

    ``digest`` is that of the data set. Raises ``Refused`` with everything that is
    wrong; then nothing is stored.
    """
    declaration = dataset["Declaration"]
    declarant = text(child(declaration, "Declarant"), "ID") or ""
    given = (declarant, text(declaration, "FunctionalReferenceID") or "")
    key = lodgement_key(*given)
    for _ in range(ATTEMPTS):
        day = desk.jurisdiction.law_day(now)
        known = desk.ledger.act(key)
        if known is not None and _may_know(desk, known, actor, day):
            return _first_answer(desk, known, digest, given)
        consignment = _read(desk, dataset, day)
        _gate(consignment, actor)
        notices = tuple(
            check.refusals(
                consignment,
                desk.jurisdiction.register,
                desk.jurisdiction.windows,
                desk.jurisdiction.country.code,
                now,
            )
        )
        if notices:
            raise Refused(notices)
        if known is not None:
            raise Refused([_taken(given)])
        work = Work(desk, now, actor=actor or lodging_party(consignment))
        _register(work, consignment, dataset, digest, key)
        outcome = work.commit(key, digest)
        if not isinstance(outcome, Repeated | Stale):
            return lodge_answer(work.happened)
    raise Refused([rules.BUSY.notice()])


def lodgement_key(declarant: str, functional_reference: str) -> str:
    """Return the key of a lodgement: who declares, and the reference they gave it.

    No two pairs have one key, whatever characters stand in them.
    """
    declarant = declarant.replace("%", "%25").replace("|", "%7C")
    return f"lodge|{declarant}|{functional_reference}"


def lodging_party(consignment: Consignment) -> Actor:
    """Return who lodges by default: the agent if there is one, else the declarant."""
    agent = consignment.agent.id if consignment.agent else None
    return Actor(agent or consignment.declarant.id or "", "party")


def _may_know(desk: Desk, known: ActRow, actor: Actor | None, day: date) -> bool:
    """Tell whether whoever lodges may learn of the case that has this reference already.

    Anybody can write another's name and guess a reference; what they get for it says nothing.
    """
    if actor is None or actor.kind == "operator":
        return True
    reference = _lodged_in(known).stream.split("/", 1)[1]
    value = desk.ledger.row(projection.CASE, reference)
    if value is None:
        # A retention rule deleted it: its declarant stands in the key alone.
        return known.key.split("|")[1] == lodgement_key(actor.id, "").split("|")[1]
    return is_party(desk, projection.decode_case(value), actor.id, day)


def _lodged_in(known: ActRow) -> Span:
    return next(one for one in known.appends if one.stream.startswith("case/"))


def _taken(given: tuple[str, str]) -> Notice:
    declarant, functional_reference = given
    return rules.TAKEN.notice(
        "Declaration/FunctionalReferenceID",
        declarant=declarant,
        functional_reference=functional_reference,
    )


def _conflict(given: tuple[str, str], reference: str) -> Notice:
    declarant, functional_reference = given
    return rules.CONFLICT.notice(
        "Declaration/FunctionalReferenceID",
        declarant=declarant,
        functional_reference=functional_reference,
        reference=reference,
    )


def _first_answer(desk: Desk, known: ActRow, digest: str, given: tuple[str, str]) -> LodgeAnswer:
    span = _lodged_in(known)
    recorded = desk.ledger.read(span.stream, span.first - 1)
    if any(isinstance(one.event.body, Withheld) for one in recorded):
        reference = span.stream.split("/", 1)[1]
        raise Refused([rules.BODY_DELETED.notice(reference=reference)])
    if known.digest != digest:
        raise Refused([_conflict(given, span.stream.split("/", 1)[1])])
    return lodge_answer(one.event for one in recorded if one.version <= span.last)


def _read(desk: Desk, dataset: dict[str, Any], day: date) -> Consignment:
    declaration = dataset["Declaration"]
    if text(declaration, "FunctionCode") == FOLLOW_UP:
        raise Refused([rules.FOLLOW_UP.notice("Declaration/FunctionCode", function=FOLLOW_UP)])
    code = text(declaration, "TypeCode") or ""
    regime = desk.jurisdiction.regime_of(code)
    if regime is None:
        known = ", ".join(desk.jurisdiction.type_prefixes)
        notice = rules.UNKNOWN_TYPE.notice("Declaration/TypeCode", type=code, known=known)
        raise Refused([notice])
    here = desk.jurisdiction
    return read_consignment(dataset, regime, day, here.zone, here.exchange(day))


def _gate(consignment: Consignment, actor: Actor | None) -> None:
    """Only the declarant, its agent or the operator of this installation lodges."""
    if actor is None or actor.kind == "operator":
        return
    lodging = {consignment.declarant.id, consignment.agent.id if consignment.agent else None}
    if actor.id not in lodging:
        raise Refused([authority_rules.NOT_A_PARTY.notice(actor=actor.id)])


def _register(
    work: Work, consignment: Consignment, dataset: dict[str, Any], digest: str, key: str
) -> None:
    jurisdiction = work.desk.jurisdiction
    country = jurisdiction.country.code
    reference = make_reference(consignment.day.year, country, key)
    post = jurisdiction.register.post_of(consignment.offices, consignment.day)
    movement = find_movement(work, consignment, reference, post.id if post else None)
    notices: tuple[Notice, ...] = tuple(
        check.remarks(
            consignment,
            jurisdiction.register,
            jurisdiction.codes,
            country,
            jurisdiction.exchange(consignment.day),
        )
    )
    work.open_case(reference)
    work.look_as(reference, consignment)
    declarant = consignment.declarant.id or ""
    work.happen(
        reference,
        DeclarationRegistered(reference, declarant, consignment.reference, digest, dataset),
    )
    work.happen(
        reference,
        DeclarationAccepted(
            consignment.type,
            consignment.regime,
            consignment.day,
            movement,
            consignment.agent.id if consignment.agent else None,
            post.id if post else None,
            parties_of(consignment),
            commodities_of(consignment),
            bool(consignment.travellers),
            notices,
        ),
    )
    join(work, reference, consignment)
    determine_case(work, reference)


def join(work: Work, reference: str, consignment: Consignment) -> None:
    """Let a case travel in its movement; what joins one that came is there too."""
    known = work.case(reference).known
    work.move(known.movement, CaseJoined(reference, consignment.conveyance.expected))
    came = work.movement(known.movement).arrived_at
    if came is not None:
        work.happen(reference, ConveyanceArrived(known.movement, known.post), at=came)
        work.look_as(reference, None)


def find_movement(
    work: Work, consignment: Consignment, reference: str, post: str | None = None
) -> str:
    """Return the movement a case travels in: the journey it names to a post, else one of its own.

    A ship that calls at two posts makes two movements: it arrives at each for itself. A number
    used again on another day is another journey; the moments expected tell them apart.
    """
    conveyance = consignment.conveyance
    if not (conveyance.id and conveyance.journey):
        return reference
    parts = (conveyance.mode or "0", conveyance.id, conveyance.journey, post)
    plain = ":".join(part for part in parts if part)
    expected = conveyance.expected
    day = work.desk.jurisdiction.law_day(expected or work.at)
    dated = [f"{plain}:{day + timedelta(days=more)}" for more in (0, -1, 1)]
    work.look_up(plain, *dated)
    for key in (plain, *dated):
        if work.movement(key).takes(expected, work.at):
            return key
    if expected is None and not work.movement(plain).cases:
        return plain
    key, trip = dated[0], 1
    while work.movement(key).cases and not work.movement(key).takes(expected, work.at):
        trip += 1
        key = f"{dated[0]}:{trip}"
    return key


def parties_of(consignment: Consignment) -> tuple[str, ...]:
    """Return the ids of those the case belongs to, who may read it."""
    parties = (
        consignment.declarant,
        consignment.agent,
        consignment.importer,
        consignment.exporter,
        consignment.carrier,
    )
    return tuple(dict.fromkeys(one.id for one in parties if one is not None and one.id))


def commodities_of(consignment: Consignment) -> tuple[str, ...]:
    """Return the commodity code of each item in order; an empty text where it has none."""
    return tuple([item.commodity or "" for item in consignment.items])
