"""What happens in risk assessment."""

from __future__ import annotations

from datetime import date

from gatepost.kernel.event import Body
from gatepost.risk.budget import Allocation, Candidate
from gatepost.risk.life import Evidence, IndicatorStep
from gatepost.risk.model import Channel, Hit, Spared


class AssessmentMade(Body, frozen=True, tag="risk:assessment:made"):
    """Every agency's indicators were applied in one pass; ``channels`` by agency.

    ``spared`` are those that a scheme or the trust in a party kept from firing.
    """

    hits: tuple[Hit, ...] = ()
    channels: dict[str, Channel] = {}
    channel: Channel = "green"
    spared: tuple[Spared, ...] = ()


class BudgetAllocated(Body, frozen=True, tag="risk:budget:allocated"):
    """Whom a budget chose on a day, and all it chose from: enough to choose again.

    ``wording`` is the digest of the budget as it was described.
    """

    day: date
    wording: str
    candidates: tuple[Candidate, ...]
    allocation: Allocation


class SecretCommitted(Body, frozen=True, tag="risk:secret:committed"):
    """The digest of the day's secret, published before it is used."""

    day: date
    digest: str


class SecretRevealed(Body, frozen=True, tag="risk:secret:revealed"):
    """The secret of a day that is over, hexadecimal."""

    day: date
    secret: str


class ChannelOverridden(Body, frozen=True, tag="risk:channel:overridden"):
    """An officer set aside or added a control of the own agency, for a coded reason."""

    reason: str
    cancelled: tuple[str, ...] = ()
    added: str | None = None
    second: str | None = None


class _Step(Body, frozen=True):
    """A step in the life of an indicator, the reason, and the back-test that speaks for it."""

    step: IndicatorStep
    reason: str
    evidence: Evidence | None = None


class IndicatorStepProposed(_Step, frozen=True, tag="risk:step:proposed"):
    """An officer of its agency proposed a step; nothing changes by it."""


class IndicatorPromoted(_Step, frozen=True, tag="risk:indicator:promoted"):
    """A second officer confirmed that a wording goes live: from the day on it is acted on."""


class IndicatorWithdrawn(_Step, frozen=True, tag="risk:indicator:withdrawn"):
    """A second officer confirmed that an indicator goes back on trial: nobody acts on its hits."""


class IndicatorEnded(_Step, frozen=True, tag="risk:indicator:ended"):
    """A second officer confirmed that an indicator ends for good."""
