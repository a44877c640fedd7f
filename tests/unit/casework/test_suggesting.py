"""A long forecast wait suggests a joint action, and starts none."""

from __future__ import annotations

import pytest

from gatepost.casework.acting_jointly import actions
from gatepost.casework.planning.suggesting import suggested
from gatepost.casework.planning.world import post_day
from gatepost.casework.work import Work
from gatepost.control.schedule.plan import queued
from gatepost.control.schedule.standing import StandingOrder
from tests.office import NOON
from tests.small_country import ALWAYS, LAW
from tests.unit.casework.test_post_day import TODAY, dear_roses, office, staffed, with_bay


@pytest.mark.parametrize(("minutes", "told"), [(None, False), (0, True), (1000, False)])
def test_a_wait_past_the_limit_is_told_with_the_plan(minutes: int | None, told: bool) -> None:
    order = StandingOrder(*("SO-1", {"en": "t"}, "act_jointly", LAW, ALWAYS), minutes=minutes)
    orders = [order] if minutes is not None else []
    at = office(resources=[with_bay(staffed("customs")), staffed("plant")], standing_order=orders)
    for number in range(3):
        at.lodge(dear_roses(), reference=f"F-{number}", journey=f"J-{number}")
    day = post_day(Work(at.desk, NOON), "gate", TODAY)
    found = suggested(day, queued(day.world))
    assert (found is not None) == told
    if found is not None:
        assert found.code == "PLAN-320"
        assert (found.values["order"], found.values["post"]) == ("SO-1", "gate")
        assert int(str(found.values["minutes"])) > 0
    assert actions(at.desk, "gate") == []
