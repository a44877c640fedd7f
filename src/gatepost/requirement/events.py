"""What happens when requirements are determined."""

from __future__ import annotations

from gatepost.kernel.event import Body
from gatepost.requirement.model import Charge, Need


class NeedsDetermined(Body, frozen=True, tag="requirement:needs:determined"):
    """What every agency concerned needs, found on the data set of this version."""

    needs: tuple[Need, ...] = ()
    charges: tuple[Charge, ...] = ()


class DataRequested(Body, frozen=True, tag="requirement:data:requested"):
    """An agency asks the declarant for something more.

    ``exception`` is the published reason where the data was already held (SW-03).
    """

    asked: str
    text: str = ""
    exception: str | None = None
