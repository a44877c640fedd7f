"""Acts on other things than cases, one JSON object a line, each answered on a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import click
import msgspec

from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.cli.act import numbered_lines
from gatepost.cli.context import Session
from gatepost.cli.output import complain, file_name, print_json, said, say
from gatepost.cli.rules import NOT_AN_ACT

T = TypeVar("T", bound=msgspec.Struct)


def do_acts(
    session: Session,
    file: str,
    kind: type[T],
    do: Callable[[Desk, T, datetime, str | None], ActAnswer],
    by: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Do the acts of a file in order; refused ones are told and the others done."""
    refused = False
    for number, line in numbered_lines(file):
        answer = _answer(session, line, kind, do, by, at)
        placed = tuple(
            msgspec.structs.replace(one, where=f"line {number} {one.where}".strip())
            for one in answer.notices
        )
        refused |= answer.status == "refused"
        if as_json:
            told = msgspec.structs.replace(answer, notices=())
            print_json({**msgspec.to_builtins(told), "notices": said(placed)})
        else:
            say(f"{answer.id}  {answer.status}  {', '.join(answer.happened)}".rstrip())
        complain(placed, file_name(file))
    if refused:
        raise click.exceptions.Exit(1)


def _answer(
    session: Session,
    line: bytes,
    kind: type[T],
    do: Callable[[Desk, T, datetime, str | None], ActAnswer],
    by: str | None,
    at: datetime | None,
) -> ActAnswer:
    try:
        act = msgspec.json.decode(line, type=kind)
        moment: datetime = getattr(act, "at")  # noqa: B009
        act = msgspec.structs.replace(act, at=session.now(moment))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        notice = NOT_AN_ACT.notice(problem=str(fault))
        return ActAnswer("", "refused", None, (), (notice,))
    return do(session.desk, act, session.now(at), by)
