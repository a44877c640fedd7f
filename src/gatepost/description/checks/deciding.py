"""The precedence table has one row for every set of decisions, and no row in vain.

There are few kinds of decision, so every set of them is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import get_args

from gatepost.description import rules
from gatepost.description.described import Described, Keys, Located
from gatepost.kernel.notice import Notice
from gatepost.release.model import DecisionKind, Precedence, PrecedenceRow
from gatepost.release.precedence import combine

KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
SETS: tuple[tuple[DecisionKind, ...], ...] = tuple(
    kinds for size in range(1, len(KINDS) + 1) for kinds in combinations(KINDS, size)
)
"""Every set of decisions that can be given on one target, the smallest first."""


def check_deciding(described: Described) -> Iterator[Notice]:
    """Yield what is missing in the whole: the country, the table; and what is wrong in tables."""
    if not described.of("country") and "country" not in described.unread:
        yield rules.NO_COUNTRY.notice("jurisdiction.yaml:1")
    if not described.of("precedence") and "precedence" not in described.unread:
        yield rules.NO_TABLE.notice("precedence.yaml:1")
    for thing in described.of("precedence"):
        yield from _table(thing, thing.value)
        for index, row in enumerate(thing.value.rows):
            if row.outcome == "conflict":
                yield from _conflict(described, thing, ("rows", index), row)


def _table(thing: Located, table: Precedence) -> Iterator[Notice]:
    reached: set[str] = set()
    unmet: list[tuple[DecisionKind, ...]] = []
    for kinds in SETS:
        row = combine(kinds, table)
        if row is None:
            unmet.append(kinds)
        else:
            reached.add(row.id)
    for index, one in enumerate(table.rows):
        if one.id not in reached:
            yield rules.NEVER_REACHED.notice(thing.where("rows", index), row=one.id)
    for kinds in _smallest(unmet):
        yield rules.NO_ROW.notice(thing.where("rows"), decisions=", ".join(kinds))


def _smallest(sets: list[tuple[DecisionKind, ...]]) -> list[tuple[DecisionKind, ...]]:
    """Return the sets that contain no other of them, so that one gap is said once."""
    return [one for one in sets if not any(set(other) < set(one) for other in sets)]


def _conflict(
    described: Described, thing: Located, own: Keys, row: PrecedenceRow
) -> Iterator[Notice]:
    for key in ("decider", "limit"):
        if getattr(row, key) is None:
            yield rules.CONFLICT_INCOMPLETE.notice(thing.where(*own), key=key)
    known = {unit for units in described.units.values() for unit in units}
    if row.decider is not None and described.missing("agency", row.decider, known):
        yield rules.UNKNOWN_DECIDER.notice(thing.where(*own, "decider"), unit=row.decider)
