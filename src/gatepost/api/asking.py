"""What may be asked without a case: the guide for everybody, work lists, how the service stands."""

from __future__ import annotations

from importlib.metadata import version

import msgspec

from gatepost.api.model import (
    Guide,
    GuideQuery,
    Health,
    Needed,
    WorkLine,
    WorkLines,
    WorkQuery,
)
from gatepost.api.operations import Answer, Call, operation
from gatepost.api.paging import cursor_after, read_cursor
from gatepost.api.problems import Failed
from gatepost.casework.disclosure import USUAL
from gatepost.casework.guide import Inquiry, guide
from gatepost.casework.projection import CASE, decode_work_item
from gatepost.casework.reading import work_page
from gatepost.kernel.notice import Refused


@operation("GET", "/work", gives=WorkLines, scope="work", query=WorkQuery, problems=(403,))
def work(call: Call) -> WorkLines:
    """List what the caller's agency can do now, the oldest first."""
    caller, query = call.by, call.query
    if caller.kind != "agency":
        raise Failed(403, "not-allowed", "Only an agency has a work list.")
    after = read_cursor(query.cursor)
    rows = work_page(
        call.site.desk,
        caller.actor,
        call.now,
        query.post,
        after,
        query.limit,
        query.purpose or USUAL,
    )
    found = (decode_work_item(row.value) for row in rows)
    lines = tuple(
        WorkLine(one.reference, one.action, one.targets, one.controls, one.since) for one in found
    )
    return WorkLines(caller.owner, lines, cursor_after(rows, query.limit))


@operation("GET", "/requirements", gives=Guide, query=GuideQuery)
def requirements(call: Call) -> Guide:
    """Tell what every agency would ask of goods on a day, by which law; open to everybody."""
    told = msgspec.structs.asdict(call.query)
    jurisdiction = call.site.desk.jurisdiction
    day = told.pop("on") or jurisdiction.law_day(call.now)
    found = guide(jurisdiction, Inquiry(**told, day=day))
    return Guide(
        day,
        tuple(
            Needed(
                one.requirement,
                one.agency,
                one.document,
                one.alternatives,
                one.legal_basis,
                one.sentence,
            )
            for one in found
        ),
    )


@operation("GET", "/status", gives=Health, problems=(503,))
def status(call: Call) -> Answer:
    """Tell how the service stands; open to everybody."""
    desk = call.site.desk
    try:
        desk.ledger.row(CASE, "")
        working = True
    except Refused:
        working = False
    health = Health(
        "ok" if working else "busy",
        version("gatepost"),
        desk.jurisdiction.country.code,
        call.now,
        "ok" if working else "failing",
    )
    return Answer(health, 200 if working else 503)
