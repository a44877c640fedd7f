"""A border of which the truth is known: who brings in what, and what is wrong with it.

Parties come again and have their ways: some cheat, some are careless, and who is careless for
one agency is more likely to be so for another. Customs fraud and two kinds of biosecurity harm
are planted as patterns of origin, goods and price. Half-way the world moves: other parties, and
patterns that hide in the busiest trade, where nobody found anything before. Whoever does not look
does not learn, so labels are partial by nature.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AGENCIES = ("customs", "plant_health", "food_safety")
SIZES = {"importer": 900, "origin": 40, "goods": 80, "price": 6, "packing": 4}
FEATURES = tuple(SIZES)
PAIRS = (("origin", "goods"), ("goods", "price"), ("origin", "packing"))
"""Pairs of features that a rule may speak of together."""

BASE = (0.006, 0.004, 0.004)
"""What is wrong without any pattern, by agency."""

PATTERNS = (
    (("goods", "price"), 6, 0.35),
    (("origin", "packing"), 5, 0.30),
    (("origin", "goods"), 10, 0.40),
)
"""By agency: the features its harm shows in, how many pairs of values are bad, and how bad."""

HIDDEN = 0.5
"""How much less is wrong within the patterns that hide in busy trade."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Week:
    """What came in one week: the features of each consignment, and what is wrong with it."""

    def __init__(self, columns: dict[str, Ints], wrong: Bools) -> None:
        self.columns = columns
        self.wrong = wrong

    @property
    def size(self) -> int:
        """The number of consignments."""
        return len(self.wrong)


class World:
    """Weeks of traffic with one drift: from week ``drift`` on other patterns hold."""

    def __init__(self, seed: int, weeks: int = 60, size: int = 800, drift: int = 30) -> None:
        chance = np.random.default_rng(seed)
        shares = {name: _uneven(chance, many) for name, many in SIZES.items()}
        even = {name: np.full(many, 1 / many) for name, many in SIZES.items()}
        eras = [_Era(chance, even, 1.0), _Era(chance, shares, HIDDEN)]
        self.weeks = [_week(chance, shares, eras[week >= drift], size) for week in range(weeks)]
        self.drift = drift


class _Era:
    """The patterns and the bad parties of one time."""

    def __init__(self, chance: np.random.Generator, where: dict[str, Floats], worse: float) -> None:
        careless = chance.gamma(0.3, 1 / 0.3, SIZES["importer"])
        self.parties = np.stack(
            [careless * chance.gamma(0.5, 2.0, SIZES["importer"]) for _ in AGENCIES]
        )
        self.tables = []
        for (one, other), many, bad in PATTERNS:
            table = np.zeros((SIZES[one], SIZES[other]))
            for _ in range(many):
                first = chance.choice(SIZES[one], p=where[one])
                table[first, chance.choice(SIZES[other], p=where[other])] = bad * worse
            self.tables.append(table)

    def risk(self, columns: dict[str, Ints]) -> Floats:
        """Return by agency how likely each consignment is wrong."""
        found = []
        for agency, table in enumerate(self.tables):
            one, other = PATTERNS[agency][0]
            party = BASE[agency] * self.parties[agency][columns["importer"]]
            found.append(np.clip(party + table[columns[one], columns[other]], 0, 0.9))
        return np.stack(found, axis=1)


def _uneven(chance: np.random.Generator, many: int) -> Floats:
    """Return shares of values as trade has them: a few are common and most are rare."""
    weights = chance.permutation(1 / np.arange(1, many + 1) ** 0.7)
    shares: Floats = weights / weights.sum()
    return shares


def _week(chance: np.random.Generator, shares: dict[str, Floats], era: _Era, size: int) -> Week:
    columns = {name: chance.choice(SIZES[name], size, p=shares[name]) for name in SIZES}
    return Week(columns, chance.random((size, len(AGENCIES))) < era.risk(columns))
