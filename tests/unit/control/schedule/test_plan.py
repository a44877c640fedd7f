"""Plans: what must always hold of them, and the cases that named the rules."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.adapters.planning.clock import Clock
from gatepost.control.schedule.board import Board
from gatepost.control.schedule.bound import bound_of
from gatepost.control.schedule.check import violations
from gatepost.control.schedule.compiled import compile_world
from gatepost.control.schedule.greedy import cost_of, first_come, in_order
from gatepost.control.schedule.plan import plan, plan_world
from gatepost.control.schedule.pools import pools_of
from gatepost.control.schedule.search import Search
from gatepost.control.schedule.timetable import Halt, Timetable, timetable
from gatepost.control.schedule.world import (
    Agency,
    Consignment,
    Examination,
    Order,
    Place,
    World,
)
from tests.worlds import by_first_come, consignment, officer, world, worlds

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Counted(Clock):
    """A clock that counts questions instead of seconds, so that tests do not depend on it."""

    def more(self, seconds: float) -> Callable[[], bool]:
        left = iter(range(40))
        return lambda: next(left, None) is not None


def codes(found: list[object]) -> set[str]:
    return {one.code for one in found}  # type: ignore[attr-defined]


@CALM
@given(worlds(), st.booleans())
def test_first_come_keeps_every_constraint(given_: World, separate: bool) -> None:
    assert violations(given_, by_first_come(given_, separate)) == []


def test_a_lorry_that_goes_first_is_not_overtaken_while_it_is_at_a_halt_of_its_own() -> None:
    """Two consignments on one lorry are examined one after the other, agency by agency."""
    given_ = world(
        consignment("A", "06:00", "customs"),
        consignment("B", "06:00", "veterinary", movement="lorry"),
        consignment("C", "06:00", "customs", movement="lorry", cargo="live_animals"),
        order=(Order("animals", "goes_first", cargo=("live_animals",)),),
    )
    assert violations(given_, by_first_come(given_, separate=True)) == []


@CALM
@given(worlds())
def test_a_searched_plan_keeps_them_too_and_is_never_worse(given_: World) -> None:
    found = plan(compile_world(given_), Counted(), 1)
    assert violations(given_, timetable(found.problem, found.slots)) == []
    assert found.cost <= found.greedy
    assert found.cost.left <= found.greedy.left
    if found.cost.left == found.greedy.left:
        # Who places one more consignment may keep somebody longer for it.
        assert found.cost.longest <= found.greedy.longest
        assert found.cost.longest_wait <= found.greedy.longest_wait
    assert found.cost.left or found.bound <= found.cost.weighted


def earlier(halt: Halt, minutes: int) -> Halt:
    """Return the whole halt some minutes earlier, its scan too."""
    return msgspec.structs.replace(
        halt,
        start=halt.start - minutes,
        end=halt.end - minutes,
        scan_start=None if halt.scan_start is None else halt.scan_start - minutes,
        scan_end=None if halt.scan_end is None else halt.scan_end - minutes,
        work=tuple(
            msgspec.structs.replace(one, start=one.start - minutes, end=one.end - minutes)
            for one in halt.work
        ),
    )


@CALM
@given(worlds(), st.data())
def test_a_halt_moved_earlier_breaks_a_constraint(given_: World, data: st.DataObject) -> None:
    """Planning and checker agree: each consignment is placed as early as what was placed allows.

    The last to be placed had everything else before it, so it cannot begin any earlier, and
    the checker, which knows nothing of how places are found, must say so.
    """
    problem = compile_world(given_)
    order, slots = first_come(problem)
    last = order[-1] if order else None
    if last is None or not problem.visits[last].length or slots[last] is None:
        return
    names = tuple(problem.loads[load].id for load in problem.visits[last].loads)
    start = slots[last].start * problem.unit  # type: ignore[union-attr]
    found = timetable(problem, slots)
    (number,) = (
        n for n, h in enumerate(found.halts) if (h.consignments, h.start) == (names, start)
    )
    halt = found.halts[number]
    if halt.scan_start is not None:
        return
    minutes = data.draw(st.integers(1, 40))
    halts = (*found.halts[:number], earlier(halt, minutes), *found.halts[number + 1 :])
    assert violations(given_, msgspec.structs.replace(found, halts=halts))


BREAKS: dict[str, Callable[[Halt], Halt]] = {
    "PLAN-104": lambda h: earlier(h, 600),
    "PLAN-112": lambda h: msgspec.structs.replace(
        h, work=(msgspec.structs.replace(h.work[0], end=h.work[0].end - 5), *h.work[1:])
    ),
    "PLAN-109": lambda h: earlier(h, -900),
    "PLAN-110": lambda h: msgspec.structs.replace(
        h, work=(msgspec.structs.replace(h.work[0], officer="plant-1"), *h.work[1:])
    ),
    "PLAN-101": lambda h: msgspec.structs.replace(h, work=h.work[1:]),
    "PLAN-102": lambda h: msgspec.structs.replace(h, work=(h.work[0], *h.work)),
    "PLAN-103": lambda h: msgspec.structs.replace(
        h, work=(*h.work, msgspec.structs.replace(h.work[0], agency="police"))
    ),
    "PLAN-108": lambda h: msgspec.structs.replace(h, work=(h.work[0], *h.work)),
    "PLAN-117": lambda h: msgspec.structs.replace(h, bay="bay-99"),
    "PLAN-118": lambda h: msgspec.structs.replace(h, scanner=None, scan_start=None, scan_end=None),
    "PLAN-113": lambda h: msgspec.structs.replace(h, scan_start=h.end, scan_end=h.end + 10),
}


@pytest.mark.parametrize("code", BREAKS)
def test_a_plan_that_breaks_a_constraint_is_refused(code: str) -> None:
    given_ = world(consignment("a", "08:00", "customs", "veterinary", scan=10))
    found = by_first_come(given_)
    assert violations(given_, found) == []
    (halt,) = found.halts
    broken = Timetable((BREAKS[code](halt),))
    assert code in codes(list(violations(given_, broken)))


def test_nothing_is_taken_twice() -> None:
    given_ = world(
        consignment("a", "08:00", "customs", scan=10),
        consignment("b", "08:00", "veterinary", scan=10),
    )
    one, two = by_first_come(given_).halts
    assert (one.bay, one.scanner) != (two.bay, two.scanner) or one.end <= two.start
    same = msgspec.structs.replace(
        two,
        bay=one.bay,
        start=one.start,
        end=one.end,
        scan_start=one.scan_start,
        scan_end=one.scan_end,
        work=tuple(
            msgspec.structs.replace(w, start=one.work[0].start, end=one.work[0].end)
            for w in two.work
        ),
    )
    found = violations(given_, Timetable((one, same)))
    assert {n.values["place"] for n in found if n.code == "PLAN-105"} == {"bay-1", "scanner-1"}


def test_a_closed_or_unfit_bay_is_refused() -> None:
    given_ = world(
        consignment("a", "08:00", "customs", needs=("cold",)),
        bays=(Place("dry"), Place("cold", ("cold",), (("08:00", "09:00"),))),
    )
    (halt,) = by_first_come(given_).halts
    assert (halt.bay, halt.start, halt.waits_for) == ("cold", 540, "bay")
    dry = Timetable((msgspec.structs.replace(halt, bay="dry"),))
    assert codes(list(violations(given_, dry))) == {"PLAN-107"}
    early = Timetable((earlier(halt, 30),))
    assert codes(list(violations(given_, early))) == {"PLAN-106"}


def vet_absent(**changes: object) -> World:
    """The vet is absent from 10 to 12."""
    return world(
        consignment("a", "10:00", "customs", "veterinary"),
        officers=(
            officer("customs-1", "customs", ("06:00", "20:00")),
            officer("vet-1", "veterinary", ("06:00", "10:00"), ("12:00", "18:00")),
        ),
        **changes,
    )


def test_vet_absent_from_10_to_12_moves_the_slot_of_both_agencies_to_12() -> None:
    """IC-02: at 12:00 both begin together."""
    given_ = vet_absent()
    (halt,) = by_first_come(given_).halts
    assert {one.start for one in halt.work} == {720}
    assert halt.waits_for == "veterinary"


def test_or_the_stop_is_split_with_its_reason() -> None:
    """IC-02: where nobody may wait that long, customs goes first, and the plan says why."""
    given_ = vet_absent(joint_within=60)
    found = by_first_come(given_)
    assert [(h.agencies, h.work[0].start) for h in found.halts] == [
        (("customs",), 620),
        (("veterinary",), 720),
    ]
    (split,) = found.splits
    assert split.groups == (("customs",), ("veterinary",)) or split.groups == (
        ("veterinary",),
        ("customs",),
    )
    assert (split.reason.code, split.reason.values["wait"]) == ("PLAN-205", 100)
    assert violations(given_, found) == []


def test_agencies_whose_hours_never_meet_come_apart_with_the_hours_named() -> None:
    given_ = world(
        consignment("a", "08:00", "customs", "veterinary"),
        agencies=(
            Agency("customs", hours=(("06:00", "12:00"),)),
            Agency("veterinary", hours=(("12:00", "18:00"),)),
            Agency("plant"),
        ),
    )
    found = by_first_come(given_)
    assert len(found.halts) == 2
    assert found.splits[0].reason.code == "PLAN-204"
    assert "veterinary 12:00-18:00" in str(found.splits[0].reason.values["hours"])
    assert violations(given_, found) == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("PLAN-201", {"officers": ()}),
        ("PLAN-202", {"bays": 0}),
        ("PLAN-203", {"scanners": 0}),
    ],
)
def test_what_cannot_be_done_at_all_says_why(code: str, changes: dict[str, object]) -> None:
    given_ = world(consignment("a", "08:00", "customs", scan=10), **changes)
    found = by_first_come(given_)
    assert [halt.work for halt in found.halts] in ([], [()])
    assert [one.reason.code for one in found.unplanned] == [code]
    assert violations(given_, found) == []


def test_what_has_no_room_left_says_so() -> None:
    given_ = world(
        *(consignment(f"c{n}", "08:00", "customs") for n in range(3)),
        officers=(officer("customs-1", "customs", ("08:00", "09:00")),),
    )
    found = by_first_come(given_)
    assert (len(found.halts), [one.reason.code for one in found.unplanned]) == (2, ["PLAN-206"])


def test_the_scan_comes_before_the_opening_unless_the_post_says_otherwise() -> None:
    one, two = consignment("a", "08:00", "customs", scan=30), consignment("b", "08:00", scan=30)
    for first, expected in ((True, "PLAN-113"), (False, None)):
        given_ = world(one, two, scan_first=first)
        found = by_first_come(given_)
        assert violations(given_, found) == []
        halt = next(h for h in found.halts if h.work)
        late = Timetable(
            tuple(
                msgspec.structs.replace(h, scan_start=h.end + 60, scan_end=h.end + 90)
                if h is halt
                else h
                for h in found.halts
            )
        )
        assert codes(list(violations(given_, late))) == ({expected} if expected else set())


@pytest.mark.parametrize("whole", [False, True])
def test_the_vet_finishes_before_customs_releases(whole: bool) -> None:
    order = Order("vet-first", "before", first="veterinary", then="customs", whole=whole)
    given_ = world(consignment("a", "08:00", "customs", "veterinary"), order=(order,))
    for separate in (False, True):
        found = by_first_come(given_, separate)
        works = {one.agency: one for halt in found.halts for one in halt.work}
        vet, customs = works["veterinary"], works["customs"]
        assert vet.end <= (customs.start if whole or separate else customs.end)
        assert violations(given_, found) == []
    assert len(by_first_come(given_).halts) == 1


def test_customs_first_would_break_that_order() -> None:
    order = Order("vet-first", "before", first="veterinary", then="customs", whole=True)
    given_ = world(consignment("a", "08:00", "customs", "veterinary"), order=(order,))
    free = by_first_come(msgspec.structs.replace(given_, order=()))
    assert codes(list(violations(given_, free))) == {"PLAN-114"}


VET_FIRST = Order("vet-first", "before", first="veterinary", then="customs")


def test_who_may_only_finish_after_one_without_room_waits_for_the_next_day() -> None:
    """The vet has time for one: if it goes to steel, customs does not open the beef before her."""
    given_ = world(
        consignment("steel", "08:00", "veterinary"),
        consignment("beef", "08:00", "veterinary", "customs"),
        officers=(
            officer("v1", "veterinary", ("08:20", "08:40")),
            officer("c1", "customs", ("09:00", "12:00")),
        ),
        order=(VET_FIRST,),
    )
    found = by_first_come(given_)
    assert [halt.consignments for halt in found.halts] == [("steel",)]
    left = {(*one.consignments, *one.agencies): one.reason.code for one in found.unplanned}
    assert left == {("beef", "veterinary"): "PLAN-206", ("beef", "customs"): "PLAN-210"}
    assert violations(given_, found) == []
    better = plan_world(given_, Counted(), 1).joint
    assert [halt.consignments for halt in better.halts] == [("beef",), ("beef",)]


def test_who_may_only_finish_after_one_who_never_comes_waits_for_the_next_day() -> None:
    """No vet is on duty at all; plant health, who waits for nobody, goes on."""
    given_ = world(
        consignment("beef", "08:00", "veterinary", "customs", "plant"),
        officers=(
            officer("c1", "customs", ("08:00", "12:00")),
            officer("p1", "plant", ("08:00", "12:00")),
        ),
        order=(VET_FIRST,),
    )
    for separate in (False, True):
        found = by_first_come(given_, separate)
        assert [halt.agencies for halt in found.halts] == [("plant",)]
        left = {one.agencies[0]: one.reason.code for one in found.unplanned}
        assert left == {"veterinary": "PLAN-201", "customs": "PLAN-210"}
        assert violations(given_, found) == []


def test_what_waits_for_nobody_of_its_own_is_not_held_back() -> None:
    """On the same lorry, steel needs no vet: that there is none for the beef is not its matter."""
    given_ = world(
        consignment("beef", "08:00", "veterinary", movement="lorry"),
        consignment("steel", "08:00", "customs", movement="lorry"),
        officers=(officer("c1", "customs", ("08:00", "12:00")),),
        order=(VET_FIRST,),
    )
    found = by_first_come(given_, separate=True)
    assert [halt.consignments for halt in found.halts] == [("steel",)]


def test_finishing_before_one_who_has_no_place_would_break_that_order() -> None:
    given_ = world(
        consignment("beef", "08:00", "veterinary", "customs"),
        officers=(officer("c1", "customs", ("08:00", "12:00")),),
        order=(VET_FIRST,),
    )
    free = by_first_come(msgspec.structs.replace(given_, order=()))
    assert codes(list(violations(given_, free))) == {"PLAN-114"}
    assert violations(given_, free, 12 * 60) == []


def test_a_scan_of_its_own_keeps_a_lorry_from_its_next_halt() -> None:
    """What goes first is scanned after its first halt: nobody overtakes it meanwhile."""
    only = officer("c1", "customs", ("10:20", "12:20"), skills=("customs", "veterinary"))
    horses = (Examination("veterinary", 15), Examination("customs", 10))
    given_ = world(
        Consignment("horses", 645, horses, scan=30, cargo="live_animals", needs=("cold",)),
        Consignment("steel", 525, (Examination("veterinary", 40),)),
        officers=(only,),
        bays=(Place("dry"), Place("cold", offers=("cold",))),
        positioning=10,
        scan_first=False,
        order=(Order("animals", "goes_first", cargo=("live_animals",)),),
    )
    found = by_first_come(given_)
    assert [(halt.start, halt.scan_end) for halt in found.halts] == [
        (645, 700),
        (660, None),
        (700, None),
    ]
    assert violations(given_, found) == []


def test_live_animals_go_first() -> None:
    order = (Order("animals", "goes_first", cargo=("live_animals",)),)
    given_ = world(
        consignment("steel", "08:00", "customs"),
        consignment("horses", "08:05", "customs", cargo="live_animals"),
        order=order,
        bays=1,
    )
    found = by_first_come(given_)
    assert [halt.consignments for halt in found.halts] == [("horses",), ("steel",)]
    assert violations(given_, found) == []
    free = by_first_come(msgspec.structs.replace(given_, order=()))
    assert [halt.consignments for halt in free.halts] == [("steel",), ("horses",)]


def test_an_animal_that_is_overtaken_is_noticed() -> None:
    order = (Order("animals", "goes_first", cargo=("live_animals",)),)
    given_ = world(
        consignment("horses", "08:00", "customs", cargo="live_animals"),
        consignment("steel", "08:00", "customs"),
        order=order,
        bays=1,
    )
    turned = world(*reversed(given_.consignments), bays=1)
    assert codes(list(violations(given_, by_first_come(turned)))) == {"PLAN-115"}


def test_an_officer_on_call_comes_after_the_call_and_only_if_nobody_else_is_there() -> None:
    called = officer("vet-2", "veterinary", on_call=45)
    given_ = world(consignment("a", "08:00", "veterinary"), officers=(called,))
    (halt,) = by_first_come(given_).halts
    assert (halt.work[0].start, halt.waits_for) == (525, "veterinary")
    known = world(consignment("a", "08:00", "veterinary", known="07:00"), officers=(called,))
    assert by_first_come(known).halts[0].work[0].start == 500
    early = Timetable((earlier(halt, 25),))
    assert "PLAN-111" in codes(list(violations(given_, early)))
    there = officer("vet-1", "veterinary", ("06:00", "20:00"))
    both = world(consignment("a", "08:00", "veterinary"), officers=(called, there))
    assert by_first_come(both).halts[0].work[0].officer == "vet-1"


def test_one_lorry_with_two_consignments_makes_one_stop() -> None:
    """IC-01: four controls, one appointment, three stops avoided."""
    given_ = world(
        consignment("a", "08:00", "customs", "veterinary", movement="lorry"),
        consignment("b", "08:00", "customs", "veterinary", movement="lorry"),
    )
    found = plan_world(given_, Counted(), 1)
    assert (found.figures.stops, found.figures.openings) == (1, 2)
    assert (found.separate_figures.stops, found.separate_figures.openings) == (4, 4)
    assert (
        found.figures.officer_hours
        == found.separate_figures.officer_hours
        == pytest.approx(80 / 60, abs=0.01)
    )


@CALM
@given(worlds(most=4))
def test_no_order_of_turns_beats_the_proven_bound(given_: World) -> None:
    problem = compile_world(given_)
    if not problem.visits or len(problem.visits) > 5:
        return
    prices = [[0.5] * problem.horizon for _ in pools_of(problem)]
    bound = bound_of(problem, prices)
    for order in permutations(range(len(problem.visits))):
        cost = cost_of(problem, in_order(problem, order))
        assert cost.left or bound <= cost.weighted


@CALM
@given(worlds())
def test_the_search_tells_the_true_cost_of_its_best(given_: World) -> None:
    problem = compile_world(given_)
    order, slots = first_come(problem)
    limit = cost_of(problem, slots)
    search = Search(problem, order, limit, Board(problem))
    search.run(Counted().more(1))
    value, best, found = search.best
    assert in_order(problem, best) == found
    cost = cost_of(problem, found)
    if cost.longest <= limit.longest and cost.longest_wait <= limit.longest_wait:
        assert cost.left or value == cost.weighted
    else:
        assert value > cost.weighted
