"""``gatepost obligations``: what an instrument obliges a recipient to, and doing it."""

from __future__ import annotations

from datetime import datetime

import click

from gatepost.casework.obligations import (
    Obligations,
    consent,
    obligations_of,
    pass_on,
    settle_obligations,
)
from gatepost.cli.context import Session, as_json, at, by, command, plain_text
from gatepost.cli.output import columns, print_json, say
from gatepost.cli.show import reference_of
from gatepost.codelists.purposes import PURPOSES
from gatepost.kernel.actor import OPERATOR

_purpose = click.option(
    "--for", "purpose", required=True, type=click.Choice(sorted(PURPOSES)), help="For what."
)


@click.group()
def obligations() -> None:
    """Keep to the terms under which data were disclosed."""


@obligations.command("list")
@click.argument("agency")
@as_json
@by
@at
@command
def list_(
    session: Session, agency: str, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """List what AGENCY owes for what it was shown.

    What it must forget by now, and what was amended since it was shown."""
    actor = session.actor(by) or OPERATOR
    found = obligations_of(session.desk, actor, session.now(at), agency)
    if as_json:
        print_json(found)
    else:
        _told(found)


def _told(found: Obligations) -> None:
    rows = [
        (", ".join(one.references), f"{one.then} since {one.until}", f"by {one.clause}")
        for one in found.forget
    ]
    rows += [
        (one.reference, f"correct {', '.join(one.elements)}", f"changed {one.changed_at:%Y-%m-%d}")
        for one in found.correct
    ]
    for line in columns(rows):
        say(line)
    if not rows:
        say(f"{found.agency} owes nothing on {found.day}.")


@obligations.command("done")
@click.argument("reference", metavar="REF")
@as_json
@by
@at
@command
def done(
    session: Session, reference: str, as_json: bool, by: str | None, at: datetime | None
) -> None:
    """Put on record that all owed for the case REF is done.

    The agency is that of the officer named under --by."""
    actor = session.actor(by) or OPERATOR
    told = settle_obligations(session.desk, reference_of(reference), actor, session.now(at))
    if as_json:
        print_json(told)
        return
    for one in told:
        say(f"On record: {one.what}" + (f", by {one.clause}" if one.clause else ""))


@obligations.command("consent")
@click.argument("reference", metavar="REF")
@click.option("--recipient", required=True, callback=plain_text, help="Who may pass it on.")
@click.option("--to", required=True, callback=plain_text, help="To whom.")
@_purpose
@as_json
@by
@at
@command
def consent_(
    session: Session,
    reference: str,
    recipient: str,
    to: str,
    purpose: str,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Let a recipient pass the case REF on.

    The officer named under --by serves an agency that disclosed it."""
    actor, name = session.actor(by) or OPERATOR, reference_of(reference)
    consent(session.desk, name, actor, recipient, to, purpose, session.now(at))
    if as_json:
        print_json({"reference": name, "recipient": recipient, "to": to, "purpose": purpose})
    else:
        say(f"On record: {recipient} may pass {name} on to {to} for {purpose}.")


@obligations.command("pass-on")
@click.argument("reference", metavar="REF")
@click.option("--to", required=True, callback=plain_text, help="To whom.")
@_purpose
@as_json
@by
@at
@command
def pass_on_(
    session: Session,
    reference: str,
    to: str,
    purpose: str,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Tell what of the case REF may be passed on.

    That it is passed on goes on record, and so does a refusal."""
    actor, name = session.actor(by) or OPERATOR, reference_of(reference)
    elements = pass_on(session.desk, name, actor, to, purpose, session.now(at))
    if as_json:
        print_json({"reference": name, "to": to, "purpose": purpose, "elements": elements})
    else:
        say(f"May be passed on to {to} for {purpose}: {', '.join(elements)}")
