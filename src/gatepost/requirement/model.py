"""Requirements, fees and what they ask of one consignment (SW-02; paper §6)."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.kernel.season import Season
from gatepost.kernel.validity import Validity

Level = Literal["item", "consignment", "traveller"]
NeedKind = Literal["document", "data", "notification", "prohibition", "declaration"]
ControlKind = Literal[
    "documentary",
    "scan",
    "examination",
    "sample",
    "treatment",
    "cleaning",
    "interview",
    "refusal",
]
"""What an agency does; ``refusal`` is an officer's look at whether to refuse the entry."""
Place = Literal["before", "border", "off_lane", "inland", "premises"]
"""Where a control is made: before the border, in the lane at the post or off it, at a place behind
the border, or at the premises of whom the goods go to (IC-06)."""


class AppliesTo(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """To what a requirement applies; an empty list means all of that kind.

    ``commodity`` are HS prefixes of two to ten digits, ``origin`` countries of
    origin, ``when`` a condition in the expression language.
    """

    regimes: tuple[Regime, ...]
    level: Level = "item"
    commodity: tuple[str, ...] = ()
    except_commodity: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    except_origin: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    when: str | None = None


class Asks(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a requirement asks for.

    ``document``: one of ``document`` and ``alternatives``, by code. ``data``: the
    element named. ``notification``: lodged at least ``lead`` before the expected
    arrival. ``prohibition``: nothing satisfies it. ``declaration``: the lodgement
    itself; it makes the agency concerned and asks for nothing more.
    """

    kind: NeedKind
    document: str | None = None
    alternatives: tuple[str, ...] = ()
    data: str | None = None
    lead: str | None = None


class ObligatoryControl(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A control the law prescribes for everything the requirement applies to."""

    kind: ControlKind
    check: str
    place: Place = "border"


class Exemption(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When the requirement does not apply after all, and by which law."""

    when: str
    because: Text
    legal_basis: tuple[LegalBasis, ...]


class Version(Validity, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The days a wording is in force, and what in it differs from the main wording.

    With a ``season`` it is in force in that part of each year alone: ``{from: 03-15, to: 10-15}``,
    or across the new year.
    """

    applies_to: AppliesTo | None = None
    asks: Asks | None = None
    exempt: tuple[Exemption, ...] | None = None
    control: ObligatoryControl | None = None
    legal_basis: tuple[LegalBasis, ...] | None = None
    season: Season | None = None

    def on(self, day: date) -> bool:
        """Tell whether the wording is in force on ``day``, its season included."""
        return super().on(day) and (self.season is None or self.season.on(day))

    def overlaps(self, other: Validity) -> bool:
        """Tell whether some day may belong to both: two seasons without a common day never do."""
        mine, theirs = self.season, getattr(other, "season", None)
        apart = mine is not None and theirs is not None and not mine.overlaps(theirs)
        return super().overlaps(other) and not apart


class Requirement(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One requirement of one agency: a number, one sentence, the law, and its dated wordings."""

    id: str
    title: Text
    agency: str
    legal_basis: tuple[LegalBasis, ...]
    applies_to: AppliesTo
    asks: Asks
    valid: tuple[Version, ...]
    exempt: tuple[Exemption, ...] = ()
    control: ObligatoryControl | None = None


class Fee(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an agency charges: an amount computed per item, consignment or traveller."""

    id: str
    title: Text
    agency: str
    legal_basis: tuple[LegalBasis, ...]
    applies_to: AppliesTo
    amount: str
    currency: str
    valid: Validity


class DocumentType(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document code known here; the folder tells the agency that issues or reads it."""

    code: str
    name: Text


class Need(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one requirement asks of one target: ``item/2``, ``traveller/7`` or ``consignment``.

    ``met_by`` names what satisfies it: a document code, ``data``, ``lodgement``.
    """

    requirement: str
    agency: str
    target: str
    kind: NeedKind
    legal_basis: tuple[LegalBasis, ...]
    document: str | None = None
    alternatives: tuple[str, ...] = ()
    data: str | None = None
    met_by: str | None = None

    @property
    def open(self) -> bool:
        """Tell whether it still asks for something."""
        return self.met_by is None


class Prescribed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A control prescribed by a requirement for one target."""

    requirement: str
    agency: str
    target: str
    kind: ControlKind
    check: str
    place: Place
    legal_basis: tuple[LegalBasis, ...]


class Charge(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one fee amounts to here."""

    fee: str
    agency: str
    target: str
    amount: float
    currency: str
    legal_basis: tuple[LegalBasis, ...]


class Determination(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything all agencies need of one consignment on its day."""

    needs: tuple[Need, ...] = ()
    prescribed: tuple[Prescribed, ...] = ()
    charges: tuple[Charge, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies concerned, in the order in which their needs were found."""
        return tuple(dict.fromkeys(need.agency for need in self.needs))
