"""Standing feeds are produced when they are due, each month once, cells kept back (IX-06)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.clause import Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement, LifeStep
from gatepost.casework.disclosed import received_by
from gatepost.casework.feeding import Fed, feed_due
from gatepost.casework.projection import FEED
from gatepost.casework.rebuilding import rebuild
from gatepost.cooperation.feed import Feed, month_after, months_due
from gatepost.kernel.validity import Validity
from tests.office import Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods, officers, parts

JUNE = datetime(2026, 6, 10, 12, tzinfo=UTC)
FIGURES = Feed("trade", {"en": "t"}, "counting.one", "S/1", 10, LAW, Validity(date(2026, 6, 1)))
CLASSES = [
    DataClass("goods", {"en": "g"}, ("item.commodity", "item.origin", "item.net_mass"), LAW),
    DataClass("lodgement", {"en": "l"}, ("consignment.regime", "case.status"), LAW),
]
STEEL = declaration(goods("72083900", net_mass="600"))
ROSES = declaration(goods(net_mass="5", documents=("N851 PC-1",)))


def office(*more: LifeStep) -> Office:
    """Return an office whose customs shares figures of three cases and more with statistics."""
    clause = Share(
        "S/1", {"en": "s"}, of=("customs",), to=("counting",), purposes=("statistics",),
        data=("goods", "lodgement"), channels=("feed",), smallest_cell=3,
    )  # fmt: skip
    pair = ("customs", "counting")
    life = (*concluded(pair), *more)
    shared = Agreement("S", {"en": "a"}, "agreement", pair, LAW, ALWAYS, (clause,), life)
    here = Office(
        data_class=CLASSES,
        agreement=[shared],
        feed=[FIGURES],
        resources=[*parts()["resources"], officers("counting")],
    )
    for number in range(3):
        here.lodge(STEEL, JUNE, reference=f"S-{number}")
    here.lodge(ROSES, JUNE, reference="R-1")
    return here


def due(here: Office, *day: int) -> list[Fed]:
    return list(feed_due(here.desk, datetime(*day, 9, tzinfo=UTC)))  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2026, 7, 9), []),
        (date(2026, 7, 10), ["2026-06"]),
        (date(2026, 8, 10), ["2026-06", "2026-07"]),
        (date(2027, 1, 10), ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11",
                             "2026-12"]),
    ],
)  # fmt: skip
def test_which_months_are_due(day: date, months: list[str]) -> None:
    assert [f"{one:%Y-%m}" for one in months_due(FIGURES, day)] == months


@given(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(1, 28))
def test_no_month_is_due_before_it_is_over_and_none_is_left_out(day: date, on: int) -> None:
    feed = Feed("f", {"en": "f"}, "o", "c", on, LAW, Validity(date(2026, 3, 15), date(2027, 9, 2)))
    found = list(months_due(feed, day))
    assert all(month_after(one).replace(day=on) <= day for one in found)
    assert found == sorted(set(found))
    if found:
        assert found[0] == date(2026, 3, 1)
        assert found[-1] <= date(2027, 9, 1)
        assert [month_after(one) for one in found[:-1]] == found[1:]


def test_a_month_is_produced_once_and_cells_of_few_cases_are_kept_back() -> None:
    here = office()
    assert due(here, 2026, 7, 9) == []
    (first,) = due(here, 2026, 7, 10)
    assert first.new
    assert first.figures is not None
    assert [(one.heading, one.cases) for one in first.figures.cells] == [("7208", 3)]
    assert (first.figures.suppressed, first.figures.smallest_cell) == (1, 3)
    (again,) = due(here, 2026, 7, 10)
    assert (again.new, again.figures) == (False, first.figures)
    (told,) = received_by(here.desk, "counting", date(2026, 7, 1))
    assert (told.channel, told.right) == ("feed", "S/1")


def test_what_was_produced_stays_whatever_becomes_of_its_cases() -> None:
    here = office()
    (first,) = due(here, 2026, 7, 10)
    here.lodge(STEEL, JUNE, reference="S-9")
    found = due(here, 2026, 8, 10)
    assert [(one.month.month, one.new) for one in found] == [(6, False), (7, True)]
    assert found[0].figures == first.figures


def test_while_the_clause_grants_nothing_nothing_is_produced_and_it_is_made_up_for() -> None:
    pair = ("customs",)
    here = office(
        LifeStep("suspended", date(2026, 7, 1), pair), LifeStep("resumed", date(2026, 8, 1), pair)
    )
    (refused,) = due(here, 2026, 7, 10)
    assert refused.figures is None
    assert [one.code for one in refused.notices] == ["AUTH-040", "COOP-088"]
    assert here.desk.ledger.rows(FEED) == []
    found = due(here, 2026, 8, 12)
    assert [(one.month.month, one.new) for one in found] == [(6, True), (7, True)]


def test_the_rows_come_again_from_the_log() -> None:
    here = office()
    due(here, 2026, 7, 10)
    before = here.desk.ledger.rows(FEED)
    rebuild(here.desk, lambda _: None)
    assert here.desk.ledger.rows(FEED) == before


def test_summer_ends_and_the_day_of_the_country_counts() -> None:
    late = datetime(2026, 7, 9, 22, 30, tzinfo=UTC)
    (found,) = feed_due(office().desk, late)
    assert found.new
    assert list(feed_due(office().desk, late - timedelta(hours=1))) == []
