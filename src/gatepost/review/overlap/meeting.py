"""Whether some goods are subject to two activities at once, and which (RG-02).

A meeting is told only where what is written shows that it can be: goods, origins, regimes, means
of transport and posts that both have, and conditions of which nothing is left to guess. A
condition that compares two values of the record, or looks into its texts, may never hold together
with another; whether it does only the ledger can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TypeVar

import msgspec

from gatepost.expression.explain import prefixes
from gatepost.expression.syntax import (
    Compare,
    Constant,
    Listed,
    Logic,
    Member,
    Node,
    Path,
    Quantifier,
    Scalar,
)
from gatepost.review.overlap.model import Activity, Reach

T = TypeVar("T")

ITEMS, TRAVELLERS = ("consignment", "items"), ("consignment", "travellers")
MODE = ("consignment", "mode")

_OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def meeting(one: Activity, other: Activity) -> Reach | None:
    """Return what both activities are about; ``None`` where nothing can be."""
    if not one.valid.overlaps(other.valid):
        return None
    reach = shared(one.reach, other.reach)
    return reach if reach is not None and together(one.when, other.when) else None


def inside(inner: Reach, outer: Reach) -> bool:
    """Tell whether all that ``inner`` is about is in ``outer`` too."""
    if inner.people != outer.people:
        return False
    goods = not outer.commodity or (
        bool(inner.commodity)
        and all(code.startswith(tuple(outer.commodity)) for code in inner.commodity)
    )
    pairs = (
        (inner.regimes, outer.regimes),
        (inner.origin, outer.origin),
        (inner.modes, outer.modes),
        (inner.posts, outer.posts),
    )
    return goods and all(not wide or (narrow and narrow <= wide) for narrow, wide in pairs)


def together(one: Node | None, other: Node | None) -> bool:
    """Tell whether two conditions certainly can hold of the same goods.

    They can where both are the same, and where every part of both is a plain demand on a value
    of its own or one that both demands leave something of.
    """
    if one == other:
        return True
    first, second = _facts(one), _facts(other)
    if first is None or second is None:
        return False
    return not any(_apart(first[path], second[path]) for path in first.keys() & second.keys())


def narrowed(reach: Reach, when: Node | None) -> Reach:
    """Return a reach without the goods that its condition leaves out."""
    for part in _parts(when) if when else ():
        few = _goods_of(part)
        commodity = _prefixes(reach.commodity, frozenset(few)) if few else None
        if commodity is not None:
            reach = msgspec.structs.replace(reach, commodity=commodity)
        match part:
            case Quantifier(sequence=Path(parts=parts)) if parts == TRAVELLERS:
                reach = msgspec.structs.replace(reach, people=True)
            case Compare(sign="==", left=Path(parts=parts), right=Constant(value=str(mode))):
                if parts == MODE:
                    modes = _both(reach.modes, frozenset({mode}))
                    reach = msgspec.structs.replace(reach, modes=modes or reach.modes)
    return reach


def _goods_of(part: Node) -> tuple[str, ...]:
    """Return the prefixes of the goods without which a part of a condition cannot hold."""
    match part:
        case Quantifier(quantity="exists", sequence=Path(parts=parts)) if parts == ITEMS:
            return prefixes(part.body, (part.variable, "commodity")) or ()
    return prefixes(part) or ()


def shared(one: Reach, other: Reach) -> Reach | None:
    """Return what two reaches share; ``None`` where that is nothing."""
    if one.people != other.people:
        return None
    regimes = _both(one.regimes, other.regimes)
    commodity = _prefixes(one.commodity, other.commodity)
    origin = _both(one.origin, other.origin)
    modes = _both(one.modes, other.modes)
    posts = _both(one.posts, other.posts)
    if regimes is None or commodity is None or origin is None or modes is None or posts is None:
        return None
    without = one.except_commodity | other.except_commodity
    if commodity:
        commodity = frozenset(c for c in commodity if not c.startswith(tuple(without)))
        if not commodity:
            return None
    without_origin = one.except_origin | other.except_origin
    if origin:
        origin = origin - without_origin
        if not origin:
            return None
    return Reach(one.people, regimes, commodity, without, origin, without_origin, modes, posts)


def _both(one: frozenset[T], other: frozenset[T]) -> frozenset[T] | None:
    """Return what two sets share, where an empty one means all; ``None`` for nothing."""
    if not one or not other:
        return one or other
    return (one & other) or None


def _prefixes(one: frozenset[str], other: frozenset[str]) -> frozenset[str] | None:
    """Return the narrower of the prefixes that meet; ``None`` where none do."""
    if not one or not other:
        return one or other
    found = {a if len(a) > len(b) else b for a in one for b in other if _near(a, b)}
    return frozenset(found) or None


def _near(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


class _Fact:
    """What a condition demands of one value: to be one of some, or to lie within bounds."""

    def __init__(self) -> None:
        self.among: frozenset[Scalar] | None = None
        self.low, self.above = -inf, False
        self.high, self.below = inf, False

    def one_of(self, values: frozenset[Scalar]) -> None:
        """Demand one of ``values``."""
        self.among = values if self.among is None else self.among & values

    def bound(self, sign: str, value: float) -> None:
        """Demand ``sign value``, such as ``> 250``."""
        open_ended = not sign.endswith("=")
        if sign.startswith(">"):
            self.low, self.above = max((self.low, self.above), (value, open_ended))
        else:
            high, closed = min((self.high, not self.below), (value, not open_ended))
            self.high, self.below = high, not closed

    def span(self) -> tuple[float, bool, float, bool]:
        """Return the bounds of the numbers that are left, and whether each is left out."""
        numbers = [one for one in self.among or () if isinstance(one, int | float)]
        if self.among and len(numbers) == len(self.among):
            return float(min(numbers)), False, float(max(numbers)), False
        return self.low, self.above, self.high, self.below


def _facts(node: Node | None) -> dict[str, _Fact] | None:
    """Return what a condition demands by path; ``None`` if it demands more than can be told."""
    found: dict[str, _Fact] = {}
    for part in _parts(node) if node else ():
        if _goods_of(part) or part == Constant(value=True):
            continue  # the one is part of the reach, the other demands nothing
        match part:
            case Compare(sign=sign, left=Path() as path, right=Constant(value=value)):
                _learn(found, path, sign, value)
            case Compare(sign=sign, left=Constant(value=value), right=Path() as path):
                _learn(found, path, _OPPOSITE.get(sign, sign), value)
            case Member(value=Path() as path, container=Listed(items=items)):
                values = frozenset(one.value for one in items if isinstance(one, Constant))
                if len(values) < len(items):
                    return None
                found.setdefault(path.text, _Fact()).one_of(values)
            case Member(value=Constant() as one, container=Path() as path):
                # A list of the record may hold this and whatever the other condition demands.
                found.setdefault(f"{path.text} has {one.value}", _Fact())
            case Quantifier(quantity="exists", sequence=Path(parts=("item", "documents"))):
                found.setdefault("item.documents", _Fact())
            case _:
                return None
    return found


def _parts(node: Node) -> Iterator[Node]:
    """Yield what must hold for the whole to hold."""
    if isinstance(node, Logic) and node.sign == "&&":
        for part in node.parts:
            yield from _parts(part)
    else:
        yield node


def _learn(found: dict[str, _Fact], path: Path, sign: str, value: Scalar) -> None:
    fact = found.setdefault(path.text, _Fact())
    if sign == "==":
        fact.one_of(frozenset({value}))
    elif sign in _OPPOSITE and isinstance(value, int | float) and not isinstance(value, bool):
        fact.bound(sign, value)


def _apart(one: _Fact, other: _Fact) -> bool:
    if one.among is not None and other.among is not None and not one.among & other.among:
        return True
    return _all_below(one, other) or _all_below(other, one)


def _all_below(one: _Fact, other: _Fact) -> bool:
    """Tell whether every number ``one`` admits is less than every number ``other`` admits."""
    _, _, high, below = one.span()
    low, above, _, _ = other.span()
    return high < low or (high == low and (below or above))
