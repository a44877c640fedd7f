"""Pay-back, kinds of cost, the ledger of hours and ranges of a cost comparison (CB-02, CB-03)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gatepost.bootstrap import load_costs
from gatepost.review.costs import CostModel
from gatepost.review.figures import faults_of
from gatepost.review.payback import by_kind, net, payback, payback_step, redeployed, remarks
from gatepost.review.present_value import annuity, figures_of, reckon
from gatepost.review.uncertain import spread_of, triangular
from tests.unit.review.test_costs import FIGURE, model

ALDERMARK = load_costs("aldermark")
RATE = Fraction("0.04")


def flow(name: str, amount: list[str], **changes: Any) -> dict[str, Any]:
    return {
        "id": name, "title": {"en": name}, "bearer": "government", "when": "yearly",
        "amount": amount, **changes,
    }  # fmt: skip


def invested(spent: int, saved: int) -> CostModel:
    """Return a comparison that spends once to save every year."""
    figures = [{"id": "spent", "value": spent, **FIGURE}, {"id": "saved", "value": saved, **FIGURE}]
    flows = [
        flow("change", ["spent"], when="once", way="with", kind="transition"),
        flow("less", ["saved"], kind="staff"),
    ]
    return model(assumptions=figures, flows=flows)


@pytest.mark.parametrize(
    ("spent", "saved", "rate", "years"),
    [
        (1000, 300, "0", 4),
        (1000, 300, "0.04", 4),  # 300 times 3.629895 is 1,089
        (1000, 300, "0.10", 5),
        (1000, 300, "0.20", 7),
        (1000, 300, "0.30", None),  # 300 a year for ever is worth 1,000
        (1000, 1000, "0", 1),
        (0, 5, "0.04", 0),
        (5, -1, "0", None),
    ],
)
def test_when_it_is_paid_back_depends_on_the_rate(
    spent: int, saved: int, rate: str, years: int | None
) -> None:
    of = invested(spent, saved)
    assert payback(net(of, figures_of(of)), 50, Fraction(rate)) == years


@given(st.integers(1, 10_000), st.integers(-500, 5_000), st.integers(0, 30))
def test_it_is_paid_back_in_the_first_year_whose_present_value_is_no_loss(
    spent: int, saved: int, percent: int
) -> None:
    of, rate = invested(spent, saved), Fraction(percent, 100)
    found = payback(net(of, figures_of(of)), 40, rate)
    worth = [-spent + saved * annuity(rate, year) for year in range(41)]
    paid = [year for year, value in enumerate(worth) if value >= 0]
    assert found == (paid[0] if paid else None)


def test_the_pay_back_shows_its_arithmetic() -> None:
    of = invested(1000, 300)
    step = payback_step(of, figures_of(of), 10, RATE)
    assert step is not None
    assert step.value == 4
    assert "300 \N{MULTIPLICATION SIGN} 3.629895 covers 1,000" in step.arithmetic
    never = payback_step(of, figures_of(of), 2, RATE)
    assert never is not None
    assert "does not cover 1,000 in 2 years" in never.arithmetic
    free = invested(0, 5)
    assert payback_step(free, figures_of(free), 10, RATE) is None


def test_the_kinds_and_the_bearers_come_to_the_same() -> None:
    figures = figures_of(ALDERMARK)
    kinds = by_kind(ALDERMARK, figures)
    assert [one.kind for one in kinds] == [
        "time",
        "staff",
        "infrastructure",
        "positioning",
        "transition",
    ]
    bearers = net(ALDERMARK, figures).values()
    assert sum(one.once for one in kinds) == sum(once for once, _ in bearers)
    yearly = float(sum(each for _, each in bearers))
    assert sum(one.yearly for one in kinds) == pytest.approx(yearly, abs=0.05)


def test_an_officer_at_work_is_more_than_an_officer_paid_for() -> None:
    """Hours over annual hours and the share at work: 5,720 / 1,720 / 0.82 officers at 61,000."""
    found = reckon(ALDERMARK, figures_of(ALDERMARK), 10, RATE)
    officers = next(one for one in found.steps if one.step == "officers")
    assert officers.value == pytest.approx(5720 / 1720 / 0.82 * 61000, abs=0.01)
    assert officers.arithmetic.endswith("/ annual_hours 1,720 / present 0.82")


def test_the_ledger_of_hours_adds_up() -> None:
    found = redeployed(ALDERMARK, figures_of(ALDERMARK))
    assert found is not None
    assert found.saved == found.left + sum(found.assigned.values()) == 5720
    [left] = remarks(ALDERMARK, figures_of(ALDERMARK))
    assert (left.code, left.values["left"]) == ("COST-041", "620")


def test_hours_that_do_not_exist_are_told() -> None:
    figures = figures_of(ALDERMARK, {"hours_random": Fraction(4000)})
    [over] = remarks(ALDERMARK, figures)
    assert (over.code, over.values["over"]) == ("COST-040", "1,480")


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ([("delay", "without"), ("vehicle", "without")], ["COST-042"]),
        ([("delay", "with"), ("inventory", "with")], ["COST-042"]),
        ([("delay", "without"), ("vehicle", "with")], []),
        ([("vehicle", "without"), ("inventory", "without")], []),
        ([("delay", "without")], []),
    ],
)
def test_time_is_made_money_once(ways: list[tuple[str, str]], told: list[str]) -> None:
    """A share of the goods' value for each day holds what the vehicle and the stock cost."""
    flows = [flow(str(n), ["a"], values=by, way=way) for n, (by, way) in enumerate(ways)]
    of = model(flows=flows)
    assert [one.code for one in remarks(of, figures_of(of))] == told


@given(st.floats(-100, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0, 0.999999))
def test_a_draw_lies_within_its_range(low: float, up: float, more: float, share: float) -> None:
    peak, high = low + up, low + up + more
    assume(high > low)
    drawn = triangular(share, low, peak, high)
    assert low - 1e-9 <= drawn <= high + 1e-9
    steps = [triangular(n / 20, low, peak, high) for n in range(20)]
    assert all(one <= other + 1e-9 for one, other in pairwise(steps))


def test_the_triangle_is_that_of_the_textbook() -> None:
    """From 0 to 4 with its peak at 1: a quarter lies below the peak, half below 4 - √6."""
    assert triangular(0.25, 0, 1, 4) == pytest.approx(1)
    assert triangular(0.5, 0, 1, 4) == pytest.approx(4 - 6**0.5)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    figures = figures_of(ALDERMARK)
    first = spread_of(ALDERMARK, figures, 10, RATE, 200, "one")
    assert first == spread_of(ALDERMARK, figures, 10, RATE, 200, "one")
    assert first.present_value != spread_of(ALDERMARK, figures, 10, RATE, 200, "two").present_value


def test_ranges_lie_around_the_result_and_sum_up() -> None:
    figures = figures_of(ALDERMARK)
    found = spread_of(ALDERMARK, figures, 10, RATE, 1000, "gatepost")
    single = reckon(ALDERMARK, figures, 10, RATE).present_value
    assert found.present_value.low < single < found.present_value.high
    assert found.pays_back == 1.0
    assert found.payback is not None
    assert found.payback.low <= found.payback.high
    assert "loaded_cost" not in found.drawn, "a figure without a range stays"


def test_a_figure_that_is_set_is_not_drawn() -> None:
    figures = figures_of(ALDERMARK, {"lorry_hour": Fraction(100)})
    assert "lorry_hour" not in spread_of(ALDERMARK, figures, 10, RATE, 100, "x").drawn


def test_without_ranges_every_draw_is_the_result() -> None:
    of = invested(1000, 300)
    found = spread_of(of, figures_of(of), 10, RATE, 100, "x")
    single = reckon(of, figures_of(of), 10, RATE).present_value
    assert found.present_value.low == found.present_value.high == single


def test_nothing_is_divided_by_what_may_be_nothing() -> None:
    figures = [
        {"id": "a", "value": 100, **FIGURE},
        {"id": "b", "value": 3, "low": 0, "high": 5, **FIGURE},
    ]
    of = model(assumptions=figures, flows=[flow("x", ["a"], over=["b"])])
    assert [rule.number for _, rule, _ in faults_of(of)] == ["COST-006"]


def test_every_name_of_the_ledger_of_hours_is_known() -> None:
    ledger = {"saved": ["a", "c"], "to": [{"id": "x", "title": {"en": "x"}, "hours": "d"}]}
    of = model(redeployment=ledger)
    found = [(keys, rule.number) for keys, rule, _ in faults_of(of)]
    assert found == [
        (("redeployment", "saved", 1), "COST-001"),
        (("redeployment", "to", 0, "hours"), "COST-001"),
    ]


def test_what_ships_is_written_well() -> None:
    assert list(faults_of(ALDERMARK)) == []
    assert all(msgspec.structs.asdict(one)["source"] for one in ALDERMARK.assumptions)
