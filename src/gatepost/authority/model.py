"""Agencies, units, officers, posts, mandates and service standards (paper §10 to §13; GV-01)."""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.authority.scope import Scope
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity

Level = Literal["central", "regional", "local"]
LEVELS: tuple[Level, ...] = ("local", "regional", "central")
Tier = Literal["control_authority", "interested", "user"]
Power = Literal[
    "read",
    "request_data",
    "examine",
    "sample",
    "decide",
    "hold",
    "release",
    "override",
    "agree",
]


class Unit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A team of an agency at one level; ``parent`` is the unit it answers to."""

    id: str
    name: Text
    level: Level
    valid: Validity
    parent: str | None = None
    posts: tuple[str, ...] = ()


class Agency(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A cross-border regulatory agency; its tier says what it is at the border at all (Box 6)."""

    id: str
    name: Text
    ministry: Text
    tier: Tier
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    units: tuple[Unit, ...] = ()


class Mandate(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a law lets an agency do, for which goods and places, since when.

    ``four_eyes`` names the powers that need a second officer; ``automatic`` the
    decisions the agency's own rules may give when nothing of it is open. ``sees`` are the classes
    of data the law opens to the agency in a case that concerns it, for ``purposes`` and no other;
    what its own requirements and indicators read it sees besides.
    """

    id: str
    title: Text
    agency: str
    powers: tuple[Power, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    scope: Scope = Scope()
    four_eyes: tuple[Power, ...] = ()
    automatic: tuple[Literal["clear"], ...] = ()
    sees: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ("release", "risk", "control")


class Officer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An officer's role in a unit; people are never named. No ``posts`` means all of the unit's."""

    id: str
    role: Text
    unit: str
    powers: tuple[Power, ...]
    valid: Validity
    posts: tuple[str, ...] = ()


class Facility(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A bay, scanner, stable or cold room; described for planning, booked by nothing yet."""

    id: str
    kind: Literal["bay", "scanner", "cold_room", "stable", "weighbridge", "interview_room"]
    post: str
    capacity: int = 1


class Resources(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One unit's officers and equipment."""

    agency: str
    officers: tuple[Officer, ...] = ()
    facilities: tuple[Facility, ...] = ()


class BorderPost(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A place of control; ``offices`` are the office codes by which declarations name it."""

    id: str
    name: Text
    kind: Literal["land", "sea", "air"]
    offices: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    zone: str | None = None
    shared_with: str | None = None


class Step(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Past ``after`` without a decision, the case goes to this level."""

    level: Level
    after: str


class ServiceStandard(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How fast an agency decides, and who is told when it does not (RL-04).

    The clock starts when the agency's part is ready to be worked on. At the end
    of the last step nothing is released unless ``on_limit`` says ``clear``.
    """

    id: str
    title: Text
    agency: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    within: str
    escalation: tuple[Step, ...]
    regimes: tuple[Regime, ...] = ()
    controls: tuple[str, ...] = ()
    on_limit: Literal["wait", "clear"] = "wait"


class Brokerage(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A trader's mandate to an agent to lodge in its name (SW-09)."""

    id: str
    principal: str
    agent: str
    regimes: tuple[Regime, ...]
    valid: Validity
    legal_basis: tuple[LegalBasis, ...]
