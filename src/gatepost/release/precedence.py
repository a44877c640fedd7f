"""Reading the precedence table: a set of decisions comes to one outcome, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable

from gatepost.release.model import DecisionKind, Precedence, PrecedenceRow


def combine(kinds: Iterable[DecisionKind], precedence: Precedence) -> PrecedenceRow | None:
    """Return the first row that the set of decisions meets; ``None`` if no row does."""
    given = frozenset(kinds)
    for row in precedence.rows:
        if meets(given, row):
            return row
    return None


def meets(given: frozenset[DecisionKind], row: PrecedenceRow) -> bool:
    """Tell whether the set of decisions meets every part of the row."""
    if not given:
        return False
    if row.any and not given & set(row.any):
        return False
    if row.each and not given >= set(row.each):
        return False
    return not row.only or given <= set(row.only)
