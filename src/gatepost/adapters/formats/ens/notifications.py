"""From a notification, by the table of its interface, to a report of an agency's own system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gatepost.adapters.formats.ens.model import NotificationKind
from gatepost.adapters.formats.wco.notification import Notification
from gatepost.casework.events import AgencyReported
from gatepost.casework.reports import Effect, Report
from gatepost.kernel.duration import parse_duration
from gatepost.lodgement.events import DeclarationWithdrawn
from gatepost.release.events import DecisionGiven, GoodsRemoved, HoldLifted, HoldPlaced

DECISION, HOLD = DecisionGiven.name(), HoldPlaced.name()

EFFECTS: dict[str, Effect] = {
    AgencyReported.name(): "none",
    HOLD: "hold",
    HoldLifted.name(): "lift",
    DeclarationWithdrawn.name(): "withdraw",
    GoodsRemoved.name(): "remove",
}
"""What each event asks of a case; of a decision it is the decision itself."""


def kind_of(function: str, kinds: Sequence[NotificationKind], day: date) -> NotificationKind | None:
    """Return what a function code means on ``day``; ``None`` if the table does not tell."""
    return next((one for one in kinds if one.function == function and one.valid.on(day)), None)


def effect_of(kind: NotificationKind) -> Effect:
    """Return what a notification of this kind asks of a case."""
    return kind.decision or EFFECTS[kind.event]


def report_of(told: Notification, kind: NotificationKind | None, agency: str) -> Report:
    """Return the report; one whose code is not in the table is kept and asks for nothing."""
    return Report(
        told.id,
        agency,
        told.function,
        kind.name if kind else told.function,
        effect_of(kind) if kind else "none",
        kind.rank if kind else 0,
        told.issued,
        told.number,
        told.version,
    )


def hold_for(kind: NotificationKind | None) -> timedelta | None:
    """Return how long a hold of this kind lasts; ``None`` if it is none."""
    return parse_duration(kind.hold_for) if kind and kind.hold_for else None
