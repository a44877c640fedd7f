"""Answers as a WCO response message (Response, profile RES-DMS 2).

One message answers one lodgement or tells its new status. What refuses it goes out as ``Error``,
what is only said as ``AdditionalInformation``; each points with WCO ids at the element meant.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from gatepost.adapters.formats.wco.markup import Markup
from gatepost.adapters.formats.wco.profile import DECLARATION, NAMESPACES, Element

Status = Literal[
    "accepted",
    "received",
    "refused",
    "control",
    "documents",
    "amended",
    "released",
    "cleared",
    "withdrawn",
]

_RESPONSE = "urn:wco:datamodel:WCO:RES-DMS:2"
_RESPONSE_TYPES = "urn:wco:datamodel:WCO:Response_DS:DMS:2"
_TABLE = Path(__file__).with_name("response_codes.tsv")
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?", re.ASCII)
_SECTION = re.compile(r"\d\d[A-Z]")
"""The WCO id of an element that holds others; any other id is that of a value."""

_CODE_LENGTH, _SENTENCE_LENGTH = 8, 512


class ResponseNotice(msgspec.Struct, frozen=True):
    """A notice with its sentence already in the reader's language."""

    code: str
    sentence: str
    where: str = ""


class ResponseMessage(msgspec.Struct, frozen=True):
    """What the sender of a declaration is told.

    ``reference`` is ours and ``None`` if the lodgement was refused; ``functional_reference``
    is the sender's; ``at`` an aware moment; ``id`` identifies this very message.
    """

    status: Status
    at: datetime
    reference: str | None = None
    functional_reference: str | None = None
    notices: tuple[ResponseNotice, ...] = ()
    id: str | None = None


class _Coded(msgspec.Struct, frozen=True):
    function_code: str
    moment: str


def _read_codes() -> dict[str, _Coded]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t")
        return {row["status"]: _Coded(row["function_code"], row["moment"]) for row in rows}


CODES = _read_codes()


def write_response(answer: ResponseMessage) -> bytes:
    """Return ``answer`` as a WCO response message in UTF-8."""
    coded = CODES[answer.status]
    moment = answer.at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
    markup = Markup()
    namespaces = {"md": NAMESPACES["md"], "ds": _RESPONSE_TYPES}
    attributes = {f"xmlns:{prefix}": name for prefix, name in namespaces.items()}
    markup.open("md:MetaData", {**attributes, "xmlns": _RESPONSE})
    markup.leaf("md:WCODataModelVersionCode", "3.6")
    markup.leaf("md:WCOTypeName", "RES")
    markup.open("Response")
    markup.leaf("FunctionCode", coded.function_code)
    if answer.id:
        markup.leaf("FunctionalReferenceID", answer.id)
    _moment(markup, "IssueDateTime", moment)
    refused = answer.status == "refused"
    for notice in answer.notices:
        (_error if refused else _remark)(markup, notice)
    if coded.moment == "Status/ReleaseDateTime":
        markup.open("Status")
        _moment(markup, "ReleaseDateTime", moment)
        markup.close()
    _declaration(markup, answer, coded.moment.removeprefix("Declaration/"), moment)
    markup.close()
    markup.close()
    return markup.data()


def short_code(number: str) -> str:
    """Return a rule's number in at most eight characters: ``LODGE-001`` becomes ``LODGE001``."""
    word, _, digits = number.rpartition("-")
    return word[: _CODE_LENGTH - len(digits)] + digits[:_CODE_LENGTH]


def pointers(where: str) -> Iterator[tuple[str, str, str]]:
    """Yield number, section and tag (WCO ids) of each step of a path in the declaration.

    The path may end early: what the table does not know, or knows without an id, is not
    pointed at. The tag of a value stands with the section that holds it.
    """
    steps = [_STEP.match(step) for step in where.partition(":")[0].split("/")]
    if not steps or steps[0] is None or steps[0][1] != "Declaration":
        return
    element: Element = DECLARATION
    number, section = "", element.wco_id
    for step in steps[1:]:
        child = element.children.get(step[1]) if step else None
        if step is None or child is None or not child.wco_id:
            break
        if not _SECTION.fullmatch(child.wco_id):
            yield number, section, child.wco_id
            return
        yield number, section, ""
        element, number, section = child, step[2] or "", child.wco_id
    yield number, section, ""


def _declaration(markup: Markup, answer: ResponseMessage, at: str, moment: str) -> None:
    """Write the declaration meant; the profile wants its elements in this order."""
    markup.open("Declaration")
    for name in ("AcceptanceDateTime", "CancellationDateTime"):
        if name == at:
            _moment(markup, name, moment)
    if answer.functional_reference:
        markup.leaf("FunctionalReferenceID", answer.functional_reference)
    if answer.reference:
        markup.leaf("ID", answer.reference)
    if at == "RejectionDateTime":
        _moment(markup, at, moment)
    markup.close()


def _moment(markup: Markup, name: str, moment: str) -> None:
    markup.open(name)
    markup.leaf("ds:DateTimeString", moment, {"formatCode": "304"})
    markup.close()


def _error(markup: Markup, notice: ResponseNotice) -> None:
    markup.open("Error")
    markup.leaf("Description", f"{notice.code}: {notice.sentence}"[:_SENTENCE_LENGTH])
    markup.leaf("ValidationCode", short_code(notice.code))
    _pointers(markup, notice.where)
    markup.close()


def _remark(markup: Markup, notice: ResponseNotice) -> None:
    markup.open("AdditionalInformation")
    markup.leaf("StatementCode", notice.code[:17])
    markup.leaf("StatementDescription", notice.sentence[:_SENTENCE_LENGTH])
    _pointers(markup, notice.where)
    markup.close()


def _pointers(markup: Markup, where: str) -> None:
    for number, section, tag in pointers(where):
        markup.open("Pointer")
        if number:
            markup.leaf("SequenceNumeric", number)
        markup.leaf("DocumentSectionCode", section)
        if tag:
            markup.leaf("TagID", tag)
        markup.close()
