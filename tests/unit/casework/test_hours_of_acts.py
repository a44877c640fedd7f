"""Where the law ties an act to opening hours, it waits for them, and is told where to go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.calendar import Calendar, Service
from gatepost.authority.model import BorderPost, Position
from tests.office import ROSES, Office
from tests.small_country import ALWAYS, LAW, mandate, parts

THURSDAY = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def service(hours: str = "06:00-20:00", **changes: Any) -> Service:
    fields: dict[str, Any] = {"agency": "plant", **changes}
    return Service("plants", "XA", {"mon-fri": (hours,)}, ALWAYS, **fields)


def calendar(post: str, *services: Service) -> Calendar:
    return Calendar(f"{post}-hours", {"en": "h"}, LAW, services, post, "UTC")


def office(*calendars: Calendar, **changes: Any) -> Office:
    gate: BorderPost
    (gate, *others) = parts()["post"]
    north = msgspec.structs.replace(gate, position=Position(52.4, 14.6))
    port = msgspec.structs.replace(
        others[0] if others else gate,
        id="port",
        offices=("XA000301",),
        position=Position(53.5, 14.6),
    )
    plant = mandate("plant", **{"in_hours": ("examine", "sample"), **changes})
    return Office(
        post=[north, port],
        calendar=list(calendars),
        mandate=[mandate("customs"), plant, mandate("vet")],
    )


def arrived(at: Office) -> str:
    reference = at.lodge(ROSES)
    at.done("arrive", reference)
    return reference


NIGHT = THURSDAY + timedelta(hours=9)
"""Thursday, 21:00 by the clock of the calendar, 23:00 by that of the country."""


def test_a_shut_service_refuses_and_says_when_and_where() -> None:
    at = office(calendar("gate", service()), calendar("port", service("06:00-23:00")))
    reference = arrived(at)
    answer = at.act("examine", reference, "plant.one", NIGHT, result="conform")
    (notice,) = answer.notices
    assert notice.code == "AUTH-048"
    assert notice.values["mandate"] == "PLANT-MAN-1"
    assert notice.values["act"] == "examine"
    assert notice.values["at"] == "Thu 23:00"
    assert notice.values["opens"] == "Fri 2026-07-03 08:00"
    assert notice.values["nearest"] == "Open now: port, 122 km away."
    at.done("examine", reference, "plant.one", NIGHT + timedelta(hours=9), result="conform")


def test_the_moment_of_the_act_counts_and_not_that_of_its_recording() -> None:
    at = office(calendar("gate", service()))
    reference = arrived(at)
    act = at.act("examine", reference, "plant.one", THURSDAY + timedelta(hours=1), result="conform")
    assert act.status == "done"


@pytest.mark.parametrize(
    "services",
    [
        (),
        (service(agency="customs"),),
        (service(commodity=("02",)),),
        (service(formalities=("aldermark:export",)),),
    ],
)
def test_hours_that_nobody_states_shut_nothing(services: tuple[Service, ...]) -> None:
    at = office(calendar("gate", *services))
    at.done("examine", arrived(at), "plant.one", NIGHT, result="conform")


@pytest.mark.parametrize("commodity", [(), ("06",)])
def test_the_service_for_the_goods_counts(commodity: tuple[str, ...]) -> None:
    at = office(calendar("gate", service(commodity=commodity)))
    assert at.refusal("examine", arrived(at), "plant.one", NIGHT, result="conform") == ("AUTH-048",)


def test_an_act_the_law_does_not_tie_is_done_at_any_hour() -> None:
    at = office(calendar("gate", service()), in_hours=("sample",))
    at.done("examine", arrived(at), "plant.one", NIGHT, result="conform")


def test_a_service_that_opens_in_no_two_weeks_says_so() -> None:
    closed = msgspec.structs.replace(service(), hours={"mon-fri": ()})
    at = office(calendar("gate", closed))
    answer = at.act("examine", arrived(at), "plant.one", NIGHT, result="conform")
    (notice,) = answer.notices
    assert notice.values["opens"] == "in no two weeks"
    assert notice.values["nearest"] == "No other post has it open now."


def test_an_examination_with_its_result_is_asked_for_both_acts() -> None:
    at = office(calendar("gate", service()), in_hours=("find",))
    reference = arrived(at)
    at.done("examine", reference, "plant.one", NIGHT)
    assert at.refusal("find", reference, "plant.one", NIGHT, result="conform") == ("AUTH-048",)
    other = arrived(again := office(calendar("gate", service()), in_hours=("find",)))
    answer = again.act("examine", other, "plant.one", NIGHT, result="conform")
    (notice,) = answer.notices
    assert (notice.code, notice.values["act"]) == ("AUTH-048", "find")


def test_in_a_joint_examination_each_agency_is_asked_for_its_hours() -> None:
    at = office(calendar("gate", service()))
    reference = arrived(at)
    joint = {"result": "conform", "with": ["plant"]}
    answer = at.act("examine", reference, "customs.one", NIGHT, **joint)
    (notice,) = answer.notices
    assert (notice.code, notice.values["agency"]) == ("AUTH-048", "plant")
    at.done("examine", reference, "customs.one", NIGHT + timedelta(hours=9), **joint)
