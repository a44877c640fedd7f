"""A day at a post as it is handed in (``gatepost plan --world``): who waits, and what there is.

Times are whole minutes from midnight of the day, or texts such as "07:10"; hours from 24 to
47 belong to the next day. Durations are whole minutes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Clock = int | str
Hours = tuple[tuple[Clock, Clock], ...]
Cargo = Literal["goods", "live_animals", "perishables", "coach"]

POSITIONING = 20
"""Minutes to bring a conveyance into a bay and to unload, once for each stop."""


class Examination(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one agency does at a consignment; what is left out is the agency's own.

    What has the same ``stop`` is done at one stop: agencies that no agreement lets examine
    together are given different names of stops. An agency comes to a movement once.
    """

    agency: str
    minutes: int | None = None
    skill: str | None = None
    stop: str = ""


class Consignment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One consignment that arrives and is examined.

    ``known`` is since when the post knows of it (by default its arrival): an on-call
    specialist can be called from then on. ``scan`` is how many minutes a scanner takes,
    ``needs`` what its bay must offer, such as cold, and ``movement`` the conveyance it
    shares with others: they are examined at one stop. ``weight`` says how much a minute
    of its waiting counts.
    """

    id: str
    arrival: Clock
    agencies: tuple[Examination | str, ...] = ()
    scan: int = 0
    weight: int = 1
    cargo: Cargo = "goods"
    needs: tuple[str, ...] = ()
    movement: str | None = None
    known: Clock | None = None


class Agency(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An agency: how long it examines, with which skill, and when its officers may work.

    No ``hours`` means always; ``skill`` is by default the agency's own name.
    """

    id: str
    minutes: int | None = None
    skill: str | None = None
    hours: Hours = ()


class Officer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An officer on duty in ``shifts``; no shifts means all day, no skills the agency's own.

    ``on_call`` is how many minutes after a call an officer who is not at the post is there.
    """

    id: str
    agency: str
    skills: tuple[str, ...] = ()
    shifts: Hours = ()
    on_call: int = 0


class Place(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A bay or a scanner: what it offers, and when it is closed or out of order."""

    id: str
    offers: tuple[str, ...] = ()
    closed: Hours = ()


class Order(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One constraint of order.

    ``before``: ``first`` has finished its examination before ``then`` finishes, or, with
    ``whole``, before ``then`` begins; both are agencies. ``goes_first``: consignments of
    these kinds of ``cargo`` take a place before others that wait for it.
    """

    id: str
    kind: Literal["before", "goes_first"]
    first: str | None = None
    then: str | None = None
    whole: bool = False
    cargo: tuple[Cargo, ...] = ()


class World(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A day at a post. A number of bays or scanners stands for so many that are alike.

    ``joint_within`` is how many minutes a consignment waits at most for all its agencies
    together; past it the plan splits the stop and says why. ``scan_first`` says whether a
    scan comes before the first opening.
    """

    consignments: tuple[Consignment, ...]
    officers: tuple[Officer, ...]
    bays: int | tuple[Place, ...]
    agencies: tuple[Agency, ...] = ()
    scanners: int | tuple[Place, ...] = 0
    positioning: int = POSITIONING
    scan_first: bool = True
    order: tuple[Order, ...] = ()
    joint_within: int | None = None
