"""``gatepost trs study | form | check``: the course of a study, its paper form, others' figures."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.events import analytics
from gatepost.cli.output import columns, complain, print_json, said, say, say_all
from gatepost.cli.trs_report import study_in
from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules
from gatepost.timerelease.milestones import BY_NAME
from gatepost.timerelease.study import PHASES, standing

if TYPE_CHECKING:
    from gatepost.timerelease.published import Claim

SIMPLE = ("arrival", "unloaded", "lodgement", "assessment", "payment", "examination_start",
          "examination_end", "release", "removal")  # fmt: skip
"""The moments of a simple form, as the guide's own forms have them."""


@click.command("study")
@click.argument("file", metavar="STUDY.yaml", type=click.Path(dir_okay=False, path_type=Path))
@as_json
@command
def study(session: Session, file: Path, as_json: bool) -> None:
    """Tell how far a study is, and what comes next.

    Refused is a course out of order: no collection before the test run, unless it was skipped
    with a reason."""
    about = study_in(file)
    told = standing(about, session.jurisdiction.law_day(session.now()))
    if as_json:
        print_json(told)
        return
    say(about.title)
    say_all(
        columns(
            [
                (f"  {phase}", "" if one is None else f"{one.on} {one.by}", PHASES[phase])
                for phase, one in told.phases
            ]
        )
    )
    if about.sample and about.sample.how == "random":
        say(f"Sample: {about.sample.size} cases drawn, {about.sample.needed} needed")
    for late in told.late:
        say(f"Late: {late.what} ({late.owner}, due {late.due})")
    say(f"Next: {told.next}: {PHASES[told.next]}" if told.next else "Every phase is done.")


@click.command("form")
@click.argument("moments", nargs=-1, metavar="[MOMENT]...")
@as_json
@command
def form(session: Session, moments: tuple[str, ...], as_json: bool) -> None:
    """Print a form to be typed in.

    It has a column for each moment and a row for each case.

    The rows are read as they are by 'gatepost trs FORM.csv'; what did not happen stays empty."""
    wanted = moments or SIMPLE
    known = ", ".join(BY_NAME)
    if wrong := [one for one in wanted if one not in BY_NAME]:
        raise Refused([rules.NO_MILESTONE.notice(name=one, known=known) for one in wrong])
    heads = ("case", "office", "mode", "lane", "goods", *wanted)
    if as_json:
        meanings = {one: BY_NAME[one].definition for one in wanted}
        print_json({"columns": heads, "moments": meanings})
        return
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(heads)
    say(line.getvalue())
    for one in wanted:
        click.echo(f"{one}: {BY_NAME[one].definition}", err=True)


@click.command("check")
@click.argument("file", metavar="FIGURES.csv", callback=plain_text)
@as_json
@command
def check_figures(session: Session, file: str, as_json: bool) -> None:
    """Check published figures against each other.

    FIGURES has a line for each figure: subject, source, value, and where told unit, interval,
    before, after, whole. Changes are reckoned again; contradictions are told and end with 1."""
    from gatepost.timerelease.published import check

    with analytics():
        from gatepost.adapters.events.table import read_events

        rows = read_events(file).to_pylist()
    told = check([claim_of(row) for row in rows])
    if told.unreadable:
        raise Refused(told.unreadable)
    if as_json:
        print_json(
            {
                "figures": told.figures,
                "changes": told.changes,
                "contradictions": said(told.contradictions),
            }
        )
    else:
        lines = [("change", "told", "reckoned", "")]
        for one in told.changes:
            holds = "" if one.holds is None else "follows" if one.holds else "does not follow"
            lines.append((
                f"{one.subject} ({one.source})", one.told and f"{one.told} %",
                f"{one.low:.1f} to {one.high:.1f} %", holds,
            ))  # fmt: skip
        say_all(columns(lines))
        say()
        say(f"{told.figures} figures, {len(told.contradictions)} contradictions")
        complain(told.contradictions)
    if told.contradictions:
        raise click.exceptions.Exit(1)


def claim_of(row: dict[str, str | None]) -> Claim:
    """Return a line of a file as a claim; ``Refused`` with TRS-001 where a column is missing."""
    from gatepost.timerelease.published import Claim

    if missing := [one for one in ("subject", "source") if one not in row]:
        found = ", ".join(row)
        raise Refused([rules.NO_COLUMN.notice(what=one, found=found) for one in missing])
    return Claim(**{name: (row.get(name) or "").strip() for name in Claim.__struct_fields__})
