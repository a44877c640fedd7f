"""``gatepost risk indicators``, ``propose`` and ``confirm``: how indicators go live and end."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from gatepost.casework.answers import ActAnswer
from gatepost.casework.projection import INDICATOR
from gatepost.casework.targeting import IndicatorAct, kept_on, take_step
from gatepost.cli.context import Session, as_day, as_json, at, by, command, plain_text
from gatepost.cli.output import columns, complain, print_json, said, say
from gatepost.cli.rules import NO_RESULT
from gatepost.kernel.digest import digest_of
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Refused
from gatepost.risk.intervals import Share
from gatepost.risk.life import Evidence, IndicatorStep, State, state_on

STATES: dict[str, State] = {"live": "live", "trial": "trial", "end": "ended"}

an_indicator = click.argument("indicator", metavar="ID", callback=plain_text)
version = click.option(
    "--version", type=int, help="Which version of it.  [default: the latest described]"
)


class ShownIndicator(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of an indicator as a program reads it; ``steps`` are those on record."""

    id: str
    version: int
    agency: str
    title: str
    state: State
    since: date
    until: date | None
    review: date
    steps: tuple[IndicatorStep, ...] = ()
    proposed: IndicatorStep | None = None
    proposed_by: str | None = None


@click.command()
@click.argument("only", metavar="[ID]", required=False, callback=plain_text)
@click.option("--on", callback=as_day, help="How they stood on this day.  [default: today]")
@as_json
@by
@command
def indicators(
    session: Session, only: str | None, on: date | None, as_json: bool, by: str | None
) -> None:
    """Tell how far the indicators have come, or the one called ID.

    On trial, live or ended, by its file and by what is on record; with --by those of the
    officer's agency alone."""
    desk = session.desk
    desk.refresh()
    day = on or session.today()
    actor = session.actor(by)
    found = [
        _shown(session, one.id, one.version, day)
        for one in desk.described.indicators.indicators
        if (actor is None or one.agency == actor.agency) and only in (None, one.id)
    ]
    if as_json:
        print_json(found)
        return
    for line in columns([_row(one) for one in found]):
        say(line)


def _shown(session: Session, name: str, number: int, day: date) -> ShownIndicator:
    described = session.desk.described.indicators.indicators
    one = next(i for i in described if (i.id, i.version) == (name, number))
    kept = kept_on(session.desk, name)
    mine = tuple(step for step in kept.steps if step.version == number)
    waits = kept.proposal if kept.proposal and kept.proposal.step.version == number else None
    return ShownIndicator(
        one.id,
        one.version,
        one.agency,
        in_language(one.title),
        state_on(one, kept.steps, day),
        one.valid.start,
        one.valid.end,
        one.review,
        mine,
        waits.step if waits else None,
        waits.by if waits else None,
    )


def _row(one: ShownIndicator) -> tuple[str, ...]:
    told = one.title
    if one.proposed:
        told = f"{one.proposed.to} from {one.proposed.start} proposed by {one.proposed_by}"
    elif one.steps and one.steps[-1].to != one.state:
        told = f"{one.steps[-1].to} from {one.steps[-1].start}"
    return f"{one.id} v{one.version}", one.agency, one.state, told


@click.command()
@an_indicator
@click.option("--to", type=click.Choice(list(STATES)), required=True, help="What it becomes.")
@version
@click.option("--from", "start", callback=as_day, help="From which day.  [default: tomorrow]")
@click.option("--reason", required=True, callback=plain_text, help="Why; it stays on record.")
@click.option(
    "--backtest",
    "result",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What risk backtest --json told of this wording.",
)
@as_json
@by
@at
@command
def propose(
    session: Session,
    indicator: str,
    to: str,
    version: int | None,
    start: date | None,
    reason: str,
    result: Path | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Propose that indicator ID goes live, back on trial, or ends.

    Nothing changes before a second officer confirms it. To go live it needs a back-test of its
    very wording."""
    number = version or _latest(session, indicator)
    evidence = evidence_of(result, indicator, number) if result else None
    now = session.now(at)
    act = IndicatorAct(
        "", "propose", indicator, now, number, by, STATES[to], start, reason, evidence
    )
    _do(session, act, now, as_json)


@click.command()
@an_indicator
@version
@as_json
@by
@at
@command
def confirm(
    session: Session,
    indicator: str,
    version: int | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Confirm the step that is proposed for indicator ID.

    By a second officer of its agency, who neither proposed the step nor wrote the indicator."""
    now = session.now(at)
    number = version or _latest(session, indicator)
    _do(session, IndicatorAct("", "confirm", indicator, now, number, by), now, as_json)


def _do(session: Session, act: IndicatorAct, now: datetime, as_json: bool) -> None:
    length = len(session.desk.ledger.read(f"{INDICATOR}/{act.indicator}"))
    act = msgspec.structs.replace(act, id=f"{act.act}|{act.indicator}|{act.version}|{length}")
    answer: ActAnswer = take_step(session.desk, act, now)
    if as_json:
        told = msgspec.structs.replace(answer, notices=())
        print_json({**msgspec.to_builtins(told), "notices": said(answer.notices)})
    elif answer.status == "done":
        _tell(session, act)
    complain(answer.notices)
    if answer.status == "refused":
        raise click.exceptions.Exit(1)


def _tell(session: Session, act: IndicatorAct) -> None:
    kept = kept_on(session.desk, act.indicator)
    what = f"{act.indicator} version {act.version}"
    if act.act == "propose" and kept.proposal:
        step = kept.proposal.step
        say(f"{what}: {step.to} from {step.start} is proposed; a second officer confirms it")
    else:
        step = kept.steps[-1]
        say(f"{what}: {step.to} from {step.start}")


def _latest(session: Session, name: str) -> int:
    numbers = [one.version for one in session.jurisdiction.indicators.indicators if one.id == name]
    return max(numbers, default=1)


class _Line(msgspec.Struct):
    id: str
    version: int
    consignments: int
    hits: int
    precision: Share


class _Past(msgspec.Struct):
    file: str
    consignments: int


class _Stopped(msgspec.Struct):
    chance_of_any_stop: float


class _Result(msgspec.Struct):
    """What is read of a back-test's result."""

    indicators: list[_Line]
    wordings: dict[str, str]
    history: _Past
    today: _Stopped
    both: _Stopped


def evidence_of(file: Path, name: str, number: int) -> Evidence:
    """Return what the result of a back-test in ``file`` tells of one version of an indicator.

    ``Refused`` with CLI-008 if it is no such result or does not speak of it.
    """
    what = f"{name} {number}"
    try:
        whole = json.loads(file.read_bytes())
        result = msgspec.convert(whole, _Result)
    except (ValueError, msgspec.MsgspecError, RecursionError) as fault:
        raise Refused([NO_RESULT.notice(file=str(file), problem=str(fault))]) from fault
    line = next((one for one in result.indicators if (one.id, one.version) == (name, number)), None)
    if line is None or what not in result.wordings:
        problem = f"it does not speak of {name} version {number}"
        raise Refused([NO_RESULT.notice(file=str(file), problem=problem)])
    return Evidence(
        digest_of(whole),
        result.wordings[what],
        result.history.file,
        result.history.consignments,
        line.hits,
        line.precision,
        result.today.chance_of_any_stop,
        result.both.chance_of_any_stop,
    )
