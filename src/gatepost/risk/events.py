"""What happens in risk assessment."""

from __future__ import annotations

from datetime import date

from gatepost.kernel.event import Body
from gatepost.risk.model import Channel, Hit


class AssessmentMade(Body, frozen=True, tag="risk:assessment:made"):
    """Every agency's indicators were applied in one pass; ``channels`` by agency."""

    hits: tuple[Hit, ...] = ()
    channels: dict[str, Channel] = {}
    channel: Channel = "green"


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
