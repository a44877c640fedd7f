"""What follows by itself, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.control.events import FindingRecorded
from gatepost.control.model import Control, Finding
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Body, Event
from gatepost.lodgement.events import GoodsPresented
from gatepost.release import events
from gatepost.release.interests import interests_of
from gatepost.release.model import (
    Condition,
    Conflict,
    DecisionKind,
    Hold,
    Interest,
    Partial,
    Precedence,
    Released,
)
from gatepost.release.settle import Automatic, Facts, settle
from gatepost.release.state import ReleaseState, evolve
from gatepost.requirement.model import Need
from tests.small_country import ALWAYS, LAW, ROWS, row

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TABLE = Precedence("TABLE", LAW, ALWAYS, ROWS, Partial(("import",), LAW))


def happened(body: Body, agency: str | None = None) -> Event:
    return Event(NOON, body, actor=Actor("officer", "officer", agency), agency=agency)


def state_of(*given: tuple[str, Body]) -> ReleaseState:
    state = ReleaseState()
    for agency, body in given:
        state = evolve(state, happened(body, agency))
    return state


def decided(kind: DecisionKind, *targets: str, **more: Any) -> events.DecisionGiven:
    return events.DecisionGiven(targets or ("item/1",), kind, "MAN", **more)


def interest(agency: str, target: str = "item/1", **more: Any) -> Interest:
    return Interest(agency, target, **more)


def facts(state: ReleaseState, *interests: Interest, **more: Any) -> Facts:
    by_key = {f"{one.agency}|{one.target}": one for one in interests}
    fields: dict[str, Any] = {"precedence": TABLE, "regime": "import", "automatic": {}}
    return Facts(by_key, state, now=NOON, **{**fields, **more})


def bodies(given: Facts) -> list[Body]:
    return [one.body for one in settle(given)]


OPEN = [{"needs": ("REQ",)}, {"controls": ("C",)}, {"inland": ("C",)}, {"adverse": True}]


@pytest.mark.parametrize("waits", [{}, *OPEN], ids=str)
def test_rules_clear_only_where_nothing_is_open_or_adverse(waits: dict[str, Any]) -> None:
    automatic = {"plant|item/1": Automatic("MAN-1", LAW)}
    found = bodies(facts(ReleaseState(), interest("plant", **waits), automatic=automatic))
    cleared = events.DecisionGiven(("item/1",), "clear", "MAN-1")
    assert found == ([] if waits else [cleared])
    assert bodies(facts(ReleaseState(), interest("plant", **waits))) == []


def test_rules_never_replace_a_decision() -> None:
    state = state_of(("plant", decided("refuse")))
    automatic = {"plant|item/1": Automatic("MAN-1", LAW)}
    found = bodies(facts(state, interest("plant"), automatic=automatic))
    assert found == [events.ReleaseDenied("refuse", ("ROW-5",))]


ALLOWED: list[tuple[DecisionKind, dict[str, Any], bool]] = [
    ("clear", {"needs": ("REQ",)}, False),
    ("clear", {"controls": ("C",)}, False),
    ("clear", {"inland": ("C",)}, False),
    ("clear", {"adverse": True}, True),
    ("clear", {}, True),
    ("clear_conditional", {"needs": ("REQ",)}, True),
    ("clear_conditional", {"inland": ("C",)}, True),
    ("clear_conditional", {"controls": ("C",)}, False),
    ("clear_conditional", {"needs": ("REQ",), "prohibited": True}, False),
    ("refuse", {"needs": ("REQ",), "controls": ("C",)}, True),
    ("seize", {"controls": ("C",)}, True),
]


@pytest.mark.parametrize(("kind", "waits", "counts"), ALLOWED)
def test_no_decision_counts_past_what_is_open(
    kind: DecisionKind, waits: dict[str, Any], counts: bool
) -> None:
    one = interest("plant", **waits)
    assert one.allows(kind) is counts
    assert bool(bodies(facts(state_of(("plant", decided(kind))), one))) is counts


def test_a_release_waits_for_every_interest_and_every_hold() -> None:
    one, other = interest("plant"), interest("vet")
    half = state_of(("plant", decided("clear")))
    assert bodies(facts(half, one, other)) == []
    whole = state_of(("plant", decided("clear")), ("vet", decided("clear")))
    assert bodies(facts(whole, one, other)) == [
        events.GoodsReleased("release", ("item/1",), (), ("ROW-7",))
    ]
    hold = Hold("hold-1", "vet", "tip", NOON, NOON + HOUR, LAW)
    held = evolve(whole, happened(events.HoldPlaced(hold), "vet"))
    assert bodies(facts(held, one, other)) == []
    for ended in (events.HoldLifted("hold-1"), events.HoldExpired("hold-1")):
        assert bodies(facts(evolve(held, happened(ended)), one, other))


def test_nothing_follows_twice() -> None:
    state = state_of(("plant", decided("clear")))
    (released,) = bodies(facts(state, interest("plant")))
    assert bodies(facts(evolve(state, happened(released)), interest("plant"))) == []
    state = state_of(("plant", decided("refuse")))
    (denied,) = bodies(facts(state, interest("plant")))
    assert bodies(facts(evolve(state, happened(denied)), interest("plant"))) == []


def test_without_an_interest_or_a_row_nothing_is_released() -> None:
    assert bodies(facts(ReleaseState())) == []
    empty = Precedence("none", (), ALWAYS, ())
    assert (
        bodies(facts(state_of(("plant", decided("clear"))), interest("plant"), precedence=empty))
        == []
    )


PART: list[tuple[dict[str, DecisionKind], str, Any, Any]] = [
    ({"item/1": "clear", "item/2": "refuse"}, "import", ("item/1",), ("item/2",)),
    ({"item/1": "clear", "item/2": "refuse"}, "export", None, "refuse"),
    ({"item/1": "refuse", "item/2": "refuse"}, "import", None, "refuse"),
    ({"consignment": "refuse", "item/1": "clear"}, "import", None, "refuse"),
    ({"consignment": "clear", "item/1": "refuse"}, "import", None, "refuse"),
    ({"item/1": "seize", "item/2": "refuse"}, "import", None, "seize"),
    (
        {"consignment": "clear", "item/1": "refuse", "item/2": "clear"},
        "import",
        ("consignment", "item/2"),
        ("item/1",),
    ),
]


@pytest.mark.parametrize(("given", "regime", "released", "rest"), PART)
def test_part_is_released_only_where_the_table_says_so(
    given: dict[str, DecisionKind], regime: str, released: Any, rest: Any
) -> None:
    state = state_of(*(("plant", decided(kind, target)) for target, kind in given.items()))
    (body,) = bodies(facts(state, *(interest("plant", one) for one in given), regime=regime))
    if released is None:
        assert isinstance(body, events.ReleaseDenied)
        assert body.outcome == rest
    else:
        assert isinstance(body, events.GoodsReleased)
        assert (body.targets, body.withheld) == (released, rest)


def test_the_condition_of_a_withheld_part_makes_no_release_conditional() -> None:
    state = state_of(("plant", decided("clear", "item/1")), ("vet", decided("refuse", "item/2")))
    both = (interest("plant", "item/1"), interest("vet", "item/2"))
    (body,) = bodies(facts(state, *both))
    assert isinstance(body, events.GoodsReleased)
    assert body.outcome == "release"


def condition(name: str, *targets: str, **more: Any) -> Condition:
    return Condition(name, "plant", "paper", NOON + HOUR, targets or ("item/1",), **more)


def test_a_failed_condition_ends_the_decision_on_its_own_targets() -> None:
    given = decided("clear_conditional", "item/1", conditions=(condition("c-1"),))
    state = state_of(("plant", given), ("plant", decided("clear", "item/2")))
    failed = evolve(state, happened(events.ConditionFailed("c-1"), "plant"))
    assert bodies(facts(failed, interest("plant", "item/1"))) == []
    assert bodies(facts(failed, interest("plant", "item/2")))
    again = evolve(failed, happened(decided("clear"), "plant"))
    assert bodies(facts(again, interest("plant", "item/1")))


RELEASED = Released(NOON, ("item/1",), "release", ("item/2",))


@pytest.mark.parametrize(
    ("one", "kind", "held"),
    [
        (interest("plant"), "clear", False),
        (interest("plant"), None, True),
        (interest("plant", controls=("C",)), "clear", True),
        (interest("plant", needs=("R",)), "clear", True),
        (interest("plant", inland=("C",)), "clear_conditional", False),
        (interest("plant"), "refuse", True),
        (interest("plant"), "seize", True),
        (interest("plant", "item/2"), "refuse", False),
        (interest("plant", "item/2", controls=("C",)), "clear", True),
    ],
)
def test_what_becomes_open_after_the_release_holds_the_goods(
    one: Interest, kind: DecisionKind | None, held: bool
) -> None:
    given = [("plant", decided(kind, one.target))] if kind else []
    state = msgspec.structs.replace(state_of(*given), released=RELEASED)
    found = settle(facts(state, one, legal_basis={"plant": LAW}))
    if not held:
        assert found == ()
        return
    (placed,) = found
    assert isinstance(placed.body, events.HoldPlaced)
    assert placed.body.hold.automatic
    assert placed.body.hold.legal_basis == LAW
    on_hold = evolve(state, happened(placed.body, "plant"))
    assert settle(facts(on_hold, one)) == ()
    settled = msgspec.structs.replace(
        evolve(on_hold, happened(decided("clear", one.target), "plant")), released=RELEASED
    )
    (lifted,) = settle(facts(settled, interest("plant", one.target)))
    assert lifted.body == events.HoldLifted("reopened-plant", "settled")
    assert lifted.legal_basis == LAW


def test_what_left_is_not_held() -> None:
    gone = msgspec.structs.replace(ReleaseState(), released=RELEASED, removed_at=NOON)
    assert settle(facts(gone, interest("plant", controls=("C",)))) == ()


def test_a_conflict_stops_the_release_until_it_is_ruled_on() -> None:
    state = state_of(("plant", decided("return")), ("vet", decided("destroy")))
    both = (interest("plant"), interest("vet"))
    (raised,) = bodies(facts(state, *both))
    assert isinstance(raised, events.ConflictRaised)
    conflict = raised.conflict
    assert (conflict.kinds, conflict.decider) == (("destroy", "return"), "customs-regional")
    assert conflict.limit == NOON + 4 * HOUR
    open_ = evolve(state, happened(raised))
    assert bodies(facts(open_, *both)) == []
    ruled = evolve(open_, happened(events.ConflictResolved("item/1", "return", "ruled")))
    assert bodies(facts(ruled, *both)) == [events.ReleaseDenied("return", ("ROW-4",))]


def test_a_decision_on_the_whole_is_held_against_those_on_its_items() -> None:
    state = state_of(
        ("plant", decided("destroy", "consignment")),
        ("vet", decided("return", "item/1")),
        ("customs", decided("clear", "item/2", "traveller/1")),
    )
    all_ = (
        interest("plant", "consignment"),
        interest("vet"),
        interest("customs", "item/2"),
        interest("customs", "traveller/1"),
    )
    (raised,) = bodies(facts(state, *all_))
    assert isinstance(raised, events.ConflictRaised)
    assert (raised.conflict.target, raised.conflict.kinds) == ("consignment", ("destroy", "return"))
    open_ = evolve(state, happened(raised))
    assert bodies(facts(open_, *all_)) == []
    for ruling in ("return", "destroy"):
        ruled = evolve(open_, happened(events.ConflictResolved("consignment", ruling, "ruled")))
        (denied,) = bodies(facts(ruled, *all_))
        assert isinstance(denied, events.ReleaseDenied)
        assert denied.outcome == ruling
    agreed = evolve(open_, happened(decided("destroy"), "vet"))
    resolved = events.ConflictResolved("consignment", None, "the agencies agree")
    assert bodies(facts(agreed, *all_)) == [resolved]


def test_decisions_on_different_items_are_no_conflict() -> None:
    state = state_of(("plant", decided("return", "item/1")), ("vet", decided("destroy", "item/2")))
    (denied,) = bodies(facts(state, interest("plant"), interest("vet", "item/2")))
    assert isinstance(denied, events.ReleaseDenied)


def test_a_ruling_on_the_whole_stands_over_one_on_an_item() -> None:
    state = state_of(
        ("plant", decided("return")), ("vet", decided("destroy")), ("food", decided("return"))
    )
    all_ = (interest("plant"), interest("vet"), interest("food", "consignment"))
    state = evolve(state, happened(bodies(facts(state, *all_))[0]))
    state = evolve(state, happened(events.ConflictResolved("item/1", "destroy", "ruled")))
    state = evolve(state, happened(decided("return", "consignment"), "food"))
    (raised,) = bodies(facts(state, *all_))
    assert isinstance(raised, events.ConflictRaised)
    assert raised.conflict.target == "consignment"
    state = evolve(state, happened(raised))
    state = evolve(state, happened(events.ConflictResolved("consignment", "return", "ruled")))
    assert bodies(facts(state, *all_)) == [events.ReleaseDenied("return", ("ROW-4",))]


def test_a_ruling_clears_nothing_past_an_open_control() -> None:
    rows = (row("ROW-0", "conflict", each=("clear", "refuse"), decider="u", limit="1h"), *ROWS)
    table = msgspec.structs.replace(TABLE, rows=rows)
    state = state_of(("plant", decided("clear")), ("vet", decided("refuse")))
    for status, released in ((("C",), False), ((), True)):
        both = (interest("plant"), interest("vet", controls=status))
        (raised,) = bodies(facts(state, *both, precedence=table))
        ruled = evolve(
            evolve(state, happened(raised)),
            happened(events.ConflictResolved("item/1", "clear", "harmless")),
        )
        assert bool(bodies(facts(ruled, *both, precedence=table))) is released


KINDS: tuple[DecisionKind, ...] = (
    "clear",
    "clear_conditional",
    "refuse",
    "return",
    "destroy",
    "seize",
)
steps = st.lists(
    st.tuples(
        st.sampled_from(("plant", "vet", "customs")),
        st.sampled_from(("item/1", "item/2", "consignment")),
        st.sampled_from(KINDS),
    ),
    unique_by=lambda step: step[:2],
    max_size=6,
)


@given(steps, st.randoms())
def test_the_outcome_does_not_depend_on_the_order_of_decisions(steps: Any, chance: Any) -> None:
    shuffled = list(steps)
    chance.shuffle(shuffled)
    interests = [interest(agency, target) for agency, target, _ in steps]
    outcomes = []
    for order in (steps, shuffled):
        state = state_of(*((agency, decided(kind, target)) for agency, target, kind in order))
        outcomes.append(sorted(map(str, bodies(facts(state, *interests)))))
    assert outcomes[0] == outcomes[1]


def test_needs_and_controls_make_the_interests() -> None:
    need = Need("REQ-1", "plant", "item/1", "document", LAW, "N851")
    ban = Need("REQ-2", "vet", "item/1", "prohibition", LAW)
    met = msgspec.structs.replace(need, agency="customs", met_by="lodgement")
    read = msgspec.structs.replace(need, agency="counting")

    def control(name: str, **more: Any) -> Control:
        fields: dict[str, Any] = {
            "agency": "plant",
            "kind": "scan",
            "check": "c",
            "place": "border",
        }
        fields |= {"target": "item/2", **more}
        return Control(name, case="R", source="S", legal_basis=LAW, **fields)

    controls = [
        control("A"),
        control("B", place="inland"),
        control("C", status="cancelled", agency="vet"),
        control("D", status="done", result="nonconform"),
        control("E", status="done", result="conform", agency="food"),
        control("F", place="before", status="examined"),
    ]
    found = interests_of([need, ban, met, read], controls, frozenset({"counting"}))
    assert found == {
        "plant|item/1": interest("plant", needs=("REQ-1",)),
        "vet|item/1": interest("vet", needs=("REQ-2",), prohibited=True),
        "customs|item/1": interest("customs"),
        "plant|item/2": interest(
            "plant", "item/2", controls=("A", "F"), inland=("B",), adverse=True
        ),
        "food|item/2": interest("food", "item/2"),
    }


BOTH = ("item/1", "item/2")
FULL = state_of(
    ("plant", decided("clear_conditional", *BOTH, conditions=(condition("c-1", *BOTH),))),
    ("vet", decided("refuse")),
    ("vet", events.HoldPlaced(Hold("h-1", "vet", "tip", NOON, NOON + HOUR, LAW))),
    ("", events.ConflictRaised(Conflict("item/1", "ROW-2", ("return", "destroy"), "u", NOON))),
)  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        events.HoldLifted("h-9"),
        events.HoldExpired("h-9"),
        events.ConditionMet("c-9"),
        events.ConditionFailed("c-9"),
        events.ConflictReferred("item/9", "u"),
        events.ConflictResolved("item/9", "return"),
        GoodsPresented(),
        FindingRecorded(Finding("f", "plant", (), "c", "item/9", "nonconform", NOON, "x")),
        FindingRecorded(Finding("f", "plant", (), "c", "item/1", "conform", NOON, "x")),
        FindingRecorded(Finding("f", "vet", (), "c", "item/1", "nonconform", NOON, "x")),
    ],
)
def test_what_is_not_known_changes_nothing(body: Body) -> None:
    assert evolve(FULL, happened(body)) == FULL


def test_lapsed_decisions_take_along_what_hung_on_them() -> None:
    after = evolve(FULL, happened(events.DecisionsLapsed("amendment")))
    assert (after.decisions, after.conflicts, after.conditions) == ({}, {}, {})
    assert after.holds == FULL.holds


def test_a_new_decision_frees_its_target_of_the_old_condition() -> None:
    after = evolve(FULL, happened(decided("clear", "item/1"), "plant"))
    assert after.conditions["c-1"].targets == ("item/2",)
    assert evolve(after, happened(decided("clear", "item/2"), "plant")).conditions == {}
    assert evolve(FULL, happened(decided("clear"), "vet")).conditions == FULL.conditions


def test_a_condition_met_stays_on_record() -> None:
    met = evolve(FULL, happened(events.ConditionMet("c-1")))
    again = evolve(met, happened(decided("clear", *BOTH), "plant"))
    assert again.conditions["c-1"].status == "met"


def test_a_finding_against_the_goods_ends_the_agencys_own_clearance() -> None:
    finding = Finding("f", "plant", (), "c", "item/1", "nonconform", NOON, "x")
    after = evolve(FULL, happened(FindingRecorded(finding), "plant"))
    assert set(after.decisions) == {"plant|item/2", "vet|item/1"}
