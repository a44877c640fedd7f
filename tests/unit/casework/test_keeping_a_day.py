"""The plan of a day is kept: adopted, planned again, moved; who may, and who sees what of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.adapters.planning.clock import Clock
from gatepost.casework.answers import ActAnswer
from gatepost.casework.planning.board import DayBoard, day_board
from gatepost.casework.planning.keeping import DayAct, act_on_day, kept_day
from gatepost.casework.rebuilding import rebuild
from gatepost.control.schedule.timetable import Halt
from gatepost.kernel.actor import OPERATOR
from tests.office import HOUR, NOON, Office
from tests.unit.casework.test_post_day import TODAY, dear_roses, office, staffed, with_bay


def keep(
    at: Office, by: str | None = "customs.one", moment: datetime = NOON, **fields: Any
) -> ActAnswer:
    """Do an act on the day's plan at the moment it is dated."""
    given = {"id": f"k{at.count}", "act": "adopt", "post": "gate", "day": TODAY, **fields}
    at.count += 1
    act = msgspec.convert({**given, "at": moment, "by": by}, DayAct)
    return act_on_day(at.desk, act, max(moment, NOON), Clock(), 0.01)


def halts(at: Office) -> tuple[Halt, ...]:
    return kept_day(at.desk, "gate", TODAY).plan.halts


def codes(answer: ActAnswer) -> list[str]:
    return [notice.code for notice in answer.notices]


def look(at: Office, by: str | None = None, moment: datetime = NOON) -> DayBoard:
    actor = at.desk.actor(by) if by else OPERATOR
    return day_board(at.desk, "gate", TODAY, actor, moment)


@pytest.fixture
def at() -> Office:
    """Return an office where two lorries of roses are expected at 16:00 and 16:30; one bay."""
    found = office()
    found.lodge(dear_roses("J-1"))
    found.lodge(dear_roses("J-2", arrival="2026-07-02T16:30", reference="R-2"))
    return found


def test_a_plan_is_kept_and_read_again(at: Office) -> None:
    assert keep(at).happened == ("control:timetable:adopted",)
    kept = kept_day(at.desk, "gate", TODAY)
    assert (kept.version, kept.by, kept.at) == (1, "customs.one", NOON)
    assert [(halt.start, halt.end, halt.bay) for halt in kept.plan.halts] == [
        (960, 1010, "bay"),
        (1010, 1060, "bay"),
    ]
    (event,) = at.desk.ledger.read(f"day/gate|{TODAY}")
    assert (event.event.agency, event.event.rule) == ("customs", "CUSTOMS-MAN-1")


def test_the_same_act_twice_happens_once_and_other_content_is_refused(at: Office) -> None:
    first = keep(at, id="same")
    assert (keep(at, id="same").happened, keep(at, id="same").status) == (first.happened, "done")
    assert codes(keep(at, id="same", late={})) == []
    assert codes(keep(at, id="same", by="plant.one")) == ["LODGE-304"]
    assert kept_day(at.desk, "gate", TODAY).version == 1


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("operator", "AUTH-011"),
        (None, "AUTH-011"),
        ("XA0001", "AUTH-011"),
        ("vet.one", "PLAN-303"),
    ],
    ids=["operator", "nobody", "trader", "agency_not_concerned"],
)
def test_only_who_examines_there_keeps_the_plan(at: Office, by: str | None, code: str) -> None:
    assert codes(keep(at, by)) == [code]
    assert kept_day(at.desk, "gate", TODAY).version == 0


def test_an_officer_whom_authority_refuses_keeps_nothing() -> None:
    desk = staffed("customs", powers=("read", "decide"))
    found = office(resources=[with_bay(desk), staffed("plant")])
    found.lodge(dear_roses())
    assert codes(keep(found)) == ["PLAN-303"]


def test_who_is_late_is_planned_again_and_nobody_else_is_moved(at: Office) -> None:
    keep(at)
    first, second = halts(at)
    reference = first.consignments[0]
    keep(at, moment=NOON + HOUR, late={reference: 90})
    moved_first, moved_late = halts(at)
    assert (moved_first.consignments, moved_first.start) == (second.consignments, second.start)
    assert (moved_late.consignments, moved_late.start) == ((reference,), 1060)
    assert kept_day(at.desk, "gate", TODAY).late == {reference: 90}


def test_what_has_begun_stays_when_the_rest_is_planned_anew(at: Office) -> None:
    keep(at)
    before = halts(at)
    at.lodge(dear_roses("J-3", arrival="2026-07-02T16:00", reference="R-3"))
    answer = keep(at, moment=NOON + timedelta(hours=2, minutes=20))
    assert answer.status == "done", answer.notices
    after = halts(at)
    assert after[0].consignments == before[0].consignments
    assert (after[0].start, len(after)) == (960, 3)


def test_a_stop_moves_for_all_agencies_at_once(at: Office) -> None:
    keep(at)
    slot = halts(at)[1]
    done = keep(at, act="move", slot=slot.id, start="18:00", reason="the driver rests")
    assert done.happened == ("control:slot:moved",)
    now = halts(at)[1]
    assert [(work.agency, work.start) for work in now.work] == [("customs", 1100), ("plant", 1100)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"slot": "halt-9", "start": "18:00"}, ["PLAN-305"]),
        (
            {"slot": "halt-9", "start": "soon", "place": "stable"},
            ["PLAN-305", "PLAN-001", "PLAN-117"],
        ),
        ({"slot": "halt-2", "start": "16:20"}, ["PLAN-104", "PLAN-105", "PLAN-108", "PLAN-108"]),
        ({"slot": "halt-2", "start": "13:00"}, ["PLAN-307"]),
        ({"slot": "halt-2", "start": "21:40"}, ["PLAN-109", "PLAN-109"]),
        ({"slot": "halt-2", "start": "18:00", "version": 7}, ["PLAN-304"]),
        ({"slot": "halt-2", "start": "18:00", "by": "vet.one"}, ["PLAN-303"]),
    ],
    ids=[
        "no_stop",
        "all_at_once",
        "taken",
        "past",
        "shift_ends",
        "changed_meanwhile",
        "not_its_stop",
    ],
)
def test_a_move_that_may_not_be_is_refused_by_its_rule(
    at: Office, fields: dict[str, Any], expected: list[str]
) -> None:
    keep(at)
    before = halts(at)
    given = {"by": "customs.one", **fields}
    assert sorted(codes(keep(at, act="move", **given))) == sorted(expected)
    assert halts(at) == before


def test_what_has_begun_is_not_moved(at: Office) -> None:
    keep(at)
    late = NOON + timedelta(hours=2, minutes=10)
    assert codes(keep(at, act="move", slot="halt-1", start="18:00", moment=late)) == ["PLAN-306"]


def test_a_day_that_is_over_is_not_planned_any_more(at: Office) -> None:
    assert codes(keep(at, moment=NOON + timedelta(days=2))) == ["PLAN-308"]


def test_a_plan_of_tomorrow_is_not_dated_ahead(at: Office) -> None:
    act = DayAct("x", "adopt", "gate", TODAY, NOON + HOUR, "customs.one")
    assert codes(act_on_day(at.desk, act, NOON, Clock(), 0.01)) == ["LODGE-305"]


def test_rows_made_again_from_the_log_are_the_same(at: Office) -> None:
    keep(at)
    keep(at, act="move", slot="halt-2", start="18:00")
    before = kept_day(at.desk, "gate", TODAY)
    rebuild(at.desk, lambda count: None)
    assert kept_day(at.desk, "gate", TODAY) == before
    assert before.version == 2


def test_the_board_has_a_row_for_each_place_and_officer(at: Office) -> None:
    keep(at)
    board = look(at)
    assert [(row.kind, row.id, row.agency) for row in board.rows] == [
        ("place", "bay", "customs"),
        ("officer", "customs.one", "customs"),
        ("officer", "plant.one", "plant"),
    ]
    assert [(block.slot, block.start) for block in board.rows[0].blocks] == [
        ("halt-1", 960),
        ("halt-2", 1010),
    ]
    assert board.rows[0].open == ((0, 2880),)
    assert (board.version, board.by, board.waiting) == (1, "customs.one", 0)
    first = board.slots[0]
    assert first.why == {"customs": ("CUSTOMS-RISK-1",), "plant": ("PLANT-RISK-1",)}
    assert (first.clauses, first.officers["plant"]) == (("AGR-1/1",), "plant.one")
    assert [slot.begun for slot in look(at, moment=NOON + 2.5 * HOUR).slots] == [True, False]


def test_others_see_that_an_agency_looks_and_not_why(at: Office) -> None:
    keep(at)
    board = look(at, "plant.one")
    assert board.slots[0].references[0] is not None
    assert board.slots[0].why == {"plant": ("PLANT-RISK-1",)}
    stranger = look(at, "vet.one").slots[0]
    assert (stranger.references, stranger.why) == ((None,), {})
    assert (stranger.agencies, stranger.start) == (("customs", "plant"), 960)


def test_a_reason_names_no_consignment_that_is_not_shown() -> None:
    found = office()
    reference = found.lodge(dear_roses(arrival=None))
    (open_,) = look(found).unplanned
    (masked,) = look(found, "vet.one").unplanned
    assert open_.consignments == (reference,)
    assert masked.consignments == ("(not shown)",)
    assert reference not in str(masked.reason.values)


def test_what_was_lodged_since_waits_to_be_planned(at: Office) -> None:
    keep(at)
    at.lodge(dear_roses("J-3", reference="R-3"))
    assert look(at).waiting == 1
    assert look(Office(**{"resources": []})).version == 0


def test_a_day_nobody_planned_has_no_stops(at: Office) -> None:
    board = look(at)
    assert (board.version, board.slots, board.waiting) == (0, (), 2)
