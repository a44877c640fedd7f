"""A case as its page shows it: the strip of agencies and steps, who is waited for, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.reading import CaseStatus, Reading, status_of
from gatepost.casework.story import Why, reasons
from gatepost.casework.telling import Line, tell
from gatepost.release.model import CLEARING, AgencyDecision, Hold, Interest
from gatepost.requirement.model import Charge, Need

CellState = Literal["none", "done", "waiting", "open", "held", "refused"]
STEPS = ("papers", "checks", "examination", "decision")


class Strip(msgspec.Struct, frozen=True):
    """One agency's way through a case: a state for each step."""

    agency: str
    cells: tuple[tuple[str, CellState], ...]


class CasePage(msgspec.Struct, frozen=True):
    """Everything the page of one case shows."""

    reference: str
    functional_reference: str
    declarant: str
    accepted_at: datetime
    status: CaseStatus
    story: tuple[Line, ...]
    strips: tuple[Strip, ...]
    wanted: tuple[Need, ...]
    charges: tuple[Charge, ...]
    holds: tuple[Hold, ...]
    decisions: tuple[AgencyDecision, ...]
    whys: tuple[Why, ...]


def case_page(desk: Desk, reading: Reading) -> CasePage:
    """Return the page of a case as its reader may see it."""
    case = reading.case
    interests = case.interests(desk.jurisdiction.users_on)
    return CasePage(
        reading.reference,
        case.known.functional_reference,
        case.known.declarant,
        case.known.accepted_at,
        status_of(reading.reference, case, desk.jurisdiction.users_on),
        tell(desk, reading),
        tuple(_strip(case, agency, interests) for agency in case.agencies),
        tuple(need for need in case.needs if need.open),
        case.charges,
        tuple(case.release.open_holds),
        tuple(case.release.decisions.values()),
        tuple(reasons(reading.events)),
    )


def _strip(case: Case, agency: str, interests: dict[str, Interest]) -> Strip:
    needs = [need.open for need in case.needs if need.agency == agency]
    mine = [c for c in case.controls.by_id.values() if c.agency == agency]
    checks = [c.open for c in mine if not c.physical and c.status != "cancelled"]
    stops = [c.open for c in mine if c.physical and c.status != "cancelled"]
    return Strip(
        agency,
        (
            ("papers", _state(needs, "waiting")),
            ("checks", _state(checks, "open")),
            ("examination", _state(stops, "open")),
            ("decision", _decision(case, agency, interests)),
        ),
    )


def _state(opens: list[bool], name: CellState) -> CellState:
    if not opens:
        return "none"
    return name if any(opens) else "done"


def _decision(case: Case, agency: str, interests: dict[str, Interest]) -> CellState:
    if any(hold.agency == agency for hold in case.release.open_holds):
        return "held"
    wanted = {key for key, one in interests.items() if one.agency == agency}
    given = {key: one for key, one in case.release.decisions.items() if one.agency == agency}
    if any(one.kind not in CLEARING for one in given.values()):
        return "refused"
    if not wanted and not given:
        return "none"
    return "done" if wanted <= set(given) else "open"
