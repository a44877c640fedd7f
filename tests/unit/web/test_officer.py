"""What an officer does on the page of a case, and what the page tells."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client

from gatepost.adapters.store.models import Account, Prepared
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.reading import work_list
from gatepost.kernel.actor import OPERATOR
from gatepost.risk.events import ChannelOverridden
from gatepost.web.officer import listed
from gatepost.web.officer.forms import fresh
from gatepost.web.site import Site
from tests.unit.web.conftest import MORNING, ROSES, lodged

AsRole = Callable[[str], Client]
PAPERS = ("N851 PC-1", "N380 INV-1")


@pytest.fixture
def case(here: Site) -> str:
    """Return a case with its papers, arrived, which plant health and perhaps customs examine."""
    item = ROSES.items[0]
    reference = lodged(here, items=(msgspec.structs.replace(item, documents=PAPERS),))
    act = Act("arrives", "arrive", reference, MORNING)
    assert perform(here.desk, act, MORNING).status == "done"
    return reference


def sends(client: Client, reference: str, act: str, **fields: Any) -> Any:
    fields.setdefault("id", fresh())
    return client.post(f"/officer/case/{reference}", {"act": act, **fields})


def shown(client: Client, reference: str) -> str:
    answer = client.get(f"/officer/case/{reference}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def colleague(name: str, role: str) -> Client:
    """Log in as another officer of an agency than the demo's role."""
    account = Account.objects.make(name, None, actor=role, audiences=["officer"])
    client = Client()
    client.force_login(account)
    session = client.session
    session["began"] = session["seen"] = MORNING.isoformat()
    session.save()
    return client


def test_the_page_tells_the_strip_the_plan_and_why(as_role: AsRole, case: str) -> None:
    page = shown(as_role("plant-health"), case)
    assert "PLANT-RISK-007" in page
    assert "Plant Health Act 2019, s. 14" in page
    for title in ("Agencies and steps", "The plan", "Timeline", "by which right"):
        assert title in page
    assert "PLANT-MAN-001" in page, "the right by which it is shown"


def holders(here: Site) -> list[str | None]:
    """Return with whom each line of plant health's work is."""
    found = work_list(here.desk, OPERATOR, MORNING, "plant_health")
    return [item.officer for item in found]


def test_an_officer_takes_work_and_puts_it_back(as_role: AsRole, here: Site, case: str) -> None:
    officer = as_role("plant-health")
    me = "plant_health.north_gate.inspector"
    assert sends(officer, case, "assign", officer=me).status_code == 302
    assert holders(here) == [me]
    assert "This is with you." in shown(officer, case)
    assert case in officer.get("/officer/?whose=mine").content.decode()
    assert case not in officer.get("/officer/?whose=nobody").content.decode()
    assert sends(officer, case, "assign", officer="").status_code == 302
    assert holders(here) == [None]


def test_what_another_has_is_taken_over_with_a_reason(
    as_role: AsRole, here: Site, case: str
) -> None:
    other = "plant_health.north_gate.head"
    as_role("plant-health")
    assert sends(colleague("head", other), case, "assign", officer=other).status_code == 302
    officer, me = as_role("plant-health"), "plant_health.north_gate.inspector"
    refused = sends(officer, case, "assign", officer=me)
    assert refused.status_code == 422
    assert "WORK-002" in refused.content.decode()
    sends(officer, case, "assign", officer=me, reason="off duty")
    assert holders(here) == [me]


def test_an_override_waits_for_a_second_officer(as_role: AsRole, here: Site, case: str) -> None:
    first = as_role("customs")
    order = {"kind": "scan", "check": "goods", "target": "consignment"}
    sent = sends(first, case, "override", reason="OFFICER_JUDGEMENT", **order)
    assert sent.status_code == 302
    assert not any(_overridden(here, case)), "nothing happens before a second officer confirms it"
    (waiting,) = Prepared.objects.all()
    number = str(waiting.pk)
    assert "Another officer of your agency must confirm it" in shown(first, case)
    own = sends(first, case, "confirm", prepared=number)
    assert "AUTH-005" in own.content.decode(), "nobody confirms himself"
    stranger = as_role("plant-health")
    sends(stranger, case, "confirm", prepared=number)
    assert not any(_overridden(here, case)), "nor does another agency"
    second = colleague("leader", "customs.north_gate.team_leader")
    assert "Waits for a second officer" in shown(second, case)
    assert sends(second, case, "confirm", prepared=number).status_code == 302
    (happened,) = _overridden(here, case)
    assert happened.actor.id == "customs.north_gate.examiner"
    assert happened.body.second == "customs.north_gate.team_leader"
    assert not Prepared.objects.exists()
    assert sends(second, case, "confirm", prepared=number).status_code == 302
    assert len(_overridden(here, case)) == 1, "a second press does nothing"


def test_what_nobody_confirms_is_dropped(as_role: AsRole, here: Site, case: str) -> None:
    first = as_role("customs")
    order = {"kind": "scan", "check": "goods", "target": "consignment"}
    sends(first, case, "override", reason="OFFICER_JUDGEMENT", **order)
    number = str(Prepared.objects.get().pk)
    sends(as_role("plant-health"), case, "drop", prepared=number)
    assert Prepared.objects.exists(), "it is not theirs"
    sends(as_role("customs"), case, "drop", prepared=number)
    assert not Prepared.objects.exists()
    assert not _overridden(here, case)


def test_a_hold_names_a_law_of_the_agency_and_an_end(
    as_role: AsRole, here: Site, case: str
) -> None:
    officer = as_role("customs")
    until = f"{MORNING + timedelta(days=2):%Y-%m-%dT%H:%M}"
    told = {"reason": "papers under review", "expires": until}
    made_up = sends(officer, case, "hold", law="My own law", **told)
    assert made_up.status_code == 422
    assert 'href="#hold-law"' in made_up.content.decode()
    assert sends(officer, case, "hold", law="Customs Act 2015, s. 8", **told).status_code == 302
    (hold,) = _case(here, case).release.open_holds
    assert (hold.agency, hold.reason) == ("customs", "papers under review")
    page = shown(officer, case)
    assert "papers under review" in page
    assert sends(officer, case, "lift", hold=hold.id).status_code == 302
    assert _case(here, case).release.open_holds == ()


def test_an_examination_is_done_together_and_found_by_each(
    as_role: AsRole, here: Site, case: str
) -> None:
    officer = as_role("plant-health")
    assert sends(officer, case, "examine", stop="stop-1").status_code == 302
    page = officer.get(f"/officer/case/{case}")
    checks = page.context["forms"]["find"]["controls"].value()
    assert sends(officer, case, "find", result="conform", controls=checks).status_code == 302
    found = _case(here, case).controls.findings
    assert {one.agency for one in found} == {"plant_health"}
    assert {one.officer for one in found} == {"plant_health.north_gate.inspector"}


def test_who_may_nothing_is_offered_nothing(as_role: AsRole, case: str) -> None:
    as_role("plant-health")
    elsewhere = colleague("hale", "customs.hale_airport.examiner")
    page = elsewhere.get(f"/officer/case/{case}")
    assert set(page.context["forms"]) <= {"assign", "remove"}


def test_an_act_nobody_knows_is_not_there(as_role: AsRole, case: str) -> None:
    assert sends(as_role("plant-health"), case, "amend").status_code == 404


def _case(here: Site, reference: str) -> Any:
    value = here.desk.ledger.row(CASE, reference)
    assert value is not None
    return decode_case(value)


def _overridden(here: Site, reference: str) -> list[Any]:
    events = [one.event for one in here.desk.ledger.read(f"{CASE}/{reference}")]
    return [one for one in events if isinstance(one.body, ChannelOverridden)]


def test_the_named_decider_rules_on_a_conflict_by_a_form(
    as_role: AsRole, here: Site, case: str
) -> None:
    for who, agency, decision in (
        ("plant_health.north_gate.inspector", "plant_health", "destroy"),
        ("customs.north_gate.examiner", "customs", "return"),
    ):
        fields: Any = {"agency": agency, "decision": decision, "reason": "leaf miners"}
        long_ago = MORNING - timedelta(hours=5)
        act = Act(f"d-{agency}", "decide", case, long_ago, **fields)
        assert perform(here.desk, act, MORNING, who).status == "done"
    form = 'name="act" value="resolve"'
    assert form not in shown(as_role("customs"), case)
    head = as_role("customs-region")
    assert form in shown(head, case)
    said = {"targets": "item/1", "decision": "clear", "reason": "why"}
    assert sends(head, case, "resolve", **said).status_code == 422
    assert sends(head, case, "resolve", **{**said, "decision": "destroy"}).status_code == 302
    assert form not in shown(head, case)
    assert "Conflict resolved" in shown(head, case)
    assert sends(as_role("customs"), case, "resolve", **said).status_code == 422


@pytest.mark.parametrize("looked_at", [2, 500])
def test_the_work_list_comes_in_pages_and_shows_each_line_once(
    as_role: AsRole, here: Site, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    monkeypatch.setattr(listed, "PAGE", 2)
    monkeypatch.setattr(listed, "LOOKED_AT", looked_at)
    goods = (msgspec.structs.replace(ROSES.items[0], documents=PAPERS),)
    cases = [lodged(here, items=goods, reference=f"R-{n}") for n in range(5)]
    officer, address, seen = as_role("plant-health"), "?whose=nobody", []
    while address:
        page = officer.get(f"/officer/{address}").content.decode()
        assert page.count("Take it<span") <= 2
        seen += re.findall(r"/officer/case/(\w+)\">\w+</a>", page)
        link = re.search(r'href="(\?[^"]+)">More', page)
        address = html.unescape(link[1]) if link else ""
    assert sorted(seen) == sorted(cases)
    mine = officer.get("/officer/?whose=mine&after=x").content.decode()
    assert ("Nothing waits for you." in mine) is (looked_at == 500)
    assert ("None of the oldest is." in mine) is (looked_at == 2)
