"""``gatepost lodge``: declarations from files, each answered once it is durable."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Literal, TextIO

import click
import msgspec

from gatepost.casework.answers import Advice, LodgeAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge as lodge_declaration
from gatepost.cli.context import Session, as_json, at, by, command
from gatepost.cli.output import (
    Said,
    cited,
    complain,
    file_name,
    progress,
    said,
    say_all,
)
from gatepost.cli.reading import GROUP, Arrived, groups
from gatepost.cli.respond import write_responses
from gatepost.kernel.actor import Actor
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Refused

Result = LodgeAnswer | tuple[Notice, ...]
"""What came of one file: the answer, or why it is refused."""


class Asked(msgspec.Struct, frozen=True):
    """One need of one agency; ``document`` is a document code or a data element."""

    agency: str
    document: str | None
    requirement: str
    legal_basis: str


class Lodged(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is printed of one file; ``advice`` only if there is some."""

    file: str
    status: Literal["accepted", "refused"]
    reference: str | None
    agencies: tuple[str, ...]
    needs: tuple[Asked, ...]
    channel: str | None
    notices: tuple[Said, ...]
    advice: tuple[Advice, ...] = ()


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--list",
    "listed",
    type=click.File("r", encoding="utf-8", errors="surrogateescape"),
    metavar="FILE",
    help="Lodge the files it names too, one a line; '-' reads the names from stdin.",
)
@click.option(
    "--respond",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a WCO response message for each file into DIR as well.",
)
@as_json
@by
@at
@command
def lodge(
    session: Session,
    files: tuple[str, ...],
    listed: TextIO | None,
    respond: Path | None,
    as_json: bool,
    by: str | None,
    at: datetime | None,
) -> None:
    """Lodge the declaration in each FILE.

    Reads JSON, WCO Data Model XML and EDIFACT; '-' is stdin. Prints one line for each file, in the
    order given, once what it says is stored.
    """
    if not files and listed is None:
        raise click.UsageError("Name at least one FILE, or a list of files under --list.")
    names = (line.rstrip("\n") for line in listed or ())
    refused = False
    actor, desk = session.actor(by), session.desk
    if listed is not None or len(files) > GROUP:
        _keep_what_was_loaded()
    with progress("Lodging", len(files) if listed is None else None) as advance:
        done = 0
        for group in groups(chain(files, (name for name in names if name))):
            now = session.now(at)
            results = lodge_group(desk, group, now, actor)
            if respond is not None:
                write_responses(respond, group, results, now)
            refused |= any(isinstance(result, tuple) for result in results)
            _report(group, results, as_json)
            done += len(group)
            advance(done)
    if refused:
        raise click.exceptions.Exit(1)


def _keep_what_was_loaded() -> None:
    """Spare the description from collection: it stays, and looking through it costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def lodge_group(
    desk: Desk, group: list[Arrived], now: datetime, actor: Actor | None
) -> list[Result]:
    """Lodge a group of declarations and return what came of each once all is durable.

    One that is refused does not touch the others. If the store fails, none is stored
    and each says why.
    """
    try:
        if any(one.dataset is not None for one in group):
            # Before the group: if that is undone, the day's digest must stay on record.
            desk.secret(desk.jurisdiction.law_day(now), now)
        with desk.ledger.group():
            return [_lodge_one(desk, one, now, actor) for one in group]
    except Refused as failed:
        return [one.faults or failed.notices for one in group]


def _lodge_one(desk: Desk, arrived: Arrived, now: datetime, actor: Actor | None) -> Result:
    if arrived.dataset is None:
        return arrived.faults
    try:
        return lodge_declaration(desk, arrived.dataset, arrived.digest, now, actor)
    except Refused as refused:
        return refused.notices


def _report(group: list[Arrived], results: list[Result], as_json: bool) -> None:
    """Print what came of a group, all its lines at once, and then its notices."""
    answers = [_lodged(one.file, result) for one, result in zip(group, results, strict=True)]
    if as_json:
        click.echo(b"\n".join(map(msgspec.json.encode, answers)))
    else:
        say_all(line for lodged in answers for line in ("  ".join(_line(lodged)), *_told(lodged)))
    for lodged, result in zip(answers, results, strict=True):
        if isinstance(result, tuple):
            complain(result, lodged.file)
        elif not as_json:
            complain(result.notices, lodged.file)


def _lodged(file: str, result: Result) -> Lodged:
    name = file_name(file)
    if isinstance(result, tuple):
        return Lodged(name, "refused", None, (), (), None, said(result))
    needs = dict.fromkeys(
        Asked(n.agency, n.document or n.data, n.requirement, cited(n.legal_basis))
        for n in result.needs
    )
    return Lodged(
        name,
        "accepted",
        result.reference,
        result.agencies,
        tuple(needs),
        result.channel,
        said(result.notices),
        result.advice,
    )


def _told(lodged: Lodged) -> Iterator[str]:
    """Yield what agencies advise, below the line of the file."""
    for one in lodged.advice:
        yield f"  {one.agency} advises ({', '.join(one.targets)}): {in_language(one.text)}"


def _line(lodged: Lodged) -> Iterator[str]:
    yield lodged.status
    yield lodged.reference or ""
    if lodged.channel is not None:
        yield f"{lodged.channel:6}"
    if lodged.agencies:
        yield ", ".join(lodged.agencies)
    yield lodged.file
