"""Every agency's controls in the fewest stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.control.model import Control, ControlPlan
from gatepost.control.plan import fewest_groups, make_plan, plan_of, planned_controls, qualified
from tests.small_country import LAW

AGENCIES = ("customs", "food", "plant", "police", "vet", "water")
PAIRS = list(combinations(AGENCIES, 2))


def control(agency: str, **changes: Any) -> Control:
    fields: dict[str, Any] = {"kind": "examination", "target": "item/1", "place": "border"}
    fields |= {"case": "R-1", "check": "goods", **changes}
    name = f"{agency}-{fields['check']}@{fields['target']}"
    return Control(name, agency=agency, source=agency, legal_basis=LAW, **fields)


def among(pairs: Sequence[tuple[str, str]]) -> Callable[[str, str], str | None]:
    """Return who may examine with whom, whatever the order of asking."""
    allowed = {frozenset(pair): f"CLAUSE-{'-'.join(pair)}" for pair in pairs}
    return lambda one, other: allowed.get(frozenset((one, other)))


def partitions(names: Sequence[str]) -> Iterator[list[list[str]]]:
    """Yield every way to put ``names`` into groups."""
    if not names:
        yield []
        return
    first, *rest = names
    for groups in partitions(rest):
        yield [[first], *groups]
        for n, group in enumerate(groups):
            yield [*groups[:n], [first, *group], *groups[n + 1 :]]


def lawful(group: Sequence[str], between: Callable[[str, str], str | None]) -> bool:
    return all(between(one, other) for one, other in combinations(group, 2))


@given(st.sets(st.sampled_from(AGENCIES)), st.sets(st.sampled_from(PAIRS)))
def test_no_partition_has_fewer_groups(names: set[str], pairs: set[tuple[str, str]]) -> None:
    between = among(list(pairs))
    found = fewest_groups(sorted(names), between)
    fewest = min(
        len(groups)
        for groups in partitions(sorted(names))
        if all(lawful(group, between) for group in groups)
    )
    assert len(found) == fewest
    assert all(lawful(group, between) for group in found)
    assert sorted(name for group in found for name in group) == sorted(names)


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ([], (("customs",), ("plant",), ("vet",))),
        ([("customs", "plant")], (("customs", "plant"), ("vet",))),
        ([("customs", "plant"), ("plant", "vet")], (("customs", "plant"), ("vet",))),
        (
            [("customs", "plant"), ("plant", "vet"), ("customs", "vet")],
            (("customs", "plant", "vet"),),
        ),
    ],
)
def test_groups_of_three(pairs: Any, groups: Any) -> None:
    assert fewest_groups(("customs", "plant", "vet"), among(pairs)) == groups


def test_a_first_partner_is_left_for_a_better_whole() -> None:
    """Greedy would put a with b and need three stops; two are enough."""
    pairs = [("a", "b"), ("a", "c"), ("b", "d")]
    assert len(fewest_groups(("a", "b", "c", "d"), among(pairs))) == 2


controls = st.builds(
    control,
    st.sampled_from(AGENCIES),
    kind=st.sampled_from(("examination", "scan", "documentary", "sample")),
    check=st.sampled_from(("goods", "seal")),
    target=st.sampled_from(("item/1", "item/2", "consignment")),
    place=st.sampled_from(("before", "border", "inland")),
    case=st.sampled_from(("R-1", "R-2")),
    status=st.sampled_from(("open", "examined", "sampled", "done", "recognised", "cancelled")),
)
loads = st.lists(controls, max_size=12, unique_by=lambda c: (c.case, c.id))


@given(loads, st.sets(st.sampled_from(PAIRS)), st.randoms())
def test_the_plan_depends_on_the_set_of_controls_only(
    load: list[Control], pairs: set[tuple[str, str]], chance: Any
) -> None:
    between = among(list(pairs))
    shuffled = list(load)
    chance.shuffle(shuffled)
    assert make_plan(shuffled, between) == make_plan(load, between)


@given(loads, st.sets(st.sampled_from(PAIRS)))
def test_a_plan_is_whole_and_lawful(load: list[Control], pairs: set[tuple[str, str]]) -> None:
    between = among(list(pairs))
    plan = make_plan(load, between)
    wanted = {qualified(one): one for one in load if one.open}
    names = planned_controls(plan)
    assert sorted(names) == sorted(wanted)
    assert 0 <= plan.avoided <= plan.separate
    assert [stop.id for stop in plan.stops] == [f"stop-{n + 1}" for n in range(len(plan.stops))]
    for stop in plan.stops:
        mine = [wanted[name] for name in stop.controls]
        assert {one.agency for one in mine} == set(stop.agencies)
        assert {one.place for one in mine} == {stop.place}
        assert all(one.physical for one in mine)
        assert lawful(stop.agencies, between)
        assert stop.lead in stop.agencies
        assert set(stop.openings) == {f"{one.case}/{one.target}" for one in mine}
        assert bool(stop.clauses) is (len(stop.agencies) > 1)
    assert all(not wanted[name].physical for name in plan.desk)


def test_four_controls_of_four_agencies_on_two_items_are_one_stop() -> None:
    load = [control(name, target=f"item/{n % 2 + 1}") for n, name in enumerate(AGENCIES[:4])]
    plan = make_plan(load, lambda one, other: "CLAUSE-1")
    (stop,) = plan.stops
    assert (plan.separate, plan.avoided) == (4, 3)
    assert stop.openings == ("R-1/item/1", "R-1/item/2")
    assert stop.clauses == ("CLAUSE-1",)


def test_who_has_most_to_do_leads_and_a_tie_goes_by_name() -> None:
    tie = [control("vet"), control("customs")]
    assert make_plan(tie, lambda *_: "C").stops[0].lead == "customs"
    most = [*tie, control("vet", check="seal")]
    assert make_plan(most, lambda *_: "C").stops[0].lead == "vet"


def test_a_case_sees_its_own_part_of_the_plan() -> None:
    load = [
        control("customs"),
        control("plant", case="R-2"),
        control("vet", case="R-2", place="inland"),
    ]
    load.append(control("vet", check="paper", kind="documentary"))
    plan = make_plan(load, lambda *_: "C")
    own = plan_of(plan, "R-1")
    assert [stop.controls for stop in own.stops] == [("R-1/customs-goods@item/1",)]
    assert own.stops[0].openings == ("R-1/item/1",)
    assert own.desk == ("R-1/vet-paper@item/1",)
    assert (own.separate, plan_of(plan, "R-9")) == (3, ControlPlan(separate=3))
    assert plan_of(plan, "R") == ControlPlan(separate=3), "R is not the beginning of R-1"
