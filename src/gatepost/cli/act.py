"""``gatepost act``: acts, one a line, each answered on a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO, Literal, get_args

import click
import msgspec

from gatepost.adapters.formats import json_lodgement
from gatepost.adapters.formats.json_names import repeated_names
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act, ActName
from gatepost.casework.answers import ActAnswer
from gatepost.casework.projection import CASE, decode_case
from gatepost.cli import rules
from gatepost.cli.context import Session, as_json, at, by, command, out_of_range
from gatepost.cli.output import Said, complain, file_name, print_json, said, say
from gatepost.cli.reading import LARGEST, STDIN
from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Notice, Refused

ACT_LINES = ".jsonl"
"""How the name of a file of acts ends."""

NULL = b"null"
ACTS: tuple[str, ...] = get_args(ActName)
MOMENTS = ("at", "started", "due", "expires")


class Answer(msgspec.Struct, frozen=True):
    """What is printed of one line; ``case`` is the status of the case afterwards."""

    id: str | None
    status: Literal["done", "refused"]
    reference: str | None
    happened: tuple[str, ...]
    notices: tuple[Said, ...]
    case: str | None


class _Named(msgspec.Struct, frozen=True):
    """What can still be told of a line that is no act."""

    id: str | None = None
    reference: str | None = None


class _Amendment(msgspec.Struct, frozen=True):
    """The corrected declaration, as it was written."""

    declaration: msgspec.Raw = msgspec.Raw(NULL)


@click.command()
@click.argument("file", metavar="FILE")
@as_json
@by
@at
@command
def act(session: Session, file: str, as_json: bool, by: str | None, at: datetime | None) -> None:
    """Do the acts in FILE, one JSON object a line.

    FILE may be '-' for stdin. Each line is {"id", "act", "reference", "at", "agency", …};
    --by names who acts where the line does not. An id that was done before answers the same.
    """
    refused = False
    for number, done in answers_of(session, file, at, lambda one: one, by):
        placed = tuple(_at_line(number, notice) for notice in done.notices)
        refused |= done.status == "refused"
        _report(session, msgspec.structs.replace(done, notices=placed), as_json)
        if done.status == "refused":
            complain(placed, file_name(file))
    if refused:
        raise click.exceptions.Exit(1)


def answers_of(
    session: Session,
    file: str,
    at: datetime | None,
    taken: Callable[[Act], Act],
    by: str | None = None,
) -> Iterator[tuple[int, ActAnswer]]:
    """Do the acts in a file, recorded ``at`` a moment or as they come, and yield their answers.

    Each comes with the number of its line; one that is refused does not keep the next from being
    done. ``taken`` gives what is done of an act, or refuses it; ``by`` acts where nobody is named.
    """
    for number, line in numbered_lines(file):
        try:
            act = taken(read_act(session, line))
            done = perform(session.desk, act, session.now(at), by)
        except Refused as fault:
            done = _refusal(line, fault.notices)
        yield number, done


def numbered_lines(file: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of ``file`` that are not blank, with their numbers from 1.

    Refused with CLI-001 if it cannot be read, CLI-002 at a line that is too long.
    """
    name = file_name(file)
    try:
        with _opened(file) as stream:
            number = 0
            while line := stream.readline(LARGEST + 1):
                number += 1
                if len(line) > LARGEST:
                    raise Refused(
                        [rules.TOO_LARGE.notice(f"line {number}", file=name, limit=LARGEST)]
                    )
                if line.strip():
                    yield number, line
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Refused([rules.UNREADABLE.notice(file=name, reason=reason)]) from fault


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == STDIN:
        yield sys.stdin.buffer
    else:
        with open(file, "rb") as stream:
            yield stream


def read_act(session: Session, line: bytes) -> Act:
    """Return the act a line tells; moments without an offset are in the jurisdiction's zone.

    Refused with CLI-003 or CLI-004 if it is no act, and with the notices of the JSON reader
    if the declaration of an amendment is none.
    """
    try:
        fields = msgspec.json.decode(line, type=dict[str, Any])
        _no_nul(fields)
        _once(line)
        declaration = bytes(msgspec.json.decode(line, type=_Amendment).declaration)
        moments = {name: _moment(session, name, fields[name]) for name in MOMENTS if name in fields}
        if isinstance(name := fields.get("act"), str) and name not in ACTS:
            raise msgspec.ValidationError(f"there is no act {name!r}, but {', '.join(ACTS)}")
        told = msgspec.convert({**fields, **moments, "declaration": None}, Act)
        if not told.id.strip():
            raise msgspec.ValidationError("its `id` is empty")
        if told.zone is not None and not is_zone(told.zone):
            raise msgspec.ValidationError("its `zone` is no time zone such as Europe/Berlin")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise Refused([rules.NOT_AN_ACT.notice(problem=_problem(fault))]) from fault
    if declaration == NULL:
        return told
    return msgspec.structs.replace(told, declaration=json_lodgement.read(declaration))


def _once(line: bytes) -> None:
    """Refuse a name that is given twice: readers differ in which of the two they take.

    What is wrong in a declaration is told by the reader of declarations.
    """
    for path, _ in repeated_names(line):
        if path.startswith("declaration/"):
            continue
        raise msgspec.ValidationError(f"`{path}` is given twice")


def _no_nul(value: object) -> None:
    """Refuse the one character that PostgreSQL cannot keep, on every store alike."""
    if isinstance(value, str) and "\0" in value:
        raise msgspec.ValidationError("a value holds the character U+0000")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            _no_nul(one)


def _moment(session: Session, name: str, value: object) -> object:
    """Return the moment that text tells; what is no text is left for the act's type to refuse."""
    if not isinstance(value, str):
        return value
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        problem = f"`{name}` is no moment such as 2026-07-02T08:14"
        raise Refused([rules.NOT_AN_ACT.notice(name, problem=problem)]) from None
    if outside := out_of_range(found):
        raise Refused([msgspec.structs.replace(outside, where=name)])
    return session.now(found)


def _problem(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "its values are nested too deep"
    return str(fault).rstrip(".")


def _refusal(line: bytes, notices: tuple[Notice, ...]) -> ActAnswer:
    try:
        named = msgspec.json.decode(line, type=_Named)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        named = _Named()
    return ActAnswer(named.id or "", "refused", named.reference, (), notices)


def _at_line(number: int, notice: Notice) -> Notice:
    where = f"line {number}" + (f" {notice.where}" if notice.where else "")
    return msgspec.structs.replace(notice, where=where)


def _report(session: Session, done: ActAnswer, as_json: bool) -> None:
    value = session.desk.ledger.row(CASE, done.reference) if done.reference else None
    case = decode_case(value).status if value else None
    if as_json:
        notices = said(done.notices)
        print_json(
            Answer(done.id or None, done.status, done.reference, done.happened, notices, case)
        )
    else:
        say(f"{done.status:7}  {done.id}  {done.reference or ''}  {case or ''}")
