"""Which figures of a source do not follow from each other (capabilities D.1 and D.2).

A figure is known only as exactly as it was rounded, and a range stays a range: a contradiction
is told only where no values within them agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product as every
from math import prod

from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Rule, Value
from gatepost.review import rules
from gatepost.review.costs import Assumption, CostModel, Quoted, SameRatio
from gatepost.review.present_value import TIMES, Figures, exact, shown

Keys = tuple[str | int, ...]
Range = tuple[Fraction, Fraction]


def faults_of(model: CostModel) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what is wrong with a comparison as it is written: place, rule and values."""
    yield from assumption_faults(model.assumptions)
    known = {one.id for one in model.assumptions}
    listed = ", ".join(sorted(known))
    zero = {one.id for one in model.assumptions if _stated(one)[0] <= 0 <= _stated(one)[1]}
    for keys, name, divides in _named(model):
        if name not in known:
            yield keys, rules.UNKNOWN_FIGURE, {"figure": name, "known": listed}
        elif divides and name in zero:
            yield keys, rules.NOT_POSITIVE, {"figure": name}


def assumption_faults(
    assumptions: Iterable[Assumption],
) -> Iterator[tuple[Keys, Rule, dict[str, Value]]]:
    """Yield what is wrong with assumptions: stated twice, without source, out of their range."""
    known: set[str] = set()
    for index, one in enumerate(assumptions):
        own = ("assumptions", index)
        if one.id in known:
            yield (*own, "id"), rules.FIGURE_TWICE, {"figure": one.id}
        known.add(one.id)
        if not one.source.strip() or not one.date.strip():
            yield own, rules.NO_SOURCE, {"figure": one.id}
        low, high = _stated(one)
        if not low <= exact(one.value) <= high:
            bounds = {"low": shown(low), "high": shown(high)}
            yield (*own, "value"), rules.BAD_RANGE, {"figure": one.id, **bounds}


def _named(model: CostModel) -> Iterator[tuple[Keys, str, bool]]:
    """Yield every name of a figure, its place, and whether something is divided by it."""
    for index, flow in enumerate(model.flows):
        for n, name in enumerate(flow.amount):
            yield ("flows", index, "amount", n), name, False
        for n, name in enumerate(flow.over):
            yield ("flows", index, "over", n), name, True
    if model.redeployment:
        for n, name in enumerate(model.redeployment.saved):
            yield ("redeployment", "saved", n), name, False
        for n, moved in enumerate(model.redeployment.to):
            yield ("redeployment", "to", n, "hours"), moved.hours, False
    for index, one in enumerate(model.quoted):
        yield ("quoted", index, "figure"), one.figure, False
    for key, listed in (("quoted", model.quoted), ("per", model.per)):
        for index, one in enumerate(listed):
            for part, names in (("equals", one.equals), ("over", one.over)):
                for n, name in enumerate(names):
                    yield (key, index, part, n), name, part == "over"
    for index, same in enumerate(model.same_ratio):
        for n, pair in enumerate(same.pairs):
            yield ("same_ratio", index, "pairs", n, "first"), pair.first, False
            yield ("same_ratio", index, "pairs", n, "second"), pair.second, True
    for index, total in enumerate(model.sums):
        for n, name in enumerate(total.figures):
            yield ("sums", index, "figures", n), name, False
    for index, conflict in enumerate(model.conflicting):
        for n, name in enumerate(conflict.figures):
            yield ("conflicting", index, "figures", n), name, False


def remarks(model: CostModel, figures: Figures) -> Iterator[Notice]:
    """Yield everything a reader of the result must know: what it is and what does not fit."""
    yield rules.NATURE.notice(nature=in_language(model.nature))
    by_id = {one.id: one for one in model.assumptions}
    for quoted in model.quoted:
        yield from _quoted(quoted, by_id, figures)
    for total in model.sums:
        found = sum((figures[name] for name in total.figures), Fraction(0))
        if found != exact(total.to):
            names = " + ".join(total.figures)
            yield rules.DOES_NOT_ADD_UP.notice(sum=names, found=shown(found), to=total.to)
    for same in model.same_ratio:
        yield from _ratios(same, by_id, figures)
    for one in model.conflicting:
        told = "; ".join(_told(by_id[name]) for name in one.figures)
        yield rules.SOURCES_DIFFER.notice(
            title=in_language(one.title), figures=told, because=in_language(one.because)
        )
    for what in model.unpublished:
        yield rules.UNPUBLISHED.notice(what=in_language(what))


def _quoted(quoted: Quoted, by_id: dict[str, Assumption], figures: Figures) -> Iterator[Notice]:
    tops = [_within(by_id[name], figures) for name in quoted.equals]
    unders = [_within(by_id[name], figures) for name in quoted.over]
    corners = [
        prod(corner[: len(tops)], start=Fraction(1)) / prod(corner[len(tops) :], start=Fraction(1))
        for corner in every(*tops, *unders)
        if all(corner[len(tops) :])
    ]
    one = by_id[quoted.figure]
    low, high = _within(one, figures)
    if min(corners) <= high and low <= max(corners):
        return
    plain_tops = [_range(by_id[name], figures) for name in quoted.equals]
    plain_unders = [_range(by_id[name], figures) for name in quoted.over]
    yield rules.DOES_NOT_FOLLOW.notice(
        title=in_language(one.title),
        quoted=shown(figures[one.id]),
        unit=one.unit,
        arithmetic=_arithmetic(plain_tops, plain_unders),
        found=_span(_reach(plain_tops, plain_unders)),
    )


def _reach(tops: list[Range], unders: list[Range]) -> Range:
    low = prod((one[0] for one in tops), start=Fraction(1))
    high = prod((one[1] for one in tops), start=Fraction(1))
    return (
        low / prod((one[1] for one in unders), start=Fraction(1)),
        high / prod((one[0] for one in unders), start=Fraction(1)),
    )


def _arithmetic(tops: list[Range], unders: list[Range]) -> str:
    words = TIMES.join(map(_span, tops))
    return " / ".join([words, *map(_span, unders)])


def _ratios(same: SameRatio, by_id: dict[str, Assumption], figures: Figures) -> Iterator[Notice]:
    ratios = [figures[pair.first] / figures[pair.second] for pair in same.pairs]
    if len(set(ratios)) < 2:
        return
    reaches = []
    for pair in same.pairs:
        first, second = _within(by_id[pair.first], figures), _within(by_id[pair.second], figures)
        reaches.append((first[0] / second[1], first[1] / second[0]))
    low, high = max(one[0] for one in reaches), min(one[1] for one in reaches)
    title, told = in_language(same.title), " and ".join(f"{float(one):.2f}" for one in ratios)
    if low <= high:
        yield rules.RATIOS_DIFFER_ROUNDED.notice(
            title=title, ratios=told, low=f"{float(low):.2f}", high=f"{float(high):.2f}"
        )
    else:
        yield rules.RATIOS_DIFFER.notice(title=title, ratios=told)


def _stated(one: Assumption) -> Range:
    """Return the range the source gives, else the value twice."""
    value = exact(one.value)
    low = value if one.low is None else exact(one.low)
    high = value if one.high is None else exact(one.high)
    return low, high


def _range(one: Assumption, figures: Figures) -> Range:
    """Return the range of a figure; one that was set anew is itself only."""
    if figures[one.id] != exact(one.value):
        return figures[one.id], figures[one.id]
    return _stated(one)


def _within(one: Assumption, figures: Figures) -> Range:
    """Return every value a figure may stand for: its range, and half a step of its rounding."""
    low, high = _range(one, figures)
    half = exact(one.rounded_to or 0) / 2
    return low - half, high + half


def _span(one: Range) -> str:
    return shown(one[0]) if one[0] == one[1] else f"{shown(one[0])} to {shown(one[1])}"


def _told(one: Assumption) -> str:
    return f"{in_language(one.title)}: {_span(_stated(one))} {one.unit} ({one.source}, {one.date})"
