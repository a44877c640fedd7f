"""The port to a solver: it proposes, and nothing it says is believed unchecked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from gatepost.control.schedule.bound import Prices
from gatepost.control.schedule.greedy import Cost, Slots
from gatepost.control.schedule.problem import Problem, Visit


class Proposal(msgspec.Struct, frozen=True):
    """When each visit should begin; ``visits`` are held to the bays and officers it means.

    ``bound`` is the least that any plan within the limit costs, in weighted time units.
    Nothing of it at all where nothing was found.
    """

    starts: tuple[int, ...] = ()
    visits: tuple[Visit, ...] = ()
    bound: int | None = None


class Planner(Protocol):
    """What plans better than turns can be changed by hand."""

    def more(self, seconds: float) -> Callable[[], bool]:
        """Return a question that is answered with yes for so many seconds from now."""

    def propose(self, problem: Problem, hint: Slots, limit: Cost, seconds: float) -> Proposal:
        """Return starts that keep to ``limit`` and, if it can, cost less than ``hint``."""

    def prices(self, problem: Problem, cost: int, seconds: float) -> Prices:
        """Return prices by which the bound of ``problem`` comes near ``cost``."""
