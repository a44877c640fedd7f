"""``gatepost agreements``: the instruments, how far each has come, and acts on them."""

from __future__ import annotations

from datetime import date, datetime

import click
import msgspec

from gatepost.authority.ladder import RUNG
from gatepost.authority.lifecycle import life_on, missing
from gatepost.casework.answers import ActAnswer
from gatepost.casework.concluding import InstrumentAct, conclude
from gatepost.cli.act import numbered_lines
from gatepost.cli.context import Session, as_day, as_json, at, by, command
from gatepost.cli.output import columns, complain, file_name, print_json, said, say
from gatepost.cli.rules import NOT_AN_ACT
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
        _act(session, file, by, at, as_json)
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


def _act(session: Session, file: str, by: str | None, at: datetime | None, as_json: bool) -> None:
    """Do the acts of a file in order; refused ones are told and the others done."""
    refused = False
    for number, line in numbered_lines(file):
        answer = _answer(session, line, by, at)
        placed = tuple(
            msgspec.structs.replace(one, where=f"line {number} {one.where}".strip())
            for one in answer.notices
        )
        refused |= answer.status == "refused"
        if as_json:
            told = msgspec.structs.replace(answer, notices=())
            print_json({**msgspec.to_builtins(told), "notices": said(placed)})
        else:
            say(f"{answer.id}  {answer.status}  {', '.join(answer.happened)}")
        complain(placed, file_name(file))
    if refused:
        raise click.exceptions.Exit(1)


def _answer(session: Session, line: bytes, by: str | None, at: datetime | None) -> ActAnswer:
    try:
        act = msgspec.json.decode(line, type=InstrumentAct)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        notice = NOT_AN_ACT.notice(problem=str(fault))
        return ActAnswer("", "refused", None, (), (notice,))
    aware = msgspec.structs.replace(act, at=session.now(act.at))
    return conclude(session.desk, aware, session.now(at), by)
