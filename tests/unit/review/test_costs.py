"""The cooperation calculator: the published figures exactly, and what does not follow (CB-01)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.bootstrap import load_costs
from gatepost.kernel.notice import Notice
from gatepost.review.costs import CostModel
from gatepost.review.figures import faults_of, remarks
from gatepost.review.present_value import annuity, figures_of, reckon

NORDIC = load_costs("nordic")
CHIRUNDU = load_costs("chirundu")

FIGURE = {"title": {"en": "a"}, "unit": "EUR", "source": "a study", "date": "2020"}


def model(**changes: Any) -> CostModel:
    fields: dict[str, Any] = {
        "id": "m",
        "title": {"en": "m"},
        "nature": {"en": "made up"},
        "currency": "EUR",
        "assumptions": [
            {"id": "a", "value": 100, **FIGURE},
            {"id": "b", "value": 3, **FIGURE},
            {"id": "quoted", "value": 300, **FIGURE},
        ],
        **changes,
    }
    return msgspec.convert(fields, CostModel)


def codes(found: list[Notice]) -> list[str]:
    return [one.code for one in found]


def told(of: CostModel) -> list[Notice]:
    return list(remarks(of, figures_of(of)))


@pytest.mark.parametrize(
    ("years", "rate", "total", "government"),
    [
        # Capabilities D.1 and measure-simulate-plan 5.1, in millions of NOK, one decimal.
        (10, "0.04", "2483.3", "455.5"),
        (20, "0.04", "4127.1", "729.5"),
        (20, "0.03", "4513.2", "793.9"),
        (10, "0.05", "2366.5", "436.1"),
        (10, "0.03", "2609.1", None),
        (10, "0.07", "2157.1", None),
        (10, "0", "3050.0", "550.0"),
    ],
)
def test_the_nordic_figures_to_the_last_digit(
    years: int, rate: str, total: str, government: str | None
) -> None:
    found = reckon(NORDIC, figures_of(NORDIC), years, Fraction(rate))
    assert (found.one_off, found.yearly_government, found.yearly_operators) == (
        50_000_000,
        50_000_000,
        250_000_000,
    )
    assert (found.first_year, found.later_years) == (350_000_000, 300_000_000)
    assert f"{found.present_value / 1e6:.1f}" == total
    if government:
        assert f"{found.present_value_government / 1e6:.1f}" == government
    whole = found.present_value_government + found.present_value_operators
    assert whole == pytest.approx(found.present_value, abs=0.011)


def test_every_result_shows_its_arithmetic() -> None:
    found = reckon(NORDIC, figures_of(NORDIC), 10, Fraction("0.04"))
    steps = {one.step: one for one in found.steps}
    assert steps["present_value"].arithmetic.startswith("50,000,000 + 300,000,000 ")
    assert steps["present_value"].value == found.present_value == 2_483_268_733.81
    assert steps["one_off_per_office"].value == 5_000_000
    assert steps["yearly_per_officer"].value == 500_000


def test_the_two_dollar_figures_are_kept_and_their_rates_told() -> None:
    (remark,) = (one for one in told(NORDIC) if one.code == "COST-021")
    assert remark.values["ratios"] == "6.25 and 6.41"
    assert (remark.values["low"], remark.values["high"]) == ("6.33", "6.45")
    assert "COST-024" in codes(told(NORDIC))


def test_what_was_published_of_chirundu_does_not_follow() -> None:
    found = [one.values for one in told(CHIRUNDU) if one.code == "COST-020"]
    assert [(one["quoted"], one["found"]) for one in found] == [
        ("600,000", "200,000 to 400,000"),
        ("20,000,000", "6,000,000 to 12,000,000"),
    ]
    assert codes(told(CHIRUNDU)).count("COST-023") == 1


@pytest.mark.parametrize(
    ("quoted", "rounded_to", "follows"),
    [(300, None, True), (301, None, False), (310, 20, True), (311, 20, False)],
)
def test_a_figure_follows_within_its_rounding_only(
    quoted: int, rounded_to: int | None, follows: bool
) -> None:
    one = {"id": "quoted", "value": quoted, "rounded_to": rounded_to, **FIGURE}
    base = model().assumptions[:2]
    of = model(
        assumptions=[*map(msgspec.to_builtins, base), one],
        quoted=[{"figure": "quoted", "equals": ["a", "b"]}],
    )
    assert ("COST-020" not in codes(told(of))) is follows


def test_ratios_no_rounding_explains() -> None:
    pairs = [{"first": "a", "second": "b"}, {"first": "quoted", "second": "b"}]
    assert "COST-022" in codes(told(model(same_ratio=[{"title": {"en": "r"}, "pairs": pairs}])))


def test_what_should_add_up() -> None:
    assert "COST-026" in codes(told(model(sums=[{"figures": ["a", "b"], "to": 100}])))
    assert "COST-026" not in codes(told(model(sums=[{"figures": ["a", "b"], "to": 103}])))


def test_what_the_arrangement_costs_is_taken_off() -> None:
    title = {"en": "t"}
    flows = [
        {"id": "x", "title": title, "bearer": "government", "when": "yearly", "amount": ["a", "b"]},
        {
            "id": "y",
            "title": title,
            "bearer": "government",
            "when": "once",
            "amount": ["a"],
            "way": "with",
        },
    ]
    of = model(flows=flows)
    found = reckon(of, figures_of(of), 2, Fraction(0))
    assert (found.one_off, found.yearly_government, found.present_value) == (-100, 300, 500)


@given(
    rate=st.fractions(min_value="-0.5", max_value=1, max_denominator=1000),
    years=st.integers(1, 60),
)
def test_an_annuity_is_the_sum_of_its_years(rate: Fraction, years: int) -> None:
    assert annuity(rate, years) == sum(1 / (1 + rate) ** n for n in range(1, years + 1))


def test_what_ships_is_written_well() -> None:
    assert list(faults_of(NORDIC)) == list(faults_of(CHIRUNDU)) == []
