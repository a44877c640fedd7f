"""What an agency has at a post to examine with: shifts, places, equipment, usual times.

One file for each agency and post; nothing two agencies own stands in one file (RP-03, RP-04).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from gatepost.authority.calendar import Exceptional
from gatepost.kernel.validity import Validity

FacilityKind = Literal["bay", "scanner", "cold_room", "stable", "weighbridge", "interview_room"]
Looking = Literal["scan", "examination", "sample", "treatment", "cleaning", "interview"]
"""The kinds of control for which a conveyance stops."""

OFFERS: Mapping[FacilityKind, tuple[str, ...]] = {
    "bay": ("goods",),
    "cold_room": ("goods", "cold"),
    "stable": ("animals",),
    "interview_room": ("people",),
}
"""Where goods, animals or people are brought to be examined, and for what each is."""


class Shift(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When ``officers`` people in a role are on duty: ``hours`` by day, as of a service.

    With ``on_call`` they are not at the post and come so long after a call (``PT45M``).
    ``post`` is where, for a role that serves several.
    """

    valid: Validity
    hours: dict[str, tuple[str, ...]]
    officers: int = 1
    on_call: str | None = None
    post: str | None = None
    exceptions: tuple[Exceptional, ...] = ()


class Facility(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A bay, scanner, stable or cold room, or ``capacity`` of them that are alike.

    ``offers`` is what goods may need of it besides what every place of its kind offers.
    ``hours`` are by day, always if left out; ``exceptions`` are the days of other hours, such
    as those of a repair. Out of its ``valid`` it is not there at all.
    """

    id: str
    kind: FacilityKind
    post: str
    capacity: int = 1
    offers: tuple[str, ...] = ()
    hours: dict[str, tuple[str, ...]] | None = None
    exceptions: tuple[Exceptional, ...] = ()
    valid: Validity | None = None

    @property
    def all_offers(self) -> tuple[str, ...]:
        """Return what goods, animals or people can have here."""
        return (*OFFERS.get(self.kind, ()), *self.offers)


class ControlTime(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How many minutes a kind of control usually takes the agency here.

    One for a ``check`` goes before one for whatever is checked.
    """

    kind: Looking
    minutes: int
    valid: Validity
    check: str | None = None
