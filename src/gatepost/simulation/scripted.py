"""What surely happens on the day at North Gate, beside what chance brings.

A lorry with roses whose two controls are one stop; a lorry with two consignments
of which one is held; a coach with one referral for two agencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gatepost.casework.shorthand import Declaration, Goods, Person
from gatepost.simulation.day import Scene
from gatepost.simulation.traffic import OFFICE, Crossing

ROSES, PAIR, REFERRAL = "roses", "pair", "referral"
STORY = "ROSES-0736"
"""The functional reference of the case whose story is told."""
HELD, BESIDE = "PAIR-0714-2", "PAIR-0714-1"
"""The consignment that is held, and the one beside it on the lorry that goes on."""
COACH = "COACH-0714"
REFERRED, REPORTED = 17, "XB700311"
"""The seat of a visitor on a group visa with a passport that was reported lost: immigration
asks about the stay and police about the passport, in one stop."""


def scripted(opening: datetime) -> Iterator[Crossing]:
    """Yield the crossings that the script adds to the day."""
    yield _roses(opening + timedelta(hours=4, minutes=10))
    yield from _pair(opening + timedelta(hours=5))
    yield _coach(opening + timedelta(hours=7, minutes=20))


def scenes() -> tuple[Scene, ...]:
    """Return what officers do on the script's crossings besides their daily work."""
    hold = {
        "act": "hold",
        "by": "customs.north_gate.examiner",
        "agency": "customs",
        "reason": "origin of the goods in doubt; the maker is asked",
        "legal_basis": [{"cite": "Customs Act 2015, s. 41"}],
        "expires_hours": 72,
    }
    return (Scene(f"{PAIR}-2", 4, hold),)


def _lorry(reference: str, plate: str, arrival: datetime, **fields: Any) -> Declaration:
    return Declaration(
        type="IMD",
        office=OFFICE,
        mode="3",
        reference=reference,
        means=plate,
        means_nationality="XB",
        journey=f"{plate}-1",
        arrival=arrival.strftime("%Y-%m-%dT%H:%M"),
        export_country="XB",
        destination="XA",
        **fields,
    )


def _roses(arrival: datetime) -> Crossing:
    roses = Goods(
        commodity="06031100",
        origin="XB",
        description="cut roses",
        gross_mass="212.0",
        net_mass="180.0",
        packages=24,
        package_type="CT",
        value="2600.00",
        procedure="4000",
    )
    declaration = _lorry(
        STORY, "BR-7714", arrival, declarant="XA1001", importer="XA1001", items=(roses,)
    )
    return Crossing("roses", declaration, arrival - timedelta(hours=2, minutes=16), arrival, ROSES)


def _pair(arrival: datetime) -> Iterator[Crossing]:
    loads = (("87089900", "parts for cars"), ("61091000", "cotton shirts"))
    for number, (commodity, description) in enumerate(loads, 1):
        goods = Goods(
            commodity=commodity,
            origin="XB",
            description=description,
            gross_mass="4100.0",
            net_mass="3900.0",
            packages=30,
            package_type="PX",
            value="31000.00",
            procedure="4000",
        )
        trader = f"XA100{number + 1}"
        reference = BESIDE if number == 1 else HELD
        declaration = _lorry(
            reference, "BR-2044", arrival, declarant=trader, importer=trader, items=(goods,)
        )
        lodged = arrival - timedelta(hours=3 + number)
        yield Crossing(description, declaration, lodged, arrival, f"{PAIR}-{number}")


def _coach(arrival: datetime) -> Crossing:
    people = tuple(_passenger(seat) for seat in range(1, 42))
    declaration = Declaration(
        type="PE",
        office=OFFICE,
        mode="3",
        declarant="XB7700",
        reference=COACH,
        means="BUS-7700",
        means_nationality="XB",
        journey="COACH-0714",
        arrival=arrival.strftime("%Y-%m-%dT%H:%M"),
        documents=("I010 GV-2026-0714",),
        travellers=people,
    )
    return Crossing("coach", declaration, arrival - timedelta(hours=4), arrival, REFERRAL)


def _passenger(seat: int) -> Person:
    country = "XD" if seat == REFERRED else "XB"
    number = REPORTED if seat == REFERRED else f"XB77{seat:04d}"
    return Person(
        name=f"Passenger {seat}",
        sex="F" if seat % 2 else "M",
        birth=f"19{50 + seat}-04-11",
        nationality=country,
        residence=country,
        document=f"P {number} {country}",
        expires="2031-05-17",
    )
