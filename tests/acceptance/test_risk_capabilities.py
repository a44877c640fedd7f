"""Acceptance of joint risk over many cases: reasons, chance, lots, advice (RM-03, RM-04)."""

from __future__ import annotations

import random
from datetime import date
from math import sqrt

import msgspec

from gatepost.consignment.model import Consignment, GoodsItem
from gatepost.control.order import ordered_controls
from gatepost.risk.assess import assess, channels_of
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.model import highest
from tests.small_country import indicator

SECRET = b"s" * 32
SIZE = 10_000
SHARE = 0.05
LOT = "XA-LOT-2026"
CODES = ("06031100", "72083900", "02023090", "84224000")


def at_random(name: str, agency: str, lot: str | None) -> object:
    one = indicator(name, agency, "true", random=SHARE)
    return msgspec.structs.replace(one, level="consignment", when=None, lot=lot)


INDICATORS = [
    indicator("CUSTOMS-1", "customs", "item.value / item.net_mass < 0.5", "documentary"),
    indicator("CUSTOMS-2", "customs", "item.value > 9500", "scan"),
    indicator("PLANT-1", "plant", 'starts_with(item.commodity, "06") && item.origin == "XB"'),
    indicator("VET-1", "vet", 'starts_with(item.commodity, "02")', "sample"),
    indicator("PLANT-9", "plant", "true", mode="trial"),
    at_random("CUSTOMS-LOT", "customs", LOT),
    at_random("PLANT-LOT", "plant", LOT),
    at_random("VET-LOT", "vet", None),
]


def consignments() -> list[Consignment]:
    chance = random.Random(11)
    return [
        Consignment(
            "import",
            date(2026, 7, 2),
            "IMA",
            f"R-{n}",
            items=(
                GoodsItem(
                    1,
                    chance.choice(CODES),
                    origin=chance.choice(("XB", "XC", None)),
                    value=chance.uniform(0, 10_000),
                    net_mass=chance.uniform(1, 20_000),
                ),
            ),
        )
        for n in range(SIZE)
    ]


def test_RM_04_a_red_case_never_lacks_a_reason_and_chance_keeps_its_rate() -> None:
    book = IndicatorBook(INDICATORS)  # type: ignore[arg-type]
    channels: dict[str, int] = {}
    drawn: dict[str, set[str]] = {"CUSTOMS-LOT": set(), "PLANT-LOT": set(), "VET-LOT": set()}
    for one in consignments():
        found = assess(book, one, one.reference, SECRET)
        controls = ordered_controls(one.reference, (), found.live, {})
        kinds = [(control.agency, control.kind) for control in controls]
        channel = highest([kind for _, kind in kinds])
        channels[channel] = channels.get(channel, 0) + 1
        hits = {(hit.indicator, hit.target): hit for hit in found.live}
        for control in controls:
            hit = hits[control.source, control.target]
            assert hit.legal_basis
            assert hit.random or hit.values, "a hit says what fired it"
        assert (channel == "green") is not bool(controls)
        assert set(channels_of(kinds)) == {agency for agency, _ in kinds}
        for hit in found.hits:
            if hit.random:
                drawn[hit.indicator].add(one.reference)
    assert channels.keys() == {"green", "yellow", "orange", "red"}
    assert channels["red"] > 1000
    for names in drawn.values():
        assert abs(len(names) - SHARE * SIZE) < 4 * sqrt(SHARE * (1 - SHARE) * SIZE)
    # One lot meets in the same consignments; draws of their own meet by chance alone.
    assert drawn["CUSTOMS-LOT"] == drawn["PLANT-LOT"]
    both = len(drawn["CUSTOMS-LOT"] & drawn["VET-LOT"])
    assert abs(both - SHARE**2 * SIZE) < 4 * sqrt(SHARE**2 * SIZE)
