"""Delegations lead somewhere: no circle, no power nobody holds, and somebody who may act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gatepost.authority.clause import Delegation
from gatepost.authority.instrument import abroad
from gatepost.authority.lifecycle import periods
from gatepost.authority.scope import Scope
from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located
from gatepost.kernel.notice import Notice
from gatepost.kernel.validity import Validity


class _Edge(NamedTuple):
    """One delegation at home, with its place and its days."""

    clause: Delegation
    thing: Located
    keys: Keys
    days: tuple[Validity, ...]


def check_delegations(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in the clauses by which one acts for another."""
    edges: list[_Edge] = []
    for thing in described.of("agreement"):
        for index, clause in enumerate(thing.value.clauses):
            if not isinstance(clause, Delegation):
                continue
            keys: Keys = ("clauses", index)
            if clause.of == clause.by:
                yield rules.DELEGATED_TO_ITSELF.notice(thing.where(*keys, "by"), agency=clause.by)
            elif not abroad(clause.of) and not abroad(clause.by):
                edges.append(_Edge(clause, thing, keys, periods(thing.value)))
                yield from _at_home(described, thing, clause, keys)
    yield from _circles(edges)


def _at_home(
    described: Described, thing: Located, clause: Delegation, keys: Keys
) -> Iterator[Notice]:
    if clause.decision == "delegate" or "decide" in clause.powers:
        yield rules.DECISION_GIVEN_AWAY.notice(thing.where(*keys), agency=clause.of)
    if "mandate" not in described.unread:
        held = {power for one in described.mandates.get(clause.of, ()) for power in one.powers}
        for n, power in enumerate(clause.powers):
            if power not in held:
                yield rules.NOT_ITS_POWER.notice(
                    thing.where(*keys, "powers", n), agency=clause.of, power=power
                )
    if "resources" not in described.unread:
        for n, name in enumerate(clause.competence):
            if not _somebody(described, clause.by, name):
                yield rules.NOBODY_COMPETENT.notice(
                    thing.where(*keys, "competence", n), agency=clause.by, competence=name
                )


def _somebody(described: Described, agency: str, competence: str) -> bool:
    return any(
        held.name == competence
        for thing in described.of("resources")
        if thing.value.agency == agency
        for officer in thing.value.officers
        for held in officer.competences
    )


def _circles(edges: list[_Edge]) -> Iterator[Notice]:
    """Yield, once for each circle, that agencies hand the same control round to its owner."""
    told: set[frozenset[str]] = set()
    for edge in edges:
        circle = _round(edge, edges)
        names = frozenset(one.clause.id for one in circle)
        if circle and names not in told:
            told.add(names)
            way = " \N{RIGHTWARDS ARROW} ".join(
                (*(one.clause.of for one in circle), edge.clause.of)
            )
            yield rules.CIRCULAR_DELEGATION.notice(
                edge.thing.where(*edge.keys), circle=way, clauses=", ".join(sorted(names))
            )


def _round(start: _Edge, edges: list[_Edge]) -> list[_Edge]:
    """Return the delegations from ``start`` that lead back to its owner, if some do."""
    ways = [[start]]
    seen = {start.clause.id}
    while ways:
        way = ways.pop(0)
        if way[-1].clause.by == start.clause.of:
            return way
        for edge in edges:
            if (
                edge.clause.of == way[-1].clause.by
                and edge.clause.id not in seen
                and _meet(start, edge)
            ):
                seen.add(edge.clause.id)
                ways.append([*way, edge])
    return []


def _meet(one: _Edge, other: _Edge) -> bool:
    """Tell whether two delegations bear on the same control on some day."""
    together = any(a.overlaps(b) for a in one.days for b in other.days)
    powers = {*one.clause.powers} & {*other.clause.powers}
    return together and bool(powers) and _overlap(one.clause.scope, other.clause.scope)


def _overlap(one: Scope, other: Scope) -> bool:
    regimes = not one.regimes or not other.regimes or bool({*one.regimes} & {*other.regimes})
    posts = not one.posts or not other.posts or bool({*one.posts} & {*other.posts})
    goods = (
        not one.commodity
        or not other.commodity
        or any(a.startswith(b) or b.startswith(a) for a in one.commodity for b in other.commodity)
    )
    kinds = (one.goods and other.goods and goods) or (one.people and other.people)
    return regimes and posts and kinds
