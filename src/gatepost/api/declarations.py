"""Lodging, and following what was lodged."""

from __future__ import annotations

from typing import Any

from gatepost.adapters import formats
from gatepost.adapters.formats import json_lodgement, wco
from gatepost.api.callers import purpose_of
from gatepost.api.model import (
    CaseLine,
    CaseLines,
    CaseQuery,
    CasesQuery,
    CaseView,
    Reason,
    Reasons,
    Receipt,
    StoryLine,
    Wanted,
    WhyQuery,
)
from gatepost.api.operations import Answer, Call, operation
from gatepost.api.paging import cursor_after, read_cursor, write_cursor
from gatepost.api.problems import Failed, not_there, wrong
from gatepost.authority.clause import Channel
from gatepost.authority.rules import NOT_A_PARTY
from gatepost.casework.answers import AskedFor, LodgeAnswer, union_of
from gatepost.casework.disclosure import cases_page, sight_for
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


@operation(
    "GET", "/declarations", gives=CaseLines, scope="read", query=CasesQuery, problems=(403, 422)
)
def cases(call: Call) -> CaseLines:
    """List the caller's cases, the newest first; to an agency those that the gate opens to it.

    A party's own list tells nothing but what it lodged, and leaves no record; an agency's does.
    """
    after, limit = read_cursor(call.query.cursor), call.query.limit
    if call.by.kind == "agency":
        return _cases_of_agency(call, after, limit)
    seen = sight_for(call.site.desk, call.by.actor, call.now)
    rows = call.site.desk.ledger.page(
        PARTY, call.by.owner, seen=seen, after=after, limit=limit, newest_first=True
    )
    found = tuple(CaseLine(*_fields(decode_party_item(row.value))) for row in rows)
    return CaseLines(found, cursor_after(rows, limit))


def _cases_of_agency(call: Call, after: tuple[str, str] | None, limit: int) -> CaseLines:
    desk, purpose = call.site.desk, purpose_of(call.by, call.query.purpose)
    lines, mark = call.site.write(
        lambda: cases_page(desk, call.by.actor, call.now, purpose, after, limit)
    )
    found = tuple(
        CaseLine(
            one.reference,
            one.status,
            one.regime,
            None,
            None,
            one.accepted_at,
            one.post,
            one.agencies,
            one.commodities,
        )
        for one in lines
    )
    return CaseLines(found, write_cursor(mark) if mark else None)


def _fields(struct: Any) -> list[Any]:
    return [getattr(struct, name) for name in struct.__struct_fields__]


def reading_of(
    call: Call, reference: str, officer: Actor | None = None, channel: Channel = "read"
) -> Reading:
    """Return a case as the caller may read it; the same answer if it is not there or not theirs.

    Behind an act of an agency's machine stands an ``officer``, by whom the gate judges; else the
    machine itself asks, for the purpose it declares.
    """
    purpose = purpose_of(call.by, call.query.purpose) if officer is None else None
    name = reference.upper()
    if not (name.isascii() and is_reference(name)):
        raise not_there()
    by = officer or call.by.actor
    return call.site.write(lambda: read_case(call.site.desk, name, by, call.now, purpose, channel))


@operation(
    "GET",
    "/declarations/{reference}",
    gives=CaseView,
    scope="read",
    query=CaseQuery,
    problems=(403, 404, 422),
)
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
    query=CaseQuery,
    also=(XML,),
    problems=(403, 404, 406, 422),
)
def data(call: Call, reference: str) -> Answer:
    """Give what was lodged, value for value, as JSON or as WCO XML by the Accept header.

    For an agency this is an export: what it is given leaves for its own system.
    """
    wanted = call.request.get_preferred_type([JSON, XML])
    if wanted is None:
        raise Failed(406, "not-acceptable", f"This comes as {JSON} or {XML}.")
    channel: Channel = "export" if call.by.kind == "agency" else "read"
    dataset = reading_of(call, reference, channel=channel).dataset
    if wanted == XML:
        return Answer(wco.write(dataset), content_type=XML)
    return Answer(json_lodgement.write(dataset))


@operation(
    "GET",
    "/declarations/{reference}/reasons",
    gives=Reasons,
    scope="read",
    query=WhyQuery,
    problems=(403, 404, 422),
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
