"""``gatepost risk link`` and ``history``: what is known of a person or thing, and of a trader."""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.history import history_of
from gatepost.casework.linking import ask_link
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.effectiveness import told
from gatepost.cli.output import columns, print_json, say
from gatepost.risk.links import MARK_KINDS, MarkKind
from gatepost.risk.scheme import ROLES, Role


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


@click.command()
@click.argument("role", type=click.Choice(ROLES))
@click.argument("party", metavar="PARTY", callback=plain_text)
@as_json
@by
@at
@command
def history(
    session: Session, role: Role, party: str, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """Tell what was found in the consignments of PARTY.

    By the officer's own agency, and by others as far as an agreement opens it for assessing
    risk; else only which agencies to ask."""
    if by is None:
        raise click.UsageError("Say with --by which officer asks.")
    found = history_of(session.desk, session.desk.actor(by), role, party, session.now(at))
    if as_json:
        print_json(found)
        return
    rows = [
        (one.agency, one.check, f"wrong {told(one.wrong)}", f"{one.clean} clean in a row")
        for one in found.records
    ]
    for line in columns(rows):
        say(line)
    if found.ask:
        say(f"ask {', '.join(found.ask)}")
    if not found.records and not found.ask:
        say("nothing known")
