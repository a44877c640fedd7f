"""Making a world ready to plan: whole time units, free moments, and its stops as visits."""

from __future__ import annotations

from functools import cached_property
from math import gcd

from gatepost.control.schedule.admit import LAST, faults_of
from gatepost.control.schedule.minutes import union
from gatepost.control.schedule.placing import Placing
from gatepost.control.schedule.problem import Load, Problem
from gatepost.control.schedule.reading import asked_of, minutes, places_of
from gatepost.control.schedule.wanted import Stops
from gatepost.control.schedule.world import Clock, Hours, World
from gatepost.kernel.notice import Refused

CALLED = 1000
"""The rank of an officer on call: somebody at the post is always taken before."""


def compile_world(world: World, separate: bool = False) -> Problem:
    """Return ``world`` ready to plan, jointly or with a stop for each agency and consignment.

    Raises ``Refused`` with everything that is wrong in it.
    """
    if faults := faults_of(world):
        raise Refused(faults)
    return _Compiler(world).problem(separate)


class _Compiler:
    def __init__(self, world: World) -> None:
        self.world = world
        self.bays = places_of(world.bays, "bay")
        self.scanners = places_of(world.scanners, "scanner")
        self.stops = Stops(world)

    @cached_property
    def unit(self) -> int:
        """The longest time unit in which every time of the world is a whole number."""
        world = self.world
        times = [world.positioning, LAST]
        for one in world.consignments:
            times += [minutes(one.arrival), one.scan, minutes(one.known or 0)]
            times += [length for _, _, length, _ in asked_of(world, one)]
        hours: list[Hours] = [one.hours for one in world.agencies]
        for officer in world.officers:
            hours.append(officer.shifts)
            times.append(officer.on_call)
        hours += [one.closed for one in (*self.bays, *self.scanners)]
        times += [minutes(clock) for found in hours for pair in found for clock in pair]
        return gcd(*times)

    def units(self, clock: Clock) -> int:
        return minutes(clock) // self.unit

    def mask(self, hours: Hours) -> int:
        return union((self.units(start), self.units(end)) for start, end in hours)

    def problem(self, separate: bool) -> Problem:
        """Return the whole problem."""
        world, horizon = self.world, LAST // self.unit
        always = (1 << horizon) - 1
        agencies = {one.id: self.mask(one.hours) or always for one in world.agencies}
        officers = tuple(
            (self.mask(one.shifts) or always) & agencies.get(one.agency, always)
            for one in world.officers
        )
        empty = Problem(
            self.unit,
            horizon,
            (),
            tuple(Load(one.id, self.units(one.arrival), one.weight) for one in world.consignments),
            tuple(always & ~self.mask(one.closed) for one in self.bays),
            tuple(always & ~self.mask(one.closed) for one in self.scanners),
            officers,
            tuple(one.on_call // self.unit for one in world.officers),
            tuple(CALLED * (one.on_call > 0) + len(one.skills) for one in world.officers),
            len(self.stops.movements),
            world.positioning // self.unit,
            world.scan_first,
            tuple(one.id for one in self.bays),
            tuple(one.id for one in self.scanners),
            tuple(one.id for one in world.officers),
        )
        wanted = self.stops.separate() if separate else self.stops.joint()
        return Placing(self.stops, empty).all(wanted)
