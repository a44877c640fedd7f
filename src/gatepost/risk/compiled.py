"""A jurisdiction's indicators, compiled into one function per level for a given day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from gatepost.expression.compile import compile_many
from gatepost.expression.explain import paths, values_at
from gatepost.expression.parser import parse
from gatepost.expression.syntax import Path
from gatepost.kernel.in_force import InForce
from gatepost.requirement.compiled import ROOTS, VOCABULARY
from gatepost.requirement.model import Level
from gatepost.risk.learnt import Model, scorers_of, told_of
from gatepost.risk.model import Indicator, Learnt


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
        self,
        indicators: Sequence[Indicator],
        sets: Mapping[str, frozenset[str]] | None = None,
        models: Sequence[Model] = (),
    ) -> None:
        self.indicators = tuple(sorted(indicators, key=lambda i: (i.id, i.valid.start)))
        self._sets = sets or {}
        self.scorers = scorers_of(models)
        self._in_force = InForce((i.valid for i in self.indicators), self._book)
        self._paths: dict[str, tuple[Path, ...]] = {}

    def on(self, day: date) -> DayIndicators:
        """Return the indicators of ``day``; days between two changes share them."""
        return self._in_force.on(day)

    def _book(self, day: date) -> DayIndicators:
        return DayIndicators([i for i in self.indicators if i.valid.on(day)], self._sets)

    def scored(self, learnt: Learnt, arguments: Sequence[Any]) -> dict[str, Any] | None:
        """Return how a model's score comes about; ``None`` if it is too low to fire."""
        scorer = self.scorers[learnt.model]
        values = scorer.values(arguments)
        scored = scorer.asked(values)
        return told_of(scorer.model, scored, values) if scored.score >= learnt.above else None

    def explain(self, indicator: Indicator, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of ``arguments`` that the indicator's condition read."""
        if indicator.when is None:
            return {}
        read = self._paths.get(indicator.when)
        if read is None:
            read = self._paths[indicator.when] = paths(parse(indicator.when))
        return values_at(read, arguments)
