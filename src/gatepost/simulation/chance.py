"""Chance from a seed: the same question always has the same answer.

Every draw is named, so adding one changes no other.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Chance:
    """Named draws from a seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def share(self, *name: object) -> float:
        """Return a number in [0, 1)."""
        text = "|".join([self._seed, *map(str, name)])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64

    def between(self, low: float, high: float, *name: object) -> float:
        """Return a number in [low, high)."""
        return low + (high - low) * self.share(*name)

    def whole(self, low: int, high: int, *name: object) -> int:
        """Return a whole number from low to high, both included."""
        return low + math.floor((high - low + 1) * self.share(*name))

    def one_of(self, choices: Sequence[Choice], *name: object) -> Choice:
        """Return one of ``choices``."""
        return choices[math.floor(len(choices) * self.share(*name))]

    def happens(self, probability: float, *name: object) -> bool:
        """Tell whether something of this probability happens."""
        return self.share(*name) < probability

    def skewed(self, typical: float, *name: object) -> float:
        """Return a length around ``typical``, seldom much longer, as waiting times are."""
        return typical * math.exp(0.45 * (sum(self.share(*name, n) for n in range(6)) - 3))
