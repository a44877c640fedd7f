"""How far an agency's indicators have come, and what of others' is shared with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from gatepost.authority.disclosure import ANYONE
from gatepost.authority.element import bits_of
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.indicators import Proposal
from gatepost.casework.projection import INDICATOR
from gatepost.casework.targeting import IndicatorAct, kept_on, take_step
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.risk.life import IndicatorStep, State, state_on
from gatepost.risk.model import Indicator
from gatepost.web.case.reasons import Reason, right_reason
from gatepost.web.visitor import Visitor


class Shown(msgspec.Struct, frozen=True):
    """One version of an indicator, what it is today, and the steps it has taken or waits for."""

    indicator: Indicator
    state: State
    steps: tuple[IndicatorStep, ...]
    proposal: Proposal | None


class SharedBy(msgspec.Struct, frozen=True):
    """What another agency shares of its risk assessment, by which right, and its indicators."""

    agency: str
    reason: Reason
    indicators: tuple[Indicator, ...]


def own(desk: Desk, agency: str, day: date) -> tuple[Shown, ...]:
    """Return the indicators of an agency as described, with what is on record of each."""
    desk.refresh()
    found = (one for one in desk.described.indicators.indicators if one.agency == agency)
    return tuple(shown(desk, one, day) for one in sorted(found, key=lambda i: (i.id, i.version)))


def shown(desk: Desk, indicator: Indicator, day: date) -> Shown:
    """Return an indicator with what is on record of it."""
    kept = kept_on(desk, indicator.id)
    steps = tuple(one for one in kept.steps if one.version == indicator.version)
    waits = kept.proposal
    if waits is not None and waits.step.version != indicator.version:
        waits = None
    return Shown(indicator, state_on(indicator, kept.steps, day), steps, waits)


def one_of(desk: Desk, agency: str, name: str, version: int) -> Indicator | None:
    """Return a version of an indicator of an agency; ``None`` if it has none of that name."""
    for one in desk.described.indicators.indicators:
        if (one.agency, one.id, one.version) == (agency, name, version):
            return one
    return None


def shared_with(jurisdiction: Jurisdiction, agency: str, day: date) -> tuple[SharedBy, ...]:
    """Return whose hits are open to an agency for risk, each by the right behind it.

    Of the indicators themselves only what a hit tells is shown: the id and the sentence.
    """
    return tuple(_shared(jurisdiction, agency, day))


def _shared(jurisdiction: Jurisdiction, agency: str, day: date) -> Iterator[SharedBy]:
    hits = bits_of("case.hits")
    for owner, grant in jurisdiction.disclosure.on(day).grants_to(agency, "risk"):
        if owner in (agency, ANYONE) or not grant.mask & hits:
            continue
        theirs = [
            one
            for one in jurisdiction.indicators.indicators
            if one.agency == owner and one.mode == "live" and one.valid.on(day)
        ]
        yield SharedBy(owner, right_reason(jurisdiction, grant.right), tuple(theirs))


def take(desk: Desk, act: IndicatorAct, who: Visitor, now: datetime) -> ActAnswer:
    """Do an act on an indicator for an officer; a second press of the button does nothing more."""
    length = len(desk.ledger.read(f"{INDICATOR}/{act.indicator}"))
    key = f"{act.act}|{act.indicator}|{act.version}|{length}"
    return take_step(desk, msgspec.structs.replace(act, id=key), now, who.actor.id)
