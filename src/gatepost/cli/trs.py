"""``gatepost trs``: how long release takes and where the time goes, from a file or the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.events import frame_of, options, told_by
from gatepost.cli.output import complain, print_json, said, say, say_all
from gatepost.cli.trs_lines import change_lines, lines, process_lines
from gatepost.cli.trs_maturity import maturity
from gatepost.cli.trs_scorecard import scorecard
from gatepost.cli.trs_study import check_figures, form, study
from gatepost.kernel.notice import Refused

MEASURE = "measure"


class Trs(click.Group):
    """A group whose first command may be left out: ``gatepost trs EVENTS.csv``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that is meant where a file or an option comes first."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = [MEASURE, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Trs)
def trs() -> None:
    """Time release study.

    With a file of events, or without one from the ledger, measures at once; that is what
    `measure` does, and the word may be left out."""


broken_down = click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    callback=plain_text,
    help="Break down by lane, office, mode, agency, hour, day, …; repeat for several.",
)


@trs.command(MEASURE)
@click.argument("file", metavar="[EVENTS]", required=False)
@options
@broken_down
@click.option(
    "--study",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="STUDY.yaml",
    help="Title, mandate, names of agencies, recommendations and what may be published.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what may be published: FILE.html, FILE.pdf, or a folder for report,"
    " press page, tables and open data.",
)
@as_json
@command
def measure(
    session: Session,
    file: str | None,
    mapping: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    by: tuple[str, ...],
    study: Path | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Measure intervals, shares and bottlenecks.

    EVENTS is CSV or Parquet with the columns case, event, time, party, or what the map says.
    Without it the ledger is measured: what was done is what is counted. A report holds only
    what may be published."""
    told = told_by(mapping, until, zone, target)
    if report:
        from gatepost.cli.trs_report import reported

        files = reported(session, file, told, by, study, report)
        if as_json:
            print_json({"files": files})
        else:
            say_all(files)
        return
    with frame_of(session, file, told) as frame:
        from gatepost.timerelease.measure import measured

        found = measured(frame, told.given, by or None)
    if as_json:
        print_json(found)
    else:
        say_all(lines(found))


@trs.command("compare")
@click.argument("before")
@click.argument("after")
@options
@click.option(
    "--map-after",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="MAP.yaml",
    help="How AFTER is read, if not as BEFORE.",
)
@click.option(
    "--acknowledge",
    metavar="REASON",
    callback=plain_text,
    help="Why two unlike studies may be compared all the same.",
)
@as_json
@command
def compare_two(
    session: Session,
    before: str,
    after: str,
    mapping: Path | None,
    map_after: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    acknowledge: str | None,
    as_json: bool,
) -> None:
    """Compare two files of events: what changed, and how surely.

    Studies of unlike scope are refused unless you say why they may be compared."""
    first = told_by(mapping, until, zone, target)
    second = told_by(map_after or mapping, until, zone, target)
    with frame_of(session, before, first) as one, frame_of(session, after, second) as two:
        from gatepost.timerelease.compare import Comparison, compare, unlike

        notices = tuple(unlike(one, two, first.given, second.given))
        if notices and not acknowledge:
            raise Refused(notices)
        changes = compare(one, two, first.given, second.given)
    sentences = tuple(notice.sentence for notice in said(notices))
    if as_json:
        print_json(Comparison(changes, sentences, acknowledge or ""))
        return
    if notices:
        complain(notices)
        say(f"Compared all the same: {acknowledge}")
        say()
    say_all(change_lines(changes))


@trs.command()
@click.argument("file", metavar="[EVENTS]", required=False)
@options
@click.option(
    "--spectrum", nargs=2, metavar="FROM TO", help="The times of one step by the hour, as well."
)
@as_json
@command
def process(
    session: Session,
    file: str | None,
    mapping: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    spectrum: tuple[str, str] | None,
    as_json: bool,
) -> None:
    """Show the process as it was lived.

    What followed what, variants and rework; where the map holds an agency's own procedure,
    also how its cases followed it."""
    told = told_by(mapping, until, zone, target)
    with frame_of(session, file, told) as frame:
        from gatepost.timerelease.measure import process_of

        found = process_of(frame, told.given.procedures, spectrum)
    if as_json:
        print_json(found)
    else:
        say_all(process_lines(found))


@trs.command()
@click.argument("file", metavar="[EVENTS]", required=False)
@options
@click.option("--ocel-json", metavar="FILE", help="OCEL 2.0 as JSON.")
@click.option("--ocel-sqlite", metavar="FILE", help="OCEL 2.0 as SQLite.")
@click.option("--xes", metavar="FILE", help="XES.")
@as_json
@command
def export(
    session: Session,
    file: str | None,
    mapping: Path | None,
    until: datetime | None,
    zone: str | None,
    target: str | None,
    ocel_json: str | None,
    ocel_sqlite: str | None,
    xes: str | None,
    as_json: bool,
) -> None:
    """Write the events for other programs of process mining."""
    if not (ocel_json or ocel_sqlite or xes):
        raise click.UsageError("Name a file: --ocel-json, --ocel-sqlite or --xes.")
    told = told_by(mapping, until, zone, target)
    with frame_of(session, file, told) as frame:
        from gatepost.adapters.formats.eventlog import ocel, rows
        from gatepost.adapters.formats.eventlog.xes import write_xes

        log = rows.rows_of(frame)
    wanted = ((ocel_json, ocel.write_json), (ocel_sqlite, ocel.write_sqlite), (xes, write_xes))
    written = [(file, write) for file, write in wanted if file]
    for named, write in written:
        write(log, Path(named))
    if as_json:
        files = [named for named, _ in written]
        print_json({"files": files, "events": len(log.events), "cases": len(log.cases)})
        return
    for named, _ in written:
        say(f"{named}: {len(log.events)} events of {len(log.cases)} cases")


@trs.command()
@click.option("--cases", type=int, help="How many cases there are.  [default: any number]")
@click.option("--margin", type=float, default=0.05, show_default=True)
@click.option("--confidence", type=float, default=0.95, show_default=True)
@click.option("--variation", type=float, help="Coefficient of variation: size for a mean.")
@click.option(
    "--stratum",
    "strata",
    type=(str, click.IntRange(0)),
    multiple=True,
    metavar="NAME CASES",
    help="A part of the cases; repeat for all.",
)
@as_json
@command
def sample(
    session: Session,
    cases: int | None,
    margin: float,
    confidence: float,
    variation: float | None,
    strata: tuple[tuple[str, int], ...],
    as_json: bool,
) -> None:
    """Say how many cases to look at, and of which kinds."""
    from gatepost.timerelease.sampling import allocate, sample_size, size_for_mean

    named = dict(strata)
    cases = cases if cases is not None else sum(named.values()) or None
    size = sample_size(cases, margin, confidence)
    if variation is not None:
        size = size_for_mean(variation, margin, confidence)
    told = allocate(named, size)
    if as_json:
        print_json({"size": size, "strata": told})
        return
    say(f"{size} cases")
    for one in told:
        say(f"  {one.sample} of {one.cases} {one.name} (weight {one.weight:.3f})")


for _one in (study, form, check_figures, scorecard, maturity):
    trs.add_command(_one)
