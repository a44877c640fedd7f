"""Indicators, hits and the joint assessment (RM-01, RM-02, RM-04; paper §7, §25)."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import ControlKind, Level, Place
from gatepost.risk.random import draw
from gatepost.risk.scheme import Role

Mode = Literal["trial", "live"]
Channel = Literal["green", "yellow", "orange", "red"]
CHANNELS: tuple[Channel, ...] = ("green", "yellow", "orange", "red")
CHANNEL_OF: dict[ControlKind, Channel] = {
    "documentary": "yellow",
    "scan": "orange",
    "interview": "red",
    "examination": "red",
    "sample": "red",
    "treatment": "red",
    "cleaning": "orange",
    "refusal": "red",
}
Treatment = ControlKind | Literal["advice"]
"""What an indicator proposes: a control, or advice alone, which stops and holds nothing."""


UNSTOPPED: frozenset[Treatment] = frozenset({"advice", "documentary", "refusal"})
"""What is done without stopping the goods or the traveller."""


class Proposed(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The treatment of a risk (RM-03): what is done, what it checks, and where it is done.

    The place is before, at or behind (``inland``) the border. ``advice`` is what whoever
    lodges is told, where the kind is ``advice``. ``minutes`` of officers' work are what it
    usually takes; only reckoning uses them.
    """

    kind: Treatment
    check: str
    place: Place = "border"
    minutes: float | None = None
    advice: Text | None = None

    @property
    def ordered(self) -> ControlKind | None:
        """The control that is ordered; ``None`` for advice."""
        return None if self.kind == "advice" else self.kind


class Trusting(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The ``share`` on which an indicator fires where one of the ``parties`` is trusted (RM-05).

    Above zero: nobody is let pass unseen for good.
    """

    share: float
    parties: tuple[Role, ...] = ("importer",)


class Learnt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``model`` an indicator rests on, and from which score on it fires.

    ``digest`` is that of the model meant: another model is another wording, and on trial again.
    """

    model: str
    digest: str
    above: float


class Indicator(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One risk indicator of one agency, versioned and dated.

    ``random`` is the share, above 0 and up to 1, of what fulfils ``when`` (or of
    everything) that is selected by chance; indicators with the same ``lot`` draw
    together, so that their agencies meet in the same consignments. ``intent`` tells
    whether it looks for the intentional, the inadvertent or either. ``scheme`` lets the record
    of a party or group say on which share it fires, ``trusted`` the status of a party. With
    ``learnt`` it fires where ``when`` holds, if given, and a model scores high enough.
    """

    id: str
    title: Text
    agency: str
    version: int
    author: str
    second_reader: str
    reason: Text
    intent: Literal["intentional", "inadvertent", "unknown"]
    mode: Mode
    level: Level
    regimes: tuple[Regime, ...]
    control: Proposed
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    review: date
    when: str | None = None
    random: float | None = None
    lot: str | None = None
    scheme: str | None = None
    trusted: Trusting | None = None
    learnt: Learnt | None = None

    def drawn(self, secret: bytes, reference: str, target: str, rate: float = 1.0) -> bool:
        """Tell whether chance lets it fire on a target that fulfils its condition.

        ``rate`` is the share that a scheme or trust leaves of it.
        """
        share = rate if self.random is None else min(rate, self.random)
        if share >= 1:
            return True
        return draw(secret, reference, self.lot or self.id, target) < share


class Eased(msgspec.Struct, frozen=True, omit_defaults=True):
    """On which share an indicator fires, and ``by`` what: status, scheme, and rights to findings.

    ``clean`` are the clean consignments in a row that a scheme counted.
    """

    rate: float
    by: tuple[str, ...]
    clean: int = 0


class Hit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One indicator that fired on one target, and the values that fired it."""

    indicator: str
    version: int
    agency: str
    target: str
    mode: Mode
    control: Proposed
    legal_basis: tuple[LegalBasis, ...]
    values: dict[str, Any] = {}
    random: bool = False
    eased: Eased | None = None


class Spared(msgspec.Struct, frozen=True, omit_defaults=True):
    """One indicator that would have fired on a target, had a scheme or trust not spared it."""

    indicator: str
    version: int
    agency: str
    target: str
    mode: Mode
    control: Proposed
    legal_basis: tuple[LegalBasis, ...]
    eased: Eased


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True):
    """All agencies' hits on one consignment."""

    hits: tuple[Hit, ...] = ()
    spared: tuple[Spared, ...] = ()

    @property
    def live(self) -> tuple[Hit, ...]:
        """Return the hits that are acted on."""
        return tuple(hit for hit in self.hits if hit.mode == "live")

    @property
    def advice(self) -> tuple[Hit, ...]:
        """Return the hits of which whoever lodges is told, and nothing more."""
        return tuple(hit for hit in self.live if hit.control.kind == "advice")


def highest(kinds: list[ControlKind]) -> Channel:
    """Return the channel of the most intrusive control; green without any."""
    return max((CHANNEL_OF[kind] for kind in kinds), key=CHANNELS.index, default="green")
