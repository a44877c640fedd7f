"""``gatepost decisions``: from a finding to a decision of equals, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
import msgspec

from gatepost.casework.reviewing import FindingAct, decide
from gatepost.casework.reviewing import decisions as listed
from gatepost.cli.acting import do_acts
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.output import print_json, say, say_all
from gatepost.review.decision.model import Decision


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--agency", callback=plain_text, help="Only what affects this agency.")
@as_json
@by
@at
@command
def decisions(
    session: Session,
    file: str | None,
    agency: str | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """List findings on their way to a decision, or act on them.

    FILE holds acts, one JSON object a line: raise, consent, object, carry_out, measure or
    withdraw. A remedy is decided when every affected agency has consented."""
    if file is not None:
        do_acts(session, file, FindingAct, decide, by, at, as_json)
        return
    day = session.jurisdiction.law_day(session.now(at))
    found = list(listed(session.desk, agency))
    if as_json:
        print_json([_plain(one, day) for one in found])
        return
    for one in found:
        say_all(_lines(one, day))
    if not found:
        say("No finding is on record.")


def _plain(one: Decision, day: date) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(one)
    return {
        **told,
        "standing": one.standing,
        "waiting": list(one.waiting),
        "overdue": one.overdue(day),
    }


def _lines(one: Decision, day: date) -> Iterator[str]:
    late = "  OVERDUE" if one.overdue(day) else ""
    yield f"{one.id}  {one.standing.replace('_', ' ')}  {one.kind}, {one.remedy}{late}"
    yield f"  {one.sentence}"
    yield f"  raised by {one.raised_by} on {one.raised_on}, from {one.effective}"
    if one.waiting:
        yield f"  waits for {', '.join(one.waiting)}"
    for agency, reason in one.objected.items():
        yield f"  {agency} objects: {reason}"
    if one.decided_on:
        yield f"  decided on {one.decided_on} by {', '.join(one.consented)}"
    if one.legal:
        yield f"  carried out by {one.legal}; effect measured by {one.measure}"
    if one.effect:
        effect = one.effect
        yield f"  {effect.before:g} before, {effect.after:g} after, {effect.unit} ({effect.source})"
    if one.withdrawn:
        yield f"  withdrawn: {one.withdrawn}"
