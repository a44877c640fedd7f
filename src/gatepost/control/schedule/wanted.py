"""The stops that a world asks for: of all agencies of a movement together, or of each alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from gatepost.control.schedule.reading import asked_of
from gatepost.control.schedule.world import Consignment, World


class Wanted(NamedTuple):
    """One stop as asked for, in minutes: whose, and what each agency does there."""

    movement: int
    consignments: tuple[Consignment, ...]
    exams: tuple[tuple[str, str, int, str], ...]
    scan: int

    @property
    def names(self) -> tuple[str, ...]:
        """Return the consignments."""
        return tuple(one.id for one in self.consignments)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies, in the order asked."""
        return tuple(dict.fromkeys(agency for agency, *_ in self.exams))

    def only(self, agencies: Iterable[str], scan: bool) -> Wanted:
        """Return the part of the stop that these agencies make."""
        kept = set(agencies)
        exams = tuple(one for one in self.exams if one[0] in kept)
        return self._replace(exams=exams, scan=self.scan if scan else 0)


class Stops:
    """The stops of a world, and the order in which those of one movement may come."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.befores = [one for one in world.order if one.kind == "before"]
        names: dict[str, int] = {}
        for one in world.consignments:
            names.setdefault(one.movement or f"={one.id}", len(names))
        self.movements = names

    def joint(self) -> Iterator[Wanted]:
        """Yield one stop for each movement, or several where agencies must not share one."""
        for movement, consignments in self.moved.items():
            exams = [
                (agency, skill, length, one.id, stop)
                for one in consignments
                for agency, skill, length, stop in asked_of(self.world, one)
            ]
            scan = sum(one.scan for one in consignments)
            stop_of: dict[str, str] = {}
            for agency, _, _, _, stop in exams:
                stop_of.setdefault(agency, stop)
            stops = self.stops(stop_of)
            for agencies in stops or [frozenset[str]()]:
                mine = tuple(exam[:4] for exam in exams if exam[0] in agencies)
                named = {name for *_, name in mine}
                there = tuple(one for one in consignments if one.id in named or not stops)
                if mine or scan:
                    yield Wanted(movement, there or tuple(consignments), mine, scan)
                scan = 0

    def stops(self, named: Mapping[str, str]) -> list[frozenset[str]]:
        """Return the agencies of each stop of a movement, in an order that they may come in.

        ``named`` tells by agency the name of its stop. Where two stops would each have to be
        over before the other, nobody shares one.
        """
        found = [
            frozenset(agency for agency in named if named[agency] == stop)
            for stop in dict.fromkeys(named.values())
        ]
        return self.in_order(found) or self.in_order([frozenset({agency}) for agency in named])

    def in_order(self, stops: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        """Return the stops so that each comes after those it waits for; none if they circle."""
        found: list[frozenset[str]] = []
        waiting = list(stops)
        while waiting:
            free = (
                stop
                for stop in waiting
                if not any(self.waits(stop, other) for other in waiting if other is not stop)
            )
            following = next(free, None)
            if following is None:
                return []
            found.append(following)
            waiting.remove(following)
        return found

    def waits(self, stop: Collection[str], other: Collection[str]) -> bool:
        """Tell whether an agency at ``stop`` may only finish after one at ``other``."""
        return any(one.first in other and one.then in stop for one in self.befores)

    def befores_of(self, agency: str) -> list[str]:
        """Return the agencies that ``agency`` may only finish after."""
        return [one.first for one in self.befores if one.then == agency and one.first]

    def movement(self, one: Consignment) -> int:
        """Return the number of the conveyance on which a consignment travels."""
        return self.movements[one.movement or f"={one.id}"]

    def separate(self) -> Iterator[Wanted]:
        """Yield a stop for each agency and consignment; a movement is scanned at its first."""
        for movement, consignments in self.moved.items():
            scan = sum(one.scan for one in consignments)
            exams = [
                (one, (agency, skill, length, one.id))
                for one in consignments
                for agency, skill, length, _ in asked_of(self.world, one)
            ]
            agencies = [frozenset({agency}) for agency in {exam[0]: 0 for _, exam in exams}]
            for alone in self.in_order(agencies):
                for one, exam in exams:
                    if exam[0] in alone:
                        yield Wanted(movement, (one,), (exam,), scan)
                        scan = 0
            if scan:
                yield Wanted(movement, tuple(consignments), (), scan)

    @cached_property
    def moved(self) -> dict[int, list[Consignment]]:
        """The consignments on each conveyance."""
        found: dict[int, list[Consignment]] = {}
        for one in self.world.consignments:
            found.setdefault(self.movement(one), []).append(one)
        return found
