"""Standing orders: dated rules by which a post makes its day (IC-02).

What comes first, who finishes before whom, what goods need of a place. They are law or an
agreement between agencies, so they are data with a legal basis, one file for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from gatepost.control.schedule.world import POSITIONING, Cargo, Order
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Kind = Literal[
    "scan_first", "before", "goes_first", "needs", "joint_within", "positioning", "act_jointly"
]

WANTED: dict[Kind, tuple[str, ...]] = {
    "scan_first": (),
    "before": ("first", "then"),
    "goes_first": ("cargo", "rank"),
    "needs": ("offers",),
    "joint_within": ("minutes",),
    "positioning": ("minutes",),
    "act_jointly": ("minutes",),
}
"""What an order of each kind says besides its days and posts."""

READ: dict[Kind, frozenset[str]] = {
    "scan_first": frozenset(),
    "before": frozenset(("first", "then", "whole")),
    "goes_first": frozenset(("cargo", "rank", "commodity", "people")),
    "needs": frozenset(("offers", "commodity", "people")),
    "joint_within": frozenset(("minutes",)),
    "positioning": frozenset(("minutes",)),
    "act_jointly": frozenset(("minutes",)),
}
"""What an order of each kind may say; anything else would have no effect."""

ONCE: frozenset[Kind] = frozenset(("scan_first", "joint_within", "positioning", "act_jointly"))
"""Kinds of which one is in force at a post on a day."""


class StandingOrder(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One rule of the day at ``posts`` (none: all of them).

    ``scan_first``: what is to be scanned is scanned before it is opened. ``before``: agency
    ``first`` finishes before ``then`` finishes or, with ``whole``, begins. ``goes_first``: goods
    of these HS prefixes, or people, are the ``cargo`` that takes a place before whatever has a
    higher ``rank`` or none. ``needs``: such goods or people are examined only where a place
    ``offers`` that. ``joint_within``: how many ``minutes`` a consignment waits at most for all
    its agencies together. ``positioning``: the ``minutes`` to bring it into a bay and unload.
    ``act_jointly``: a plan by which somebody waits longer than ``minutes`` suggests a joint action.
    """

    id: str
    title: Text
    kind: Kind
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    posts: tuple[str, ...] = ()
    first: str | None = None
    then: str | None = None
    whole: bool = False
    cargo: Cargo | None = None
    rank: int | None = None
    commodity: tuple[str, ...] = ()
    people: bool = False
    offers: str | None = None
    minutes: int | None = None

    def holds(self, post: str, day: date) -> bool:
        """Tell whether the order is in force at ``post`` on ``day``."""
        return self.valid.on(day) and (not self.posts or post in self.posts)

    def bears_on(self, commodities: Sequence[str], people: bool) -> bool:
        """Tell whether it is about these goods or about people."""
        if self.people and people:
            return True
        return bool(self.commodity) and any(c.startswith(self.commodity) for c in commodities)


class Orders:
    """The standing orders of one post on one day."""

    def __init__(self, orders: Iterable[StandingOrder], post: str, day: date) -> None:
        held = [one for one in orders if one.holds(post, day)]
        self.held = tuple(sorted(held, key=lambda one: (one.rank or 0, one.id)))

    def _minutes(self, kind: Kind) -> int | None:
        return next((one.minutes for one in self.held if one.kind == kind), None)

    @property
    def positioning(self) -> int:
        """Return the minutes before the first agency can begin."""
        found = self._minutes("positioning")
        return POSITIONING if found is None else found

    @property
    def joint_within(self) -> int | None:
        """Return how long a consignment waits at most for all its agencies together."""
        return self._minutes("joint_within")

    @property
    def act_jointly(self) -> StandingOrder | None:
        """Return the order that says from which wait on a joint action is suggested."""
        return next((one for one in self.held if one.kind == "act_jointly"), None)

    @property
    def scan_first(self) -> bool:
        """Tell whether a scan comes before the first opening."""
        return any(one.kind == "scan_first" for one in self.held)

    def cargo(self, commodities: Sequence[str], people: bool) -> Cargo:
        """Return the class of a consignment: the first that bears on it, else plain goods."""
        for one in self.held:
            if one.kind == "goes_first" and one.cargo and one.bears_on(commodities, people):
                return one.cargo
        return "goods"

    def needs(self, commodities: Sequence[str], people: bool) -> tuple[str, ...]:
        """Return what a place must offer for such a consignment to be examined there.

        What no order names goes where goods go, or people who bring none.
        """
        found = (
            one.offers
            for one in self.held
            if one.kind == "needs" and one.offers and one.bears_on(commodities, people)
        )
        return tuple(dict.fromkeys(found)) or (("goods",) if commodities else ("people",))

    def order(self) -> Iterator[Order]:
        """Yield what constrains the order of a plan."""
        for one in self.held:
            if one.kind == "before":
                yield Order(one.id, "before", one.first, one.then, one.whole)
            elif one.kind == "goes_first" and one.cargo:
                yield Order(one.id, "goes_first", cargo=(one.cargo,))
