"""The life of an instrument: nothing is granted before all have signed, nor after it ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.authority.clause import JointControl
from gatepost.authority.instrument import Agreement, Kind, LifeStep, StepName
from gatepost.authority.lifecycle import life_on, periods, steps
from gatepost.kernel.validity import Validity
from tests.small_country import LAW, concluded

START = date(2026, 1, 1)
DAY = timedelta(days=1)
PARTIES = ("customs", "plant", "XB/vet")


def instrument(*life: LifeStep, kind: Kind = "agreement", **changes: Any) -> Agreement:
    fields = {"parties": PARTIES, "valid": Validity(START), **changes}
    clause = JointControl("A/1", {"en": "together"}, parties=("customs", "plant"))
    return Agreement(
        "A", {"en": "a"}, kind, legal_basis=LAW, clauses=(clause,), life=life, **fields
    )


def step(name: StepName, day: int, *by: str) -> LifeStep:
    return LifeStep(name, START + day * DAY, by)


WHOLE = concluded(PARTIES, START)


@pytest.mark.parametrize(
    ("life", "day", "state"),
    [
        ((), 0, "draft"),
        ((step("proposed", 0, "plant"),), 0, "proposed"),
        ((step("proposed", 0, "plant"), step("signed", 1, "plant", "customs")), 2, "proposed"),
        ((step("proposed", 0, "plant"), step("signed", 1, *PARTIES)), 2, "signed"),
        ((step("proposed", 0, "plant"), step("in_force", 1)), 2, "proposed"),
        (WHOLE, 0, "in_force"),
        ((*WHOLE, step("suspended", 5, "plant")), 4, "in_force"),
        ((*WHOLE, step("suspended", 5, "plant")), 5, "suspended"),
        ((*WHOLE, step("suspended", 5, "plant"), step("resumed", 7, "plant")), 7, "in_force"),
        ((*WHOLE, step("suspended", 5, "nobody")), 5, "in_force"),
        ((*WHOLE, step("ended", 5)), 5, "ended"),
        ((*WHOLE, step("ended", 5), step("resumed", 6, "plant")), 7, "ended"),
    ],
)
def test_the_state_on_a_day(life: tuple[LifeStep, ...], day: int, state: str) -> None:
    assert life_on(instrument(*life), START + day * DAY).state == state


def test_a_treaty_is_nothing_before_each_state_has_ratified_it() -> None:
    ratified = step("ratified", 0, "XA", "XB")
    half = step("ratified", 0, "XB")
    own = step("ratified", 0, "XA")
    proposed, signed, begun = WHOLE
    for life, granted in (
        (WHOLE, False),
        ((proposed, signed, half, begun), False),
        ((proposed, signed, own, begun), False),
        ((proposed, signed, ratified, begun), True),
        ((proposed, signed, half, own, begun), True),
    ):
        assert bool(periods(instrument(*life, kind="treaty"))) is granted


def test_a_law_needs_no_signature() -> None:
    assert periods(instrument(step("in_force", 3), kind="law")) == (Validity(START + 3 * DAY),)
    assert periods(instrument(step("in_force", 3))) == ()


def test_a_suspension_and_the_end_of_validity_cut_what_is_granted() -> None:
    life = (*WHOLE, step("suspended", 5, "plant"), step("resumed", 8, "customs"))
    valid = Validity(START, START + 20 * DAY)
    assert periods(instrument(*life, valid=valid)) == (
        Validity(START, START + 4 * DAY),
        Validity(START + 8 * DAY, START + 20 * DAY),
    )
    assert life_on(instrument(*life, valid=valid), START + 21 * DAY).state == "ended"


LIVES = st.lists(
    st.builds(
        step,
        st.sampled_from(get_args(StepName)),
        st.integers(0, 12),
    ).flatmap(
        lambda one: st.lists(st.sampled_from((*PARTIES, "nobody", "XA", "XB")), unique=True).map(
            lambda by: LifeStep(one.step, one.on, tuple(by))
        )
    ),
    max_size=10,
)


@given(LIVES, st.sampled_from(get_args(Kind)), st.integers(-1, 14))
def test_what_is_granted_is_what_is_in_force(life: list[LifeStep], kind: Kind, offset: int) -> None:
    one = instrument(*life, kind=kind, valid=Validity(START, START + 10 * DAY))
    day = START + offset * DAY
    assert any(p.on(day) for p in periods(one)) is (life_on(one, day).state == "in_force")


@given(LIVES, st.sampled_from(get_args(Kind)))
def test_nothing_is_granted_that_not_all_have_signed(life: list[LifeStep], kind: Kind) -> None:
    signed: set[str] = set()
    ratified: set[str] = set()
    ended = False
    for taken, before, after in steps(instrument(*life, kind=kind)):
        if after != before:
            signed |= set(taken.by) if taken.step == "signed" else set()
            ratified |= set(taken.by) if taken.step == "ratified" else set()
        if after.state == "in_force":
            assert not ended
            assert kind == "law" or set(PARTIES) <= signed
            assert kind != "treaty" or {"XB"} < ratified
        ended = ended or after.state == "ended"
