"""Answers to lodgements and acts, made from the events they caused.

Because an answer is a reading of events, asking again under the same key gives the
same answer, on any store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

import msgspec

from gatepost.casework.events import ActRefused
from gatepost.control.events import ControlsOrdered
from gatepost.kernel.event import Event
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice
from gatepost.lodgement.events import (
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationRegistered,
)
from gatepost.requirement.events import NeedsDetermined
from gatepost.requirement.model import Need
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Assessment, Channel, Hit


class Advice(msgspec.Struct, frozen=True):
    """What an agency tells whoever lodges, so that no harm is done unawares (RM-03)."""

    agency: str
    targets: tuple[str, ...]
    text: Text


class LodgeAnswer(msgspec.Struct, frozen=True):
    """What the declarant is told: the reference, the agencies and what each needs."""

    status: Literal["accepted", "refused"]
    reference: str | None
    agencies: tuple[str, ...]
    needs: tuple[Need, ...]
    channel: Channel | None
    notices: tuple[Notice, ...]
    advice: tuple[Advice, ...] = ()


class ActAnswer(msgspec.Struct, frozen=True):
    """What who acted is told: done or refused, and what happened."""

    id: str
    status: Literal["done", "refused"]
    reference: str | None
    happened: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class AskedFor(msgspec.Struct, frozen=True):
    """One thing asked of the trader, once for all who need it."""

    document: str
    agencies: tuple[str, ...]
    targets: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]


def lodge_answer(events: Iterable[Event]) -> LodgeAnswer:
    """Return the answer that the events of a lodgement amount to."""
    reference: str | None = None
    notices: tuple[Notice, ...] = ()
    needs: tuple[Need, ...] = ()
    channel: Channel | None = None
    advice: tuple[Advice, ...] = ()
    agencies: dict[str, None] = {}
    for event in events:
        match event.body:
            case DeclarationRegistered() as body:
                reference = body.reference
            case DeclarationAccepted() as body:
                notices = body.notices
            case NeedsDetermined() as body:
                needs = body.needs
                agencies.update(dict.fromkeys(need.agency for need in needs))
            case AssessmentMade() as body:
                channel = body.channel
                advice = advice_of(body.hits)
            case ControlsOrdered() as body:
                agencies.update(dict.fromkeys(control.agency for control in body.controls))
            case _:
                pass
    return LodgeAnswer("accepted", reference, tuple(agencies), needs, channel, notices, advice)


def advice_of(hits: Iterable[Hit]) -> tuple[Advice, ...]:
    """Return what agencies advise, each once with all it is about; never why."""
    found: dict[str, tuple[Hit, list[str]]] = {}
    for hit in Assessment(tuple(hits)).advice:
        found.setdefault(hit.indicator, (hit, []))[1].append(hit.target)
    return tuple(
        Advice(hit.agency, tuple(targets), hit.control.advice or {})
        for hit, targets in found.values()
    )


def act_answer(identity: str, reference: str | None, events: Sequence[Event]) -> ActAnswer:
    """Return the answer that the events of an act amount to."""
    for event in events:
        if isinstance(event.body, ActRefused):
            return ActAnswer(identity, "refused", reference, (), event.body.notices)
    said = (e.body.notices for e in events if isinstance(e.body, DeclarationAmended))
    happened = tuple(e.body.name() for e in events)
    return ActAnswer(identity, "done", reference, happened, tuple(chain.from_iterable(said)))


def union_of(needs: Iterable[Need]) -> tuple[AskedFor, ...]:
    """Return what is still asked for, each thing once for all agencies (SW-03)."""
    found: dict[str, list[Need]] = {}
    for need in needs:
        asked = need.document or need.data
        if need.open and asked:
            found.setdefault(asked, []).append(need)
    return tuple(
        AskedFor(
            asked,
            tuple(dict.fromkeys(need.agency for need in group)),
            tuple(dict.fromkeys(need.target for need in group)),
            tuple(dict.fromkeys(law for need in group for law in need.legal_basis)),
        )
        for asked, group in found.items()
    )
