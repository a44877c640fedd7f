"""``gatepost calls``: how fast specialists on call come to a post."""

from __future__ import annotations

from datetime import date, datetime

import click

from gatepost.casework.planning.responses import responses
from gatepost.casework.work import Work
from gatepost.cli.context import Session, as_day, as_json, at, command
from gatepost.cli.output import columns, print_json, say, say_all


@click.command()
@click.argument("post")
@click.option("--from", "first", callback=as_day, metavar="DAY", help="[default: today]")
@click.option("--to", "last", callback=as_day, metavar="DAY", help="[default: the first day]")
@at
@as_json
@command
def calls(
    session: Session,
    post: str,
    first: date | None,
    last: date | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Tell how fast specialists on call came to POST, by agency.

    Late is who came after the time that the roster gives for the way, or should have come by
    now and has not."""
    now = session.now(at)
    first = first or session.jurisdiction.law_day(now)
    known = {one.id for one in session.jurisdiction.register.all_posts}
    if post not in known:
        raise click.BadParameter(f"{post!r} is none of {', '.join(sorted(known))}.")
    found = responses(Work(session.desk, now), post, first, last or first)
    if as_json:
        print_json(found)
        return
    if not found:
        say("Nobody was called.")
        return
    rows = [("agency", "calls", "answered", "late", "median", "longest")]
    for one in found:
        middle = "" if one.median is None else f"{one.median:.0f} min"
        longest = "" if one.longest is None else f"{one.longest} min"
        counts = (str(one.calls), str(one.answered), str(one.late))
        rows.append((one.agency, *counts, middle, longest))
    say_all(columns(rows))
