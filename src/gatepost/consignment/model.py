"""The nouns that rules read by name (WCO Data Model; `docs/reference/condition-names.md`).

Amounts and masses are floats as written in the lodgement, masses in kilograms;
dates are days; a missing value is ``None``, never zero or an empty text.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gatepost.kernel.regime import Regime


class Party(msgspec.Struct, frozen=True):
    """Someone with a role in the consignment; ``country`` is that of the address or of the id."""

    id: str | None = None
    name: str | None = None
    country: str | None = None


class Document(msgspec.Struct, frozen=True):
    """A supporting document; ``code`` is category and type together, such as ``N851``."""

    code: str
    id: str | None = None
    exemption: str | None = None
    effective: date | None = None
    quantity: float | None = None


class Equipment(msgspec.Struct, frozen=True):
    """A container or trailer and its seals."""

    id: str
    seals: tuple[str, ...] = ()


class GoodsItem(msgspec.Struct, frozen=True):
    """One line of the declaration (WCO GovernmentAgencyGoodsItem).

    ``commodity`` is digits only, six to ten of them; ``procedure`` the requested
    and the previous customs procedure, four digits; ``uses`` the codes of the
    additional statements, which tell the intended use. ``value`` is in the jurisdiction's
    currency at the rate of the law's day, ``currency`` that in which it was declared.
    """

    number: int
    commodity: str | None = None
    description: str | None = None
    origin: str | None = None
    gross_mass: float | None = None
    net_mass: float | None = None
    quantity: float | None = None
    packages: float | None = None
    package_type: str | None = None
    value: float | None = None
    currency: str | None = None
    procedure: str | None = None
    dangerous_goods: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()


class Traveller(msgspec.Struct, frozen=True):
    """A person in the movement; ``declares`` holds the codes of what the person declares.

    ``documents`` are the person's own papers beside the travel document, such as a visa.
    """

    number: int
    type: str = "passenger"
    name: str | None = None
    sex: str | None = None
    birth: date | None = None
    nationality: str | None = None
    residence: str | None = None
    document_type: str | None = None
    document_id: str | None = None
    document_expires: date | None = None
    document_issuer: str | None = None
    declares: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()


class Conveyance(msgspec.Struct, frozen=True):
    """The means of transport at the border and its journey; ``mode`` as in UNECE Rec. 19."""

    mode: str | None = None
    id: str | None = None
    type: str | None = None
    nationality: str | None = None
    journey: str | None = None
    expected: datetime | None = None


class Consignment(msgspec.Struct, frozen=True):
    """One declaration as rules read it: the header, the parties, the journey and the items.

    ``day`` is the law's day: that of acceptance in the jurisdiction's zone.
    ``value`` is the invoice total in the jurisdiction's currency at the rate of the day,
    ``currency`` that in which it was declared; ``office`` the first office of this
    jurisdiction it names.
    """

    regime: Regime
    day: date
    type: str
    reference: str
    function: str | None = None
    office: str | None = None
    offices: tuple[str, ...] = ()
    mode: str | None = None
    declarant: Party = Party()
    agent: Party | None = None
    importer: Party | None = None
    exporter: Party | None = None
    consignor: Party | None = None
    consignee: Party | None = None
    carrier: Party | None = None
    export_country: str | None = None
    destination: str | None = None
    routing: tuple[str, ...] = ()
    container: bool = False
    equipment: tuple[Equipment, ...] = ()
    location: str | None = None
    gross_mass: float | None = None
    packages: float | None = None
    value: float | None = None
    currency: str | None = None
    incoterm: str | None = None
    uses: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    items: tuple[GoodsItem, ...] = ()
    travellers: tuple[Traveller, ...] = ()
    conveyance: Conveyance = Conveyance()
