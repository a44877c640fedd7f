"""The day of a post on the command line: planned, kept, planned again when something slips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
import msgspec

from gatepost.bootstrap import open_planner
from gatepost.casework.planning.board import Eyes, day_board
from gatepost.casework.planning.due import minutes_of_day
from gatepost.casework.planning.keeping import (
    DayAct,
    act_on_day,
    day_now,
    kept_day,
    planned_day,
)
from gatepost.casework.planning.kept import KeptDay
from gatepost.casework.planning.world import PostDay, post_day
from gatepost.casework.work import Work
from gatepost.cli.context import Session
from gatepost.cli.output import moment
from gatepost.cli.plan_lines import told_post
from gatepost.control.schedule.plan import DayPlan, plan_world
from gatepost.kernel.actor import OPERATOR, Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused

REPLAN_SECONDS = 0.8
"""How long a plan that slipped may be looked at again: whoever waits at the bay waits for it."""


class Asked(msgspec.Struct, frozen=True):
    """What was asked of a post's day."""

    post: str
    day: date
    at: datetime
    actor: Actor | None
    seconds: float
    late: dict[str, int] = {}
    move: tuple[str, str] | None = None
    place: str | None = None
    reason: str = ""


def lateness(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    """Return by reference how many minutes a consignment comes later."""
    found = {}
    for text in values:
        reference, _, minutes = text.rpartition("=")
        if not reference or not minutes.isdecimal() or not 0 < int(minutes) <= 24 * 60:
            raise click.BadParameter(f"{text!r} is no lateness such as 26XA…=45.", ctx, param)
        found[reference] = int(minutes)
    return found


def to_move(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    """Return which stop is to begin when."""
    if value is None:
        return None
    slot, _, start = value.partition("=")
    if not slot or not start:
        raise click.BadParameter(f"{value!r} is no move such as halt-3=12:00.", ctx, param)
    return slot, start


def keep(session: Session, asked: Asked) -> None:
    """Adopt the plan, or move a stop of it; ``Refused`` with the reasons if it may not be."""
    fields = {
        "act": "move" if asked.move else "adopt",
        "post": asked.post,
        "day": asked.day,
        "at": asked.at,
        "by": asked.actor.id if asked.actor else None,
        "late": asked.late,
        "slot": asked.move[0] if asked.move else None,
        "start": asked.move[1] if asked.move else None,
        "place": asked.place,
        "reason": asked.reason,
    }
    act = msgspec.convert({"id": digest_of(fields), **fields}, DayAct)
    seconds = min(asked.seconds, REPLAN_SECONDS) if asked.late else asked.seconds
    answer = act_on_day(session.desk, act, asked.at, open_planner(), seconds)
    if answer.status == "refused":
        raise Refused(answer.notices)


def on_record(session: Session, asked: Asked) -> KeptDay:
    """Return the plan that is kept for the day."""
    return kept_day(session.desk, asked.post, asked.day)


def compared_day(session: Session, asked: Asked) -> tuple[PostDay, DayPlan]:
    """Return the day planned from nothing, and agency by agency beside it."""
    here = post_day(Work(session.desk, asked.at), asked.post, asked.day, asked.late)
    return here, plan_world(here.world, open_planner(), asked.seconds)


def kept_lines(session: Session, asked: Asked) -> Iterator[str]:
    """Yield the plan on record for people, or what it would be with ``late``."""
    desk, zone = session.desk, session.jurisdiction.zone
    kept = on_record(session, asked)
    work = Work(desk, asked.at)
    here = post_day(work, asked.post, asked.day)
    plan, late = kept.plan, kept.late
    if asked.late:
        here, _ = day_now(work, asked.post, asked.day, kept, asked.late)
        now = minutes_of_day(work, asked.day)
        seconds, late = min(asked.seconds, REPLAN_SECONDS), {}
        plan = planned_day(here, kept, now, True, open_planner(), seconds)
        yield "What the plan would be; nothing is kept without --adopt."
    elif kept.at is not None:
        when = moment(kept.at.astimezone(zone))
        yield f"Plan {kept.version} of {asked.post} on {asked.day}, by {kept.by} at {when}"
    yield ""
    yield from told_post(here, plan, Eyes(desk, asked.actor or OPERATOR, asked.at), late)


def board(session: Session, asked: Asked) -> object:
    """Return the plan on record for programs, as the actor may see it."""
    actor = asked.actor or OPERATOR
    return day_board(session.desk, asked.post, asked.day, actor, asked.at)
