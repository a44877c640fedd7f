"""A small vocabulary with one field of every type, and records of it."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Literal

import msgspec

from gatepost.expression.check import Sets
from gatepost.expression.vocabulary import Vocabulary


class Paper(msgspec.Struct, frozen=True):
    code: str
    expires: date | None = None
    quantity: float | None = None


class Trader(msgspec.Struct, frozen=True):
    id: str | None = None
    country: str | None = None


class Goods(msgspec.Struct, frozen=True):
    number: int
    commodity: str | None = None
    description: str | None = None
    origin: str | None = None
    value: float | None = None
    net_mass: float | None = None
    fragile: bool | None = None
    uses: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()


class Load(msgspec.Struct, frozen=True):
    regime: Literal["import", "export", "transit"]
    day: date
    mode: str | None = None
    container: bool = False
    expected: datetime | None = None
    importer: Trader | None = None
    declarant: Trader = Trader()
    routing: tuple[str | None, ...] = ()
    weights: tuple[float, ...] = ()
    holidays: tuple[date | None, ...] | None = None
    items: tuple[Goods, ...] = ()


VOCABULARY = Vocabulary.of({"item": Goods, "consignment": Load})
ROOTS = ("item", "consignment")
SETS: Sets = {
    "pest_countries": frozenset({"XA", "XB"}),
    "rounds": [1, 2.5, math.nan],
    "feasts": (date(2026, 7, 1),),
    "nobody": (),
}
ROSES = Goods(
    number=1,
    commodity="06031100",
    description="Fresh ROSES, cut",
    origin="XB",
    value=1200.5,
    net_mass=40.0,
    uses=("DEC",),
    papers=(Paper("N851", date(2026, 8, 1), 10.0), Paper("N380")),
)
BARE = Goods(number=2)
LORRY = Load(
    regime="import",
    day=date(2026, 7, 1),
    mode="3",
    container=True,
    expected=datetime(2026, 7, 3, 23, 30),
    importer=Trader("T1", "XA"),
    routing=("XB", "XA"),
    weights=(1.0, 2.5),
    holidays=(date(2026, 7, 1),),
    items=(ROSES, BARE),
)
# The very NaN that the compiled code uses for a missing number: found by identity if at all.
BARE_LOAD = Load("export", date(2026, 1, 1), weights=(math.nan,))
