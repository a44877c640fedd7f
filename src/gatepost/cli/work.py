"""``gatepost work``: what an agency can do now."""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.reading import work_list
from gatepost.cli.context import Session, as_json, at, by, command, plain_text, purpose
from gatepost.cli.output import columns, moment, print_json, say
from gatepost.kernel.actor import OPERATOR


@click.command()
@click.argument("agency")
@click.option("--post", callback=plain_text, help="Only what is at this post.")
@click.option("--unit", callback=plain_text, help="Only what was handed to this unit.")
@as_json
@by
@purpose
@at
@command
def work(
    session: Session,
    agency: str,
    post: str | None,
    unit: str | None,
    as_json: bool,
    by: str | None,
    purpose: str | None,
    at: datetime | None,
) -> None:
    """List what AGENCY can do now.

    The oldest stands first; what waits for the trader is not on the list."""
    known = {one.id for one in session.jurisdiction.register.all_agencies}
    if agency not in known:
        raise click.BadParameter(f"{agency!r} is none of {', '.join(sorted(known))}.")
    actor = session.actor(by) or OPERATOR
    listed = work_list(session.desk, actor, session.now(at), agency, post, purpose)
    found = [one for one in listed if unit in (None, one.unit)]
    if as_json:
        print_json(found)
        return
    if not found:
        say(f"Nothing for {agency} to do now{f' at {post}' if post else ''}.")
        return
    zone = session.jurisdiction.zone
    rows = [
        (
            one.reference,
            moment(one.since.astimezone(zone)),
            one.action,
            ", ".join(one.controls or one.targets),
            f"held by {one.unit}" if one.unit else "",
        )
        for one in found
    ]
    for line in columns(rows):
        say(line)
