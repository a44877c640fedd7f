"""What indicators are worth: outcomes of their hits, held against what chance finds (RM-06).

Whoever looks only where rules point learns nothing of the rest. So an agency's random
selections that were looked at are its stratum: they tell how much is wrong in all that
passes, and which part of it its rules would have met. Everything is counted by consignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from gatepost.risk.intervals import Share, share_of
from gatepost.risk.model import Hit, Indicator, Mode

Why = Literal["expired", "review overdue", "unused", "no better than chance"]
OFFICER = "officer"
"""The source of a control that an officer ordered."""

IDLE = timedelta(days=90)
"""In force for so long without a hit, an indicator is unused."""


class Look(msgspec.Struct, frozen=True):
    """A control of an agency: what asked for it, and whether it found something wrong.

    ``wrong`` is ``None`` while nobody has looked; ``set_aside`` tells that nobody shall, and
    ``taken_over`` that another agency's result was recognised in place of a look.
    """

    agency: str
    check: str
    target: str
    source: str
    wrong: bool | None = None
    set_aside: bool = False
    taken_over: bool = False


class Observed(msgspec.Struct, frozen=True):
    """A consignment that was assessed: its day, its hits and what became of its controls."""

    day: date
    hits: tuple[Hit, ...]
    looks: tuple[Look, ...]


class IndicatorEffect(msgspec.Struct, frozen=True):
    """One indicator: consignments hit, those whose outcome is known, and the share found wrong.

    ``in_stratum`` is that share among the randomly selected alone, which owes nothing to what
    else pointed there. ``lift`` is the precision over the base rate of its agency.
    """

    id: str
    version: int
    agency: str
    mode: Mode
    random: bool
    hits: int
    precision: Share
    in_stratum: Share
    lift: float | None


class OwnSelections(msgspec.Struct, frozen=True):
    """Officers' own orders, measured like rules; and how often they set a control aside."""

    ordered: int
    precision: Share
    set_aside: int


class AgencyEffect(msgspec.Struct, frozen=True):
    """One agency: what chance finds (``base``) and which part of that its live rules meet.

    ``missed`` are the finds of the stratum that no live rule of the agency pointed at.
    """

    base: Share
    recall: Share
    missed: tuple[str, ...]
    officers: OwnSelections


class Sunset(msgspec.Struct, frozen=True):
    """An indicator that its agency should look at again, and why."""

    indicator: str
    agency: str
    why: Why


class Effectiveness(msgspec.Struct, frozen=True):
    """What all indicators of a country were worth in some time."""

    consignments: int
    first: date | None
    last: date | None
    indicators: tuple[IndicatorEffect, ...]
    agencies: dict[str, AgencyEffect]
    proposals: tuple[Sunset, ...]


class _Part(msgspec.Struct, frozen=True):
    """What one agency had to do with one consignment."""

    reference: str
    rules: frozenset[str]
    live: bool
    drawn: bool
    outcome: bool | None
    by_indicator: dict[str, bool]


def effectiveness(
    observed: Sequence[tuple[str, Observed]], indicators: Sequence[Indicator], today: date
) -> Effectiveness:
    """Return what each of the ``indicators`` was worth over the ``observed`` consignments."""
    days = [one.day for _, one in observed]
    effects: list[IndicatorEffect] = []
    agencies: dict[str, AgencyEffect] = {}
    proposals: list[Sunset] = []
    for agency in sorted({one.agency for one in indicators}):
        parts = [_part(agency, reference, one) for reference, one in observed]
        effect = agencies[agency] = _agency(agency, parts, observed)
        for one in _latest(indicators, agency, today):
            found = _indicator(one, parts, effect.base)
            effects.append(found)
            proposals += (
                Sunset(one.id, agency, why) for why in _reasons(one, found, effect.base, today)
            )
    return Effectiveness(
        len(observed),
        min(days, default=None),
        max(days, default=None),
        tuple(effects),
        agencies,
        tuple(proposals),
    )


def _latest(indicators: Iterable[Indicator], agency: str, today: date) -> list[Indicator]:
    """Return the wording of each indicator that began last; what begins later is not judged."""
    found: dict[str, Indicator] = {}
    for one in sorted(indicators, key=lambda i: (i.id, i.valid.start)):
        if one.agency == agency and one.valid.start <= today:
            found[one.id] = one
    return list(found.values())


def _part(agency: str, reference: str, one: Observed) -> _Part:
    looked = {
        (look.check, look.target): look.wrong
        for look in one.looks
        if look.agency == agency and look.wrong is not None
    }
    hits = [hit for hit in one.hits if hit.agency == agency]
    by_indicator: dict[str, bool] = {}
    for hit in hits:
        wrong = looked.get((hit.control.check, hit.target))
        if wrong is not None:
            by_indicator[hit.indicator] = by_indicator.get(hit.indicator, False) or wrong
    # What a scheme or trust thinned out says nothing of all that passes.
    by_chance = [hit for hit in hits if hit.random and hit.mode == "live" and hit.eased is None]
    drawn = any(hit.indicator in by_indicator for hit in by_chance)
    return _Part(
        reference,
        frozenset(hit.indicator for hit in hits),
        any(hit.mode == "live" and not hit.random for hit in hits),
        drawn,
        any(looked.values()) if looked else None,
        by_indicator,
    )


def _agency(
    agency: str, parts: Sequence[_Part], observed: Sequence[tuple[str, Observed]]
) -> AgencyEffect:
    stratum = [one for one in parts if one.drawn]
    wrong = [one for one in stratum if one.outcome]
    met = [one for one in wrong if one.live]
    own = [look for _, one in observed for look in one.looks if look.agency == agency]
    ordered = [look for look in own if look.source == OFFICER]
    known = [look.wrong for look in ordered if look.wrong is not None]
    return AgencyEffect(
        share_of(len(wrong), len(stratum)),
        share_of(len(met), len(wrong)),
        tuple(one.reference for one in wrong if not one.live),
        OwnSelections(
            len(ordered),
            share_of(sum(known), len(known)),
            sum(look.set_aside for look in own),
        ),
    )


def _indicator(one: Indicator, parts: Sequence[_Part], base: Share) -> IndicatorEffect:
    hit = [part for part in parts if one.id in part.rules]
    if one.mode == "live":
        known = [part.by_indicator[one.id] for part in hit if one.id in part.by_indicator]
    else:
        # On trial nobody looked because of it; what others of the agency saw there counts.
        known = [part.outcome for part in hit if part.outcome is not None]
    precision = share_of(sum(known), len(known))
    drawn = [bool(part.outcome) for part in hit if part.drawn]
    lift = None
    if precision.share is not None and base.share:
        lift = round(precision.share / base.share, 3)
    return IndicatorEffect(
        one.id,
        one.version,
        one.agency,
        one.mode,
        one.random is not None,
        len(hit),
        precision,
        share_of(sum(drawn), len(drawn)),
        lift,
    )


def _reasons(one: Indicator, effect: IndicatorEffect, base: Share, today: date) -> Iterable[Why]:
    if one.valid.end is not None and one.valid.end < today:
        yield "expired"
        return
    if one.review < today:
        yield "review overdue"
    if not effect.hits and one.valid.start + IDLE <= today:
        yield "unused"
    high = effect.precision.high
    if not effect.random and high is not None and base.share is not None and high < base.share:
        yield "no better than chance"
