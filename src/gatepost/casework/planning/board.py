"""The day of a post as one reader may see it: rows to draw, stops to read and to move.

The whole plan is a matter of everybody at the post: times, places, agencies and officers' roles are
shown to whoever works there. Which consignment it is, is shown as the disclosure gate allows, and
why an agency looks is its own affair (RM-02): others see that it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, TypeVar

import msgspec

from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import sight_for
from gatepost.casework.planning.due import minutes_of_day
from gatepost.casework.planning.keeping import kept_day
from gatepost.casework.planning.suggesting import suggested
from gatepost.casework.planning.world import PostDay, Visiting, post_day
from gatepost.casework.work import Work
from gatepost.control.schedule.admit import LAST
from gatepost.control.schedule.problem import Split, Unplanned
from gatepost.control.schedule.reading import minutes, places_of
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.control.schedule.timetable import Work as Task
from gatepost.control.schedule.world import Hours
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Notice

NOT_SHOWN = "(not shown)"
"""What stands for a consignment that the disclosure gate does not open to the reader."""

Gone = TypeVar("Gone", Unplanned, Split)
RowKind = Literal["place", "scanner", "officer"]


class Block(msgspec.Struct, frozen=True):
    """A stretch of a row that is taken, in minutes from midnight, by the stop named ``slot``."""

    slot: str
    start: int
    end: int


class BoardRow(msgspec.Struct, frozen=True):
    """One place, scanner or officer: whose, when it can be had (``open``), and what takes it."""

    kind: RowKind
    id: str
    agency: str
    open: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]


class BoardSlot(msgspec.Struct, frozen=True):
    """One stop of the plan.

    ``references`` are the consignments, those the reader may not see being ``None``; ``why`` is
    by agency what made it look, only for the reader's own agency (all of them for the operator);
    ``clauses`` let the agencies stand together. What has ``begun`` cannot be moved. Times are
    minutes from midnight.
    """

    id: str
    references: tuple[str | None, ...]
    agencies: tuple[str, ...]
    why: dict[str, tuple[str, ...]]
    clauses: tuple[str, ...]
    place: str | None
    start: int
    end: int
    opened: int | None
    scanner: str | None
    scan_start: int | None
    scan_end: int | None
    officers: dict[str, str]
    waits_for: str | None
    begun: bool


class DayBoard(msgspec.Struct, frozen=True):
    """The plan of a post's day; ``version`` 0 where none was adopted, and then no slots.

    ``splits`` are stops that had to be several, with the reason. ``unplanned`` have no place and
    a reason; ``waiting`` is how many due consignments the plan on record knows nothing of yet:
    adopt it anew to give them a place. ``suggestion`` is why the agencies might act jointly.
    """

    post: str
    day: date
    version: int
    by: str
    at: datetime | None
    rows: tuple[BoardRow, ...]
    slots: tuple[BoardSlot, ...]
    splits: tuple[Split, ...]
    unplanned: tuple[Unplanned, ...]
    waiting: int
    suggestion: Notice | None = None


def day_board(
    desk: Desk,
    post: str,
    day: date,
    actor: Actor,
    now: datetime,
    purpose: str | None = None,
) -> DayBoard:
    """Return the plan on record of a post's day as ``actor`` may see it.

    Raises ``Refused`` where there is no such post on the day, or for a purpose nobody knows.
    """
    work = Work(desk, now, actor=actor)
    kept = kept_day(desk, post, day)
    here = post_day(work, post, day)
    eyes = Eyes(desk, actor, now, purpose)
    at = minutes_of_day(work, day)
    slots = tuple(_slot(halt, here, eyes, at) for halt in kept.plan.halts)
    planned = {name for halt in kept.plan.halts for name in halt.consignments}
    planned |= {name for one in kept.plan.unplanned for name in one.consignments}
    return DayBoard(
        post,
        day,
        kept.version,
        kept.by,
        kept.at,
        tuple(_rows(here, kept.plan)),
        slots,
        tuple(eyes.masked(one) for one in kept.plan.splits),
        tuple(eyes.masked(one) for one in (*kept.plan.unplanned, *here.unplanned)),
        len(here.consignments.keys() - planned),
        suggested(here, kept.plan, kept.late),
    )


class Eyes:
    """What one reader may see of the consignments and reasons of a plan."""

    def __init__(self, desk: Desk, actor: Actor, now: datetime, purpose: str | None = None) -> None:
        self.desk = desk
        self.actor = actor
        self.sight = sight_for(desk, actor, now, purpose)
        self._seen: dict[str, bool] = {}

    def sees(self, reference: str) -> bool:
        """Tell whether the disclosure gate shows the reader this case."""
        if reference not in self._seen:
            row = self.desk.ledger.row(projection.CASE, reference, seen=self.sight)
            self._seen[reference] = row is not None
        return self._seen[reference]

    def names(self, references: tuple[str, ...]) -> tuple[str | None, ...]:
        """Return the references with ``None`` for those not shown."""
        return tuple(one if self.sees(one) else None for one in references)

    def why(self, visiting: Visiting) -> dict[str, tuple[str, ...]]:
        """Return by agency why it looks, as far as that is the reader's affair."""
        if self.actor.kind in ("operator", "system"):
            return visiting.why
        return {a: why for a, why in visiting.why.items() if a == self.actor.agency}

    def name(self, reference: str) -> str:
        """Return the reference, or what stands for one that is not shown."""
        return reference if self.sees(reference) else NOT_SHOWN

    def masked(self, one: Gone) -> Gone:
        """Return who has no place, or several, naming no consignment the reader may not see."""
        reason = one.reason
        if isinstance(reason.values.get("consignment"), str):
            named = str(reason.values["consignment"]).split(", ")
            values = {**reason.values, "consignment": ", ".join(map(self.name, named))}
            reason = msgspec.structs.replace(reason, values=values)
        names = tuple(map(self.name, one.consignments))
        return msgspec.structs.replace(one, consignments=names, reason=reason)


def _slot(halt: Halt, here: PostDay, eyes: Eyes, now: int) -> BoardSlot:
    known = [here.consignments[name] for name in halt.consignments if name in here.consignments]
    why: dict[str, tuple[str, ...]] = {}
    for one in known:
        for agency, sources in eyes.why(one).items():
            why[agency] = tuple(dict.fromkeys((*why.get(agency, ()), *sources)))
    return BoardSlot(
        halt.id,
        eyes.names(halt.consignments),
        halt.agencies,
        {agency: why[agency] for agency in halt.agencies if agency in why},
        tuple(dict.fromkeys(clause for one in known for clause in one.clauses)),
        halt.bay,
        halt.start,
        halt.end,
        halt.opened,
        halt.scanner,
        halt.scan_start,
        halt.scan_end,
        {one.agency: one.officer for one in halt.work},
        halt.waits_for,
        halt.begun_by(now),
    )


def _rows(here: PostDay, plan: Timetable) -> Iterator[BoardRow]:
    world = here.world
    for place in places_of(world.bays, "bay"):
        blocks = [Block(h.id, h.start, h.end) for h in plan.halts if h.bay == place.id]
        yield BoardRow("place", place.id, here.owners[place.id], _open(place.closed), tuple(blocks))
    for place in places_of(world.scanners, "scanner"):
        blocks = [
            Block(h.id, h.scan_start, h.scan_end)
            for h in plan.halts
            if h.scanner == place.id and h.scan_start is not None and h.scan_end is not None
        ]
        yield BoardRow(
            "scanner", place.id, here.owners[place.id], _open(place.closed), tuple(blocks)
        )
    for officer in world.officers:
        mine: list[tuple[Halt, Task]] = [
            (h, w) for h in plan.halts for w in h.work if w.officer == officer.id
        ]
        duty = tuple((minutes(start), minutes(end)) for start, end in officer.shifts)
        blocks = [Block(h.id, w.start, w.end) for h, w in mine]
        yield BoardRow("officer", officer.id, officer.agency, duty, tuple(blocks))


def _open(closed: Hours) -> tuple[tuple[int, int], ...]:
    """Return what is left of the day and the night after it without the hours ``closed``."""
    at, found = 0, []
    for start, end in sorted((minutes(start), minutes(end)) for start, end in closed):
        if at < start:
            found.append((at, start))
        at = max(at, end)
    return (*found, (at, LAST)) if at < LAST else tuple(found)
