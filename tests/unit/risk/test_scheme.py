"""Less for who proves itself, more for what fails: tables and what must always hold (RM-05)."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.risk.scheme import (
    Outcome,
    Rung,
    Scheme,
    StepDown,
    StepUp,
    faults,
    last_review,
    step_down,
    step_up,
)
from tests.small_country import ALWAYS, LAW

DAY = date(2026, 1, 1)
THREE = StepDown("importer", (Rung(3, 0.25),))
FIVE = StepDown("importer", (Rung(5, 0.25),))
TEN = StepDown("importer", (Rung(10, 0.1),))
LADDER = StepDown("importer", (Rung(3, 0.5), Rung(5, 0.25), Rung(10, 0.1)))


def record(text: str) -> list[Outcome]:
    """Return consignments of one party: a dot for a clean one, an x for a failure."""
    return [Outcome(DAY + timedelta(days=n), mark == "x") for n, mark in enumerate(text)]


@pytest.mark.parametrize(
    ("method", "text", "rate", "clean"),
    [
        (THREE, "", 1.0, 0),
        (THREE, "..", 1.0, 2),
        (THREE, "...", 0.25, 3),
        (THREE, "....", 0.25, 4),
        (THREE, "...x", 1.0, 0),
        (THREE, "...x..", 1.0, 2),
        (THREE, "...x...", 0.25, 3),
        (FIVE, "....", 1.0, 4),
        (FIVE, ".....", 0.25, 5),
        (TEN, ".........", 1.0, 9),
        (TEN, "..........", 0.1, 10),
        (TEN, "x..........", 0.1, 10),
        (LADDER, "..", 1.0, 2),
        (LADDER, "...", 0.5, 3),
        (LADDER, "......", 0.25, 6),
        (LADDER, "............", 0.1, 12),
        (LADDER, "............x", 1.0, 0),
    ],
)
def test_clean_consignments_lower_the_rate(
    method: StepDown, text: str, rate: float, clean: int
) -> None:
    found = step_down(method, record(text))
    assert (found.rate, found.clean) == (rate, clean)


@given(st.text(alphabet=".x", max_size=40))
def test_a_failure_always_restores_the_full_rate(text: str) -> None:
    assert step_down(LADDER, record(text + "x")).rate == 1.0


@given(st.text(alphabet=".x", max_size=40))
def test_one_more_clean_consignment_never_raises_the_rate(text: str) -> None:
    assert step_down(LADDER, record(text + ".")).rate <= step_down(LADDER, record(text)).rate


@given(st.text(alphabet=".x", max_size=40))
def test_the_rate_is_one_or_of_a_rung(text: str) -> None:
    assert step_down(LADDER, record(text)).rate in {1.0, 0.5, 0.25, 0.1}


UP = StepUp("origin", (0.05, 0.3, 0.5), every="91d", least=10)


def found(wrong: int, of: int, group: str, day: date = DAY + timedelta(days=30)) -> list[Outcome]:
    return [Outcome(day, number < wrong, group) for number in range(of)]


@pytest.mark.parametrize(
    ("own", "others", "level"),
    [
        # 26 of 100 against a mean of 20 in 100 is exactly 30 % more: that does not exceed it.
        ((26, 100), (14, 100), 0),
        ((27, 100), (14, 100), 1),
        ((10, 10), (0, 90), 1),
        ((9, 9), (0, 90), 0),
        ((0, 100), (0, 100), 0),
        ((5, 100), (5, 100), 0),
    ],
)
def test_who_exceeds_the_mean_by_more_than_the_part_goes_up(
    own: tuple[int, int], others: tuple[int, int], level: int
) -> None:
    record = [*found(*own, "XB"), *found(*others, "XC")]
    assert step_up(UP, "XB", record, DAY, DAY + timedelta(days=91)).level == level


def test_nothing_changes_before_the_first_review_nor_what_is_found_on_its_day() -> None:
    bad = [*found(50, 50, "XB"), *found(0, 50, "XC")]
    assert step_up(UP, "XB", bad, DAY, DAY + timedelta(days=90)).rate == 0.05
    review = DAY + timedelta(days=91)
    late = [*found(50, 50, "XB", review), *found(0, 50, "XC", review)]
    assert step_up(UP, "XB", late, DAY, review).rate == 0.05
    assert step_up(UP, "XB", late, DAY, review + timedelta(days=91)).rate == 0.3


def test_levels_climb_one_by_one_and_come_down_again() -> None:
    bad = [*found(50, 50, "XB"), *found(0, 50, "XC")]
    rates = [
        step_up(UP, "XB", bad, DAY, DAY + timedelta(days=91 * number)).rate for number in range(6)
    ]
    # After a year what was found is forgotten; without findings of its own it stays.
    assert rates == [0.05, 0.3, 0.5, 0.5, 0.5, 0.5]
    later = DAY + timedelta(days=500)
    good = [*bad, *found(0, 50, "XB", later), *found(10, 50, "XC", later)]
    assert step_up(UP, "XB", good, DAY, DAY + timedelta(days=91 * 6)).rate == 0.3


outcomes = st.lists(
    st.builds(
        Outcome,
        st.integers(0, 700).map(lambda n: DAY + timedelta(days=n)),
        st.booleans(),
        st.sampled_from(["XB", "XC", "XD"]),
    ),
    max_size=60,
)


@given(outcomes, st.integers(0, 800))
def test_the_rate_is_one_of_the_scheme_and_changes_at_reviews_only(
    record: list[Outcome], ahead: int
) -> None:
    method = msgspec.structs.replace(UP, least=1)
    day = DAY + timedelta(days=ahead)
    standing = step_up(method, "XB", record, DAY, day)
    assert standing.rate in method.rates
    review = last_review(method, DAY, day)
    assert review <= day
    assert step_up(method, "XB", record, DAY, review) == standing


@given(outcomes)
def test_not_all_groups_go_up_at_once(record: list[Outcome]) -> None:
    """Somebody is no worse than the mean."""
    method = msgspec.structs.replace(UP, least=1)
    groups = {one.group for one in record if one.day < DAY + timedelta(days=91)}
    levels = {step_up(method, one, record, DAY, DAY + timedelta(days=91)).level for one in groups}
    assert not groups or 0 in levels


@pytest.mark.parametrize(
    ("method", "wrong"),
    [
        (LADDER, 0),
        (UP, 0),
        (StepDown("importer", ()), 1),
        (StepDown("importer", (Rung(0, 0.5),)), 1),
        (StepDown("importer", (Rung(5, 0.5), Rung(3, 0.25))), 1),
        (StepDown("importer", (Rung(5, 0.25), Rung(10, 0.5))), 1),
        (StepDown("importer", (Rung(5, 0.0),)), 1),
        (StepUp("origin", (0.5,)), 1),
        (StepUp("origin", (0.5, 0.3)), 1),
        (StepUp("origin", (0.5, 0.6), exceeds=-1, window="soon", every="1h"), 3),
    ],
)
def test_steps_that_make_no_sense_are_told(method: StepDown | StepUp, wrong: int) -> None:
    scheme = Scheme("S", {"en": "s"}, "plant", "pests", method, LAW, ALWAYS)
    assert len(list(faults(scheme))) == wrong
