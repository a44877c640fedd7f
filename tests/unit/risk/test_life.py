"""An indicator's file and its steps on record, laid over each other (RM-01)."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.validity import Validity
from gatepost.risk.life import IndicatorStep, State, laid_over, state_on, wording_of
from tests.small_country import indicator

START = date(2026, 6, 1)
ONE = indicator("R-1", "customs", "item.value > 1", mode="trial", valid=Validity(START))
WORDING = wording_of(ONE)


def day(number: int) -> date:
    return START + timedelta(days=number)


def step(to: State, number: int, version: int = 1, wording: str = WORDING) -> IndicatorStep:
    return IndicatorStep(version, to, day(number), wording)


def pieces(*steps: IndicatorStep, one: object = ONE) -> list[tuple[str, int, int | None]]:
    return [
        (
            piece.mode,
            (piece.valid.start - START).days,
            None if piece.valid.end is None else (piece.valid.end - START).days,
        )
        for piece in laid_over(one, steps)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], [("trial", 0, None)]),
        ([step("live", 5)], [("trial", 0, 4), ("live", 5, None)]),
        ([step("live", 0)], [("live", 0, None)]),
        ([step("live", -9)], [("live", 0, None)]),
        (
            [step("live", 5), step("trial", 9)],
            [("trial", 0, 4), ("live", 5, 8), ("trial", 9, None)],
        ),
        ([step("live", 5), step("ended", 9)], [("trial", 0, 4), ("live", 5, 8)]),
        ([step("ended", 3), step("live", 5)], [("trial", 0, 2)]),
        # What is recorded later takes the place of what was to begin on its day or after.
        ([step("live", 9), step("ended", 5)], [("trial", 0, 4)]),
        ([step("ended", 9), step("live", 9)], [("trial", 0, 8), ("live", 9, None)]),
        # Steps of another version, or that change nothing, change nothing.
        ([step("live", 5, version=2)], [("trial", 0, None)]),
        ([step("trial", 5)], [("trial", 0, None)]),
    ],
)
def test_steps_are_laid_over_the_file(
    steps: list[IndicatorStep], expected: list[tuple[str, int, int | None]]
) -> None:
    assert pieces(*steps) == expected


def test_going_live_is_of_one_wording_but_an_end_is_of_any() -> None:
    changed = msgspec.structs.replace(ONE, when="item.value > 0")
    assert wording_of(changed) != WORDING
    assert pieces(step("live", 5), one=changed) == [("trial", 0, None)]
    assert pieces(step("live", 5), step("ended", 9), one=changed) == [("trial", 0, 8)]


def test_another_review_day_is_no_other_wording() -> None:
    later = msgspec.structs.replace(ONE, review=date(2031, 1, 1))
    assert wording_of(later) == WORDING


def test_nothing_begins_after_the_last_day_of_the_file() -> None:
    short = msgspec.structs.replace(ONE, valid=Validity(START, day(7)))
    mine = wording_of(short)
    assert pieces(step("live", 5, wording=mine), one=short) == [("trial", 0, 4), ("live", 5, 7)]
    assert pieces(step("live", 8, wording=mine), one=short) == [("trial", 0, 7)]
    assert state_on(short, [], day(8)) == "ended"


steps_ahead = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 10), st.sampled_from(["live", "trial", "ended"])),
    max_size=8,
)


@given(steps_ahead)
def test_no_step_changes_a_day_that_had_begun(recorded: list[tuple[int, int, State]]) -> None:
    taken: list[IndicatorStep] = []
    for on, ahead, to in sorted(recorded, key=lambda one: one[0]):
        before = [modes(taken, number) for number in range(on + 1)]
        taken.append(step(to, on + ahead))
        assert [modes(taken, number) for number in range(on + 1)] == before


@given(steps_ahead)
def test_the_pieces_say_what_the_state_says(recorded: list[tuple[int, int, State]]) -> None:
    taken = [step(to, on + ahead) for on, ahead, to in recorded]
    for number in range(32):
        state = state_on(ONE, taken, day(number))
        assert modes(taken, number) == ([] if state == "ended" else [state])


def modes(steps: list[IndicatorStep], number: int) -> list[str]:
    return [one.mode for one in laid_over(ONE, steps) if one.valid.on(day(number))]
