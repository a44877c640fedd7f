"""Indicators over a history: the hits of `assess`, and what they cost and found."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import polars as pl
import pytest

from gatepost.consignment.model import Consignment, Document, GoodsItem, Party, Traveller
from gatepost.risk.assess import assess
from gatepost.risk.columns import (
    Outcomes,
    history_of,
    history_of_frame,
    hits_of,
    read_by,
    result_of,
    same_one_by_one,
)
from gatepost.risk.compiled import IndicatorBook
from gatepost.risk.model import Indicator, Proposed
from tests.small_country import indicator

SECRET = b"s" * 32
DAY = date(2026, 7, 2)
SETS = {"watched": frozenset({"XB", "XC"})}


def at_level(level: Any, one: Indicator, **changes: Any) -> Indicator:
    return msgspec.structs.replace(one, level=level, **changes)


INDICATORS = [
    indicator("A-1", "customs", "item.value > 1000", "documentary"),
    indicator("A-2", "customs", 'item.origin in set("watched")'),
    indicator("P-1", "plant", 'item.documents.all(d, d.code != "N851")'),
    indicator("P-2", "plant", 'starts_with(item.commodity, "06")', random=0.4),
    at_level(
        "consignment", indicator("V-1", "vet", "size(consignment.items) > 1"), regimes=("transit",)
    ),
    at_level("consignment", indicator("V-2", "vet", "true", random=0.5)),
    at_level("consignment", indicator("V-3", "vet", "consignment.items.exists(i, i.value > 900)")),
    at_level("traveller", indicator("I-1", "customs", "has(traveller.nationality)")),
]


def loads() -> list[Consignment]:
    """Return consignments in which everything of the indicators is and is not."""
    found = []
    for n in range(60):
        items = tuple(
            GoodsItem(
                number,
                ("06031100", "72083900", None)[(n // 3 + number) % 3],
                origin=("XB", "XA", None)[(n * number) % 3],
                value=float(n * number * 30) if n % 5 else None,
                documents=(Document("N851"),) if n % 2 else (),
            )
            for number in range(1, 2 + n % 3)
        )
        people = (Traveller(1, nationality="XB" if n % 4 else None),) if n % 2 else ()
        regime: Any = ("import", "transit", "export")[n % 3]
        found.append(
            Consignment(
                regime, DAY, "IMA", f"R-{n}", items=items, travellers=people, importer=Party("T")
            )
        )
    return found


def test_a_history_gives_the_hits_of_the_assessment() -> None:
    past: list[tuple[str, Consignment, Outcomes]] = [(one.reference, one, {}) for one in loads()]
    history = history_of(past, read_by(INDICATORS))
    found = {
        (one.indicator.id, history.references[rows.case[row]], rows.target[row])
        for one in hits_of(INDICATORS, SETS, history, SECRET)
        for rows in [history.levels[one.indicator.level]]
        for row in one.rows
    }
    book = IndicatorBook(INDICATORS, SETS)
    singly = {
        (hit.indicator, load.reference, hit.target)
        for load in loads()
        for hit in assess(book, load, load.reference, SECRET).hits
    }
    assert found == singly
    assert {name for name, _, _ in found} == {one.id for one in INDICATORS}
    assert same_one_by_one(INDICATORS, SETS, history).equal


FLAT = pl.DataFrame(
    {
        "reference": ["R-1", "R-1", "R-2", "R-3", "R-4"],
        "regime": ["import", "import", "import", "export", None],
        "item.origin": ["XB", "XA", "XB", "XB", "XB"],
        "item.value": [10.0, 2000.0, None, 5.0, 5000.0],
        "found.customs": [True, None, False, True, None],
        "found.plant": [None, None, None, None, True],
    }
)


def test_flat_records_of_one_reference_are_one_consignment() -> None:
    history = history_of_frame(FLAT, read_by(INDICATORS))
    assert history.references.to_list() == ["R-1", "R-2", "R-3", "R-4"]
    items, whole = history.levels["item"], history.levels["consignment"]
    assert items.target.to_list() == ["item/1", "item/2", "item/1", "item/1", "item/1"]
    assert whole.table.frame["found.customs"].to_list() == [True, False, True, None]
    two = at_level("consignment", indicator("V-1", "vet", "size(consignment.items) == 2"))
    dear = at_level("consignment", indicator("V", "vet", "consignment.items.exists(i, i.value>9)"))
    found = hits_of([two, dear], {}, history, SECRET)
    assert [one.cases.to_list() for one in found] == [[0], [0, 3]]


def test_what_a_set_costs_and_finds() -> None:
    takes = Proposed("examination", "goods", minutes=30)
    watched = msgspec.structs.replace(INDICATORS[1], control=takes)
    dear = indicator("A-1", "customs", "item.value > 1000", "documentary")
    plants = indicator("P-1", "plant", "item.value > 1000", "examination", mode="trial")
    history = history_of_frame(FLAT, read_by(INDICATORS))
    result = result_of(hits_of([watched, dear, plants], SETS, history, SECRET), history)
    told = {one.id: one for one in result.indicators}
    # R-3 is an export and not meant; that of R-4 is not told, so it counts.
    assert (told["A-2"].hits, told["A-2"].consignments, told["A-2"].minutes) == (3, 3, 90)
    assert (told["A-2"].alone, told["A-1"].alone) == (1, 0)
    assert (told["A-2"].precision.found, told["A-2"].precision.of) == (1, 2)
    customs, plant = result.agencies["customs"], result.agencies["plant"]
    assert (customs.consignments, customs.stopped, customs.known, customs.caught) == (3, 3, 2, 1)
    assert (plant.consignments, plant.known, plant.caught) == (2, 1, 1)
    assert result.chance_of_any_stop == result.chance_of_any_hit == 0.75
    assert result.chance_if_apart == pytest.approx(1 - 0.25 * 0.5)
    assert (result.separate, result.joint) == (5, 3)
    assert (result.known, result.caught) == (3, 2)


def test_documents_alone_stop_nobody() -> None:
    papers = indicator("A-1", "customs", "true", "documentary")
    history = history_of_frame(FLAT, read_by(INDICATORS))
    result = result_of(hits_of([papers], {}, history, SECRET), history)
    assert (result.chance_of_any_hit, result.chance_of_any_stop, result.joint) == (0.75, 0, 0)


def test_an_empty_history_has_no_shares() -> None:
    history = history_of([], read_by(INDICATORS))
    result = result_of(hits_of(INDICATORS, SETS, history, SECRET), history)
    assert (result.chance_of_any_stop, result.known) == (0, 0)
