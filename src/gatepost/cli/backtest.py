"""``gatepost risk check`` and ``backtest``: a draft indicator before anybody acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from gatepost.adapters.files import history_rules
from gatepost.adapters.files.indicators import read_indicators
from gatepost.adapters.files.tree import Loaded
from gatepost.bootstrap import faults_in_drafts, read_description
from gatepost.casework.past import past_of_ledger, past_of_lodgements
from gatepost.cli.context import Session, as_day, as_json, command
from gatepost.cli.output import Said, columns, complain, print_json, said, say
from gatepost.description.jurisdiction import sets_of
from gatepost.expression.explain import reads
from gatepost.expression.parser import parse
from gatepost.kernel.notice import Refused
from gatepost.requirement.compiled import VOCABULARY
from gatepost.requirement.model import Level
from gatepost.risk.backtest import Checked, SetResult
from gatepost.risk.life import wording_of
from gatepost.risk.model import Indicator

if TYPE_CHECKING:
    from gatepost.kernel.columns import Parts
    from gatepost.risk.columns import History


class CheckedIndicator(msgspec.Struct, frozen=True):
    """A draft in which nothing is wrong, and the elements that its condition reads."""

    id: str
    version: int
    agency: str
    mode: str
    level: str
    reads: tuple[str, ...]


class CheckResult(msgspec.Struct, frozen=True):
    """What was found in a file of indicators."""

    file: str
    ok: bool
    indicators: tuple[CheckedIndicator, ...]
    notices: tuple[Said, ...]


class PastTold(msgspec.Struct, frozen=True):
    """What the history holds."""

    file: str
    consignments: int
    subjects: dict[str, int]
    ignored_columns: tuple[str, ...]


class BacktestResult(SetResult, frozen=True, kw_only=True):
    """A draft over the past; ``today`` is the set in force, ``both`` the two together.

    ``wordings`` are the digests of the drafts, by id and version: what the result speaks of.
    """

    wordings: dict[str, str]
    history: PastTold
    today: SetResult
    both: SetResult
    checked: Checked


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@as_json
@command
def check(session: Session, path: Path, as_json: bool) -> None:
    """Check the indicators in FILE, a file or a folder.

    Every fault is told with its line and column and what may have been meant."""
    drafts = read_indicators(path)
    notices = faults_in_drafts(read_description(session.name, session.cache), drafts)
    told = tuple(_checked(one.value) for one in drafts.items["indicator"]) if not notices else ()
    complain(notices)
    if as_json:
        print_json(CheckResult(str(path), not notices, told, said(notices)))
    else:
        for one in told:
            what = ", ".join(one.reads) or "nothing: it selects by chance alone"
            say(f"{one.id} version {one.version} of {one.agency}, {one.mode}, per {one.level}")
            say(f"  reads {what}")
        if not notices:
            say(f"{path}: nothing wrong; indicators {len(told)}")
    if notices:
        raise click.exceptions.Exit(1)


def _checked(one: Indicator) -> CheckedIndicator:
    found = reads(parse(one.when)) if one.when else ()
    paths = tuple(sorted(".".join(parts) for parts in found))
    return CheckedIndicator(one.id, one.version, one.agency, one.mode, one.level, paths)


@click.command()
@click.option(
    "--indicators",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="The draft: a folder of indicators, or one file.",
)
@click.option(
    "--history",
    "file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="NDJSON, CSV or Parquet.  [default: the cases on record]",
)
@click.option("--day", callback=as_day, help="Whose set stands beside it.  [default: today]")
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result there too, to attach it when the draft is to go live.",
)
@as_json
@command
def backtest(
    session: Session,
    folder: Path,
    file: Path | None,
    day: date | None,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Run draft indicators over the past.

    Tells what they would have cost and found, beside those that are in force. Validity is
    passed over, so that a draft of tomorrow can be asked of last year."""
    loaded = read_description(session.name, session.cache)
    drafts = read_indicators(folder)
    if notices := faults_in_drafts(loaded, drafts):
        raise Refused(notices)
    try:
        result = _run(session, drafts, file, day or session.today())
    except ModuleNotFoundError as fault:
        if fault.name != "polars":
            raise
        raise Refused([history_rules.NO_ANALYTICS.notice()]) from fault
    if keep:
        keep.write_bytes(msgspec.json.encode(result))
    if as_json:
        print_json(result)
    else:
        _tell(result)
    if not result.checked.equal:
        raise click.exceptions.Exit(1)


def _run(session: Session, drafts: Loaded, file: Path | None, day: date) -> BacktestResult:
    from gatepost.risk.columns import read_by
    from gatepost.risk.trial import tried

    draft: list[Indicator] = [one.value for one in drafts.items["indicator"]]
    session.desk.refresh()
    here = session.desk.jurisdiction
    now = [one for one in here.indicators.indicators if one.valid.on(day)]
    live = [one for one in now if one.mode == "live"]
    own = sets_of({"set": [one.value for one in drafts.items["set"]]})
    sets = {**session.jurisdiction.sets, **own}
    scorers = here.indicators.scorers
    history, told = past_of(session, file, read_by([*draft, *live], scorers), day)
    found = tried(draft, live, sets, history, scorers)
    return BacktestResult(
        **msgspec.structs.asdict(found.draft),
        wordings={f"{one.id} {one.version}": wording_of(one) for one in draft},
        history=told,
        today=found.today,
        both=found.both,
        checked=found.checked,
    )


def past_of(
    session: Session, file: Path | None, paths: Mapping[Level, frozenset[Parts]], today: date
) -> tuple[History, PastTold]:
    """Return what passed, by a file or the cases on record, holding ``paths`` of each level."""
    from gatepost.adapters.files.history import read_history
    from gatepost.risk.columns import history_of, history_of_frame

    ignored: tuple[str, ...] = ()
    if file is None:
        past = past_of_ledger(session.desk)
    else:
        found = read_history(file, VOCABULARY)
        ignored = found.ignored
        if found.frame is not None:
            history = history_of_frame(found.frame, paths)
            return history, _told(file, history, ignored)
        past = past_of_lodgements(session.jurisdiction, found.lodgements, today)
    cases = [(one.reference, one.consignment, one.found) for one in past]
    history = history_of(cases, paths)
    return history, _told(file, history, ignored)


def _told(file: Path | None, history: History, ignored: tuple[str, ...]) -> PastTold:
    subjects: dict[str, int] = {level: rows.table.height for level, rows in history.levels.items()}
    return PastTold(str(file) if file else "the cases on record", history.size, subjects, ignored)


def _tell(result: BacktestResult) -> None:
    say(f"{result.history.consignments} consignments of {result.history.file}")
    say()
    rows = [("indicator", "agency", "control", "hits", "of consignments", "alone", "precision")]
    for one in result.indicators:
        rows.append(
            (
                f"{one.id} v{one.version}",
                one.agency,
                one.control,
                str(one.hits),
                f"{one.share:.2%}",
                str(one.alone),
                _precision(one.precision),
            )
        )
    for line in columns(rows):
        say(line)
    say()
    sets: dict[str, SetResult] = {
        "the draft": result,
        "in force today": result.today,
        "both": result.both,
    }
    rows2 = [("", "stopped by anyone", "if apart", "stops apart", "stops joined", "finds caught")]
    rows2 += [
        (
            name,
            f"{one.chance_of_any_stop:.2%}",
            f"{one.chance_if_apart:.2%}",
            str(one.separate),
            str(one.joint),
            f"{one.caught} of {one.known}",
        )
        for name, one in sets.items()
    ]
    for line in columns(rows2):
        say(line)
    same = "the same hits" if result.checked.equal else "OTHER HITS"
    say()
    say(f"{result.checked.records} records asked again one by one: {same}.")


def _precision(share: Any) -> str:
    if share.share is None:
        return "nothing known"
    return f"{share.found} of {share.of}, {share.low:.0%} to {share.high:.0%}"
