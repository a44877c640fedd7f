"""A world made ready to plan: whole time units, sets of free moments, and visits to place."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from gatepost.kernel.notice import Notice


class Job(NamedTuple):
    """One agency's work in a visit: ``offset`` after the visit begins, ``length`` long.

    ``officers`` are those who may do it.
    """

    agency: str
    skill: str
    loads: tuple[int, ...]
    offset: int
    length: int
    officers: tuple[int, ...]


class Visit(NamedTuple):
    """One stop to be made: a bay for ``length``, jobs at fixed offsets in it, a scan beside.

    ``loads`` are its consignments. Without ``length`` only the scan is made. ``after`` are
    visits of the same movement that must be over; ``tier`` is the class that goes first, 0
    before 1.
    """

    movement: int
    loads: tuple[int, ...]
    arrival: int
    known: int
    tier: int
    scan: int
    needs: frozenset[str]
    bays: tuple[int, ...]
    length: int
    jobs: tuple[Job, ...]
    after: tuple[int, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies of the visit."""
        return tuple(dict.fromkeys(job.agency for job in self.jobs))


class Load(NamedTuple):
    """A consignment: when it arrives, and how much a unit of its time counts."""

    id: str
    arrival: int
    weight: int


class Unplanned(msgspec.Struct, frozen=True):
    """What cannot be done on this day: the consignments, the agencies and the reason."""

    consignments: tuple[str, ...]
    agencies: tuple[str, ...]
    reason: Notice


class Split(msgspec.Struct, frozen=True):
    """A stop that had to be several: its agencies in the groups they come in, and the reason."""

    consignments: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    reason: Notice


class Problem(msgspec.Struct, frozen=True):
    """What is to be placed, and where: free moments of each bay, scanner and officer.

    ``unit`` is the minutes of one time unit, ``horizon`` the units looked at, ``calls`` the
    units after a call in which each officer comes, ``ranks`` how many things each can do
    (who must be called comes after all others), ``loads`` the consignments.
    """

    unit: int
    horizon: int
    visits: tuple[Visit, ...]
    loads: tuple[Load, ...]
    bays: tuple[int, ...]
    scanners: tuple[int, ...]
    officers: tuple[int, ...]
    calls: tuple[int, ...]
    ranks: tuple[int, ...]
    movements: int
    positioning: int
    scan_first: bool
    bay_names: tuple[str, ...]
    scanner_names: tuple[str, ...]
    officer_names: tuple[str, ...]
    unplanned: tuple[Unplanned, ...] = ()
    splits: tuple[Split, ...] = ()


class Slot(NamedTuple):
    """Where a visit is placed, in units; ``bay`` and ``scanner`` are -1 where it takes none."""

    start: int
    end: int
    bay: int
    officers: tuple[int, ...]
    scan_start: int = -1
    scanner: int = -1
