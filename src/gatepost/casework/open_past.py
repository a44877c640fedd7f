"""What passed, as far as the gate opens it to one agency: the ground of its analysts' back-tests.

Figures come of it and no case is shown, so the record tells how many cases were read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from gatepost.authority import rules
from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.disclosure import reader_of, sight_of_reader, view_in
from gatepost.casework.events import CasesListed
from gatepost.casework.masking import masked_case, masked_events
from gatepost.casework.past import PastCase
from gatepost.casework.view import view_of
from gatepost.consignment.masking import masked
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import Recorded, Row
from gatepost.lodgement.events import DeclarationAmended, DeclarationRegistered
from gatepost.risk.events import AssessmentMade
from gatepost.risk.model import Hit

PURPOSE = "risk"
MOST = 5_000
"""The most cases that are read at once: the newest ones."""


class OpenPast(msgspec.Struct, frozen=True):
    """The cases of a period, each as far as it is open; ``left_out`` older ones were too many."""

    cases: tuple[PastCase, ...]
    left_out: int


def past_open_to(
    desk: Desk, actor: Actor, since: datetime, now: datetime, most: int = MOST
) -> OpenPast:
    """Return the cases since a moment that the gate opens to an officer's agency for risk.

    Refused with AUTH-040 to whom nothing is open for that purpose.
    """
    reader = reader_of(desk, actor, PURPOSE, "list", now)
    sight = sight_of_reader(desk, reader)
    if not reader.agency or sight is None:
        notice = rules.NOT_OPEN.notice(
            recipient=reader.agency or actor.id, purpose=PURPOSE, day=reader.day.isoformat()
        )
        raise Refused([notice])
    rows = desk.ledger.rows(projection.CASE, seen=sight, since=projection.instant(since))
    found = []
    for row in rows[-most:]:
        view = view_in(desk, case := projection.decode_case(row.value), reader)
        if view is None or case.status == "withdrawn":
            continue
        told = desk.ledger.read(projection.stream_of(projection.CASE, row.key))
        data = _dataset(case, told)
        if data is None:
            continue
        shown = masked_case(view, case)
        hits = _hits([*masked_events(view, told)])
        found.append(_past(desk, row, case, shown, masked(data, view.shows), hits))
    body = CasesListed(PURPOSE, "list", (), len(found))
    stream = projection.stream_of(projection.LISTED, reader.agency)
    put_on_record(desk, stream, actor, reader.agency, body, now)
    return OpenPast(tuple(found), len(rows) - len(rows[-most:]))


def _dataset(case: Case, told: list[Recorded]) -> dict[str, Any] | None:
    """Return the data set as it was last lodged; ``None`` where retention deleted it."""
    for recorded in told:
        body = recorded.event.body
        if recorded.version == case.known.dataset_at and isinstance(
            body, DeclarationRegistered | DeclarationAmended
        ):
            return body.dataset
    return None


def _hits(told: list[Recorded]) -> tuple[Hit, ...]:
    hits: tuple[Hit, ...] = ()
    for recorded in told:
        if isinstance(recorded.event.body, AssessmentMade):
            hits = recorded.event.body.hits
    return hits


def _past(
    desk: Desk, row: Row, case: Case, shown: Case, data: dict[str, Any], hits: tuple[Hit, ...]
) -> PastCase:
    known, here = case.known, desk.jurisdiction
    consignment = view_of(
        data,
        known.regime,
        known.day,
        here.zone,
        here.exchange(known.day),
        known.numbers,
        known.arrived_at,
    )
    found: dict[tuple[str, str], bool] = {}
    for control in shown.controls.by_id.values():
        if control.result is not None:
            key = (control.agency, control.target)
            found[key] = found.get(key, False) or control.result == "nonconform"
    return PastCase(row.key, consignment, found, shown, hits)
