"""The plan of a post's day as it is on record: who adopted it, and what was moved since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce

import msgspec

from gatepost.casework.projection import DAY
from gatepost.control.schedule.events import SlotMoved, TimetableAdopted
from gatepost.control.schedule.timetable import Timetable
from gatepost.kernel.event import Event
from gatepost.ledger.model import Row


class KeptDay(msgspec.Struct, frozen=True, omit_defaults=True):
    """The plan in force of a day; ``version`` is the number of its events, 0 before any.

    ``late`` are the minutes by which consignments come later than they were announced.
    """

    version: int = 0
    plan: Timetable = Timetable()
    late: dict[str, int] = {}
    by: str = ""
    at: datetime | None = None


def evolve(kept: KeptDay, event: Event) -> KeptDay:
    """Return the plan of the day after ``event``."""
    version = kept.version + 1
    match event.body:
        case TimetableAdopted(plan=plan, late=late):
            return KeptDay(version, plan, late, event.actor.id, event.at)
        case SlotMoved(plan=plan):
            return KeptDay(version, plan, kept.late, event.actor.id, event.at)
        case _:
            return msgspec.structs.replace(kept, version=version)


def key_of(post: str, day: date) -> str:
    """Return the name of a post's day in the log and among the rows."""
    return f"{post}|{day.isoformat()}"


def folded(happened: Iterable[Event]) -> KeptDay:
    """Return the plan of a day as its events leave it."""
    return reduce(evolve, happened, KeptDay())


def day_row(key: str, happened: Iterable[Event]) -> Row:
    """Return the row of a post's day."""
    post, _, day = key.partition("|")
    return Row(DAY, key, msgspec.json.encode(folded(happened)), None, post, day)


decode_day = msgspec.json.Decoder(KeptDay).decode
