"""What lodgement knows of a case, and the dated data its rules read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.authority.passage import Passage
from gatepost.consignment.identity import Numbers
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.validity import Validity


class DeclarationType(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Declaration type codes that begin with ``prefix`` ask for this regime."""

    prefix: str
    regime: Regime
    name: Text


class Window(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a declaration may be lodged before the expected arrival, per mode (AI-01).

    Both boundaries are included: exactly ``opens`` and exactly ``closes`` before
    the expected arrival are in time.
    """

    id: str
    title: Text
    agency: str
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    modes: tuple[str, ...]
    regimes: tuple[Regime, ...]
    opens: str
    closes: str


class CodeTables(msgspec.Struct, frozen=True):
    """The codes this jurisdiction knows; any other is kept and reported as a notice."""

    documents: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()


class Journey(msgspec.Struct, frozen=True, omit_defaults=True):
    """The way of goods under seal to the place behind the border where they are examined (IC-06).

    ``arrived`` is when they were presented there; ``intact`` whether the seal was, so far as known.
    """

    site: str
    seal: str
    left: datetime
    arrived: datetime | None = None
    intact: bool = True


class Lodged(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of a lodgement: where its data set stands in the log, and how far it got.

    ``passage`` counts only at a post where the neighbour's exit goes before the entry.
    ``commodities`` are the codes of the items in order, empty where an item has none;
    ``numbers`` tells the items' numbers once an amendment took some away or moved them.
    """

    reference: str
    declarant: str
    functional_reference: str
    digest: str
    type: str
    regime: Regime
    day: date
    accepted_at: datetime
    movement: str
    agent: str | None = None
    post: str | None = None
    version: int = 1
    dataset_at: int = 1
    status: Literal["accepted", "withdrawn"] = "accepted"
    arrived_at: datetime | None = None
    presented_at: datetime | None = None
    passage: Passage = "before_exit"
    parties: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    people: bool = False
    numbers: Numbers | None = None
    journey: Journey | None = None

    @property
    def is_here(self) -> bool:
        """Tell whether the conveyance arrived or the goods were presented."""
        return self.arrived_at is not None or self.presented_at is not None

    def goods_of(self, target: str) -> tuple[tuple[str, ...], bool]:
        """Return the commodity codes a target stands for, and whether it is a person."""
        kind, _, number = target.partition("/")
        if kind == "item":
            return self._commodity(int(number)), False
        if kind == "traveller":
            return (), True
        return self.commodities, self.people

    def _commodity(self, number: int) -> tuple[str, ...]:
        """Return the code of the item ``number``; none if it is no longer declared."""
        if self.numbers is None:
            return self.commodities[number - 1 : number]
        items = self.numbers.items
        return (self.commodities[items.index(number)],) if number in items else ()
