"""One budget for all: law, criteria in turn, chance, fill; each selection with its reason."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import floor, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.risk.budget import Allocation, Budget, Candidate, Wish, allocate
from tests.small_country import ALWAYS, LAW

SECRET = b"s" * 32
AGENCIES = ("customs", "plant", "vet")


def budget(share: float, random: float) -> Budget:
    return Budget("XA-B", {"en": "b"}, AGENCIES, share, random, LAW, ALWAYS)


def wishes(*names: str) -> tuple[Wish, ...]:
    return tuple(Wish(name, f"{name}-RISK") for name in names)


def stages(found: Allocation) -> dict[str, str]:
    return {one.reference: one.stage for one in found.selections}


def test_the_order_is_law_criteria_chance_fill() -> None:
    candidates = [
        Candidate("law", ("REQ-1",)),
        *(Candidate(f"asked-{n}", (), wishes("customs")) for n in range(3)),
        *(Candidate(f"other-{n}") for n in range(96)),
    ]
    found = allocate(candidates, budget(0.1, 0.02), SECRET)
    order = [one.stage for one in found.selections]
    assert order == sorted(order, key=["prescribed", "criteria", "random", "fill"].index)
    assert len(found.selections) == found.capacity == 10
    assert stages(found)["law"] == "prescribed"
    assert {stages(found)[f"asked-{n}"] for n in range(3)} <= {"criteria", "random"}
    assert "fill" in order
    assert found.deferred == ()


def test_agencies_take_turns_and_none_is_averaged_away() -> None:
    """Customs wants forty, plants two and the vet one: with room for six all are heard."""
    candidates = [
        *(Candidate(f"c-{n:02d}", (), (Wish("customs", "C", 9.0),)) for n in range(40)),
        *(Candidate(f"p-{n}", (), (Wish("plant", "P", 0.1),)) for n in range(2)),
        Candidate("v-0", (), (Wish("vet", "V", 0.1),)),
        *(Candidate(f"x-{n}") for n in range(57)),
    ]
    found = allocate(candidates, budget(0.06, 1e-9), SECRET)
    chosen = {one.reference for one in found.selections}
    assert {"p-0", "p-1", "v-0"} <= chosen
    assert len(chosen) == 6
    assert len(found.deferred) == 37


def test_what_several_want_costs_once() -> None:
    candidates = [Candidate("both", (), wishes("customs", "plant")), *map(Candidate, "abcdefghi")]
    found = allocate(candidates, budget(0.1, 1e-9), SECRET)
    (one,) = found.selections
    assert one.agencies == ("customs", "plant")
    assert one.reasons == ("customs-RISK", "plant-RISK")
    assert found.chance_of_any_stop == 0.1
    assert found.chance_if_apart == pytest.approx(1 - 0.9 * 0.9)


def test_an_agency_prefers_what_it_expects_more_of() -> None:
    candidates = [Candidate(f"c-{n}", (), (Wish("customs", "C", n),)) for n in range(10)]
    found = allocate(candidates, budget(0.3, 1e-9), SECRET)
    assert set(stages(found)) == {"c-9", "c-8", "c-7"}


def test_no_budget_at_all() -> None:
    assert allocate([], budget(0.5, 0.1), SECRET).chance_of_any_stop == 0


CANDIDATES = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(
            st.builds(Wish, st.sampled_from(AGENCIES), st.just("RISK"), st.floats(0, 9)),
            max_size=3,
        ),
    ),
    max_size=40,
).map(
    lambda several: [
        Candidate(f"R-{n}", ("REQ",) if law else (), tuple(asked))
        for n, (law, asked) in enumerate(several)
    ]
)


@settings(max_examples=200, deadline=None)
@given(CANDIDATES, st.floats(0.05, 1), st.floats(0.01, 0.5), st.randoms(use_true_random=False))
def test_what_always_holds(
    candidates: list[Candidate], share: float, part: float, shuffled: object
) -> None:
    given_budget = budget(share, share * part)
    found = allocate(candidates, given_budget, SECRET)
    order = list(candidates)
    shuffled.shuffle(order)  # type: ignore[attr-defined]
    assert allocate(order, given_budget, SECRET) == found
    by_stage = stages(found)
    assert all(
        (one.reasons and one.agencies) or one.stage == "prescribed" for one in found.selections
    )
    assert all(0 < one.propensity <= 1 for one in found.selections)
    assert {c.reference for c in candidates if c.prescribed} == {
        name for name, stage in by_stage.items() if stage == "prescribed"
    }
    drawn = {one.reference for one in found.selections if one.drawn < given_budget.random}
    assert {name for name, stage in by_stage.items() if stage == "random"} <= drawn
    forced = sum(stage in ("prescribed", "random") for stage in by_stage.values())
    assert len(by_stage) == max(forced, floor(share * len(candidates) + 1e-9))
    wanted = {c.reference for c in candidates if c.wishes}
    assert set(found.deferred) == wanted - by_stage.keys()
    for one, other in pairwise(found.selections):
        assert one != other


def test_the_random_share_is_binomial_whatever_the_criteria_want() -> None:
    """Chance takes as many of what is wanted as of what is not, so it can judge the criteria."""
    size, share = 10_000, 0.05
    candidates = [
        Candidate(f"R-{n}", (), wishes("customs") if n % 4 == 0 else ()) for n in range(size)
    ]
    found = allocate(candidates, budget(0.1, share), SECRET)
    drawn = {one.reference for one in found.selections if one.drawn < share}
    wanted = {c.reference for c in candidates if c.wishes}
    for some, of in ((drawn, size), (drawn & wanted, size // 4)):
        assert abs(len(some) - share * of) < 4 * sqrt(share * (1 - share) * of)
    assert found.selections[0].propensity == 1
    by_chance = [one for one in found.selections if one.stage == "random"]
    assert {one.propensity for one in by_chance} == {share}


def test_a_budget_is_of_its_days() -> None:
    assert budget(0.1, 0.1).valid.on(date(2026, 7, 2))
