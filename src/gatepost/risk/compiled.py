"""A jurisdiction's indicators, compiled into one function per level for a given day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from gatepost.expression.compile import compile_many
from gatepost.expression.explain import paths, values_at
from gatepost.expression.parser import parse
from gatepost.expression.syntax import Path
from gatepost.requirement.compiled import ROOTS, VOCABULARY
from gatepost.requirement.model import Level
from gatepost.risk.model import Indicator

LEVELS: tuple[Level, ...] = ("consignment", "item", "traveller")


class DayIndicators:
    """The indicators in force on one day, by regime and level."""

    def __init__(self, indicators: Sequence[Indicator], sets: Mapping[str, frozenset[str]]) -> None:
        self._indicators = indicators
        self._sets = sets
        self._functions: dict[tuple[str, Level], Callable[..., list[int]]] = {}

    def matching(self, regime: str, level: Level, arguments: tuple[Any, ...]) -> list[Indicator]:
        """Return the indicators whose condition holds for the arguments (``ROOTS[level]``)."""
        function = self._functions.get((regime, level))
        if function is None:
            conditions = [
                (n, one.when or "true")
                for n, one in enumerate(self._indicators)
                if one.level == level and regime in one.regimes
            ]
            function = compile_many(conditions, VOCABULARY, ROOTS[level], self._sets)
            self._functions[(regime, level)] = function
        return [self._indicators[n] for n in function(*arguments)]


class IndicatorBook:
    """All indicators of all days; ``on(day)`` gives those in force."""

    def __init__(
        self, indicators: Sequence[Indicator], sets: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.indicators = tuple(sorted(indicators, key=lambda i: (i.id, i.valid.start)))
        self._sets = sets or {}
        starts = {i.valid.start for i in indicators}
        ends = {i.valid.end + timedelta(days=1) for i in indicators if i.valid.end is not None}
        self._changes = sorted(starts | ends)
        self._days: dict[int, DayIndicators] = {}
        self._paths: dict[str, tuple[Path, ...]] = {}

    def on(self, day: date) -> DayIndicators:
        """Return the indicators of ``day``; days between two changes share them."""
        place = bisect_right(self._changes, day)
        found = self._days.get(place)
        if found is None:
            in_force = [i for i in self.indicators if i.valid.on(day)]
            found = self._days[place] = DayIndicators(in_force, self._sets)
        return found

    def explain(self, indicator: Indicator, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of ``arguments`` that the indicator's condition read."""
        if indicator.when is None:
            return {}
        read = self._paths.get(indicator.when)
        if read is None:
            read = self._paths[indicator.when] = paths(parse(indicator.when))
        return values_at(read, arguments)
