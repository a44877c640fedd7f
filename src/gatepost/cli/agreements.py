"""``gatepost agreements``: the instruments, how far each has come, and acts on them."""

from __future__ import annotations

from datetime import date, datetime

import click
import msgspec

from gatepost.authority.ladder import RUNG
from gatepost.authority.lifecycle import life_on, missing
from gatepost.casework.concluding import InstrumentAct, conclude
from gatepost.cli.acting import do_acts
from gatepost.cli.context import Session, as_day, as_json, at, by, command
from gatepost.cli.output import columns, print_json, say
from gatepost.kernel.language import in_language


class Shown(msgspec.Struct, frozen=True):
    """One version of an instrument as a program reads it."""

    id: str
    version: int
    kind: str
    rung: int
    title: str
    state: str
    parties: tuple[str, ...]
    missing: tuple[str, ...]
    clauses: tuple[str, ...]
    legal_basis: tuple[str, ...]


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--on", callback=as_day, help="How they stood on this day.  [default: today]")
@as_json
@by
@at
@command
def agreements(
    session: Session,
    file: str | None,
    on: date | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """List the instruments of a jurisdiction, or act on them.

    FILE holds acts, one JSON object a line: propose, sign, ratify, begin, suspend, resume or end,
    each by an officer whose role may agree and confirmed by a second one.
    """
    if file is not None:
        do_acts(session, file, InstrumentAct, conclude, by, at, as_json)
        return
    desk = session.desk
    desk.refresh()
    day = on or session.today()
    found = [
        Shown(
            one.id,
            one.version,
            one.kind,
            RUNG[one.kind],
            in_language(one.title),
            life_on(one, day).state,
            one.parties,
            missing(one, life_on(one, day)),
            tuple(clause.id for clause in one.clauses),
            tuple(law.cite for law in one.legal_basis),
        )
        for one in sorted(
            desk.jurisdiction.register.all_agreements, key=lambda one: (one.id, one.version)
        )
    ]
    if as_json:
        print_json(found)
        return
    for line in columns([_row(one) for one in found]):
        say(line)


def _row(one: Shown) -> tuple[str, ...]:
    wants = f" (wants {', '.join(one.missing)})" if one.missing and one.state != "ended" else ""
    kind, state = one.kind.replace("_", " "), one.state.replace("_", " ")
    return f"{one.id} v{one.version}", kind, state, one.title + wants
