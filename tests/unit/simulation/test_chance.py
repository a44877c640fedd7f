"""Chance from a seed: the same day again, and as even as chance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatepost.simulation.chance import Chance

SEED = Chance("north gate")
NAMES = st.lists(st.text(max_size=5) | st.integers(), max_size=3)


@given(st.text(max_size=5), NAMES)
def test_the_same_question_has_the_same_answer(seed: str, name: list[object]) -> None:
    drawn = Chance(seed).share(*name)
    assert 0 <= drawn < 1
    assert Chance(seed).share(*name) == drawn


@given(st.integers(-9, 9), st.integers(0, 9), NAMES)
def test_numbers_stay_within_their_bounds(low: int, more: int, name: list[object]) -> None:
    assert low <= SEED.whole(low, low + more, *name) <= low + more
    assert low <= SEED.between(low, low + more, *name) <= low + more
    assert SEED.one_of("abc", *name) in "abc"
    assert 0.2 * 15 < SEED.skewed(15, *name) < 4 * 15


def test_another_seed_or_name_is_another_draw() -> None:
    assert SEED.share("a") != Chance("other").share("a")
    assert SEED.share("a") != SEED.share("b")
    assert SEED.share("a", 1) != SEED.share("a", 2)


def test_every_choice_comes_up_as_often_as_chance() -> None:
    counts = dict.fromkeys("abcd", 0)
    for n in range(4000):
        counts[SEED.one_of("abcd", n)] += 1
    assert all(850 < count < 1150 for count in counts.values())
    assert 340 < sum(SEED.happens(0.1, n) for n in range(4000)) < 460
    assert {SEED.whole(1, 6, n) for n in range(200)} == {1, 2, 3, 4, 5, 6}
    assert SEED.happens(1.0, "x")
    assert not SEED.happens(0.0, "x")
