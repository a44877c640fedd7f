"""What a set of indicators would have cost and found in the past (RM-01, RM-06)."""

from __future__ import annotations

import msgspec

from gatepost.requirement.model import Level
from gatepost.risk.intervals import Share
from gatepost.risk.model import Mode, Treatment


class IndicatorResult(msgspec.Struct, frozen=True):
    """One indicator over a history: targets hit, consignments hit, and what is known of them.

    ``precision`` is the share found wrong among the hits that the owner had looked at.
    ``alone`` are the consignments that no other indicator of the set hits.
    """

    id: str
    version: int
    agency: str
    mode: Mode
    level: Level
    control: Treatment
    hits: int
    consignments: int
    alone: int
    share: float
    minutes: float
    precision: Share


class AgencyResult(msgspec.Struct, frozen=True):
    """One agency's indicators together; ``known`` of its finds in the past are ``caught``."""

    hits: int
    consignments: int
    stopped: int
    share: float
    minutes: float
    known: int
    caught: int


class SetResult(msgspec.Struct, frozen=True):
    """A set of indicators over a history.

    ``chance_of_any_stop`` is the share of consignments that some agency stops for a look at
    the goods or people; ``chance_if_apart`` what it would be if the agencies chose
    independently of one another. ``separate`` counts the stops if each agency stopped for
    itself, ``joint`` those if they stop together. ``minutes`` are of officers' work, as far as
    the indicators say how long their controls take.
    """

    indicators: tuple[IndicatorResult, ...]
    agencies: dict[str, AgencyResult]
    chance_of_any_hit: float
    chance_of_any_stop: float
    chance_if_apart: float
    separate: int
    joint: int
    minutes: float
    known: int
    caught: int


class Checked(msgspec.Struct, frozen=True):
    """A sample asked again one by one: the records, and whether the hits were the same."""

    records: int
    equal: bool
