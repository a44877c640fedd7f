"""The traffic of a working day at North Gate: what is on the lorries and in the coaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from gatepost.casework.shorthand import Declaration, Goods, Person
from gatepost.simulation.chance import Chance


class Load(msgspec.Struct, frozen=True):
    """One kind of load: how often it comes, what it is, and how long before it is lodged."""

    name: str
    weight: int
    type: str
    goods: tuple[tuple[str, str, float, float], ...]
    origins: tuple[str, ...]
    hours_ahead: tuple[float, float] = (2, 20)
    export: bool = False


# Commodity, description, net mass in kilograms, value in euro.
LOADS: tuple[Load, ...] = (
    Load("steel", 12, "IMD", (("72083900", "hot-rolled steel coils", 22000, 17000),), ("XB", "TR")),
    Load("machinery", 14, "IMD", (("84224000", "packing machines", 4200, 61000),), ("XB", "JP")),
    Load("car parts", 16, "IMD", (("87089900", "parts for cars", 8100, 44000),), ("XB", "CZ")),
    Load("furniture", 9, "IMD", (("94036010", "wooden furniture", 6400, 21000),), ("XB", "PL")),
    Load("clothing", 9, "IMD", (("61091000", "cotton shirts", 3600, 48000),), ("XB", "BD")),
    Load("paper", 7, "IMD", (("48025700", "writing paper", 18000, 15000),), ("XB", "FI")),
    Load("electronics", 8, "IMD", (("85171300", "smartphones", 900, 180000),), ("XB", "CN")),
    Load("roses", 7, "IMD", (("06031100", "cut roses", 180, 2600),), ("XB", "KE")),
    Load(
        "mixed flowers",
        3,
        "IMD",
        (("06031100", "cut roses", 90, 1200), ("06031200", "cut carnations", 110, 900)),
        ("XB", "KE"),
    ),
    Load("chilled fish", 6, "IMD", (("03021400", "chilled salmon", 9000, 72000),), ("XB",)),
    Load("frozen beef", 4, "IMD", (("02023090", "frozen boneless beef", 21000, 98000),), ("XB",)),
    Load("bananas", 4, "IMD", (("08039010", "bananas", 20000, 16000),), ("EC", "XB")),
    Load("sawn timber", 4, "IMD", (("44071110", "sawn pine", 21000, 9000),), ("XB",)),
    Load("honey", 2, "IMD", (("04090000", "honey", 6000, 27000),), ("XB",)),
    Load("peanuts", 2, "IMD", (("12024200", "shelled peanuts", 16000, 22000),), ("AR", "XB")),
    Load("tyres", 2, "IMD", (("40122000", "used tyres", 7000, 3000),), ("XB",)),
    Load("spirits", 2, "IMD", (("22083030", "whisky", 8000, 52000),), ("XB", "GB")),
    Load("cheese", 8, "EXD", (("04069000", "hard cheese", 7000, 52000),), ("XA",), (1, 8), True),
    Load("glass", 10, "EXD", (("70071110", "safety glass", 15000, 24000),), ("XA",), (1, 8), True),
    Load("transit", 7, "TRA", (("84713000", "portable computers", 1500, 260000),), ("CN",)),
)

TRADERS = 60
COACHES = 6
OFFICE = "XA000101"


class Crossing(msgspec.Struct, frozen=True):
    """One declaration of the day: when it is lodged and when its conveyance arrives."""

    name: str
    declaration: Declaration
    lodged: datetime
    arrival: datetime
    script: str = ""


def working_day(
    chance: Chance, opening: datetime, lorries: int, prefix: str = ""
) -> Iterator[Crossing]:
    """Yield the crossings of a day from ``opening`` on, over fourteen hours, by chance.

    ``prefix`` stands before the traders' references, so that two days can be in one ledger.
    """
    for number in range(lorries):
        yield _lorry(chance, opening, f"{prefix}DAY-{number:04d}", number)
    for number in range(COACHES):
        yield _coach(chance, opening, f"{prefix}COACH-{number:02d}", number)


def _arrival(chance: Chance, opening: datetime, *name: object) -> datetime:
    """Two peaks, in the morning and after noon, as on most posts."""
    peak = 2.5 if chance.happens(0.45, *name, "peak") else 8.0
    spread = sum(chance.share(*name, n) for n in range(4)) / 4 - 0.5
    hours = min(max(peak + 11 * spread, 0.0), 13.5)
    return opening + timedelta(minutes=round(hours * 60))


def _lorry(chance: Chance, opening: datetime, reference: str, number: int) -> Crossing:
    every = [load for load in LOADS for _ in range(load.weight)]
    load = chance.one_of(every, "load", number)
    arrival = _arrival(chance, opening, "lorry", number)
    ahead = chance.between(*load.hours_ahead, "ahead", number)
    trader = f"XA{1000 + chance.whole(0, TRADERS - 1, 'trader', number)}"
    origin = chance.one_of(load.origins, "origin", number)
    goods = tuple(_goods(chance, number, origin, load, *line) for line in load.goods)
    declaration = Declaration(
        type=load.type,
        office=OFFICE,
        mode="3",
        declarant=trader,
        reference=reference,
        importer=None if load.export else trader,
        exporter=trader if load.export else None,
        export_country="XA" if load.export else "XB",
        destination="XB" if load.export else "XA",
        means=f"BR-{1000 + number}",
        means_nationality="XB",
        journey=f"TRIP-{number:04d}",
        arrival=arrival.strftime("%Y-%m-%dT%H:%M"),
        items=goods,
    )
    return Crossing(load.name, declaration, arrival - timedelta(hours=ahead), arrival)


def _goods(
    chance: Chance,
    number: int,
    origin: str,
    load: Load,
    commodity: str,
    description: str,
    mass: float,
    value: float,
) -> Goods:
    size = chance.between(0.4, 1.1, "size", number, commodity)
    return Goods(
        commodity=commodity,
        origin=origin,
        description=description,
        gross_mass=f"{mass * size * 1.06:.1f}",
        net_mass=f"{mass * size:.1f}",
        quantity=max(1, round(mass * size / 9)),
        packages=max(1, round(mass * size / 400)),
        package_type="PX",
        value=f"{value * size:.2f}",
        procedure={"IMD": "4000", "EXD": "1000", "TRA": "8000"}[load.type],
    )


def _coach(chance: Chance, opening: datetime, reference: str, number: int) -> Crossing:
    arrival = _arrival(chance, opening, "coach", number)
    seats = chance.whole(28, 48, "seats", number)
    people = tuple(_traveller(chance, number, seat) for seat in range(seats))
    declaration = Declaration(
        type="PE",
        office=OFFICE,
        mode="3",
        declarant=f"XB7{number:03d}",
        reference=reference,
        means=f"BUS-{100 + number}",
        means_nationality="XB",
        journey=f"COACH-{number:02d}",
        arrival=arrival.strftime("%Y-%m-%dT%H:%M"),
        travellers=people,
    )
    return Crossing("coach", declaration, arrival - timedelta(hours=3), arrival)


def _traveller(chance: Chance, coach: int, seat: int) -> Person:
    age = chance.whole(19, 78, "age", coach, seat)
    country = chance.one_of(("XB", "XB", "XB", "XA", "DE"), "from", coach, seat)
    return Person(
        name=f"Passenger {seat + 1}",
        sex=chance.one_of(("F", "M"), "sex", coach, seat),
        birth=f"{2026 - age}-03-0{1 + seat % 9}",
        nationality=country,
        residence=country,
        document=f"P {country}{coach:02d}{seat:04d} {country}",
        expires=f"{2027 + seat % 8}-05-17",
    )
