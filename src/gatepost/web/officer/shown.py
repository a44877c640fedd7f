"""What of a case is open to an officer: the goods as far as shown, and by which rights."""

from __future__ import annotations

import msgspec

from gatepost.authority.element import RECORDS
from gatepost.casework.reading import Reading
from gatepost.consignment.dataset import child, each, text
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.case.reasons import Reason, right_reason


class GoodsLine(msgspec.Struct, frozen=True):
    """One goods item as it was lodged; what is not open is empty."""

    number: int
    description: str
    commodity: str
    origin: str
    mass: str


class Goods(msgspec.Struct, frozen=True):
    """What crosses, as far as it is open: the items, and how many travellers."""

    items: tuple[GoodsLine, ...]
    travellers: int


class Part(msgspec.Struct, frozen=True):
    """One agency's part in the case: of each kind of record, whether it is open."""

    agency: str
    open: tuple[bool, ...]


class Seen(msgspec.Struct, frozen=True):
    """What the reader may see, by which rights; ``kinds`` are the names of the kinds of records."""

    rights: tuple[Reason, ...]
    kinds: tuple[str, ...]
    parts: tuple[Part, ...]


def goods_shown(reading: Reading) -> Goods:
    """Return what crosses, from the data set as it is open to the reader."""
    declaration = child(reading.dataset, "Declaration")
    items = each(child(declaration, "GoodsShipment"), "GovernmentAgencyGoodsItem")
    lines = []
    for number, item in enumerate(items, start=1):
        commodity = child(item, "Commodity")
        lines.append(
            GoodsLine(
                number,
                text(commodity, "Description") or "",
                text(child(commodity, "Classification"), "ID") or "",
                text(child(item, "Origin"), "CountryCode") or "",
                text(child(commodity, "GoodsMeasure"), "NetNetWeightMeasure") or "",
            )
        )
    return Goods(tuple(lines), len(each(declaration, "Traveller")))


def seen_by(jurisdiction: Jurisdiction, reading: Reading) -> Seen:
    """Return what is open to the reader of each agency's part, and the rights behind it."""
    view = reading.view
    names = [name for name in RECORDS if name not in ("case.status", "case.dataset")]
    parts = tuple(
        Part(agency, tuple(view.shows_of(agency, name) for name in names))
        for agency in reading.case.agencies
    )
    rights = tuple(right_reason(jurisdiction, right) for right in view.rights)
    return Seen(rights, tuple(name.partition(".")[2] for name in names), parts)
