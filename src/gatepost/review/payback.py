"""When an arrangement has paid for itself, on what the money goes, and where saved hours go.

What is spent once falls due at once, what is spent yearly at the end of each year (CB-03).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import get_args

import msgspec

from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice
from gatepost.review import cost_rules as rules
from gatepost.review.costs import Bearer, CostModel, Kind
from gatepost.review.present_value import (
    TIMES,
    Figures,
    Number,
    Step,
    amount,
    annuity,
    plain,
    product,
    shown,
)

NEVER = -1
"""Stands in a line of reckoning for years that do not come."""

Net = Mapping[Bearer, tuple[Fraction, Fraction]]
"""What each bearer saves once and yearly; less than zero where the arrangement costs more."""


class ByKind(msgspec.Struct, frozen=True):
    """What is saved on one kind of cost, once and yearly."""

    kind: Kind
    once: Number
    yearly: Number


class Redeployed(msgspec.Struct, frozen=True):
    """Hours a year saved, where they are worked now, and what is left."""

    saved: Number
    assigned: dict[str, Number]
    left: Number


def net(model: CostModel, figures: Figures) -> Net:
    """Return what each bearer saves once and yearly."""
    found: dict[Bearer, tuple[Fraction, Fraction]] = {}
    for bearer in get_args(Bearer):
        mine = [one for one in model.flows if one.bearer == bearer]
        once = sum((amount(one, figures) for one in mine if one.when == "once"), Fraction(0))
        yearly = sum((amount(one, figures) for one in mine if one.when == "yearly"), Fraction(0))
        found[bearer] = (once, yearly)
    return found


def payback(saved: Net, years: int, rate: Fraction) -> int | None:
    """Return after how many years the discounted savings cover what was spent; ``None`` if never.

    0 where nothing has to be spent first.
    """
    once = sum((one for one, _ in saved.values()), Fraction(0))
    yearly = sum((each for _, each in saved.values()), Fraction(0))
    for year in range(years + 1):
        if once + yearly * annuity(rate, year) >= 0:
            return year
    return None


def by_kind(model: CostModel, figures: Figures) -> tuple[ByKind, ...]:
    """Return the savings by what the money goes on, in the order of the kinds."""
    found = []
    for kind in get_args(Kind):
        mine = [one for one in model.flows if one.kind == kind]
        if mine:
            once = sum((amount(one, figures) for one in mine if one.when == "once"), Fraction(0))
            yearly = sum((amount(one, figures) for one in mine if one.when != "once"), Fraction(0))
            found.append(ByKind(kind, plain(once), plain(yearly)))
    return tuple(found)


def payback_step(model: CostModel, figures: Figures, years: int, rate: Fraction) -> Step | None:
    """Return the line of reckoning of the pay-back; ``None`` where nothing is spent first."""
    saved = net(model, figures)
    once = sum((one for one, _ in saved.values()), Fraction(0))
    yearly = sum((each for _, each in saved.values()), Fraction(0))
    found = payback(saved, years, rate)
    if not once or found == 0:
        return None
    spent, each = shown(round(-once, 2)), shown(round(yearly, 2))
    if found is None:
        words = f"{each} a year at {float(rate):.1%} does not cover {spent} in {years} years"
        return Step("payback_years", words, NEVER)
    factors = [round(float(annuity(rate, year)), 6) for year in (found - 1, found)]
    covered = f"{each}{TIMES}{factors[1]} covers {spent}, {each}{TIMES}{factors[0]} does not yet"
    return Step("payback_years", covered, found)


def redeployed(model: CostModel, figures: Figures) -> Redeployed | None:
    """Return the ledger of hours of a comparison that has one."""
    ledger = model.redeployment
    if ledger is None:
        return None
    saved = product(ledger.saved, figures)
    assigned = {in_language(one.title): figures[one.hours] for one in ledger.to}
    left = saved - sum(assigned.values(), Fraction(0))
    return Redeployed(plain(saved), {to: plain(one) for to, one in assigned.items()}, plain(left))


def remarks(model: CostModel, figures: Figures) -> Iterator[Notice]:
    """Yield what a reader must know of hours and of ways to make time money."""
    ledger = redeployed(model, figures)
    if ledger is not None:
        assigned = plain(sum((Fraction(str(one)) for one in ledger.assigned.values()), Fraction(0)))
        values = {"saved": f"{ledger.saved:,}", "assigned": f"{assigned:,}"}
        if ledger.left < 0:
            yield rules.HOURS_OVERDRAWN.notice(**values, over=f"{-ledger.left:,}")
        elif ledger.left:
            yield rules.HOURS_LEFT.notice(**values, left=f"{ledger.left:,}")
    for way in ("without", "with"):
        valued = {one.values for one in model.flows if one.way == way and one.values}
        if "delay" in valued and len(valued) > 1:
            others = " and ".join(sorted(valued - {"delay"}))
            yield rules.TIME_COUNTED_TWICE.notice(way=way, others=others)
