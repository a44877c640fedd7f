"""What lodgement knows of a case, and the dated data its rules read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

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


class Lodged(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of a lodgement: where its data set stands in the log, and how far it got.

    ``commodities`` are the codes of the items in order, empty where an item has none.
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
    parties: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    people: bool = False

    @property
    def is_here(self) -> bool:
        """Tell whether the conveyance arrived or the goods were presented."""
        return self.arrived_at is not None or self.presented_at is not None

    def goods_of(self, target: str) -> tuple[tuple[str, ...], bool]:
        """Return the commodity codes a target stands for, and whether it is a person."""
        kind, _, number = target.partition("/")
        if kind == "item":
            position = int(number) - 1
            return self.commodities[position : position + 1], False
        if kind == "traveller":
            return (), True
        return self.commodities, self.people
