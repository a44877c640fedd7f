"""Answers as WCO response messages: how a lodgement was taken, and how a case stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from gatepost.adapters.formats.wco.response import (
    ResponseMessage,
    ResponseNotice,
    Status,
    write_response,
)
from gatepost.casework.answers import LodgeAnswer, union_of
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import Reading
from gatepost.cli.output import said
from gatepost.cli.reading import Arrived
from gatepost.consignment.dataset import child, text
from gatepost.kernel.notice import Notice
from gatepost.lodgement.events import DeclarationAccepted


def case_response(desk: Desk, reading: Reading) -> bytes:
    """Return how the case stands now, dated by what happened last."""
    case = reading.case
    remarks = [
        notice
        for recorded in reading.events
        if isinstance(recorded.event.body, DeclarationAccepted)
        for notice in recorded.event.body.notices
    ]
    message = ResponseMessage(
        _status(case),
        max(recorded.event.at for recorded in reading.events),
        reading.reference,
        case.known.functional_reference,
        (*_notices(remarks), *_wanted(desk, case)),
    )
    return write_response(message)


def _status(case: Case) -> Status:
    match case.status:
        case "withdrawn":
            return "withdrawn"
        case "removed":
            return "cleared"
        case "released":
            return "released"
        case "waiting" if not case.controls.open and any(need.open for need in case.needs):
            return "documents"
        case _:
            return "control"


def _wanted(desk: Desk, case: Case) -> Iterable[ResponseNotice]:
    """Yield what is still asked for, each thing once, with the first rule that asks for it."""
    for asked in union_of(case.needs):
        rule = next(n.requirement for n in case.needs if asked.document in (n.document, n.data))
        sentence = desk.jurisdiction.sentence_of(rule) or rule
        yield ResponseNotice(rule, f"{asked.document}: {sentence}", "Declaration")


def _notices(notices: Iterable[Notice]) -> tuple[ResponseNotice, ...]:
    return tuple(ResponseNotice(one.code, one.sentence, one.where) for one in said(notices))


def lodging_response(
    arrived: Arrived, result: LodgeAnswer | tuple[Notice, ...], now: datetime
) -> bytes:
    """Return how one file was taken: accepted with its reference, or refused with every reason."""
    declaration = child(arrived.dataset or {}, "Declaration")
    functional = text(declaration, "FunctionalReferenceID")
    if isinstance(result, LodgeAnswer):
        notices = _notices(result.notices)
        message = ResponseMessage("accepted", now, result.reference, functional, notices)
    else:
        message = ResponseMessage("refused", now, None, functional, _notices(result))
    return write_response(message)


def write_responses(
    folder: Path,
    group: list[Arrived],
    results: list[LodgeAnswer | tuple[Notice, ...]],
    now: datetime,
) -> None:
    """Write one message for each file, named after it: ``roses.json.response.xml``."""
    folder.mkdir(parents=True, exist_ok=True)
    for arrived, result in zip(group, results, strict=True):
        name = f"{Path(arrived.file).name}.response.xml"
        (folder / name).write_bytes(lodging_response(arrived, result, now))
