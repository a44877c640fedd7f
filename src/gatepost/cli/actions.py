"""``gatepost actions``: what agencies of a post did together for a while, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from gatepost.casework.acting_jointly import JointAct, act_jointly
from gatepost.casework.acting_jointly import actions as listed
from gatepost.cli.acting import do_acts
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.output import moment, print_json, say, say_all
from gatepost.cooperation.action import JointAction
from gatepost.cooperation.action_events import Effect


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--post", callback=plain_text, help="Of this post only.")
@as_json
@by
@at
@command
def actions(
    session: Session,
    file: str | None,
    post: str | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """List joint actions, or act on them.

    FILE holds acts, one JSON object a line: propose, join or stop. An action begins when every
    agency it names has joined; one that is over is the playbook of the next (like)."""
    if file is not None:
        do_acts(session, file, JointAct, act_jointly, by, at, as_json)
        return
    found = listed(session.desk, post)
    if as_json:
        print_json(found)
        return
    if not found:
        say("No joint action is on record.")
    for one in found:
        say_all(_told(session, one))


def _told(session: Session, one: JointAction) -> Iterator[str]:
    zone = session.jurisdiction.zone

    def shown(at: datetime) -> str:
        return moment(at.astimezone(zone))

    yield f"{one.id}  {one.state}  {one.title}, at {one.post}"
    yield f"  because  {one.trigger}"
    for measure in one.measures:
        yield f"  measure  {measure}"
    waits = ", ".join(agency for agency in one.agencies if agency not in one.joined)
    yield f"  joined   {', '.join(one.joined)}" + (f"; still asked: {waits}" if waits else "")
    if one.begun_at is not None:
        end = f"stopped {shown(one.stopped_at)}" if one.stopped_at else f"until {shown(one.until)}"
        yield f"  begun    {shown(one.begun_at)}, {end}"
    if one.effect is not None:
        yield f"  effect   {_effect(one.effect)}"
        yield f"  result   {one.result}"


def _effect(effect: Effect) -> str:
    def mean(minutes: float | None, cases: int) -> str:
        return "nobody released" if minutes is None else f"{minutes:.0f} min ({cases} cases)"

    before = mean(effect.before, effect.cases_before)
    during = mean(effect.during, effect.cases_during)
    return f"from arrival to release {during}, before {before}; {effect.waiting} still wait"
