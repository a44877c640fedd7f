"""``gatepost instructions``: from the centre to the posts, and who has not acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click
import msgspec

from gatepost.casework.instructing import InstructionAct, Told, instruct
from gatepost.casework.instructing import instructions as listed
from gatepost.cli.acting import do_acts
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.output import columns, print_json, say
from gatepost.kernel.actor import OPERATOR


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--agency", callback=plain_text, help="Of this agency only.")
@click.option("--unit", callback=plain_text, help="As this unit sees them: its own and below.")
@click.option("--overdue", is_flag=True, help="Only where some unit is overdue.")
@as_json
@by
@at
@command
def instructions(
    session: Session,
    file: str | None,
    agency: str | None,
    unit: str | None,
    overdue: bool,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """List instructions and who read them, or act on them.

    FILE holds acts, one JSON object a line: issue, acknowledge, report or withdraw. --at is the
    moment at which the list is told, --by to whom: an officer sees what the own unit sees.
    """
    if file is not None:
        do_acts(session, file, InstructionAct, instruct, by, at, as_json)
        return
    reader = session.actor(by) or OPERATOR
    found = [
        one
        for one in listed(session.desk, reader, session.now(at), agency, unit)
        if one.overdue or not overdue
    ]
    if as_json:
        print_json([{**msgspec.to_builtins(one), "overdue": one.overdue} for one in found])
        return
    for number, one in enumerate(found):
        if number:
            say()
        for line in _told(session, one):
            say(line)
    if not found:
        say("No instruction is overdue." if overdue else "No instruction is on record.")


def _told(session: Session, told: Told) -> Iterator[str]:
    one, zone = told.instruction, session.jurisdiction.zone
    due = one.due.astimezone(zone)
    yield f"{one.id}  {told.standing.replace('_', ' ')}  {one.title}"
    yield (
        f"  from {one.unit} by {one.issued_by}, binding from {one.effective}, "
        f"to acknowledge by {due:%a %d %b %Y %H:%M %Z}"
    )
    related = (
        *(["passes on " + one.under] if one.under else ()),
        *(["takes the place of " + ", ".join(one.supersedes)] if one.supersedes else ()),
        *(["replaced by " + one.superseded_by] if one.superseded_by else ()),
        *(["withdrawn: " + one.withdrawn] if one.withdrawn else ()),
    )
    yield from (f"  {text}" for text in related)
    rows = []
    for receipt in told.receipts:
        read = ", ".join(
            f"{each.officer} {each.at.astimezone(zone):%d %b %H:%M}" for each in receipt.by
        )
        missing = f"missing {', '.join(receipt.missing)}" if receipt.missing else ""
        late = "late" if receipt.late else ""
        done = f"reported: {receipt.reported.text}" if receipt.reported else ""
        detail = "; ".join(part for part in (read, late, missing, done) if part)
        rows.append((f"  {receipt.unit}", receipt.state.upper(), detail))
    yield from columns(rows)
