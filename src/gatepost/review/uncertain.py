"""What a cost comparison comes to when its figures are only known within ranges (CB-03).

Each figure with a range is drawn from a triangle over it with its peak at the value given, all of
them anew for each draw; figures without a range stay. A draw depends on nothing but the seed, its
number and the name of the figure, so whoever has the seed draws the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

import msgspec

from gatepost.review.costs import CostModel
from gatepost.review.payback import net, payback
from gatepost.review.present_value import Figures, Number, annuity, plain
from gatepost.risk.random import draw

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


class Spread(msgspec.Struct, frozen=True):
    """Below which amounts a twentieth, half and nineteen twentieths of the draws lie."""

    low: Number
    middle: Number
    high: Number


class Ranges(msgspec.Struct, frozen=True):
    """The present values of many draws, and the share of draws that pay back in the horizon.

    ``payback`` are the years till it is paid back, over the draws that are.
    """

    seed: str
    draws: int
    drawn: tuple[str, ...]
    present_value: Spread
    present_value_government: Spread
    present_value_operators: Spread
    payback: Spread | None
    pays_back: float


def spread_of(
    model: CostModel, figures: Figures, years: int, rate: Fraction, draws: int, seed: str
) -> Ranges:
    """Return how the result spreads over ``draws`` draws; a changed figure is not drawn."""
    ranged = {
        one.id: (float(one.low if one.low is not None else one.value), float(one.value),
                 float(one.high if one.high is not None else one.value))
        for one in model.assumptions
        if (one.low is not None or one.high is not None) and figures[one.id] == _exact(one.value)
    }  # fmt: skip
    factor = annuity(rate, years)
    values: dict[str, list[Fraction]] = {"government": [], "operators": [], "all": []}
    back: list[int] = []
    for number in range(draws):
        drawn = {
            **figures,
            **{name: _drawn(seed, number, name, *at) for name, at in ranged.items()},
        }
        by_bearer = net(model, drawn)
        for bearer, (once, yearly) in by_bearer.items():
            values[bearer].append(once + yearly * factor)
        values["all"].append(
            sum((each[-1] for each in (values["government"], values["operators"])), Fraction(0))
        )
        found = payback(by_bearer, years, rate)
        if found is not None:
            back.append(found)
    return Ranges(
        seed,
        draws,
        tuple(ranged),
        _spread(values["all"]),
        _spread(values["government"]),
        _spread(values["operators"]),
        _spread([Fraction(one) for one in back]) if back else None,
        round(len(back) / draws, 4),
    )


def triangular(share: float, low: float, peak: float, high: float) -> float:
    """Return the value below which ``share`` of a triangle from low to high lies."""
    if high <= low:
        return peak
    turn = (peak - low) / (high - low)
    if share < turn:
        return low + sqrt(share * (high - low) * (peak - low))
    return high - sqrt((1 - share) * (high - low) * (high - peak))


def _drawn(seed: str, number: int, name: str, low: float, peak: float, high: float) -> Fraction:
    share = draw(seed.encode(), str(number), name, "")
    return _exact(round(triangular(share, low, peak, high), 6))


def _exact(value: Number) -> Fraction:
    return Fraction(str(value))


def _spread(values: Sequence[Fraction]) -> Spread:
    ordered = sorted(values)
    low, middle, high = (
        plain(ordered[int(share * (len(ordered) - 1))]) for share in (LOW, MIDDLE, HIGH)
    )
    return Spread(low, middle, high)
