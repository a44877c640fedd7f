"""Every agency's indicators in one pass, and chance that can be checked."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from math import sqrt
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.consignment.model import Consignment, GoodsItem, Traveller
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import ControlKind
from gatepost.risk.assess import assess, channels_of
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.model import CHANNELS, Assessment, Indicator, highest
from gatepost.risk.random import digest_of, draw
from tests.small_country import LAW, indicator

DAY = date(2026, 7, 2)
SECRET = b"s" * 32
ROSES = GoodsItem(1, "06031100", value=5.0)
STEEL = GoodsItem(2, "72083900", value=2000.0)
LOAD = Consignment("import", DAY, "IMA", "R-1", items=(ROSES, STEEL), travellers=(Traveller(1),))


def hits(*indicators: Indicator, load: Consignment = LOAD) -> list[tuple[str, str]]:
    found = assess(IndicatorBook(indicators), load, "REF", SECRET)
    return [(hit.indicator, hit.target) for hit in found.hits]


FLOWERS = indicator("PLANT-RISK-1", "plant", 'starts_with(item.commodity, "06")')
DEAR = indicator("CUSTOMS-RISK-1", "customs", "item.value > 1000")


def test_every_agencys_hits_are_kept_and_explained() -> None:
    found = assess(IndicatorBook([FLOWERS, DEAR]), LOAD, "REF", SECRET)
    assert [(hit.agency, hit.target, hit.values) for hit in found.hits] == [
        ("plant", "item/1", {"item.commodity": "06031100"}),
        ("customs", "item/2", {"item.value": 2000.0}),
    ]
    assert all(hit.legal_basis == LAW and hit.version == 1 for hit in found.hits)


def test_the_order_of_the_description_changes_nothing() -> None:
    book = [FLOWERS, DEAR, indicator("PLANT-RISK-0", "plant", "true")]
    assert len({tuple(hits(*order)) for order in permutations(book)}) == 1


@pytest.mark.parametrize(
    ("day", "fires"),
    [(DAY - timedelta(days=1), False), (DAY, True), (DAY + timedelta(days=1), False)],
)
def test_an_indicator_fires_on_its_days_only(day: date, fires: bool) -> None:
    dated = msgspec.structs.replace(FLOWERS, valid=Validity(DAY, DAY))
    later = indicator("PLANT-RISK-9", "plant", "false", valid=Validity(date(2027, 1, 1)))
    load = msgspec.structs.replace(LOAD, day=day)
    assert bool(hits(dated, later, load=load)) is fires


def test_regime_and_level_narrow_an_indicator() -> None:
    whole = msgspec.structs.replace(FLOWERS, id="W", level="consignment", when="true")
    person = msgspec.structs.replace(FLOWERS, id="P", level="traveller", when="true")
    leaving = msgspec.structs.replace(FLOWERS, id="E", regimes=("export",))
    assert hits(whole, person, leaving) == [("W", "consignment"), ("P", "traveller/1")]


def test_one_in_trial_is_recorded_and_not_acted_on() -> None:
    trial = msgspec.structs.replace(FLOWERS, mode="trial")
    found = assess(IndicatorBook([trial, DEAR]), LOAD, "REF", SECRET)
    assert len(found.hits) == 2
    assert [hit.indicator for hit in found.live] == ["CUSTOMS-RISK-1"]
    assert Assessment().live == ()


def chance(share: float, when: str | None = "true") -> Indicator:
    return msgspec.structs.replace(DEAR, id="CHANCE", random=share, when=when)


def test_chance_selects_all_at_one_and_marks_it() -> None:
    found = assess(IndicatorBook([chance(1.0)]), LOAD, "REF", SECRET)
    assert [hit.target for hit in found.hits] == ["item/1", "item/2"]
    assert all(hit.random for hit in found.hits)
    assert hits(chance(1.0, None)) == hits(chance(1.0))


def test_chance_selects_only_among_what_fulfils_the_condition() -> None:
    assert hits(chance(1.0, "item.value > 1000")) == [("CHANCE", "item/2")]


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.sampled_from(("item/1", "x")))
def test_a_draw_is_a_share_and_the_same_again(secret: bytes, reference: str, target: str) -> None:
    drawn = draw(secret, reference, "RISK", target)
    assert 0 <= drawn < 1
    assert draw(secret, reference, "RISK", target) == drawn


def test_draws_are_as_even_as_chance() -> None:
    number, slots = 20_000, 20
    counts = [0] * slots
    for n in range(number):
        counts[int(draw(SECRET, f"REF-{n}", "RISK", "item/1") * slots)] += 1
    expected = number / slots
    assert all(abs(count - expected) < 5 * sqrt(expected) for count in counts)
    spread = sum((count - expected) ** 2 / expected for count in counts)
    assert spread < 45, "chi-squared of 19 degrees passes 45 once in a thousand"


@pytest.mark.parametrize("part", ["secret", "reference", "indicator", "target"])
def test_every_part_of_the_key_moves_the_draw(part: str) -> None:
    parts: dict[str, Any] = {
        "secret": SECRET,
        "reference": "REF",
        "indicator": "RISK",
        "target": "item/1",
    }
    other = {**parts, part: b"t" * 32 if part == "secret" else parts[part] + "2"}
    assert draw(**parts) != draw(**other)


def test_the_digest_is_that_of_the_secret() -> None:
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of(SECRET) != digest_of(SECRET + b"\0")


KINDS: tuple[ControlKind, ...] = get_args(ControlKind)


@pytest.mark.parametrize(
    ("kinds", "channel"),
    [
        ([], "green"),
        (["documentary"], "yellow"),
        (["scan"], "orange"),
        (["examination"], "red"),
        (["sample"], "red"),
        (["treatment"], "red"),
        (["interview"], "red"),
        (["documentary", "scan"], "orange"),
        (["documentary", "examination", "scan"], "red"),
    ],
)
def test_the_channel_is_that_of_the_most_intrusive_control(kinds: Any, channel: str) -> None:
    for order in permutations(kinds):
        assert highest(list(order)) == channel


@given(st.lists(st.tuples(st.sampled_from(("customs", "plant")), st.sampled_from(KINDS))))
def test_the_combined_channel_is_the_highest_of_the_agencies(
    controls: list[tuple[str, ControlKind]],
) -> None:
    by_agency = channels_of(controls)
    assert set(by_agency) == {agency for agency, _ in controls}
    combined = highest([kind for _, kind in controls])
    assert combined == max(by_agency.values(), key=CHANNELS.index, default="green")
