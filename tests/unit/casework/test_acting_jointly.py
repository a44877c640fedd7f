"""Joint actions: proposed, joined, begun, stopped with their effect, and used again (RP-06)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.casework.acting_jointly import JointAct, act_jointly, actions
from gatepost.casework.answers import ActAnswer
from gatepost.casework.rebuilding import rebuild
from gatepost.cooperation.action import JointAction
from gatepost.cooperation.action_events import Effect
from tests.office import NOON, ROSES, STEEL, Office
from tests.small_country import goods

HOUR = timedelta(hours=1)
PROPOSED: dict[str, Any] = {
    "act": "propose",
    "title": "Roses before the holiday",
    "post": "gate",
    "trigger": "forty lorries with flowers are announced for one morning",
    "agencies": ["customs", "plant"],
    "measures": ["customs: two more officers from 04:00", "plant: the inspector comes at 05:00"],
    "until": NOON + 6 * HOUR,
}


def do(
    office: Office, act: str, by: str = "customs.one", at: datetime = NOON, **fields: Any
) -> ActAnswer:
    office.count += 1
    start = PROPOSED if act == "propose" else {}
    given = {"id": f"j{office.count}", "action": "A-1", **start, "act": act, "at": at, **fields}
    return act_jointly(office.desk, msgspec.convert(given, JointAct), max(at, NOON + 9 * HOUR), by)


def codes(answer: ActAnswer) -> list[str]:
    return [notice.code for notice in answer.notices]


def only(office: Office) -> JointAction:
    (found,) = actions(office.desk)
    return found


def test_it_begins_when_every_agency_takes_part() -> None:
    office = Office()
    proposed = do(office, "propose")
    assert proposed.happened == (
        "cooperation:joint_action:proposed",
        "cooperation:joint_action:joined",
    )
    assert (only(office).state, only(office).joined) == ("proposed", ("customs",))
    joined = do(office, "join", "plant.one", NOON + HOUR)
    assert joined.happened == ("cooperation:joint_action:joined", "cooperation:joint_action:begun")
    assert (only(office).state, only(office).begun_at) == ("under way", NOON + HOUR)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "", "measures": []}, ["COOP-101", "COOP-101"]),
        ({"agencies": ["customs"]}, ["COOP-107"]),
        ({"agencies": ["customs", "coastguard"]}, ["COOP-106"]),
        ({"until": NOON}, ["COOP-105"]),
        ({"by": "vet.one"}, ["COOP-104"]),
        ({"by": "operator"}, ["COOP-104"]),
        ({"by": "XA0001"}, ["COOP-104"]),
        ({"like": "A-0"}, ["COOP-103"]),
    ],
)
def test_what_cannot_be_proposed(fields: dict[str, Any], expected: list[str]) -> None:
    office = Office()
    assert codes(do(office, "propose", **fields)) == expected
    assert actions(office.desk) == []


def test_only_those_named_join_and_only_once() -> None:
    office = Office()
    assert codes(do(office, "join", "plant.one")) == ["COOP-103"]
    do(office, "propose")
    assert codes(do(office, "propose")) == ["COOP-102"]
    assert codes(do(office, "join", "vet.one")) == ["COOP-104"]
    assert codes(do(office, "join", "customs.two")) == ["COOP-108"]
    assert codes(do(office, "stop", result="none")) == ["COOP-109"]


def begun(office: Office) -> None:
    """Let roses be examined in two hours before an action and in one while it lasts."""
    for name, arrives, released in (("A", -2, 0), ("B", -1, 1), ("C", 2, 3)):
        short = msgspec.structs.replace(ROSES, reference=name, journey=name, means=name)
        reference = office.lodge(short, NOON - 12 * HOUR)
        office.done("arrive", reference, at=NOON + arrives * HOUR)
        office.done("examine", reference, "plant.one", NOON + released * HOUR, result="conform")
    do(office, "propose", at=NOON)
    do(office, "join", "plant.one", NOON + HOUR)


def test_what_it_changed_is_reckoned_from_the_cases() -> None:
    office = Office()
    begun(office)
    waits = office.lodge(msgspec.structs.replace(ROSES, reference="D", journey="D", means="D"))
    office.done("arrive", waits, at=NOON + 3 * HOUR)
    assert codes(do(office, "stop", at=NOON + 4 * HOUR)) == ["COOP-111"]
    do(office, "stop", at=NOON + 4 * HOUR, result="Half the wait.")
    found = only(office)
    assert (found.state, found.result) == ("over", "Half the wait.")
    assert found.effect == Effect(120.0, 60.0, 2, 1, 1)
    assert codes(do(office, "stop", at=NOON + 5 * HOUR, result="x")) == ["COOP-109"]
    assert codes(do(office, "join", "plant.one")) == ["COOP-110"]


def test_nobody_released_has_no_mean() -> None:
    office = Office()
    do(office, "propose")
    do(office, "join", "plant.one")
    do(office, "stop", at=NOON + HOUR, result="Nothing came.")
    assert only(office).effect == Effect(None, None, 0, 0, 0)


def test_an_action_that_is_over_is_the_playbook_of_the_next() -> None:
    office = Office()
    begun(office)
    do(office, "stop", at=NOON + 4 * HOUR, result="Half the wait.")
    nothing: dict[str, Any] = {
        "title": "",
        "post": "",
        "trigger": "",
        "agencies": [],
        "measures": [],
    }
    later = NOON + 5 * HOUR
    again = do(office, "propose", at=later, action="A-2", like="A-1", **nothing, until=later + HOUR)
    assert again.status == "done", again.notices
    _, second = actions(office.desk, "gate")
    assert (second.like, second.measures) == ("A-1", tuple(PROPOSED["measures"]))
    assert (second.state, second.effect) == ("proposed", None)
    assert actions(office.desk, "river") == []


def test_rows_can_be_made_again_from_the_log() -> None:
    office = Office()
    begun(office)
    do(office, "stop", at=NOON + 4 * HOUR, result="Half the wait.")
    before = actions(office.desk)
    rebuild(office.desk, lambda count: None)
    assert actions(office.desk) == before


def test_an_action_gives_nobody_a_power() -> None:
    """Whoever acts in it is asked of authority as always."""
    office = Office()
    begun(office)
    steel = msgspec.structs.replace(STEEL, items=(goods("72083900", value="2000"),), reference="S")
    reference = office.lodge(steel)
    office.done("arrive", reference)
    assert office.refusal("examine", reference, "plant.one", agency="customs")
