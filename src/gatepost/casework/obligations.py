"""What a recipient must keep to: pass nothing on without leave, forget in time, take corrections.

The terms of a clause travel with what it disclosed, because each disclosure is on record with its
right; nobody has to remember them (IX-04).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from gatepost.authority import rules
from gatepost.authority.clause import Onward
from gatepost.authority.disclosure import Right
from gatepost.authority.element import condensed, mask_of
from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import Disclosed, decoded, disclosures_of, put_on_record
from gatepost.casework.disclosure import own_records
from gatepost.casework.events import CaseRead, ConsentGiven, ObligationMet, ReadRefused
from gatepost.consignment.masking import element_at
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.lodgement.events import DeclarationAmended


class Forget(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an agency must delete, depersonalise or review, because its time is over."""

    agency: str
    references: tuple[str, ...]
    received_at: datetime
    until: date
    then: str
    clause: str


class Correct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom to tell that what it was shown has changed since."""

    agency: str
    reference: str
    shown_at: datetime
    changed_at: datetime
    elements: tuple[str, ...]


def consent(
    desk: Desk,
    reference: str,
    actor: Actor,
    recipient: str,
    to: str,
    purpose: str,
    now: datetime,
) -> None:
    """Put on record that the provider lets ``recipient`` pass a case on to ``to``.

    Only an officer of an agency whose part was disclosed may; else refused with AUTH-045.
    """
    providers = {
        owner
        for one in _received(desk, reference, recipient)
        for right in one.rights
        if (share := desk.jurisdiction.disclosure.share(right)) is not None
        for owner in share.of
    }
    day = desk.jurisdiction.law_day(now)
    in_post = desk.jurisdiction.register.officer(actor.id, day) is not None
    if actor.agency not in providers or not in_post:
        raise Refused([rules.NOT_THE_PROVIDER.notice(actor=actor.id, recipient=recipient)])
    body = ConsentGiven(recipient, to, purpose)
    stream = projection.stream_of(projection.READ, reference)
    put_on_record(desk, stream, actor, actor.agency or "", body, now)


def pass_on(
    desk: Desk, reference: str, actor: Actor, to: str, purpose: str, now: datetime
) -> tuple[str, ...]:
    """Return the elements that ``actor``'s agency may pass on to ``to``, and put it on record.

    Only what a clause disclosed whose terms name ``to`` and the purpose, and where they ask for
    it the provider's consent to this case. Refused with AUTH-046 if that is nothing.
    """
    recipient = actor.agency or ""
    consents = {
        (body.recipient, body.to, body.purpose)
        for recorded in desk.ledger.read(projection.stream_of(projection.READ, reference))
        if isinstance(body := recorded.event.body, ConsentGiven)
    }
    consented = (recipient, to, purpose) in consents
    mask, rights = 0, dict[Right, None]()
    for one in _received(desk, reference, recipient):
        for right in one.rights:
            onward = _onward(desk, right)
            if onward is None or to not in onward.to or purpose not in onward.purposes:
                continue
            if consented or not onward.consent:
                share = desk.jurisdiction.disclosure.share(right)
                names = desk.jurisdiction.disclosure.masks
                granted = 0
                for name in share.data if share else ():
                    granted |= names.get(name, 0)
                mask |= granted & mask_of(one.elements)
                rights[right] = None
    stream = projection.stream_of(projection.READ, reference)
    if not mask:
        refused = ReadRefused(rules.NOT_TO_PASS_ON.number, purpose, "onward")
        put_on_record(desk, stream, actor, to, refused, now)
        notice = rules.NOT_TO_PASS_ON.notice(recipient=recipient, to=to, purpose=purpose)
        raise Refused([notice])
    elements = condensed(mask)
    first = next(iter(rights)).name
    body = CaseRead(first, purpose, "onward", tuple(rights), elements)
    put_on_record(desk, stream, actor, to, body, now)
    return elements


def _onward(desk: Desk, right: Right) -> Onward | None:
    """Return the terms of a right; none while its instrument is not in force any more."""
    share = desk.jurisdiction.disclosure.share(right)
    return share.onward if share is not None else None


class Obligations(msgspec.Struct, frozen=True):
    """What an agency owes for what it was shown: to forget it in time, and to take corrections."""

    agency: str
    day: date
    forget: tuple[Forget, ...]
    correct: tuple[Correct, ...]


def obligations_of(
    desk: Desk, actor: Actor, now: datetime, agency: str | None = None
) -> Obligations:
    """Return what an agency still owes, told to itself and to the operator; else AUTH-040."""
    mine, _ = own_records(desk, actor, now, agency, granted=False)
    day = desk.jurisdiction.law_day(now)
    references = {
        reference
        for row in desk.ledger.rows(projection.READ, mine)
        for reference in decoded(row).references
    }
    met = {one: list(_met(desk, one, mine)) for one in sorted(references)}
    forget = tuple(
        one
        for one in to_forget(desk, mine, day)
        if not any(_forgotten(desk, one, met[reference]) for reference in one.references)
    )
    correct = tuple(
        one
        for reference in sorted(references)
        for one in to_correct(desk, reference)
        if one.agency == mine
        and not any(b.what == "correct" and at > one.changed_at for at, b in met[reference])
    )
    return Obligations(mine, day, forget, correct)


def settle_obligations(
    desk: Desk, reference: str, actor: Actor, now: datetime
) -> tuple[ObligationMet, ...]:
    """Put on record that the actor's agency did all it owes for a case now; else AUTH-047."""
    owed = obligations_of(desk, actor, now, actor.agency)
    done = [ObligationMet("forget", f.clause) for f in owed.forget if reference in f.references]
    done += [ObligationMet("correct") for one in owed.correct if one.reference == reference]
    if not done:
        notice = rules.NOTHING_OWED.notice(agency=owed.agency, reference=reference)
        raise Refused([notice])
    stream = projection.stream_of(projection.READ, reference)
    told = tuple(dict.fromkeys(done))
    for body in told:
        put_on_record(desk, stream, actor, owed.agency, body, now)
    return told


def _forgotten(desk: Desk, one: Forget, met: list[tuple[datetime, ObligationMet]]) -> bool:
    """Tell whether what was due is on record as done since."""
    return any(
        body.what == "forget"
        and body.clause == one.clause
        and desk.jurisdiction.law_day(at) > one.until
        for at, body in met
    )


def _met(desk: Desk, reference: str, agency: str) -> Iterator[tuple[datetime, ObligationMet]]:
    for recorded in desk.ledger.read(projection.stream_of(projection.READ, reference)):
        body = recorded.event.body
        if isinstance(body, ObligationMet) and recorded.event.agency == agency:
            yield recorded.event.at, body


def _received(desk: Desk, reference: str, recipient: str) -> list[Disclosed]:
    return [
        one
        for one in disclosures_of(desk, reference)
        if one.agency == recipient and one.refused is None and one.rights
    ]


def to_forget(desk: Desk, agency: str, day: date) -> list[Forget]:
    """Return what an agency received and may not keep as it is any longer on ``day``."""
    found = []
    for row in desk.ledger.rows(projection.READ, agency):
        one = decoded(row)
        if one.until is None or one.until >= day:
            continue
        for right in one.rights:
            share = desk.jurisdiction.disclosure.share(right)
            if share is not None and share.retention is not None:
                then = share.retention.then
                found.append(Forget(agency, one.references, one.at, one.until, then, right.name))
                break
    return found


def to_correct(desk: Desk, reference: str) -> list[Correct]:
    """Return the agencies that were shown elements of a case which an amendment changed later."""
    shown = [one for one in disclosures_of(desk, reference) if one.agency and one.elements]
    found: dict[tuple[str, datetime], Correct] = {}
    for recorded in desk.ledger.read(projection.stream_of(projection.CASE, reference)):
        body, at = recorded.event.body, recorded.event.at
        if not isinstance(body, DeclarationAmended):
            continue
        changed = mask_of(element_at(_bare(path)) for path in body.changed)
        for one in shown:
            both = changed & mask_of(one.elements)
            if one.at < at and both and one.agency:
                told = Correct(one.agency, reference, one.at, at, condensed(both))
                found[(one.agency, at)] = told
    return list(found.values())


def _bare(path: str) -> str:
    return "/".join(part.split("[", 1)[0] for part in path.split("/"))
