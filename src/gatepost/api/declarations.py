"""Lodging, and following what was lodged."""

from __future__ import annotations

from typing import Any

from gatepost.adapters import formats
from gatepost.adapters.formats import json_lodgement, wco
from gatepost.api.model import (
    CaseLine,
    CaseLines,
    CaseView,
    Paging,
    Reason,
    Reasons,
    Receipt,
    StoryLine,
    Wanted,
    WhyQuery,
)
from gatepost.api.operations import Answer, Call, operation
from gatepost.api.paging import cursor_after, read_cursor
from gatepost.api.problems import Failed, not_there, wrong
from gatepost.authority.rules import NOT_A_PARTY
from gatepost.casework.answers import AskedFor, LodgeAnswer, union_of
from gatepost.casework.disclosure import sight_for
from gatepost.casework.lodge import lodge as lodge_declaration
from gatepost.casework.projection import PARTY, decode_party_item
from gatepost.casework.reading import Reading, read_case, status_of
from gatepost.casework.story import reasons
from gatepost.casework.telling import tell
from gatepost.kernel.actor import Actor
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.kernel.reference import is_reference

JSON, XML = "application/json", "application/xml"


def lodge(call: Call) -> Answer:
    """Lodge a declaration, in JSON or in XML of the WCO Data Model.

    The same declaration again, under the same key or another, gives the same answer.
    """
    dataset = formats.read_lodgement(call.body)
    digest = digest_of(dataset)
    try:
        answer = call.do(
            lambda: lodge_declaration(call.site.desk, dataset, digest, call.now, call.by.actor)
        )
    except Refused as fault:
        if {notice.code for notice in fault.notices} == {NOT_A_PARTY.number}:
            title = "Only the declarant or its agent lodges."
            raise Failed(403, "not-allowed", title, notices=fault.notices) from fault
        raise
    return Answer(receipt_of(answer), 201, headers={"Location": f"declarations/{answer.reference}"})


operation(
    "POST",
    "/declarations",
    gives=Receipt,
    scope="lodge",
    body=bytes,
    status=201,
    takes=(JSON, XML),
    problems=(403, 409, 422),
)(lodge)


def receipt_of(answer: LodgeAnswer) -> Receipt:
    """Return a lodging's answer as it is told."""
    return Receipt(
        "accepted",
        answer.reference or "",
        answer.agencies,
        _wanted(union_of(answer.needs)),
        answer.channel,
        wrong(answer.notices),
    )


def _wanted(found: tuple[AskedFor, ...]) -> tuple[Wanted, ...]:
    return tuple(Wanted(a.document, a.agencies, a.targets, a.legal_basis) for a in found)


@operation("GET", "/declarations", gives=CaseLines, scope="read", query=Paging)
def cases(call: Call) -> CaseLines:
    """List the cases to which the caller is a party, the newest first."""
    if call.by.kind != "party":
        return CaseLines(())
    after, limit = read_cursor(call.query.cursor), call.query.limit
    seen = sight_for(call.site.desk, call.by.actor, call.now)
    rows = call.site.desk.ledger.page(
        PARTY, call.by.owner, seen=seen, after=after, limit=limit, newest_first=True
    )
    found = tuple(CaseLine(*_fields(decode_party_item(row.value))) for row in rows)
    return CaseLines(found, cursor_after(rows, limit))


def _fields(struct: Any) -> list[Any]:
    return [getattr(struct, name) for name in struct.__struct_fields__]


def reading_of(call: Call, reference: str, reader: Actor | None = None) -> Reading:
    """Return a case as the caller may read it; the same answer if it is not there or not theirs.

    ``reader`` is the officer who stands behind an agency's machine: the gate opens nothing to a
    machine by itself.
    """
    name = reference.upper()
    if not (name.isascii() and is_reference(name)):
        raise not_there()
    by = reader or call.by.actor
    return call.site.write(lambda: read_case(call.site.desk, name, by, call.now))


@operation("GET", "/declarations/{reference}", gives=CaseView, scope="read", problems=(404,))
def case(call: Call, reference: str) -> CaseView:
    """Tell how a case stands: its one status, whom it waits for, and its story."""
    desk = call.site.desk
    reading = reading_of(call, reference)
    status = status_of(reading.reference, reading.case, desk.jurisdiction.users_on)
    return CaseView(
        reading.reference,
        status.status,
        status.waiting,
        _wanted(union_of(reading.case.needs)),
        tuple(StoryLine(one.name, one.at, one.what, one.beside) for one in tell(desk, reading)),
    )


@operation(
    "GET",
    "/declarations/{reference}/data",
    gives=dict[str, Any],
    scope="read",
    also=(XML,),
    problems=(404, 406),
)
def data(call: Call, reference: str) -> Answer:
    """Give what was lodged, value for value, as JSON or as WCO XML by the Accept header."""
    wanted = call.request.get_preferred_type([JSON, XML])
    if wanted is None:
        raise Failed(406, "not-acceptable", f"This comes as {JSON} or {XML}.")
    dataset = reading_of(call, reference).dataset
    if wanted == XML:
        return Answer(wco.write(dataset), content_type=XML)
    return Answer(json_lodgement.write(dataset))


@operation(
    "GET",
    "/declarations/{reference}/reasons",
    gives=Reasons,
    scope="read",
    query=WhyQuery,
    problems=(404,),
)
def why(call: Call, reference: str) -> Reasons:
    """Tell the rule, the agency and the law behind each step of a case."""
    reading = reading_of(call, reference)
    sentence_of = call.site.desk.jurisdiction.sentence_of
    found = [
        Reason(
            one.step,
            one.at,
            one.event,
            one.rule,
            sentence_of(one.rule) if one.rule else None,
            one.agency,
            one.target,
            one.legal_basis,
            one.says,
        )
        for one in reasons(reading.events, call.query.step)
    ]
    return Reasons(reading.reference, tuple(found))
