"""``gatepost plan``: the joint examinations of a day, and the same day agency by agency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import click
import msgspec

from gatepost.adapters.formats.world import read_world, schema
from gatepost.bootstrap import open_planner
from gatepost.casework.planning.board import Eyes
from gatepost.casework.planning.suggesting import suggested
from gatepost.cli.context import Session, as_day, as_json, at, by, command, plain_text
from gatepost.cli.output import Said, print_json, said, say_all
from gatepost.cli.plan_day import (
    Asked,
    board,
    compared_day,
    keep,
    kept_lines,
    lateness,
    on_record,
    to_move,
)
from gatepost.cli.plan_lines import compared, told, told_post
from gatepost.cli.reading import read_bytes
from gatepost.control.schedule.figures import Figures
from gatepost.control.schedule.plan import DayPlan, plan_world
from gatepost.control.schedule.problem import Unplanned
from gatepost.control.schedule.timetable import Halt
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.notice import Notice

SECONDS = 10.0


class Reason(msgspec.Struct, frozen=True):
    """Consignments and agencies that could not be planned as asked, and why."""

    consignments: tuple[str, ...]
    agencies: tuple[str, ...]
    reason: Said
    groups: tuple[tuple[str, ...], ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The day as planned; times are minutes from midnight.

    ``suggestion`` is why the agencies of the post might act jointly, where somebody waits long.
    """

    halts: tuple[Halt, ...]
    unplanned: tuple[Reason, ...]
    splits: tuple[Reason, ...]
    joint: Figures
    separate: Figures
    suggestion: Said | None = None


@click.command()
@click.argument("post", required=False)
@click.option(
    "--date",
    "day",
    metavar="DAY",
    callback=as_day,
    help="The day to plan, such as 2026-07-02.  [default: today]",
)
@click.option("--adopt", is_flag=True, help="Keep what is planned; what has begun stays.")
@click.option(
    "--late",
    multiple=True,
    metavar="REF=MINUTES",
    callback=lateness,
    help="A consignment comes later: move no more than must be moved.",
)
@click.option(
    "--move", metavar="STOP=TIME", callback=to_move, help="Move a stop, such as halt-3=12:00."
)
@click.option("--place", metavar="PLACE", callback=plain_text, help="The stop moves to this place.")
@click.option("--reason", default="", callback=plain_text, help="Why a stop is moved.")
@click.option("--anew", is_flag=True, help="Plan from nothing, whatever is on record.")
@by
@at
@click.option("--world", "file", metavar="FILE", help="The day, as JSON.")
@click.option("--compare", is_flag=True, help="Only the figures, jointly and agency by agency.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 600),
    default=SECONDS,
    show_default=True,
    help="How long to look for a better plan.",
)
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of a world.")
@as_json
@command
def plan(
    session: Session,
    post: str | None,
    day: date | None,
    adopt: bool,
    late: dict[str, int],
    move: tuple[str, str] | None,
    place: str | None,
    reason: str,
    anew: bool,
    by: str | None,
    at: datetime | None,
    file: str | None,
    compare: bool,
    seconds: float,
    as_schema: bool,
    as_json: bool,
) -> None:
    """Plan the joint examinations of a day at POST.

    Every agency's controls of a movement at one stop, on the bays, scanners and officers
    there are; beside it the same day with each agency planning for itself. What is due is
    read from the cases, or with --world from a file. A plan that was adopted is shown as it is
    on record, until something slips or --anew asks what a new one would be."""
    if as_schema:
        click.echo(schema())
        return
    if (post is None) == (file is None):
        raise click.UsageError("Name a post, or the file of a day with --world.")
    if file is not None:
        world = read_world(read_bytes(file))
        found = plan_world(world, open_planner(), seconds)
        _tell(found, told(world, found), answer_of(found), compare, as_json)
        return
    asked = Asked(
        post or "",
        day or session.today(),
        session.now(at),
        session.actor(by),
        seconds,
        late,
        move,
        place,
        reason,
    )
    if (adopt or move) and asked.actor is None:
        raise click.UsageError("Name the officer who keeps the plan with --by.")
    if adopt or move:
        keep(session, asked)
        asked = msgspec.structs.replace(asked, late={})
    if asked.late or (on_record(session, asked).version and not (anew or compare)):
        if as_json:
            print_json(board(session, asked))
        else:
            say_all(kept_lines(session, asked))
        return
    here, found = compared_day(session, asked)
    eyes = Eyes(session.desk, asked.actor or OPERATOR, asked.at)
    answer = answer_of(found, here.unplanned, suggested(here, found.joint))
    _tell(found, told_post(here, found.joint, eyes), answer, compare, as_json)


def _tell(
    found: DayPlan,
    lines: Iterable[str],
    answer: Answer,
    compare: bool,
    as_json: bool,
) -> None:
    if as_json and compare:
        print_json({"joint": found.figures, "separate": found.separate_figures})
    elif as_json:
        print_json(answer)
    elif compare:
        say_all(compared(found))
    else:
        say_all([*lines, "", *compared(found)])


def answer_of(
    found: DayPlan, more: tuple[Unplanned, ...] = (), long: Notice | None = None
) -> Answer:
    """Return the plan for programs; ``more`` could not even be asked of it, ``long`` is a wait."""
    return Answer(
        found.joint.halts,
        tuple(
            Reason(one.consignments, one.agencies, _said(one.reason))
            for one in (*found.joint.unplanned, *more)
        ),
        tuple(
            Reason(
                one.consignments,
                tuple(agency for group in one.groups for agency in group),
                _said(one.reason),
                one.groups,
            )
            for one in found.joint.splits
        ),
        found.figures,
        found.separate_figures,
        _said(long) if long is not None else None,
    )


def _said(notice: Notice) -> Said:
    return said([notice])[0]
