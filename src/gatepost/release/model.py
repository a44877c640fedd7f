"""Decisions, holds, conditions, conflicts and the precedence table (RL-01 to RL-04)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from gatepost.authority.model import Level
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity

DecisionKind = Literal["clear", "clear_conditional", "refuse", "return", "destroy", "seize"]
Outcome = Literal["release", "conditional", "refuse", "return", "destroy", "seize", "conflict"]
AppealOutcome = Literal["granted", "partly", "dismissed"]
CLEARING: frozenset[DecisionKind] = frozenset({"clear", "clear_conditional"})
WHOLE = "consignment"
"""The target of what is asked of the consignment as one."""
RELEASING: frozenset[Outcome] = frozenset({"release", "conditional"})


class PrecedenceRow(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One row: which set of decisions comes to what.

    ``any``: at least one decision is among these; ``each``: every one of these
    was given; ``only``: every decision is among these. A conflict names the unit
    that decides it and after how long.
    """

    id: str
    sentence: Text
    legal_basis: tuple[LegalBasis, ...]
    outcome: Outcome
    any: tuple[DecisionKind, ...] = ()
    each: tuple[DecisionKind, ...] = ()
    only: tuple[DecisionKind, ...] = ()
    decider: str | None = None
    limit: str | None = None


class Partial(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where part of a consignment may be released although another part may not."""

    regimes: tuple[Regime, ...]
    legal_basis: tuple[LegalBasis, ...]


class Precedence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The jurisdiction's table of how several agencies' decisions become one."""

    id: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    rows: tuple[PrecedenceRow, ...]
    partial: Partial | None = None


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """What must still happen after a conditional release of ``targets``, and by when."""

    id: str
    agency: str
    text: str
    due: datetime
    targets: tuple[str, ...]
    status: Literal["open", "met", "failed"] = "open"
    legal_basis: tuple[LegalBasis, ...] = ()


class AgencyDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One agency's decision on one target, with reason, mandate and officer."""

    agency: str
    target: str
    kind: DecisionKind
    at: datetime
    mandate: str
    officer: str
    reason: str = ""


class Hold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One agency, one law, one reason, one end: until then nothing leaves.

    ``reported`` tells that the agency's own system asked for it, which may end it again.
    """

    id: str
    agency: str
    reason: str
    placed_at: datetime
    expires: datetime
    legal_basis: tuple[LegalBasis, ...]
    automatic: bool = False
    status: Literal["open", "lifted", "expired"] = "open"
    reported: bool = False


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Decisions that cannot stand together, the unit that decides and when it may."""

    target: str
    row: str
    kinds: tuple[DecisionKind, ...]
    decider: str
    limit: datetime
    referred: bool = False
    legal_basis: tuple[LegalBasis, ...] = ()


class Ruling(msgspec.Struct, frozen=True):
    """What the decider of a conflict chose; it stands in place of the decisions it ``settles``."""

    kind: DecisionKind
    settles: tuple[DecisionKind, ...]


class Clock(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far an agency's service clock has escalated."""

    agency: str
    standard: str
    started: datetime
    level: Level | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an appeal against an agency came to, and when it was answered."""

    at: datetime
    outcome: AppealOutcome


class Released(msgspec.Struct, frozen=True, omit_defaults=True):
    """The release: once per case, of all targets or of part of them."""

    at: datetime
    targets: tuple[str, ...]
    outcome: Outcome
    withheld: tuple[str, ...] = ()


class Interest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one agency has at stake in one target, and what it still waits for.

    ``controls`` are those that must end before the release, ``inland`` those that
    may follow it under a condition; ``adverse`` tells that a finding spoke against,
    ``prohibited`` that a requirement forbids the goods.
    """

    agency: str
    target: str
    needs: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    inland: tuple[str, ...] = ()
    adverse: bool = False
    prohibited: bool = False

    @property
    def ready(self) -> bool:
        """Tell whether the agency has all it asked for and may clear."""
        return not (self.needs or self.controls or self.inland)

    def allows(self, kind: DecisionKind) -> bool:
        """Tell whether a decision of this kind can count now: none clears past an open control."""
        if kind == "clear":
            return self.ready
        return kind != "clear_conditional" or not (self.controls or self.prohibited)


def covers(target: str, other: str) -> bool:
    """Tell whether a decision on ``target`` is one on ``other`` too: that on the whole on items."""
    return target == other or (target == WHOLE and other.startswith("item/"))
