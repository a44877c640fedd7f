"""The analyst's pages: own indicators, a draft with its faults in place, the past, the steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client

from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.events import CasesListed
from gatepost.casework.open_past import past_open_to
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.web.site import Site
from tests.unit.web.conftest import MORNING, ROSES, lodged

AsRole = Callable[[str], Client]
ANALYST = Actor("plant_health.headquarters.risk_analyst", "officer", "plant_health")
DRAFT = """\
id: PLANT-RISK-090
title: {en: Roses declared below twenty euros a kilogram are examined for mixed origin.}
agency: plant_health
version: 1
author: plant health entomologist
second_reader: head of plant health import
reason: {en: Three lots of mixed origin in May were declared below the price of the flowers.}
intent: intentional
mode: trial
level: item
regimes: [import]
when: starts_with(item.commodity, "060311") && item.value / item.net_mass < 20
control: {kind: examination, check: pests, minutes: 25}
legal_basis:
  - cite: Plant Health Act 2019, s. 14
valid: {from: 2026-08-01}
review: 2027-02-01
"""
STEP = {"do": "propose", "to": "trial", "reason": "too many hits"}
LIVE = "/analyst/indicator/PLANT-RISK-007/3"


@pytest.fixture
def passed(here: Site) -> list[str]:
    """Lodge three loads of roses, one of which was examined and found bad."""
    item = msgspec.structs.replace(ROSES.items[0], documents=("N851 PC-1", "N380 INV-1"))
    found = [
        lodged(here, reference=f"R-{n}", means=f"BR-{n}", journey=f"J-{n}", items=(item,))
        for n in range(3)
    ]
    officer = "plant_health.north_gate.inspector"
    for act in (
        Act("1", "arrive", found[0], MORNING),
        Act("2", "examine", found[0], MORNING, by=officer),
        Act("3", "find", found[0], MORNING, by=officer, result="nonconform"),
    ):
        answer = perform(here.desk, act, MORNING)
        assert answer.status == "done", answer.notices
    return found


def sends(client: Client, do: str, text: str = DRAFT) -> Any:
    return client.post("/analyst/write", {"do": do, "text": text})


def test_own_indicators_are_listed_and_no_others(as_role: AsRole) -> None:
    analyst = as_role("analyst")
    page = analyst.get("/analyst/").content.decode()
    assert "PLANT-RISK-007" in page
    assert "CUSTOMS-RISK-001" not in page
    assert analyst.get(LIVE).status_code == 200
    assert analyst.get("/analyst/indicator/CUSTOMS-RISK-001/1").status_code == 404


def test_what_another_agency_shares_is_told_with_its_instrument(here: Site) -> None:
    from gatepost.web.analyst.life import shared_with

    jurisdiction = here.desk.jurisdiction
    day = jurisdiction.law_day(MORNING)
    (shared,) = shared_with(jurisdiction, "police", day)
    assert (shared.agency, shared.reason.rule) == ("immigration", "XA-AGR-2026-02/6")
    assert shared.indicators
    assert shared_with(jurisdiction, "plant_health", day) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("item.value", "item.valeu", 12, "EXPR-009"),
        ("intent: intentional", "intent: evil", 8, "FILE-006"),
        ("review: 2027", "revue: 2027", 17, "FILE-003"),
        ("mode: trial", "mode: [", 11, "FILE-001"),
    ],
)
def test_a_fault_is_told_at_its_place(
    old: str, new: str, line: int, code: str, as_role: AsRole
) -> None:
    answer = sends(as_role("analyst"), "check", DRAFT.replace(old, new))
    assert answer.status_code == 422
    told = {(fault.code, fault.line) for fault in answer.context["draft"].faults}
    assert (code, line) in told
    assert f'href="#line-{line}"' in answer.content.decode()


@pytest.mark.parametrize("text", ["", "x" * 30_000, "- a", "agency: x", "\x00"])
def test_what_is_no_draft_is_refused(text: str, as_role: AsRole) -> None:
    assert sends(as_role("analyst"), "try", text).status_code == 422


def test_a_draft_of_another_agency_is_refused(as_role: AsRole) -> None:
    text = DRAFT.replace("agency: plant_health", "agency: customs")
    answer = sends(as_role("analyst"), "try", text)
    assert answer.status_code == 422
    assert "draft of customs" in answer.content.decode()


def test_the_past_is_asked_and_drawn(as_role: AsRole, here: Site, passed: list[str]) -> None:
    answer = sends(as_role("analyst"), "try")
    assert answer.status_code == 200
    trial = answer.context["trial"]
    assert (trial.consignments, trial.result.consignments) == (3, 3)
    assert (trial.result.precision.found, trial.result.precision.of) == (1, 1)
    assert trial.equal
    assert '<line class="whisker"' in answer.content.decode()
    told = [one.event.body for one in here.desk.ledger.read("listed/plant_health")]
    (body,) = [one for one in told if isinstance(one, CasesListed)]
    assert (body.purpose, body.count) == ("risk", 3), "what was read is on record"


def test_a_good_draft_is_taken_along_as_its_file(as_role: AsRole) -> None:
    answer = sends(as_role("analyst"), "file")
    assert answer["Content-Disposition"] == 'attachment; filename="PLANT-RISK-090.yaml"'
    assert answer.content.decode() == DRAFT


def test_the_past_of_an_agency_is_what_is_open_to_it(here: Site, passed: list[str]) -> None:
    since = MORNING - timedelta(days=1)
    own = past_open_to(here.desk, ANALYST, since, MORNING)
    assert {one.reference for one in own.cases} == set(passed)
    assert [one.found for one in own.cases if one.found] == [{("plant_health", "item/1"): True}]
    assert {one.consignment.importer for one in own.cases} == {None}, "traders are closed to it"
    vet = Actor("veterinary.headquarters.risk_analyst", "officer", "veterinary")
    assert past_open_to(here.desk, vet, since, MORNING).cases == ()
    few = past_open_to(here.desk, ANALYST, since, MORNING, most=2)
    assert (len(few.cases), few.left_out) == (2, 1)
    with pytest.raises(Refused):
        past_open_to(here.desk, Actor("XA1001", "party"), since, MORNING)


def test_what_indicators_are_worth_is_told(as_role: AsRole, passed: list[str]) -> None:
    page = as_role("analyst").get("/analyst/worth")
    worths = page.context["worths"]
    (roses,) = [one for one in worths.indicators if one.effect.id == "PLANT-RISK-007"]
    assert (roses.effect.hits, roses.effect.precision.found) == (3, 1)
    assert {one.effect.agency for one in worths.indicators} == {"plant_health"}


def test_two_officers_take_a_step(as_role: AsRole, here: Site) -> None:
    analyst = as_role("analyst")
    assert analyst.post(LIVE, STEP).status_code == 302
    assert "trial proposed" in analyst.get("/analyst/").content.decode()
    own = analyst.post(LIVE, {"do": "confirm"})
    assert own.status_code == 422
    assert "AUTH-005" in own.content.decode()
    head = as_role("head-of-risk")
    assert "too many hits" in head.get(LIVE).content.decode()
    assert head.post(LIVE, {"do": "confirm"}).status_code == 302
    (step,) = head.get(LIVE).context["one"].steps
    assert (step.to, step.start) == ("trial", MORNING.date() + timedelta(days=1))


def test_who_may_not_target_takes_no_step(as_role: AsRole, here: Site) -> None:
    from gatepost.adapters.store.models import Account

    analyst = as_role("analyst")
    account = Account.objects.get(name="analyst")
    account.actor = "plant_health.north_gate.inspector"
    account.save()
    answer = analyst.post(LIVE, STEP)
    assert answer.status_code == 422
    assert here.desk.ledger.read("indicator/PLANT-RISK-007") == []


@pytest.mark.parametrize("page", ["", "worth", "write", "indicator/PLANT-RISK-007/3"])
def test_the_pages_are_the_analysts_alone(page: str, as_role: AsRole) -> None:
    assert as_role("plant-health").get(f"/analyst/{page}").status_code == 404
