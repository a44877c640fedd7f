"""Sums and present values of a cost comparison, each with its arithmetic in words (CB-01).

Exact fractions are reckoned with, and an amount is rounded to a hundredth of the currency's
unit only where it leaves. One-off amounts fall due at the beginning, yearly ones at the end of
each year. What is spent with the arrangement is taken off what would be spent without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import msgspec

from gatepost.kernel.language import in_language
from gatepost.review.costs import Bearer, CostModel, Flow, When

TIMES = " \N{MULTIPLICATION SIGN} "

Figures = Mapping[str, Fraction]
Number = int | float


class Step(msgspec.Struct, frozen=True):
    """One line of the reckoning: the name of the result, how it comes about, and the result."""

    step: str
    arithmetic: str
    value: Number


class Costs(msgspec.Struct, frozen=True):
    """What a comparison comes to, in units of its currency."""

    currency: str
    one_off: Number
    yearly_government: Number
    yearly_operators: Number
    first_year: Number
    later_years: Number
    undiscounted: Number
    undiscounted_government: Number
    present_value: Number
    present_value_government: Number
    present_value_operators: Number
    years: int
    rate: float
    steps: tuple[Step, ...]


def exact(value: Number) -> Fraction:
    """Return a number as the decimal it was written as."""
    return Fraction(str(value))


def plain(value: Fraction) -> Number:
    """Return an amount to a hundredth, whole where it is whole."""
    rounded = round(value, 2)
    return int(rounded) if rounded.denominator == 1 else float(rounded)


def figures_of(model: CostModel, changes: Mapping[str, Fraction] | None = None) -> Figures:
    """Return the assumptions by name, with ``changes`` in place of what is written."""
    return {**{one.id: exact(one.value) for one in model.assumptions}, **(changes or {})}


def annuity(rate: Fraction, years: int) -> Fraction:
    """Return what one unit at the end of each of ``years`` years is worth today."""
    if rate == 0:
        return Fraction(years)
    return (1 - 1 / (1 + rate) ** years) / rate


def reckon(model: CostModel, figures: Figures, years: int, rate: Fraction) -> Costs:
    """Return the sums and present values over ``years`` at a yearly discount ``rate``."""
    once = {bearer: _sum(model, figures, bearer, "once") for bearer in _BEARERS}
    yearly = {bearer: _sum(model, figures, bearer, "yearly") for bearer in _BEARERS}
    one_off, later = sum(once.values(), Fraction(0)), sum(yearly.values(), Fraction(0))
    factor = annuity(rate, years)
    worth = {bearer: once[bearer] + yearly[bearer] * factor for bearer in _BEARERS}
    costs = Costs(
        model.currency,
        plain(one_off),
        plain(yearly["government"]),
        plain(yearly["operators"]),
        plain(one_off + later),
        plain(later),
        plain(one_off + later * years),
        plain(once["government"] + yearly["government"] * years),
        plain(one_off + later * factor),
        plain(worth["government"]),
        plain(worth["operators"]),
        years,
        float(rate),
        (),
    )
    steps = (*_flow_steps(model, figures), *_sum_steps(model, figures, costs, factor))
    return msgspec.structs.replace(costs, steps=steps)


_BEARERS: tuple[Bearer, ...] = ("government", "operators")


def amount(flow: Flow, figures: Figures) -> Fraction:
    """Return what a flow's assumptions come to; less than zero where it is saved already."""
    found = product(flow.amount, figures) / product(flow.over, figures)
    return found if flow.way == "without" else -found


def product(names: tuple[str, ...], figures: Figures) -> Fraction:
    """Return the product of named figures."""
    found = Fraction(1)
    for name in names:
        found *= figures[name]
    return found


def _sum(model: CostModel, figures: Figures, bearer: Bearer, when: When) -> Fraction:
    mine = (one for one in model.flows if one.bearer == bearer and one.when == when)
    return sum((amount(one, figures) for one in mine), Fraction(0))


def _flow_steps(model: CostModel, figures: Figures) -> Iterator[Step]:
    for flow in model.flows:
        factors = TIMES.join(f"{name} {shown(figures[name])}" for name in flow.amount)
        factors += "".join(f" / {name} {shown(figures[name])}" for name in flow.over)
        title = in_language(flow.title)
        words = f"{title} ({flow.bearer}, {flow.when}, {flow.way} the arrangement): {factors}"
        yield Step(flow.id, words, plain(amount(flow, figures)))


def _sum_steps(
    model: CostModel, figures: Figures, costs: Costs, factor: Fraction
) -> Iterator[Step]:
    once, later = f"{costs.one_off:,}", f"{costs.later_years:,}"
    government, operators = f"{costs.yearly_government:,}", f"{costs.yearly_operators:,}"
    annual = round(float(factor), 6)
    rate = costs.rate
    worth = f"(1 - {1 + rate:g}^-{costs.years}) / {rate:g}" if rate else f"{costs.years} years"
    yield Step("one_off", "the sum of what is spent once", costs.one_off)
    yield Step("later_years", f"{government} + {operators}", costs.later_years)
    yield Step("first_year", f"{once} + {later}", costs.first_year)
    yield Step("undiscounted", f"{once} + {costs.years}{TIMES}{later}", costs.undiscounted)
    yield Step("annuity", worth, annual)
    yield Step("present_value", f"{once} + {later}{TIMES}{annual}", costs.present_value)
    words = f"what the government spends once + {government}{TIMES}{annual}"
    yield Step("present_value_government", words, costs.present_value_government)
    for one in model.per:
        found = product(one.equals, figures) / product(one.over, figures)
        words = " / ".join((TIMES.join(one.equals), *one.over))
        yield Step(one.figure, words, plain(found))


def shown(value: Fraction) -> str:
    """Return a number as a person writes it: 250,000,000 or 0.5."""
    if value.denominator == 1:
        return f"{int(value):,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")
