"""``gatepost risk link``: is this person, plate, address, container or seal known elsewhere?"""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.linking import ask_link
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.output import print_json, say
from gatepost.risk.links import MARK_KINDS, MarkKind


@click.command("link")
@click.argument("kind", type=click.Choice(MARK_KINDS))
@click.argument("text", metavar="TEXT", callback=plain_text)
@as_json
@by
@at
@command
def known(
    session: Session, kind: MarkKind, text: str, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """Ask whether TEXT is known in cases of any agency.

    Answers with the cases that an agreement opens to the officer's agency, else with the
    agencies to ask, and never with what they hold."""
    if by is None:
        raise click.UsageError("Say with --by which officer asks.")
    found = ask_link(session.desk, session.desk.actor(by), kind, text, session.now(at))
    if as_json:
        print_json(found)
        return
    say(found.answer if found.answer != "ask" else f"ask {', '.join(found.ask)}")
    for name in found.cases:
        say(f"  {name}")
    if found.answer == "hit" and found.ask:
        say(f"  and ask {', '.join(found.ask)}")
