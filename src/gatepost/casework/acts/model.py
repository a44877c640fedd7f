"""One act as it is handed in: a line of an act file, a form, an API call."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from gatepost.control.model import Result
from gatepost.kernel.event import Source
from gatepost.kernel.legal import LegalBasis
from gatepost.release.model import AppealOutcome, DecisionKind
from gatepost.requirement.model import ControlKind, Place

ActName = Literal[
    "arrive",
    "present",
    "send_on",
    "request_data",
    "override",
    "examine",
    "sample",
    "pass_on",
    "treat",
    "find",
    "summon",
    "attend",
    "decide",
    "hold",
    "lift",
    "meet",
    "resolve",
    "release",
    "remove",
    "exit",
    "reverse",
    "turn_back",
    "readmit",
    "amend",
    "withdraw",
    "assign",
    "appeal",
    "answer_appeal",
    "hand_over",
    "tick",
]


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control an officer orders: its kind, what it checks, on which target."""

    kind: ControlKind
    check: str
    target: str = "consignment"
    place: Place = "border"


class Act(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One act: ``id`` is its key, ``at`` the aware moment it happened.

    Which further fields an act reads stands with its function; ``with`` names the
    agencies that examine together with ``agency``.
    """

    id: str
    act: ActName
    reference: str
    at: datetime
    agency: str | None = None
    by: str | None = None
    second: str | None = None
    officer: str | None = None
    source: Source = "manual"
    zone: str | None = None
    reason: str = ""
    text: str = ""
    place: str | None = None
    document: str | None = None
    data: str | None = None
    exception: str | None = None
    stop: str | None = None
    controls: tuple[str, ...] = ()
    order: Order | None = None
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    started: datetime | None = None
    result: Result | None = None
    code: str | None = None
    laboratory: str | None = None
    seal: str | None = None
    to: str | None = None
    intact: bool = True
    evidence: tuple[str, ...] = ()
    decision: DecisionKind | None = None
    outcome: AppealOutcome | None = None
    targets: tuple[str, ...] = ()
    condition: str | None = None
    due: datetime | None = None
    hold: str | None = None
    expires: datetime | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    unit: str | None = None
    declaration: dict[str, Any] | None = None
