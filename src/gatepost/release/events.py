"""What happens on the way to release and removal."""

from __future__ import annotations

from datetime import date

from gatepost.authority.model import Level
from gatepost.kernel.event import Body
from gatepost.release.model import (
    AppealOutcome,
    Condition,
    Conflict,
    DecisionKind,
    Hold,
    Outcome,
)


class DecisionGiven(Body, frozen=True, tag="release:decision:given"):
    """An agency decided on its own part; a later decision of it replaces this one."""

    targets: tuple[str, ...]
    kind: DecisionKind
    mandate: str
    reason: str = ""
    conditions: tuple[Condition, ...] = ()


class DecisionsLapsed(Body, frozen=True, tag="release:decisions:lapsed"):
    """The data changed: decisions on it before the release no longer count."""

    cause: str


class HoldPlaced(Body, frozen=True, tag="release:hold:placed"):
    """Nothing leaves until the hold is lifted or over."""

    hold: Hold


class HoldLifted(Body, frozen=True, tag="release:hold:lifted"):
    """The agency that placed the hold lifts it."""

    hold: str
    reason: str = ""


class HoldExpired(Body, frozen=True, tag="release:hold:expired"):
    """The hold came to its end."""

    hold: str


class ConditionMet(Body, frozen=True, tag="release:condition:met"):
    """What was still to happen has happened."""

    condition: str


class ConditionFailed(Body, frozen=True, tag="release:condition:failed"):
    """What was still to happen did not happen in time; the case is open again."""

    condition: str


class ConflictRaised(Body, frozen=True, tag="release:conflict:raised"):
    """Decisions contradict each other; the agencies have until the limit to agree."""

    conflict: Conflict


class ConflictReferred(Body, frozen=True, tag="release:conflict:referred"):
    """The limit passed; the named unit decides."""

    target: str
    decider: str


class ConflictResolved(Body, frozen=True, tag="release:conflict:resolved"):
    """The conflict ended: by the decider's ruling, or because the agencies agreed."""

    target: str
    outcome: DecisionKind | None = None
    reason: str = ""


class ClockEscalated(Body, frozen=True, tag="release:clock:escalated"):
    """An agency is over its service standard; the unit of this level is told."""

    agency: str
    standard: str
    level: Level
    unit: str | None = None


class GoodsReleased(Body, frozen=True, tag="release:release:granted"):
    """Every agency is satisfied: the goods are at the declarant's disposal."""

    outcome: Outcome
    targets: tuple[str, ...]
    withheld: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


class ReleaseDenied(Body, frozen=True, tag="release:release:denied"):
    """The goods are not released; ``outcome`` tells what becomes of them."""

    outcome: Outcome
    rows: tuple[str, ...] = ()


class GoodsRemoved(Body, frozen=True, tag="release:goods:removed"):
    """The goods left."""

    place: str | None = None


class AppealLodged(Body, frozen=True, tag="release:appeal:lodged"):
    """A party appeals against what an agency decided; ``right`` is the law's right to do so."""

    right: str
    grounds: str
    until: date


class AppealAnswered(Body, frozen=True, tag="release:appeal:answered"):
    """The appeal is answered; what is granted takes effect by a new decision or a lifted hold."""

    right: str
    outcome: AppealOutcome
    reason: str
