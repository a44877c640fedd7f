"""``gatepost stuck``: what does not go on, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from itertools import chain, islice

import click

from gatepost.adapters.audit.lag import unsealed
from gatepost.casework.stuck import Stuck, stuck_cases
from gatepost.cli.context import Session, as_json, at, command
from gatepost.cli.output import columns, moment, print_json, say
from gatepost.cli.serve import prepare
from gatepost.web.places import ACCOUNTS_FILE

SHOWN = 50


@click.command()
@click.option(
    "--limit",
    default=SHOWN,
    show_default=True,
    type=click.IntRange(1),
    help="The most that are shown.",
)
@as_json
@at
@command
def stuck(session: Session, limit: int, as_json: bool, at: datetime | None) -> None:
    """List what does not go on.

    Events not sealed, mail not sorted or not taken, cases on which something is overdue, that wait
    for nobody, or whose conflict is past its limit: each for more than a minute. Ends with 1 if
    there is any, for a monitor."""
    found = _found(session, session.now(at))
    shown = list(islice(found, limit))
    more = next(found, None) is not None
    if as_json:
        for one in shown:
            print_json(one)
    elif not shown:
        say("Nothing is stuck.")
    else:
        zone = session.jurisdiction.zone
        rows = [(one.what, moment(one.since.astimezone(zone)), one.says) for one in shown]
        for line, one in zip(columns(rows), shown, strict=True):
            say(line)
            say(f"  {one.do}")
        if more:
            say(f"There is more than {limit}; see --limit.")
    if shown:
        raise click.exceptions.Exit(1)


def _found(session: Session, now: datetime) -> Iterator[Stuck]:
    if _told_here(session):
        prepare(session.data, session.database, session.name, demo=False)
        from gatepost.api.stuck import stuck as stuck_in

        return stuck_in(session.desk, session.data, now)
    ledger = session.desk.ledger
    return chain(unsealed(ledger, session.data, now), stuck_cases(session.desk, now))


def _told_here(session: Session) -> bool:
    """Tell whether mailboxes and webhooks are kept here; a folder never served has none."""
    served = session.database is not None or (session.data / ACCOUNTS_FILE).exists()
    return served and find_spec("django") is not None
