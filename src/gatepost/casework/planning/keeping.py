"""Adopting the plan of a post's day, planning it again when something slips, moving a stop.

The plan is a matter of all agencies that work there, so any of their officers whom authority lets
examine may keep it; what it holds was asked of authority piece by piece (IC-01, IC-02).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.authority import rules as authority_rules
from gatepost.authority.decide import Allowed
from gatepost.casework import projection
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.keeping import Keeping, Named, keep
from gatepost.casework.planning.due import minutes_of_day
from gatepost.casework.planning.kept import KeptDay, day_row, decode_day, folded, key_of
from gatepost.casework.planning.world import PostDay, asked_of_gate, post_day
from gatepost.casework.work import Work
from gatepost.control.schedule import rules
from gatepost.control.schedule.admit import LAST, clock_of, minutes_of
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.events import SlotMoved, TimetableAdopted
from gatepost.control.schedule.plan import plan
from gatepost.control.schedule.planner import Planner
from gatepost.control.schedule.reading import places_of
from gatepost.control.schedule.repair import (
    moved,
    planned_anew,
    repaired,
    still_standing,
)
from gatepost.control.schedule.timetable import Halt, Timetable, timetable
from gatepost.kernel.notice import Notice, Refused

Body = TimetableAdopted | SlotMoved


class DayAct(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act on the plan of a day; ``id`` is its key, ``at`` the aware moment of it.

    ``adopt`` plans everything that has not begun and keeps it; with ``late``, the minutes by
    which consignments come later, only what must be moved is moved. ``move`` puts the stop
    ``slot`` at ``start`` (``12:00``), to another ``place`` if one is named. With ``version`` the
    act is refused if the plan is no longer the one that was looked at.
    """

    id: str
    act: Literal["adopt", "move"]
    post: str
    day: date
    at: datetime
    by: str | None = None
    version: int | None = None
    late: dict[str, int] = {}
    slot: str | None = None
    start: str | None = None
    place: str | None = None
    reason: str = ""


def kept_day(desk: Desk, post: str, day: date) -> KeptDay:
    """Return the plan on record; one of version 0 where none was adopted."""
    value = desk.ledger.row(projection.DAY, key_of(post, day))
    return decode_day(value) if value else KeptDay()


def act_on_day(
    desk: Desk, act: DayAct, now: datetime, planner: Planner, seconds: float
) -> ActAnswer:
    """Do ``act`` and answer; the same id answers the same, a refused act leaves nothing."""
    key = key_of(act.post, act.day)

    def decide(keeping: Keeping) -> None:
        kept = folded(keeping.events(key))
        work = Work(desk, now, act.at, "manual", actor=keeping.actor)
        allowed, body = _decided(work, act, kept, planner, seconds)
        keeping.happen(key, body, allowed.legal_basis, allowed.mandate)

    named = Named(act.id, key, act.at, act.by or "")
    return keep(desk, projection.DAY, named, act, now, decide, day_row)


def _decided(
    work: Work, act: DayAct, kept: KeptDay, planner: Planner, seconds: float
) -> tuple[Allowed, Body]:
    """Return by which mandate it happens, and what; or refuse with everything wrong."""
    if act.version is not None and act.version != kept.version:
        raise Refused([rules.PLAN_CHANGED.notice(version=act.version, current=kept.version)])
    now = minutes_of_day(work, act.day)
    if now >= LAST:
        raise Refused([rules.DAY_OVER.notice(post=act.post, day=act.day.isoformat())])
    here, late = day_now(work, act.post, act.day, kept, act.late)
    if act.act == "move":
        return _moved(work, act, kept, here, now)
    allowed = _may_keep(work, here, here.consignments, act.post)
    return allowed, TimetableAdopted(
        act.post, act.day, planned_day(here, kept, now, bool(act.late), planner, seconds), late
    )


def day_now(
    work: Work, post: str, day: date, kept: KeptDay, late: Mapping[str, int]
) -> tuple[PostDay, dict[str, int]]:
    """Return the day as it can still be planned at the moment of ``work``, and who is late on it.

    Whoever is told to be ``late`` has not begun, whatever the plan on record says; whoever was
    late and is gone is not late any more.
    """
    now = minutes_of_day(work, day)
    moving = {name for halt in kept.plan.halts if halt.begun_by(now) for name in halt.consignments}
    begun = moving - late.keys()
    here = post_day(work, post, day, begun=begun)
    known = {name: by for name, by in kept.late.items() if name in here.consignments}
    known |= late
    return (post_day(work, post, day, known, begun) if known else here), known


def planned_day(
    here: PostDay, kept: KeptDay, now: int, slipped: bool, planner: Planner, seconds: float
) -> Timetable:
    """Return the plan of the day, what has begun being as it was."""
    if kept.version == 0:
        problem = compile_world(here.world)
        if now == 0:
            return timetable(problem, plan(problem, planner, seconds).slots)
        return planned_anew(here.world, Timetable(), now, planner, seconds)
    if slipped:
        return repaired(here.world, kept.plan, now, planner, seconds)
    return planned_anew(here.world, kept.plan, now, planner, seconds)


def _may_keep(work: Work, here: PostDay, names: Iterable[str], post: str) -> Allowed:
    """Return by which mandate the actor examines at the post that day, or refuse.

    Asked for the consignments of the plan in turn: one that the actor may examine is enough.
    """
    actor = work.actor
    if actor.kind != "officer":
        raise Refused([authority_rules.MUST_BE_OFFICER.notice(actor=actor.id, power="examine")])
    for reference in names:
        if actor.agency in here.consignments[reference].why:
            lodged = work.case(reference).known
            answer = asked_of_gate(work, lodged, actor, actor.agency or "", here.day, post)
            if isinstance(answer, Allowed):
                return answer
    raise Refused([rules.NOT_OF_THE_DAY.notice(officer=actor.id, post=post)])


def _moved(
    work: Work, act: DayAct, kept: KeptDay, here: PostDay, now: int
) -> tuple[Allowed, SlotMoved]:
    """Return the plan with one stop elsewhere, if authority and every constraint allow it."""
    standing = still_standing(here.world, kept.plan)
    halt = next((one for one in standing.halts if one.id == act.slot), None)
    start = minutes_of(act.start) if act.start is not None else None
    notices = list(_move_notices(act, halt, start, here, now))
    if notices or halt is None or start is None:
        raise Refused(notices)
    known = [name for name in halt.consignments if name in here.consignments]
    allowed = _may_keep(work, here, known, act.post)
    changed = moved(here.world, standing, halt, start, act.place)
    before = set(map(_told, violations(here.world, standing, now)))
    broken = [one for one in violations(here.world, changed, now) if _told(one) not in before]
    if broken:
        raise Refused(broken)
    return allowed, SlotMoved(act.post, act.day, halt.id, changed, act.reason)


def _told(notice: Notice) -> tuple[str, str, str]:
    return notice.code, notice.where, str(sorted(notice.values.items()))


def _move_notices(
    act: DayAct, halt: Halt | None, start: int | None, here: PostDay, now: int
) -> Iterator[Notice]:
    """Yield why there is nothing to move, or nowhere."""
    if halt is None:
        yield rules.NO_SUCH_SLOT.notice("slot", slot=act.slot or "")
    elif halt.begun_by(now):
        yield rules.BEGUN.notice("slot", slot=halt.id, start=clock_of(halt.start))
    if start is None:
        yield rules.NOT_A_TIME.notice("start", value=act.start or "")
    elif start < now:
        yield rules.IN_THE_PAST.notice("start", start=clock_of(start), now=clock_of(now))
    places = [one.id for one in places_of(here.world.bays, "bay")]
    if act.place is not None and act.place not in places:
        yield rules.NO_SUCH_PLACE.notice("place", place=act.place)
