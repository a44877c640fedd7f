"""What happens to findings of the overlap review."""

from __future__ import annotations

from datetime import date

from gatepost.kernel.event import Body
from gatepost.review.overlap.model import FindingKind, Remedy


class FindingRaised(Body, frozen=True, tag="review:finding:raised"):
    """An agency raised a finding and proposed a remedy from a day, its effect to be measured."""

    id: str
    kind: FindingKind
    agencies: tuple[str, ...]
    rules: tuple[str, ...]
    sentence: str
    remedy: Remedy
    effective: date
    measure: date


class RemedyConsented(Body, frozen=True, tag="review:remedy:consented"):
    """An affected agency agrees to the remedy."""

    agency: str


class RemedyObjected(Body, frozen=True, tag="review:remedy:objected"):
    """An affected agency does not agree, and says why."""

    agency: str
    reason: str


class RemedyDecided(Body, frozen=True, tag="review:remedy:decided"):
    """All affected agencies agree: the remedy is decided."""


class RemedyCarriedOut(Body, frozen=True, tag="review:remedy:carried_out"):
    """The change stands in the law or the instrument it names."""

    legal: str


class EffectMeasured(Body, frozen=True, tag="review:effect:measured"):
    """What came of it, by whatever was measured before and after."""

    before: float
    after: float
    unit: str
    source: str


class FindingWithdrawn(Body, frozen=True, tag="review:finding:withdrawn"):
    """The agency that raised it took it back."""

    reason: str
