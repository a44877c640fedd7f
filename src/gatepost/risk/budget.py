"""One examination budget for several agencies: whom to look at, in which order (RM-04).

What the law prescribes comes first. Then the criteria: agencies take turns, each naming its
best consignment not yet chosen, so none is averaged away, and one that several want counts
once. A share drawn by a keyed hash is kept free whatever the criteria say: it can be derived
again afterwards and not predicted before. What is left is filled by the next draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, prod
from typing import Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity
from gatepost.risk.random import draw

Stage = Literal["prescribed", "criteria", "random", "fill"]


class Budget(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What agencies agreed to examine together at some posts.

    ``share`` of the consignments may be stopped; ``random`` of all are chosen by chance,
    out of that share. An empty list of posts or regimes means all.
    """

    id: str
    title: Text
    agencies: tuple[str, ...]
    share: float
    random: float
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    posts: tuple[str, ...] = ()
    regimes: tuple[Regime, ...] = ()


class Wish(msgspec.Struct, frozen=True):
    """An agency's wish to examine a consignment, by this indicator, and how much it expects."""

    agency: str
    indicator: str
    weight: float = 1.0


class Candidate(msgspec.Struct, frozen=True):
    """A consignment that comes: what the law prescribes for it, and what agencies wish."""

    reference: str
    prescribed: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()


class Selection(msgspec.Struct, frozen=True):
    """A consignment to examine, and why.

    ``agencies`` and ``reasons`` are those of all who wish it, whichever stage chose it;
    ``propensity`` the chance it had of being chosen, without which nothing can be learnt from
    what is found.
    """

    reference: str
    stage: Stage
    agencies: tuple[str, ...]
    reasons: tuple[str, ...]
    drawn: float
    propensity: float


class Allocation(msgspec.Struct, frozen=True):
    """What a budget came to: the selections in their order, and the wishes it had no room for."""

    budget: str
    candidates: int
    capacity: int
    selections: tuple[Selection, ...]
    deferred: tuple[str, ...]
    chance_of_any_stop: float
    chance_if_apart: float


def allocate(candidates: Sequence[Candidate], budget: Budget, secret: bytes) -> Allocation:
    """Return whom to examine; the order of ``candidates`` changes nothing.

    What is prescribed or drawn is chosen even beyond the capacity; criteria and fill are not.
    """
    draws = {one.reference: _draw(secret, one, budget) for one in candidates}
    order = sorted(candidates, key=lambda one: draws[one.reference])
    capacity = floor(budget.share * len(order) + 1e-9)
    stages: dict[str, tuple[Stage, float]] = {
        one.reference: ("prescribed", 1.0) for one in order if one.prescribed
    }
    by_chance = [one.reference for one in order if draws[one.reference] < budget.random]
    kept = [name for name in by_chance if name not in stages]
    room = max(0, capacity - len(stages) - len(kept))
    for name in _in_turn(order, budget, stages.keys() | set(kept)):
        if room == 0:
            break
        stages[name] = ("criteria", 1.0)
        room -= 1
    stages |= dict.fromkeys(kept, ("random", budget.random))
    left = [one.reference for one in order if one.reference not in stages]
    stages |= {name: ("fill", room / len(left)) for name in left[:room]}
    chosen = [one for one in order if one.reference in stages]
    chosen.sort(key=lambda one: _STAGES.index(stages[one.reference][0]))
    return Allocation(
        budget.id,
        len(order),
        capacity,
        tuple(_selection(one, budget, draws, *stages[one.reference]) for one in chosen),
        tuple(sorted(one.reference for one in order if one.wishes and one.reference not in stages)),
        round(len(chosen) / len(order), 6) if order else 0.0,
        _apart(order, budget),
    )


_STAGES: tuple[Stage, ...] = ("prescribed", "criteria", "random", "fill")


def _draw(secret: bytes, one: Candidate, budget: Budget) -> float:
    return draw(secret, one.reference, budget.id, "consignment")


def _in_turn(order: Sequence[Candidate], budget: Budget, taken: set[str]) -> Iterator[str]:
    """Yield consignments as the agencies name them in turn, each its best first."""
    queues = {}
    for agency in sorted(budget.agencies):
        wanted = [one for one in order if any(w.agency == agency for w in one.wishes)]
        wanted.sort(key=lambda one: (-_weight(one, agency), -len(_agencies(one))))
        queues[agency] = iter(wanted)
    seen = set(taken)
    while queues:
        for agency in list(queues):
            mine = next((one for one in queues[agency] if one.reference not in seen), None)
            if mine is None:
                del queues[agency]
                continue
            seen.add(mine.reference)
            yield mine.reference


def _weight(one: Candidate, agency: str) -> float:
    return max(wish.weight for wish in one.wishes if wish.agency == agency)


def _agencies(one: Candidate) -> tuple[str, ...]:
    return tuple(sorted({wish.agency for wish in one.wishes}))


def _selection(
    one: Candidate, budget: Budget, draws: dict[str, float], stage: Stage, propensity: float
) -> Selection:
    reasons = (*one.prescribed, *dict.fromkeys(wish.indicator for wish in one.wishes))
    if stage in ("random", "fill"):
        reasons = (*reasons, f"{budget.id} {stage}")
    agencies = budget.agencies if stage in ("random", "fill") else _agencies(one)
    drawn = round(draws[one.reference], 9)
    return Selection(one.reference, stage, agencies, reasons, drawn, round(propensity, 9))


def _apart(order: Sequence[Candidate], budget: Budget) -> float:
    """Return the chance of a stop if every agency followed its own wishes, each for itself."""
    if not order:
        return 0.0
    shares = [
        sum(any(w.agency == agency for w in one.wishes) for one in order) / len(order)
        for agency in budget.agencies
    ]
    return round(1 - prod(1 - share for share in shares), 6)
