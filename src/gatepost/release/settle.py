"""What follows by itself from the state of a case (RL-01 to RL-04).

After every act this is asked for the events that law and table make follow: the
automatic decisions, conflicts raised or ended, holds for what was found after the
release, the one release or its denial. It reads sets, never an order of arrival,
so the same facts in any order end in the same release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from gatepost.kernel.duration import parse_duration
from gatepost.kernel.event import Body
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.release import events
from gatepost.release.model import (
    CLEARING,
    RELEASING,
    WHOLE,
    Conflict,
    DecisionKind,
    Hold,
    Interest,
    Outcome,
    Precedence,
    PrecedenceRow,
    covers,
)
from gatepost.release.precedence import combine
from gatepost.release.state import ReleaseState

REOPENED_FOR = timedelta(days=30)


class Automatic(msgspec.Struct, frozen=True):
    """The mandate by which an agency's own rules may clear."""

    mandate: str
    legal_basis: tuple[LegalBasis, ...]


class Facts(msgspec.Struct, frozen=True):
    """Everything settling looks at: the interests, the state, the table and the moment.

    ``automatic`` holds, by interest, the mandate by which its agency's own rules may clear it.
    """

    interests: Mapping[str, Interest]
    state: ReleaseState
    precedence: Precedence
    regime: Regime
    automatic: Mapping[str, Automatic]
    now: datetime
    legal_basis: Mapping[str, tuple[LegalBasis, ...]] = {}


class Consequence(msgspec.Struct, frozen=True):
    """One event that follows, for which agency, by which rule and law."""

    body: Body
    agency: str | None = None
    rule: str | None = None
    legal_basis: tuple[LegalBasis, ...] = ()


def settle(facts: Facts) -> tuple[Consequence, ...]:
    """Return the next consequences of ``facts``; empty when nothing more follows.

    The caller folds them into the state and asks again until nothing follows.
    """
    for step in (_automatic, _reopened, _conflicts, _ending):
        found = tuple(step(facts))
        if found:
            return found
    return ()


def _automatic(facts: Facts) -> Iterator[Consequence]:
    """An agency clears by its own rules where its mandate lets it and nothing is open."""
    state = facts.state
    clearing: dict[tuple[str, str], list[str]] = {}
    mandates: dict[str, Automatic] = {}
    for key, interest in facts.interests.items():
        mandate = facts.automatic.get(key)
        if mandate and interest.ready and not interest.adverse and key not in state.decisions:
            mandates[mandate.mandate] = mandate
            clearing.setdefault((interest.agency, mandate.mandate), []).append(interest.target)
    for (agency, name), targets in clearing.items():
        mandate = mandates[name]
        body = events.DecisionGiven(tuple(targets), "clear", mandate.mandate)
        yield Consequence(body, agency, mandate.mandate, mandate.legal_basis)


def _reopened(facts: Facts) -> Iterator[Consequence]:
    """What becomes open after the release holds the goods; settled again, the hold goes."""
    state = facts.state
    if state.released is None or state.removed_at is not None:
        return
    for agency in sorted({one.agency for one in facts.interests.values()}):
        undecided = [
            key
            for key, one in facts.interests.items()
            if one.agency == agency and not _cleared(state, key, one)
        ]
        hold = state.holds.get(f"reopened-{agency}")
        held = hold is not None and hold.status == "open"
        if undecided and not held:
            new = Hold(
                f"reopened-{agency}",
                agency,
                "found after release",
                facts.now,
                facts.now + REOPENED_FOR,
                facts.legal_basis.get(agency, ()),
                True,
            )
            yield Consequence(events.HoldPlaced(new), agency, None, new.legal_basis)
        elif held and not undecided:
            lifted = events.HoldLifted(f"reopened-{agency}", "settled")
            yield Consequence(lifted, agency, None, hold.legal_basis if hold else ())


def _cleared(state: ReleaseState, key: str, interest: Interest) -> bool:
    if not stands(state, key, interest):
        return False
    return _counted(state, key, interest) in CLEARING or (
        state.released is not None and interest.target in state.released.withheld
    )


def _counted(state: ReleaseState, key: str, interest: Interest) -> DecisionKind | None:
    """Return the decision that counts: the agency's own, or the ruling that settled it."""
    decision = state.decisions.get(key)
    if decision is None:
        return None
    kind = decision.kind
    for target in dict.fromkeys((interest.target, WHOLE)):
        ruling = state.rulings.get(target) if covers(target, interest.target) else None
        if ruling and kind in ruling.settles:
            kind = ruling.kind
    return kind


def stands(state: ReleaseState, key: str, interest: Interest) -> bool:
    """Tell whether the agency's decision counts: given, allowed now, no condition failed."""
    kind = _counted(state, key, interest)
    return kind is not None and interest.allows(kind) and not broken(state, interest)


def broken(state: ReleaseState, interest: Interest) -> bool:
    """Tell whether a condition failed under which the agency cleared."""
    return any(
        one.agency == interest.agency and one.status == "failed" and interest.target in one.targets
        for one in state.conditions.values()
    )


def _conflicts(facts: Facts) -> Iterator[Consequence]:
    """Raise a conflict where the table sees one, and end it when the decisions agree again."""
    state = facts.state
    for target, kinds in sorted(_held_together(facts).items()):
        row = _clash(kinds, facts.precedence)
        if row and target not in state.conflicts:
            conflict = Conflict(
                target,
                row.id,
                tuple(sorted(kinds)),
                row.decider or "",
                facts.now + parse_duration(row.limit or "0h"),
                False,
                row.legal_basis,
            )
            yield Consequence(events.ConflictRaised(conflict), None, row.id, row.legal_basis)
        elif not row and target in state.conflicts:
            ended = state.conflicts[target]
            resolved = events.ConflictResolved(target, None, "the agencies agree")
            yield Consequence(resolved, None, ended.row, ended.legal_basis)


def _held_together(facts: Facts) -> dict[str, set[DecisionKind]]:
    """Return the decisions that must agree, by target.

    What is decided on the whole consignment holds for its items too: where an item is
    decided otherwise, it is the whole that is in conflict.
    """
    kinds = _kinds_by_target(facts)
    whole = kinds.get(WHOLE, set())
    against = [
        own
        for target, own in kinds.items()
        if whole
        and target != WHOLE
        and covers(WHOLE, target)
        and not _clash(own, facts.precedence)
        and _clash(whole | own, facts.precedence)
    ]
    return {**kinds, WHOLE: whole.union(*against)} if against else kinds


def _clash(kinds: set[DecisionKind], precedence: Precedence) -> PrecedenceRow | None:
    row = combine(kinds, precedence)
    return row if row is not None and row.outcome == "conflict" else None


def _kinds_by_target(facts: Facts) -> dict[str, set[DecisionKind]]:
    """Return the decisions that count on each target; a ruling replaces those it settled."""
    kinds: dict[str, set[DecisionKind]] = {}
    for key, interest in facts.interests.items():
        kind = _counted(facts.state, key, interest)
        if kind is not None:
            kinds.setdefault(interest.target, set()).add(kind)
    return kinds


def _ending(facts: Facts) -> Iterator[Consequence]:
    """Release once every interest is decided and nothing holds; or deny."""
    state = facts.state
    if state.released or state.denied or state.conflicts or state.open_holds:
        return
    if not facts.interests:
        return
    if not all(stands(state, key, interest) for key, interest in facts.interests.items()):
        return
    rows = outcomes(facts)
    if rows is None:
        return
    released = tuple(sorted(t for t, row in rows.items() if row.outcome in RELEASING))
    withheld = tuple(sorted(t for t, row in rows.items() if row.outcome not in RELEASING))
    by = tuple(sorted({row.id for row in rows.values()}))
    law = tuple(dict.fromkeys(basis for row in rows.values() for basis in row.legal_basis))
    partial = facts.precedence.partial
    items = [t for t in released if t != WHOLE]
    may_part = partial is not None and facts.regime in partial.regimes and items
    if not withheld or (may_part and WHOLE not in withheld):
        conditional = any(rows[t].outcome == "conditional" for t in released)
        outcome: Outcome = "conditional" if conditional else "release"
        body: Body = events.GoodsReleased(outcome, released, withheld, by)
        if withheld and partial is not None:
            law = tuple(dict.fromkeys((*law, *partial.legal_basis)))
    else:
        body = events.ReleaseDenied(gravest(rows.values(), facts.precedence), by)
    yield Consequence(body, None, by[0], law)


def outcomes(facts: Facts) -> dict[str, PrecedenceRow] | None:
    """Return the table's row for every target; ``None`` while a row is missing or a conflict."""
    rows: dict[str, PrecedenceRow] = {}
    for target, kinds in _kinds_by_target(facts).items():
        row = combine(kinds, facts.precedence)
        if row is None or row.outcome == "conflict":
            return None
        rows[target] = row
    return rows


def gravest(rows: Iterable[PrecedenceRow], precedence: Precedence) -> Outcome:
    """Return the outcome of the row that stands highest in the table and does not release."""
    met = {row.id for row in rows if row.outcome not in RELEASING}
    return next(row.outcome for row in precedence.rows if row.id in met)
