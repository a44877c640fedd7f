"""What would be needed? Asked before anything is lodged, for one kind of goods (SW-02, CT-01)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

import msgspec

from gatepost.consignment.model import Consignment, Conveyance, GoodsItem
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.regime import Regime
from gatepost.lodgement.model import Window
from gatepost.requirement.determine import determine
from gatepost.requirement.model import Determination


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """The goods someone asks about and the day; what is not told is not known.

    ``commodity`` has six to ten digits; masses are in kilograms and ``value`` in the
    jurisdiction's currency. A condition on what is not known does not hold.
    """

    regime: Regime
    commodity: str
    day: date
    origin: str | None = None
    destination: str | None = None
    export_country: str | None = None
    mode: str | None = None
    office: str | None = None
    procedure: str | None = None
    uses: tuple[str, ...] = ()
    net_mass: float | None = None
    quantity: float | None = None
    value: float | None = None


class Guidance(msgspec.Struct, frozen=True):
    """One thing that would be asked for: by whom, by which law, in one sentence.

    ``document`` is a document code or the name of a data element, ``None`` where
    neither is asked for; any of ``alternatives`` does as well.
    """

    requirement: str
    agency: str
    document: str | None
    alternatives: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    sentence: str


def guide(jurisdiction: Jurisdiction, inquiry: Inquiry) -> tuple[Guidance, ...]:
    """Return everything that all agencies would ask for by the law of the day inquired of."""
    found = foreseen(jurisdiction, inquiry)
    return tuple(
        Guidance(
            need.requirement,
            need.agency,
            need.document or need.data,
            need.alternatives,
            need.legal_basis,
            jurisdiction.sentence_of(need.requirement) or "",
        )
        for need in found.needs
    )


def foreseen(jurisdiction: Jurisdiction, inquiry: Inquiry) -> Determination:
    """Return the needs, the prescribed controls and the charges that would come of the goods."""
    noon = datetime.combine(inquiry.day, time(12), jurisdiction.zone)
    return determine(
        jurisdiction.requirements.on(inquiry.day),
        _consignment(jurisdiction, inquiry),
        noon,
        _nothing_lodged,
        jurisdiction.fees.on(inquiry.day),
    )


def windows_for(jurisdiction: Jurisdiction, inquiry: Inquiry) -> tuple[Window, ...]:
    """Return the windows in which such goods are lodged; those of every mode if none is told."""
    return tuple(
        one
        for one in jurisdiction.windows
        if one.valid.on(inquiry.day)
        and inquiry.regime in one.regimes
        and (inquiry.mode is None or inquiry.mode in one.modes)
    )


def _nothing_lodged(target: str, codes: Iterable[str]) -> str | None:
    return None


def _consignment(jurisdiction: Jurisdiction, inquiry: Inquiry) -> Consignment:
    currency = jurisdiction.country.currency if inquiry.value is not None else None
    item = GoodsItem(
        1,
        inquiry.commodity,
        origin=inquiry.origin,
        net_mass=inquiry.net_mass,
        quantity=inquiry.quantity,
        value=inquiry.value,
        currency=currency,
        procedure=inquiry.procedure,
        uses=inquiry.uses,
    )
    return Consignment(
        inquiry.regime,
        inquiry.day,
        type="",
        reference="",
        office=inquiry.office,
        offices=(inquiry.office,) if inquiry.office else (),
        mode=inquiry.mode,
        export_country=inquiry.export_country,
        destination=inquiry.destination,
        value=inquiry.value,
        currency=currency,
        items=(item,),
        conveyance=Conveyance(inquiry.mode),
    )
