"""A trader lodges by form and by file, and an officer decides, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gatepost.casework.reading import cases_of
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from tests.unit.web.conftest import ROSES, lodged

AsRole = Callable[[str], Client]

FORM: dict[str, Any] = {
    "type": "IMD",
    "office": "XA000101",
    "mode": "3",
    "declarant": "XA1001",
    "reference": "FORM-1",
    "arrival": "2026-07-03T14:00",
    "means": "BR-1234",
    "journey": "BR-1234-1",
    "export_country": "XB",
    "destination": "XA",
    "goods-TOTAL_FORMS": "1",
    "goods-INITIAL_FORMS": "0",
    "goods-MIN_NUM_FORMS": "1",
    "goods-MAX_NUM_FORMS": "99",
    "goods-0-commodity": "06031100",
    "goods-0-description": "cut roses",
    "goods-0-origin": "XB",
    "goods-0-net_mass": "180",
    "goods-0-gross_mass": "212",
    "goods-0-packages": "24",
    "goods-0-value": "2600",
    "goods-0-procedure": "4000",
    "goods-0-documents": "N380 INV-1",
    "lodge": "1",
}


def test_the_form_leads_to_the_case(as_role: AsRole, here: Site) -> None:
    trader = as_role("trader")
    answer = trader.post("/trader/lodge", FORM)
    (item,) = cases_of(here.desk, "XA1001", here.now())
    assert answer.status_code == 302
    assert answer["Location"] == f"/trader/case/{item.reference}"
    page = trader.get(answer["Location"])
    assert page.status_code == 200
    assert "PLANT-REQ" in page.content.decode()
    assert item.reference in trader.get("/trader/").content.decode()


def test_what_is_wrong_in_the_form_is_told_at_once_and_nothing_is_stored(
    as_role: AsRole, here: Site
) -> None:
    bad = {**FORM, "reference": "", "goods-0-origin": "", "goods-0-packages": "none"}
    answer = as_role("trader").post("/trader/lodge", bad)
    assert answer.status_code == 422
    shown = answer.content.decode()
    for place in ("id_reference", "id_goods-0-origin", "id_goods-0-packages"):
        assert f'href="#{place}"' in shown
    assert cases_of(here.desk, "XA1001", here.now()) == []


def test_what_casework_refuses_is_told_in_its_words(as_role: AsRole, here: Site) -> None:
    answer = as_role("trader").post("/trader/lodge", {**FORM, "arrival": "2027-01-01T14:00"})
    assert answer.status_code == 422
    assert "LODGE-" in answer.content.decode()
    assert cases_of(here.desk, "XA1001", here.now()) == []


def test_another_item_keeps_what_was_typed(as_role: AsRole, here: Site) -> None:
    asked = {key: value for key, value in FORM.items() if key != "lodge"}
    answer = as_role("trader").post("/trader/lodge", {**asked, "add": "1"})
    shown = answer.content.decode()
    assert 'value="cut roses"' in shown
    assert "goods-1-commodity" in shown
    assert cases_of(here.desk, "XA1001", here.now()) == []


def test_a_file_leads_to_the_case(as_role: AsRole, here: Site) -> None:
    trader = as_role("trader")
    data = msgspec.json.encode(expand(ROSES))
    answer = trader.post("/trader/lodge/file", {"file": SimpleUploadedFile("a.json", data)})
    assert answer.status_code == 302
    broken = trader.post("/trader/lodge/file", {"file": SimpleUploadedFile("a.xml", b"<a>")})
    assert broken.status_code == 422
    assert "XML-001" in broken.content.decode()
    assert len(cases_of(here.desk, "XA1001", here.now())) == 1


def test_an_officer_decides_from_the_work_list(as_role: AsRole, here: Site) -> None:
    reference = lodged(here)
    officer = as_role("plant-health")
    assert f"/officer/case/{reference}" in officer.get("/officer/").content.decode()
    page = officer.get(f"/officer/case/{reference}")
    assert page.status_code == 200
    form = page.context["forms"]["decide"]
    sent = {"act": "decide", "id": form["id"].value(), "decision": "refuse", "reason": "pests"}
    assert officer.post(f"/officer/case/{reference}", sent).status_code == 302
    before = len(here.desk.ledger.read(f"case/{reference}"))
    assert officer.post(f"/officer/case/{reference}", sent).status_code == 302
    assert len(here.desk.ledger.read(f"case/{reference}")) == before
    assert "pests" in officer.get(f"/officer/case/{reference}").content.decode()


def test_a_refused_act_is_told_in_its_words(as_role: AsRole, here: Site) -> None:
    reference = lodged(here)
    sent = {"act": "decide", "id": "a", "decision": "clear"}
    answer = as_role("plant-health").post(f"/officer/case/{reference}", sent)
    assert answer.status_code == 422
    assert "RELEASE-" in answer.content.decode()


@pytest.mark.parametrize("role", ["broker", "veterinarian"])
def test_not_there_and_not_yours_are_one_answer(role: str, as_role: AsRole, here: Site) -> None:
    reference = lodged(here)
    client = as_role(role)
    place = "trader" if role == "broker" else "officer"
    names = (reference, "26XA0000000000000X", "x")
    answers = [client.get(f"/{place}/case/{name}") for name in names]
    assert {answer.status_code for answer in answers} == {404}
    assert len({_plain(a.content, n) for a, n in zip(answers, names, strict=True)}) == 1


def _plain(content: bytes, name: str) -> str:
    """Return a page without its nonces and its own address."""
    text = re.sub(r'nonce="[^"]*"|value="[^"]{40,}"', "", content.decode())
    return text.replace(f"/case/{name}", "/case/")


@pytest.mark.parametrize("page", ["/trader/", "/trader/lodge", "/officer/", "/officer/case/x"])
def test_a_stranger_is_asked_to_log_in(page: str, here: Site, db: None) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/log-in")


def test_pages_of_other_audiences_are_not_there(as_role: AsRole) -> None:
    assert as_role("trader").get("/officer/").status_code == 404
    assert as_role("customs").get("/trader/").status_code == 404
