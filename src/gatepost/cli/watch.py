"""``gatepost watch``: files dropped into a folder, for those who have no system that calls ours."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from gatepost.adapters import formats
from gatepost.adapters.files.dropped import Dropped
from gatepost.adapters.formats import cells
from gatepost.adapters.formats.uploads import accept, unpacked
from gatepost.adapters.store.rules import BUSY, FAILED, UNOPENED
from gatepost.casework.acts.model import Act
from gatepost.casework.answers import LodgeAnswer, union_of
from gatepost.cli import rules
from gatepost.cli.act import ACT_LINES, answers_of
from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.lodge import lodge_group
from gatepost.cli.output import Said, complain, said, say
from gatepost.cli.reading import Arrived, in_groups, read_bytes
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement.rules import BUSY as OVERTAKEN

NOT_NOW = frozenset(rule.number for rule in (BUSY, FAILED, UNOPENED, OVERTAKEN))
"""What is no fault of a file: it stays, and is taken at a later look."""

COLUMNS = ("file", "status", "reference", "agencies", "asked for", "code", "where", "notice")


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one declaration of a file, or of one act in it."""

    file: str
    status: str
    reference: str | None = None
    agencies: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    notices: tuple[Said, ...] = ()


class Taker(NamedTuple):
    """Who takes the files: the run of the command, whose folder it is, and how answers look."""

    session: Session
    owner: str
    as_json: bool

    @property
    def actor(self) -> Actor:
        """As whom declarations are lodged: a party lodges, an agency's machine may not."""
        here = self.session.jurisdiction.register
        if any(one.id == self.owner for one in here.all_agencies):
            return Actor(f"{self.owner} (machine)", "machine", self.owner)
        return Actor(self.owner, "party")

    def own(self, act: Act) -> Act:
        """Return an act as its owner's: no folder speaks for others, or knows their numbers.

        Refused with CLI-020 where it names somebody else, or an agency's names no officer.
        """
        agency = self.actor.agency
        by = act.by or (None if agency else self.owner)
        of_agency = agency is not None and by is not None
        known = of_agency and self.session.jurisdiction.register.agency_of(by or "") == agency
        if not (known or (by == self.owner and agency is None)):
            raise Refused([rules.OTHERS.notice("by", owner=self.owner, by=by or "nobody")])
        name = self.owner.replace("%", "%25").replace("|", "%7C")
        return msgspec.structs.replace(act, id=f"file|{name}|{act.id}", by=by)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Take what is there now, and end.")
@click.option(
    "--pause",
    type=click.FloatRange(0.01, 3600),
    default=2.0,
    show_default=True,
    help="Seconds between two looks; a file is taken when both find it the same.",
)
@click.option(
    "--owner",
    required=True,
    metavar="NAME",
    callback=plain_text,
    help="The party or the agency whose folder it is: what is in it is taken as theirs only.",
)
@as_json
@command
def watch(
    session: Session, folder: Path, once: bool, pause: float, owner: str, as_json: bool
) -> None:
    """Take the files that are dropped into FOLDER, each once.

    A file holds a declaration (JSON, XML, EDIFACT), several of them (.zip), or acts, one a line
    (.jsonl). It goes to FOLDER/done, or to FOLDER/refused if something of it was not taken; what
    came of it is in FOLDER/answers as a table, with --json as a line of JSON for each.
    """
    stop = threading.Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
    taker = Taker(session, owner, as_json)
    _known_owner(taker)
    refused = False
    with Dropped(folder).watched() as dropped:
        dropped.settled()
        while not stop.wait(pause):
            for file in dropped.settled():
                refused |= not _take(taker, dropped, file)
                if stop.is_set():
                    break
            if once:
                break
    if once and refused:
        raise click.exceptions.Exit(1)


def _known_owner(taker: Taker) -> None:
    """Refuse a name that is somebody else's here: an officer's role, or that of the operator."""
    party = taker.actor.kind == "party"
    if party and taker.session.desk.actor(taker.owner) != taker.actor:
        raise click.BadParameter(f"{taker.owner!r} is neither a party nor an agency.")


def _take(taker: Taker, dropped: Dropped, file: Path) -> bool:
    """Do what a file says, answer it and put it away; tell whether all of it was taken."""
    try:
        lines = list(_taken(taker, file))
    except Refused as later:
        complain(later.notices, file.name)
        return False
    good = all(line.status != "refused" for line in lines)
    told, ending = (_lines(lines), ".jsonl") if taker.as_json else (_table(lines), ".csv")
    dropped.put_away(file, good, told, ending)
    say(f"{'done   ' if good else 'refused'}  {file.name}")
    return good


def _taken(taker: Taker, file: Path) -> Iterator[Line]:
    """Yield what came of each part of a file; ``Refused`` if the store cannot take it now."""
    now = taker.session.now()
    if file.suffix == ACT_LINES:
        yield from _acts(taker, file, now)
        return
    for group in in_groups(_declarations(file)):
        results = lodge_group(taker.session.desk, group, now, taker.actor)
        for arrived, result in zip(group, results, strict=True):
            yield _lodged(arrived.file, result)


def _declarations(file: Path) -> Iterator[Arrived]:
    """Yield the declaration of a file, or those of an archive."""
    try:
        data = read_bytes(str(file))
        packed = unpacked(data) if accept(data, "json", "xml", "edifact", "zip") == "zip" else None
    except Refused as fault:
        yield Arrived(file.name, faults=fault.notices)
        return
    if packed is None:
        yield _read(file.name, data)
        return
    for name, content in packed.items():
        yield _read(f"{file.name}/{name}", content)


def _read(name: str, data: bytes) -> Arrived:
    try:
        accept(data, "json", "xml", "edifact")
        dataset = formats.read_lodgement(data)
    except Refused as fault:
        return Arrived(name, faults=fault.notices)
    return Arrived(name, len(data), dataset, digest_of(dataset))


def _lodged(name: str, result: LodgeAnswer | tuple[Notice, ...]) -> Line:
    if isinstance(result, tuple):
        return Line(name, "refused", notices=said(_final(result)))
    wanted = tuple(one.document for one in union_of(result.needs))
    return Line(name, "accepted", result.reference, result.agencies, wanted, said(result.notices))


def _acts(taker: Taker, file: Path, now: datetime) -> Iterator[Line]:
    """Yield what came of each act; one that was done before answers the same."""
    for number, done in answers_of(taker.session, str(file), now, taker.own):
        notices = said(_final(done.notices) if done.status == "refused" else done.notices)
        yield Line(f"{file.name} line {number}", done.status, done.reference, notices=notices)


def _final(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return notices that are about what came; ``Refused`` if only the moment is wrong."""
    if any(one.code in NOT_NOW for one in notices):
        raise Refused(notices)
    return notices


def _lines(lines: list[Line]) -> bytes:
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def _table(lines: list[Line]) -> bytes:
    """Return a table for a spreadsheet: a row for each notice, and one for a line without any."""
    rows = [
        (
            line.file,
            line.status,
            line.reference,
            ", ".join(line.agencies),
            ", ".join(line.wanted),
            notice.code if notice else None,
            notice.where if notice else None,
            notice.sentence if notice else None,
        )
        for line in lines
        for notice in line.notices or (None,)
    ]
    return cells.written(COLUMNS, rows).encode()
