"""Agencies, units, officers, posts, mandates and service standards (paper §10 to §13; GV-01)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from gatepost.authority.resources import ControlTime, Facility, Shift
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
    "target",
    "instruct",
]
Bound = Literal["examine", "sample", "find", "decide", "release"]
"""The acts that a law can tie to the hours of a service; a hold is placed at any hour."""


class Unit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A team of an agency at one level; ``parent`` is the unit it answers to."""

    id: str
    name: Text
    level: Level
    valid: Validity
    parent: str | None = None
    posts: tuple[str, ...] = ()


class Agency(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A cross-border regulatory agency; its tier says what it is at the border at all (Box 6).

    ``state`` is the one it serves; left out, this country. ``mission`` says in one sentence what
    it is at the border for.
    """

    id: str
    name: Text
    ministry: Text
    tier: Tier
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    units: tuple[Unit, ...] = ()
    state: str | None = None
    mission: Text | None = None


class State(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A state whose law is applied at the border: this one, or one whose formalities matter here.

    ``id`` is how a formality names it, as in ``aldermark:import``; ``code`` its country code.
    """

    id: str
    code: str
    name: Text
    zone: str


class Mandate(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a law lets an agency do, for which goods and places, since when.

    ``four_eyes`` names the powers that need a second officer; ``automatic`` the
    decisions the agency's own rules may give when nothing of it is open. ``sees`` are the classes
    of data the law opens to the agency in a case that concerns it, for ``purposes`` and no other;
    what its own requirements and indicators read it sees besides. ``in_hours`` are the acts that
    the law lets it do only while its service at the post is open.
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
    in_hours: tuple[Bound, ...] = ()


class Competence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A skill an officer was found to have, such as ``plant_sampling``, for as long as it holds."""

    name: str
    valid: Validity


class Accreditation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A neighbour's leave for an officer to act in its territory or under its law (OS-07)."""

    state: str
    number: str
    valid: Validity


class Officer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An officer's role in a unit; people are never named. No ``posts`` means all of the unit's.

    ``competences`` are needed to act for another agency, ``accredited`` to act for another state.
    A role without ``shifts`` is on no roster, and no plan of a day counts on it.
    """

    id: str
    role: Text
    unit: str
    powers: tuple[Power, ...]
    valid: Validity
    posts: tuple[str, ...] = ()
    competences: tuple[Competence, ...] = ()
    accredited: tuple[Accreditation, ...] = ()
    shifts: tuple[Shift, ...] = ()


class Resources(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One unit's officers and equipment, and how long its controls take at ``post``."""

    agency: str
    officers: tuple[Officer, ...] = ()
    facilities: tuple[Facility, ...] = ()
    post: str | None = None
    times: tuple[ControlTime, ...] = ()


class OfficeFormality(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whether an office performs a formality, such as ``norway:export``; one left out is unstated.

    ``inferred`` says that the source does not say so in so many words.
    """

    formality: str
    performed: bool
    inferred: bool = False


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a post is, in degrees north and east; exact enough to find the nearest one."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]


class BorderPost(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A place of control; ``offices`` are the office codes by which declarations name it.

    ``state`` is where it stands, the host state (left out: this country); ``shared_with`` the
    adjoining one. ``arrangement`` says how a one-stop post is shared (OS-01): ``juxtaposed``,
    where each direction is cleared in the state it enters; ``straddling`` the line;
    ``single_country``, all in one state; or a ``delegated_office``, where one state's officers
    act for both. ``crossing`` joins the posts of one road. With ``exit_first`` nothing is begun
    for the entry before the exit is completed. ``formalities`` limits a post to those it names.
    """

    id: str
    name: Text
    kind: Literal["land", "sea", "air"]
    offices: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    zone: str | None = None
    shared_with: str | None = None
    state: str | None = None
    arrangement: (
        Literal["juxtaposed", "straddling", "single_country", "delegated_office"] | None
    ) = None
    crossing: str | None = None
    exit_first: bool = False
    position: Position | None = None
    formalities: tuple[OfficeFormality, ...] = ()


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
