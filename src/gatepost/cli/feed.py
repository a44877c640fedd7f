"""``gatepost feed``: the figures of a month, for whom an instrument opens them."""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.figures import figures
from gatepost.cli.context import Session, as_json, at, by, command
from gatepost.cli.output import columns, print_json, say
from gatepost.kernel.actor import OPERATOR


@click.command()
@click.option("--month", type=click.DateTime(["%Y-%m"]), required=True, help="Such as 2026-07.")
@as_json
@by
@at
@command
def feed(
    session: Session, month: datetime, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """Give the figures of a month, without names.

    --by names who receives them, such as statistics.trade.compiler. What rests on fewer cases
    than the instrument says is kept back, and that this was received goes on record.
    """
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
