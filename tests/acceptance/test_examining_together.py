"""Acceptance tests of joint examination, rosters and equipment, named after capabilities."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pyarrow as pa

from gatepost.adapters.planning.clock import Clock
from gatepost.authority.clause import Delegation
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import Competence
from gatepost.authority.resources import Facility, Shift
from gatepost.authority.scope import Scope
from gatepost.casework.acting_jointly import actions
from gatepost.casework.planning.equipment import utilisation
from gatepost.casework.planning.keeping import DayAct, act_on_day
from gatepost.casework.planning.responses import responses
from gatepost.casework.planning.world import post_day
from gatepost.casework.shorthand import Person
from gatepost.casework.work import Work
from gatepost.control.placing import Placing
from gatepost.control.schedule.plan import queued
from gatepost.control.schedule.standing import StandingOrder
from gatepost.control.schedule.timetable import Halt, Timetable
from gatepost.kernel.validity import Validity
from gatepost.requirement.model import Asks, ObligatoryControl
from gatepost.risk.model import Proposed
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.log import make_raw
from tests.office import NOON, Office
from tests.small_country import (
    ALWAYS,
    LAW,
    concluded,
    declaration,
    goods,
    indicator,
    mandate,
    parts,
    requirement,
)
from tests.unit.casework.test_acting_jointly import HOUR, begun, do, only
from tests.unit.casework.test_equipment import book
from tests.unit.casework.test_keeping_a_day import halts, keep
from tests.unit.casework.test_post_day import TODAY, dear_roses, office, staffed, with_bay

MINUTE = timedelta(minutes=1)
BREAK = Shift(ALWAYS, {"daily": ("06:00-16:00", "18:00-22:00")})


def planned(at: Office, day: date = TODAY) -> Timetable:
    """Return the day of the gate by who comes first."""
    return queued(post_day(Work(at.desk, NOON), "gate", day).world)


def away(**changes: Any) -> Office:
    """Return an office whose plant inspector is away from 16:00 to 18:00; roses come at 16:00."""
    plant = staffed("plant")
    first = msgspec.structs.replace(plant.officers[0], shifts=(BREAK,))
    plant = msgspec.structs.replace(plant, officers=(first, *plant.officers[1:]))
    at = office(resources=[with_bay(staffed("customs")), plant], **changes)
    at.lodge(dear_roses())
    return at


def works(halt: Halt) -> dict[str, int]:
    return {one.agency: one.start for one in halt.work}


def test_IC_02_an_absent_officer_moves_the_slot_for_both_agencies() -> None:
    (halt,) = planned(away()).halts
    assert works(halt) == {"customs": 18 * 60, "plant": 18 * 60}
    assert halt.waits_for == "plant"


def test_IC_02_a_stop_is_split_only_with_a_reason() -> None:
    order = StandingOrder(*("SO-1", {"en": "t"}, "joint_within", LAW, ALWAYS), minutes=60)
    plan = planned(away(standing_order=[order]))
    assert sorted(works(halt).popitem() for halt in plan.halts) == [
        ("customs", 16 * 60 + 20),
        ("plant", 18 * 60),
    ]
    (split,) = plan.splits
    assert (split.groups, split.reason.code) == ((("customs",), ("plant",)), "PLAN-205")


def test_IC_02_live_animals_go_before_goods_that_came_earlier() -> None:
    order = StandingOrder(
        *("SO-1", {"en": "t"}, "goes_first", LAW, ALWAYS),
        cargo="live_animals",
        rank=1,
        commodity=("01",),
    )
    examined = ObligatoryControl("examination", "health")
    rules = [requirement("VET-REQ-2", "vet", Asks("declaration"), "01", "02", control=examined)]
    for orders, first in (([order], "01012100"), ([], "02023000")):
        at = office(
            requirement=rules,
            standing_order=orders,
            mandate=[mandate("vet")],
            indicator=[],
            resources=[with_bay(staffed("vet"))],
        )
        for code, arrival in (("02023000", "16:10"), ("01012100", "16:20")):
            fields = {"reference": code, "journey": code, "arrival": f"2026-07-02T{arrival}"}
            at.lodge(declaration(goods(code), **fields))
        begun = at.case(planned(at).halts[0].consignments[0]).known
        assert begun.functional_reference == first


def test_IC_04_response_times_are_reported_and_past_the_limit_the_region_is_told() -> None:
    plant = staffed("plant")
    called = Shift(ALWAYS, {"daily": ("06:00-22:00",)}, on_call="30min")
    first = msgspec.structs.replace(plant.officers[0], shifts=(called,))
    plant = msgspec.structs.replace(plant, officers=(first, *plant.officers[1:]))
    at = office(resources=[with_bay(staffed("customs")), plant])
    reference = at.lodge(dear_roses())
    at.done("summon", reference, "customs.one", agency="plant")
    assert (
        "control:summons:escalated"
        not in at.done("tick", reference, at=NOON + 30 * MINUTE).happened
    )
    told = at.done("tick", reference, at=NOON + 31 * MINUTE)
    assert told.happened == ("control:summons:escalated",)
    assert at.desk.ledger.read(f"case/{reference}")[-1].event.body.unit == "plant-regional"  # type: ignore[attr-defined]
    at.done("attend", reference, "plant.one", NOON + 40 * MINUTE)
    (found,) = responses(Work(at.desk, NOON + 60 * MINUTE), "gate", TODAY, TODAY)
    assert (found.post, found.agency, found.median, found.late) == ("gate", "plant", 40, 1)


def test_IC_05_the_result_of_a_sample_counts_only_with_an_unbroken_chain() -> None:
    risk = indicator("PLANT-RISK-1", "plant", "true", "sample")
    at = office(indicator=[risk])
    reference = at.lodge(declaration(goods(documents=("N851 PC-1",))))
    at.done("arrive", reference)
    at.done("sample", reference, "plant.one", laboratory="Laboratory", seal="S-1")
    at.done("pass_on", reference, "plant.one", to="courier")
    assert at.refusal("find", reference, "plant.one", result="conform") == ("CONTROL-010",)
    at.done("pass_on", reference, "plant.one", to="Laboratory", intact=False)
    assert at.refusal("find", reference, "plant.one", result="conform") == ("CONTROL-009",)
    at.done("sample", reference, "plant.one", laboratory="Laboratory", seal="S-2")
    at.done("find", reference, "plant.one", result="conform")
    assert at.case(reference).status == "released"


def test_IC_06_what_is_examined_inland_is_in_no_plan_of_the_post_and_keeps_nobody_there() -> None:
    """The place comes with the requirement or indicator behind the control."""
    for place, stops, status in (("border", 1, "waiting"), ("inland", 0, "released")):
        risk = indicator("PLANT-RISK-1", "plant", "true")
        proposed = Proposed("examination", "goods", place)  # type: ignore[arg-type]
        at = office(indicator=[msgspec.structs.replace(risk, control=proposed)])
        reference = at.lodge(
            declaration(goods(documents=("N851 PC-1",)), arrival="2026-07-02T16:00")
        )
        assert len(planned(at).halts) == stops
        at.act(
            "decide",
            reference,
            "plant.one",
            decision="clear_conditional",
            reason="examined where it is unloaded",
            condition="examined at the warehouse",
            due=NOON + timedelta(days=2),
        )
        assert at.case(reference).status == status


def test_IC_06_goods_go_on_under_seal_and_the_stay_at_the_border_leaves_the_time_inland_out() -> (
    None
):
    yard = Placing(
        *("PLC-1", {"en": "Roses are opened at the yard."}, "plant", LAW, ALWAYS, "inland"),
        site="yard",
        under_seal=True,
    )
    risk = indicator("PLANT-RISK-1", "plant", "true", "examination")
    at = office(indicator=[risk], placing=[yard], requirement=parts()["requirement"][:1])
    reference = at.lodge(declaration(goods(documents=("N851 PC-1",))))
    assert at.case(reference).status == "waiting"
    at.done("arrive", reference)
    at.done("send_on", reference, "plant.one", NOON + MINUTE * 20, seal="S-1")
    assert at.refusal("examine", reference, "plant.one", NOON + HOUR) == ("CONTROL-030",)
    at.done("present", reference, at=NOON + HOUR * 2, seal="S-1")
    at.done("examine", reference, "plant.one", NOON + HOUR * 3, result="conform")
    assert at.case(reference).status == "released"
    at.done("remove", reference, at=NOON + HOUR * 4)
    frame = told(at, reference)
    assert frame == {"left_post": NOON + MINUTE * 20, "removal": NOON + HOUR * 4}


def told(at: Office, reference: str) -> dict[str, datetime]:
    """Return when a study of times reads that the goods left the post and were removed."""
    log = [
        {
            "ref": reference,
            "name": one.event.body.name(),
            "happened": one.event.at.isoformat(),
            "agency": one.event.agency,
            "source": one.event.source,
            "body": msgspec.json.encode(one.event.body).decode(),
        }
        for one in at.desk.ledger.read(f"case/{reference}")
    ]
    columns = Columns({"log": pa.Table.from_pylist(log)}, threads=1)
    make_raw(columns)
    rows = columns.rows("select event, time from raw where event in ('left_post', 'removal')")
    return {event: datetime.fromisoformat(moment) for event, moment in rows}


def test_IC_07_a_traveller_has_one_stop_for_all_agencies_interests() -> None:
    names = ("customs", "plant")
    agreement = parts()["agreement"][0]
    clause = msgspec.structs.replace(agreement.clauses[0], scope=Scope(people=True))
    together = msgspec.structs.replace(agreement, clauses=(clause,))
    risks = [
        msgspec.structs.replace(
            indicator(f"{n.upper()}-RISK-1", n, "true", "interview"), level="traveller"
        )
        for n in names
    ]
    room = Facility("room", "interview_room", "gate")
    times = staffed("plant").times
    interview = tuple(msgspec.structs.replace(one, kind="interview") for one in times[:1])
    resources = [
        msgspec.structs.replace(
            staffed(n), times=interview, facilities=(room,) if n == "plant" else ()
        )
        for n in names
    ]
    people = [mandate(n, scope=Scope(people=True)) for n in names]
    common: dict[str, Any] = {"indicator": risks, "mandate": people, "resources": resources}
    for agreements, stops in (([together], 1), ([], 2)):
        at = office(agreement=agreements, **common)
        coach = declaration(arrival="2026-07-02T16:00")
        coach = msgspec.structs.replace(coach, items=(), travellers=(Person(nationality="XB"),))
        at.lodge(coach)
        found = planned(at).halts
        assert len(found) == stops
        assert {halt.bay for halt in found} == {"room"}


def test_RP_03_no_delegated_task_is_rostered_to_an_untrained_officer() -> None:
    """The day the training ends the customs officer is in the plan for plants, the next not."""
    clause = Delegation(
        *("AGR-2/1", {"en": "for us"}, Scope()),
        of="plant",
        by="customs",
        powers=("examine",),
        competence=("plants",),
    )
    pair = ("customs", "plant")
    agreement = Agreement(
        "AGR-2", {"en": "d"}, "agreement", pair, LAW, ALWAYS, (clause,), concluded(pair)
    )
    trained = (Competence("plants", Validity(date(2020, 1, 1), TODAY)),)
    customs = with_bay(staffed("customs", competences=trained))
    at = office(
        resources=[customs, msgspec.structs.replace(staffed("plant"), officers=())],
        agreement=[agreement],
    )
    for day in (TODAY, TODAY + timedelta(days=1)):
        short = declaration(
            goods(documents=("N851 PC-1",)), arrival=f"{day}T16:00", reference=f"{day}"
        )
        at.lodge(msgspec.structs.replace(short, journey=f"{day}"))
    assert [work.officer for halt in planned(at).halts for work in halt.work] == ["customs.one"]
    tomorrow = planned(at, TODAY + timedelta(days=1))
    assert (tomorrow.halts, [one.reason.code for one in tomorrow.unplanned]) == ((), ["PLAN-201"])


def test_RP_04_equipment_is_booked_once_and_used_by_agency_and_country() -> None:
    scanner = Facility("scanner", "scanner", "gate")
    customs = msgspec.structs.replace(staffed("customs"), facilities=(scanner,))
    at = office(resources=[customs, staffed("plant")])
    assert book(at, 1, 3) == []
    assert book(at, 2, 4, by="plant.one") == ["PLAN-402"]
    assert book(at, 3, 4, by="plant.one") == []
    use = utilisation(Work(at.desk, NOON), "gate", TODAY)
    assert [(one.agency, one.country, one.hours) for one in use] == [
        ("customs", "XA", 2.0),
        ("plant", "XA", 1.0),
    ]


def test_IC_01_a_plan_once_kept_is_what_everybody_sees_until_somebody_changes_it() -> None:
    at = office()
    at.lodge(dear_roses())
    keep(at)
    before = halts(at)
    at.lodge(dear_roses("J-2", reference="R-2", arrival="2026-07-02T15:00"))
    assert halts(at) == before
    act = DayAct("later", "adopt", "gate", TODAY, NOON + MINUTE, "customs.one")
    assert act_on_day(at.desk, act, NOON + MINUTE, Clock(), 0.01).status == "done"
    assert len(halts(at)) == 2


def test_RP_06_a_joint_action_is_reported_with_its_effect_and_used_again() -> None:
    at = Office()
    begun(at)
    do(at, "stop", at=NOON + 4 * HOUR, result="Half the wait.")
    effect = only(at).effect
    assert effect is not None
    assert (effect.before, effect.during) == (120.0, 60.0)
    nothing: dict[str, Any] = {
        "title": "",
        "post": "",
        "trigger": "",
        "agencies": [],
        "measures": [],
    }
    later = NOON + 5 * HOUR
    do(at, "propose", at=later, action="A-2", like="A-1", **nothing, until=later + HOUR)
    assert actions(at.desk)[1].measures == actions(at.desk)[0].measures
