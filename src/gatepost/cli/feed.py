"""``gatepost feed``: the figures of a month, for whom an instrument opens them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
import msgspec

from gatepost.casework.feeding import Fed, feed_due
from gatepost.casework.figures import figures
from gatepost.cli.context import Session, as_json, at, by, command
from gatepost.cli.output import columns, complain, print_json, said, say
from gatepost.kernel.actor import OPERATOR


@click.command()
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="Such as 2026-07.")
@click.option("--due", is_flag=True, help="Produce every standing feed that is due.")
@as_json
@by
@at
@command
def feed(
    session: Session,
    month: datetime | None,
    due: bool,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Give the figures of a month, without names.

    --by names who receives them, such as statistics.trade.compiler. What rests on fewer cases
    than the instrument says is kept back, and that this was received goes on record. --due
    produces what feeds/ describes, each month once, into files of the data folder.
    """
    if due == (month is not None):
        raise click.UsageError("Give either --month or --due.")
    if month is None:
        _due(session, session.now(at), as_json)
        return
    found = figures(session.desk, session.actor(by) or OPERATOR, month.date(), session.now(at))
    if as_json:
        print_json(found)
        return
    rows = [
        (
            cell.regime,
            cell.heading,
            cell.origin or "?",
            f"{cell.cases} cases",
            f"{cell.net_mass:.0f} kg",
            f"{cell.value:.2f} {session.jurisdiction.country.currency}",
        )
        for cell in found.cells
    ]
    for line in columns(rows):
        say(line)
    say(f"{found.suppressed} kept back: fewer than {found.smallest_cell} cases.")


def _due(session: Session, now: datetime, as_json: bool) -> None:
    """Produce what is due; what is on record already is only written again where it is missing."""
    refused = False
    for fed in feed_due(session.desk, now):
        file = _written(session, fed)
        refused |= fed.figures is None
        if as_json:
            told = {"feed": fed.feed, "month": f"{fed.month:%Y-%m}", "new": fed.new}
            print_json({**told, "file": file, "notices": said(fed.notices)})
        elif fed.new and fed.figures is not None:
            cells, kept = len(fed.figures.cells), fed.figures.suppressed
            say(f"{fed.feed}  {fed.month:%Y-%m}  {cells} cells, {kept} kept back  {file}")
        complain(fed.notices)
    if refused:
        raise click.exceptions.Exit(1)


def _written(session: Session, fed: Fed) -> str | None:
    """Write the figures to their file, whole or not at all, and return its path."""
    if fed.figures is None:
        return None
    file: Path = session.data / "feeds" / fed.feed / f"{fed.month:%Y-%m}.json"
    if fed.new or not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = file.with_suffix(".part")
        beside.write_bytes(msgspec.json.encode(fed.figures) + b"\n")
        beside.replace(file)
    return str(file.relative_to(session.data))
