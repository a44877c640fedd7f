"""``gatepost disclosures``: who was shown a case and by what right; what an agency received."""

from __future__ import annotations

from datetime import date, datetime

import click
import msgspec

from gatepost.authority.element import mask_of
from gatepost.casework.disclosed import Disclosed, disclosures_of
from gatepost.casework.disclosure import open_case
from gatepost.casework.provided import received
from gatepost.casework.shown import View
from gatepost.cli.context import Session, as_json, at, by, command, plain_text, purpose
from gatepost.cli.output import columns, moment, print_json, say
from gatepost.cli.show import reference_of
from gatepost.kernel.actor import OPERATOR


class Entry(msgspec.Struct, frozen=True):
    """One entry as a program reads it; ``allowed`` is false where the gate refused."""

    at: datetime
    actor: str
    agency: str | None
    purpose: str
    channel: str
    allowed: bool
    right: str | None
    instruments: tuple[str, ...]
    elements: tuple[str, ...]
    references: tuple[str, ...]
    count: int | None
    refused: str | None
    until: date | None


@click.command()
@click.argument("reference", metavar="REF", required=False)
@click.option("--agency", callback=plain_text, help="Instead of a case: what this agency received.")
@click.option(
    "--month",
    type=click.DateTime(["%Y-%m"]),
    help="The month, such as 2026-07.  [default: this one]",
)
@as_json
@by
@purpose
@at
@command
def disclosures(
    session: Session,
    reference: str | None,
    agency: str | None,
    month: datetime | None,
    as_json: bool,
    by: str | None,
    purpose: str | None,
    at: datetime | None,
) -> None:
    """Tell who was shown the case REF, for what and by which right.

    Every reading and every list is on record, refusals too. With --agency, what an agency
    received in a month, told to itself and to the operator, and to an agency that gives it
    something what it received by that. Without --by the report is the operator's.
    """
    if (reference is None) == (agency is None):
        raise click.UsageError("Name a case, or an agency with --agency, and not both.")
    desk, now = session.desk, session.now(at)
    if reference is not None:
        name = reference_of(reference)
        actor = session.actor(by) or OPERATOR
        for_what = purpose or (None if actor == OPERATOR else "oversight")
        found = disclosures_of(desk, name)
        view = open_case(desk, name, actor, now, for_what).view
        found = [_nameless(one, view) for one in found]
    else:
        actor = session.actor(by) or OPERATOR
        for_what = purpose or (None if actor == OPERATOR else "oversight")
        found = received(desk, actor, now, agency or "", (month or now).date(), for_what)
    if as_json:
        print_json([entry(one) for one in found])
        return
    zone = session.jurisdiction.zone
    rows = [
        (
            moment(one.at.astimezone(zone)),
            one.actor + (f" of {one.agency}" if one.agency else ""),
            f"to {one.channel} for {one.purpose}",
            _by_what(session, one),
        )
        for one in found
    ]
    for line in columns(rows):
        say(line)
    if not found:
        say("Nothing was shown to anybody.")


def _nameless(one: Disclosed, view: View) -> Disclosed:
    """Return an entry without the name of its reader, unless it is shown who acts for others."""
    if one.agency in (None, view.reader) or view.shows_of(one.agency, "case.officers"):
        return one
    return msgspec.structs.replace(one, actor="somebody")


def entry(one: Disclosed) -> Entry:
    """Return an entry with everything in it that a program may ask for."""
    instruments = tuple(f"{r.instrument}@{r.version}" for r in one.rights if r.instrument)
    return Entry(
        one.at,
        one.actor,
        one.agency,
        one.purpose,
        one.channel,
        one.refused is None,
        one.right or None,
        tuple(dict.fromkeys(instruments)),
        one.elements,
        one.references,
        one.count,
        one.refused,
        one.until,
    )


def _by_what(session: Session, one: Disclosed) -> str:
    """Return the right and, for people, the classes of data of which everything was shown."""
    if one.refused:
        return f"refused ({one.refused})"
    if one.count is not None:
        what = f"{one.count} cells" if one.channel == "feed" else f"{one.count} cases"
    else:
        mask = mask_of(one.elements)
        masks = session.jurisdiction.disclosure.masks
        classes = [name for name, of in masks.items() if of & mask == of]
        what = ", ".join(classes) or ", ".join(one.elements)
    rights = ", ".join(str(right) for right in one.rights) or one.right
    return f"{what}, by {rights}" if rights else what
