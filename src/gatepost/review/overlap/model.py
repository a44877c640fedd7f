"""The nouns of the overlap review: activities, where they reach, and findings about pairs."""

from __future__ import annotations

from typing import Literal

import msgspec

from gatepost.expression.syntax import Node
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity

FindingKind = Literal[
    "contradictory", "redundant", "competing", "overlapping", "of little value", "compatible"
]
KINDS: tuple[FindingKind, ...] = (
    "contradictory",
    "redundant",
    "competing",
    "overlapping",
    "of little value",
    "compatible",
)
"""In the order in which they are told: what hurts most first."""

Remedy = Literal["keep", "merge", "delegate", "sequence", "move", "drop"]
MatterKind = Literal["control", "document", "notice", "data", "prohibition", "power"]


class Matter(msgspec.Struct, frozen=True):
    """What an activity is about: a check, a document code, an element, a power."""

    kind: MatterKind
    name: str
    by: str = ""


class Reach(msgspec.Struct, frozen=True):
    """The goods or people an activity is about; an empty set means all of that kind.

    ``commodity`` are HS prefixes.
    """

    people: bool = False
    regimes: frozenset[Regime] = frozenset()
    commodity: frozenset[str] = frozenset()
    except_commodity: frozenset[str] = frozenset()
    origin: frozenset[str] = frozenset()
    except_origin: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()


class Activity(msgspec.Struct, frozen=True):
    """What one agency does or asks, by which rule, and where that is written.

    ``when`` is its condition. ``place`` is where a control is done. ``lead`` is the time before
    arrival of a notice, in minutes. ``exempt`` are conditions under which it is not asked.
    """

    agency: str
    rule: str
    title: str
    where: str
    matter: Matter
    reach: Reach
    valid: Validity
    when: Node | None = None
    place: str = ""
    lead: int | None = None
    exempt: tuple[Node, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """What a comparison found: two places, one sentence, a proposed remedy and the evidence."""

    kind: FindingKind
    agencies: tuple[str, ...]
    matter: str
    places: tuple[str, ...]
    rules: tuple[str, ...]
    code: str
    sentence: str
    remedy: Remedy
    evidence: tuple[str, ...]
