"""Controls that find next to nothing, told by what the ledger shows (RG-02).

A control that found nothing says little until enough was looked at: of 59 looks without a find
one may be 95 % sure that fewer than one in twenty would have found something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gatepost.description.described import Described
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Value
from gatepost.requirement.model import Requirement
from gatepost.review.overlap import rules
from gatepost.review.overlap.model import Finding
from gatepost.risk.effectiveness import Effectiveness, IndicatorEffect, Observed
from gatepost.risk.intervals import Share
from gatepost.risk.model import Indicator

ENOUGH = 59
"""Looks without a find after which 95 % of all doubt says: fewer than one in twenty."""


class Tally(msgspec.Struct, frozen=True):
    """How often a rule made an agency look, and how often something was wrong."""

    looked: int
    found: int


def tallies(observed: Sequence[Observed]) -> dict[str, Tally]:
    """Return what came of the looks that each rule asked for, by its number.

    A result taken over from another agency was no look.
    """
    looked: dict[str, int] = {}
    found: dict[str, int] = {}
    for one in observed:
        for look in one.looks:
            if look.wrong is not None and not look.taken_over:
                looked[look.source] = looked.get(look.source, 0) + 1
                found[look.source] = found.get(look.source, 0) + look.wrong
    return {rule: Tally(times, found[rule]) for rule, times in looked.items()}


def of_little_value(
    described: Described, effects: Effectiveness, counted: Mapping[str, Tally]
) -> Iterator[Finding]:
    """Yield the controls that found nothing, and indicators that do no better than chance."""
    worse = {one.indicator for one in effects.proposals if one.why == "no better than chance"}
    by_id = {one.id: one for one in effects.indicators}
    for kind in ("requirement", "indicator"):
        for item in described.of(kind):
            one: Requirement | Indicator = item.value
            if one.control is None or (isinstance(one, Indicator) and one.random is not None):
                continue
            tally = counted.get(one.id, Tally(0, 0))
            if one.id in worse:
                base = effects.agencies[one.agency].base
                yield _worse(described, item.where("control"), one, by_id[one.id], base)
            elif tally.looked >= ENOUGH and not tally.found:
                yield _nothing(described, item.where("control"), one, tally)


def _nothing(
    described: Described, where: str, one: Requirement | Indicator, tally: Tally
) -> Finding:
    check = _check(one)
    values: dict[str, Value] = {
        "one": _name(described, one.agency),
        "looked": tally.looked,
        "rule": one.id,
        "check": check.replace("_", " "),
    }
    evidence = [f"{tally.looked} looks on record, {tally.found} finds"]
    minutes = one.control.minutes if isinstance(one, Indicator) else None
    if minutes:
        evidence.append(f"{minutes:g} minutes each: {tally.looked * minutes / 60:,.0f} hours")
    return Finding(
        "of little value",
        (one.agency,),
        check,
        (where,),
        (one.id,),
        rules.LITTLE_VALUE.number,
        rules.LITTLE_VALUE.render(values),
        "drop",
        tuple(evidence),
    )


def _worse(
    described: Described,
    where: str,
    one: Requirement | Indicator,
    effect: IndicatorEffect,
    base: Share,
) -> Finding:
    known = effect.precision
    values: dict[str, Value] = {
        "one": _name(described, effect.agency),
        "rule": effect.id,
        "found": known.found,
        "looked": known.of,
        "base": f"{base.found} of {base.of}",
    }
    evidence = (
        f"{effect.hits} hits, {known.of} looked at, {known.found} wrong",
        f"the agency's selections by chance: {base.found} of {base.of} wrong",
    )
    return Finding(
        "of little value",
        (effect.agency,),
        _check(one),
        (where,),
        (effect.id,),
        rules.NO_BETTER_THAN_CHANCE.number,
        rules.NO_BETTER_THAN_CHANCE.render(values),
        "move",
        evidence,
    )


def _check(one: Requirement | Indicator) -> str:
    return one.control.check if one.control else ""


def _name(described: Described, agency: str) -> str:
    found = described.agencies.get(agency)
    return in_language(found.name) if found else agency
