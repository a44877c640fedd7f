"""The coordinator's page: the plan of a post's day, delays, and moving a stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client

from gatepost.casework.planning.keeping import kept_day
from gatepost.web.coordinator.drawn import clock, picture
from gatepost.web.site import Site
from tests.unit.web.conftest import MORNING, ROSES, lodged

AsRole = Callable[[str], Client]
DAY = MORNING.date()
PAGE = f"/coordinator/north_gate/{DAY.isoformat()}"


@pytest.fixture
def roses(here: Site) -> str:
    """Return a case that plant health examines at North Gate in the early afternoon."""
    item = msgspec.structs.replace(ROSES.items[0], documents=("N851 PC-1", "N380 INV-1"))
    return lodged(here, items=(item,), arrival="2026-07-03T11:00")


def planned(client: Client) -> Any:
    """Adopt a plan and return the page."""
    version = client.get(PAGE).context["board"].version
    answer = client.post(PAGE, {"do": "adopt", "id": f"adopt-{version}", "version": version})
    assert answer.status_code == 302, answer.content.decode()
    return client.get(PAGE)


@pytest.fixture
def head(as_role: AsRole) -> Client:
    """Log in as a coordinator of plant health, who may examine roses."""
    from gatepost.adapters.store.models import Account

    client = as_role("coordinator")
    Account.objects.filter(name="coordinator").update(actor="plant_health.north_gate.head")
    return client


def test_today_leads_to_the_post(as_role: AsRole) -> None:
    assert as_role("coordinator").get("/coordinator/")["Location"] == PAGE


def test_a_day_is_planned_and_drawn(head: Client, here: Site, roses: str) -> None:
    before = head.get(PAGE)
    assert "No plan is kept for this day yet." in before.content.decode()
    page = planned(head)
    (slot,) = page.context["board"].slots
    assert slot.references == (roses,)
    text = page.content.decode()
    assert f'id="{slot.id}"' in text
    assert f'href="#{slot.id}"' in text
    assert "PLANT-RISK-007" in text, "why its own agency looks"


def test_a_stop_is_moved_or_refused_with_the_reason(head: Client, here: Site, roses: str) -> None:
    page = planned(head)
    (slot,) = page.context["board"].slots
    version = page.context["board"].version
    moved = {"do": "move", "slot": slot.id, "version": version, "id": "m1"}
    refused = head.post(PAGE, {**moved, "start": "03:00"})
    assert refused.status_code == 422
    assert "PLAN-" in refused.content.decode()
    assert kept_day(here.desk, "north_gate", DAY).version == version
    assert head.post(PAGE, {**moved, "start": "12:30", "id": "m2"}).status_code == 302
    (after,) = head.get(PAGE).context["board"].slots
    assert clock(after.start) == "12:30"
    stale = head.post(PAGE, {**moved, "start": "13:00", "id": "m3"})
    assert stale.status_code == 422, "somebody else has moved it meanwhile"


def test_a_second_press_moves_once(head: Client, here: Site, roses: str) -> None:
    (slot,) = planned(head).context["board"].slots
    moved = {"do": "move", "slot": slot.id, "version": 1, "id": "m", "start": "12:30"}
    assert head.post(PAGE, moved).status_code == 302
    head.post(PAGE, moved)
    assert kept_day(here.desk, "north_gate", DAY).version == 2


def test_a_delay_is_planned_for(head: Client, here: Site, roses: str) -> None:
    page = planned(head)
    late = {"do": "late", "reference": roses, "minutes": "60", "version": 1, "id": "late"}
    assert head.post(PAGE, {**late, "minutes": "0"}).status_code == 422
    assert head.post(PAGE, {**late, "minutes": "soon"}).status_code == 422
    assert head.post(PAGE, late).status_code == 302
    (before,), (after,) = page.context["board"].slots, head.get(PAGE).context["board"].slots
    assert after.start >= before.start + 60
    assert f"{roses}: 60 min" in head.get(PAGE).content.decode()


def test_who_examines_nothing_there_plans_nothing(as_role: AsRole, here: Site, roses: str) -> None:
    from gatepost.adapters.store.models import Account

    client = as_role("coordinator")
    Account.objects.filter(name="coordinator").update(actor="immigration.north_gate.officer")
    answer = client.post(PAGE, {"do": "adopt", "id": "a", "version": 0})
    assert answer.status_code in (404, 422)
    assert kept_day(here.desk, "north_gate", DAY).version == 0


def test_a_consignment_that_is_not_open_is_not_named(
    head: Client, as_role: AsRole, here: Site, roses: str
) -> None:
    from gatepost.adapters.store.models import Account

    planned(head)
    Account.objects.filter(name="coordinator").update(actor="veterinary.north_gate.official")
    page = head.get(PAGE).content.decode()
    assert roses not in page
    assert "a consignment not open to you" in page


@pytest.mark.parametrize(
    "page",
    [
        "/coordinator/hale_airport/2026-07-03",
        "/coordinator/nowhere/2026-07-03",
        "/coordinator/north_gate/2026-13-03",
        "/coordinator/north_gate/today",
    ],
)
def test_other_posts_and_no_days_are_not_there(page: str, as_role: AsRole) -> None:
    assert as_role("coordinator").get(page).status_code == 404


def test_an_unknown_act_is_not_there(as_role: AsRole) -> None:
    assert as_role("coordinator").post(PAGE, {"do": "burn"}).status_code == 404


def test_the_neighbours_hours_stand_beside(as_role: AsRole) -> None:
    page = as_role("coordinator").get(PAGE).content.decode()
    assert "Brenland" in page
    assert "Aldermark" in page


def test_nothing_is_planned_for_a_day_that_is_over(as_role: AsRole) -> None:
    page = as_role("coordinator").get("/coordinator/north_gate/2026-07-02").content.decode()
    assert 'value="adopt"' not in page


def test_the_picture_has_a_row_for_each_that_is_taken(head: Client, here: Site, roses: str) -> None:
    board = planned(head).context["board"]
    drawn = picture(board, None, 9 * 60, False)
    taken = [row for row in board.rows if row.blocks]
    assert [row.name for row in drawn.rows] == [row.id for row in taken]
    assert drawn.idle == len(board.rows) - len(taken)
    whole = picture(board, None, None, True)
    assert (len(whole.rows), whole.now) == (len(board.rows), None)
    for row in whole.rows:
        found = [(one.x, one.width) for one in row.bands] + [(p.x, p.width) for p in row.pieces]
        for x, width in found:
            assert drawn.left <= x
            assert x + width <= drawn.width


@pytest.mark.parametrize(("minutes", "told"), [(0, "00:00"), (725, "12:05"), (1500, "01:00 +1")])
def test_minutes_are_told_as_a_clock(minutes: int, told: str) -> None:
    assert clock(minutes) == told


ACTIONS = "/coordinator/north_gate/actions"
PROPOSAL = {
    "do": "propose",
    "title": "Flowers before the holiday",
    "trigger": "forty lorries with flowers are announced",
    "agencies": ["customs", "plant_health"],
    "measures": "customs: two more officers from 04:00\nplant_health: comes at 05:00\n",
    "until": "2026-07-04T20:00",
}


def test_agencies_act_jointly_for_a_while(as_role: AsRole, here: Site) -> None:
    from gatepost.adapters.store.models import Account

    chief = as_role("coordinator")
    assert chief.post(ACTIONS, PROPOSAL).status_code == 302
    (proposed,) = chief.get(ACTIONS).context["actions"]
    assert (proposed.state, proposed.joined) == ("proposed", ("customs",))
    assert len(proposed.measures) == 2
    stopped = {"do": "stop", "action": proposed.id, "result": "Nobody waited."}
    assert chief.post(ACTIONS, stopped).status_code == 422, "it is not under way"
    Account.objects.filter(name="coordinator").update(actor="plant_health.north_gate.head")
    assert chief.post(ACTIONS, {"do": "join", "action": proposed.id}).status_code == 302
    here._clock = lambda: MORNING + timedelta(minutes=20)
    assert chief.post(ACTIONS, {**stopped, "result": ""}).status_code == 422
    assert chief.post(ACTIONS, stopped).status_code == 302
    page = chief.get(ACTIONS)
    (over,) = page.context["actions"]
    assert (over.state, over.result) == ("over", "Nobody waited.")
    assert "Nobody waited." in page.content.decode()
    again = {"do": "propose", "until": "2026-07-05T20:00", "like": over.id}
    assert chief.post(ACTIONS, again).status_code == 302
    assert chief.get(ACTIONS).context["actions"][0].measures == over.measures


@pytest.mark.parametrize(
    "wrong",
    [{"until": ""}, {"until": "2026-07-01T20:00"}, {"agencies": ["customs"]}, {"title": ""}],
)
def test_what_is_wrong_with_a_proposal_is_told(wrong: dict[str, Any], as_role: AsRole) -> None:
    chief = as_role("coordinator")
    assert chief.post(ACTIONS, {**PROPOSAL, **wrong}).status_code == 422
    assert chief.get(ACTIONS).context["actions"] == []


def test_the_slot_stands_on_the_pages_of_the_case(
    head: Client, as_role: AsRole, here: Site, roses: str
) -> None:
    (slot,) = planned(head).context["board"].slots
    told = f"Examination planned: 3 July 2026, {clock(slot.start)}\N{EN DASH}{clock(slot.end)}"
    for role, page in (("trader", "trader"), ("plant-health", "officer"), ("customs", "officer")):
        shown = as_role(role).get(f"/{page}/case/{roses}").content.decode()
        assert told in shown, role
        assert slot.place in shown, role


def test_no_slot_is_told_before_a_plan_is_kept_or_for_another_case(
    head: Client, as_role: AsRole, here: Site, roses: str
) -> None:
    trader = as_role("trader")
    assert "Examination planned" not in trader.get(f"/trader/case/{roses}").content.decode()
    planned(head)
    item = msgspec.structs.replace(ROSES.items[0], documents=("N851 PC-1", "N380 INV-1"))
    other = lodged(here, items=(item,), reference="ROSES-2", arrival="2026-07-03T11:00")
    assert "Examination planned" not in trader.get(f"/trader/case/{other}").content.decode()
