"""Agencies' own indicators: both sides together, and unlike counts shown under both."""

from __future__ import annotations

import pytest

from gatepost.kernel.notice import Refused
from gatepost.timerelease.indicators import Count, Indicator, Scorecard, scorecard
from tests.trs import Line, frame_of

LINES: list[Line] = [
    ("A", "arrival", 0, "carrier"),
    ("A", "examination_start", 10, "customs"),
    ("A", "examination_end", 20, "customs"),
    ("A", "examination_start", 30, "customs"),
    ("A", "examination_end", 40, "customs"),
    ("A", "examination_start", 30, "plant"),
    ("A", "examination_end", 50, "plant"),
    ("A", "release", 60, "customs"),
    ("B", "arrival", 0, "carrier"),
    ("B", "release", 20, "customs"),
]
RELEASE = Indicator(
    "customs", "Release", "facilitation", "half released", interval="arrival-release"
)
EACH = Indicator("customs", "Inspections", "security", "each opening", Count("examination_start"))
CASES = Indicator(
    "plant", "Inspections", "security", "consignments", Count("examination_start", "case")
)


def shown(*indicators: Indicator) -> Scorecard:
    """Return the scorecard of the cases above."""
    return scorecard(frame_of(LINES), indicators)


def codes(*indicators: Indicator) -> list[str]:
    """Return why a scorecard is refused."""
    with pytest.raises(Refused) as refused:
        shown(*indicators)
    return [one.code for one in refused.value.notices]


def test_both_sides_stand_together() -> None:
    found = shown(RELEASE, EACH)
    assert [one.value for one in found.facilitation] == [1200]
    assert [one.value for one in found.security] == [2]
    assert found.conflicts == ()


@pytest.mark.parametrize("alone", [RELEASE, EACH])
def test_one_side_alone_is_refused(alone: Indicator) -> None:
    assert codes(alone) == ["TRS-026"]


def test_one_name_counted_in_two_ways_is_shown_under_both() -> None:
    (found,) = shown(RELEASE, EACH, CASES).conflicts
    assert found.notice.code == "TRS-027"
    values = {(one.indicator.agency, one.measure): one.value for one in found.readings}
    assert values == {
        ("customs", "each examination start"): 2,
        ("customs", "cases with examination start"): 1,
        ("plant", "each examination start"): 1,
        ("plant", "cases with examination start"): 1,
    }


def test_a_share_of_all_cases_and_of_a_target() -> None:
    share = Indicator("plant", "Rate", "security", "", Count("examination_start", "case", True))
    soon = Indicator("customs", "Soon", "facilitation", "", interval="arrival-release",
                     figure="share_within_target", target="30min")  # fmt: skip
    found = shown(share, soon)
    assert (found.security[0].value, found.facilitation[0].value) == (0.5, 0.5)


def test_everything_wrong_is_told_at_once() -> None:
    nothing = Indicator("customs", "A", "security", "")
    event = Indicator("customs", "B", "security", "", Count("party time"))
    time = Indicator("customs", "C", "facilitation", "", interval="dusk-dawn")
    assert codes(nothing, event, time) == ["TRS-028", "TRS-007", "TRS-010"]
