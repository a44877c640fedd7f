"""What a trader keeps, whose mandate counts, what is appealed, and what is had on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.documents.code import check_code, codes_in
from gatepost.adapters.store.models import Draft, GoodsProfile
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.reading import cases_of
from gatepost.casework.shorthand import expand
from gatepost.web.site import Site
from gatepost.web.trader import kept
from tests.unit.web.conftest import MORNING, ROSES, lodged
from tests.unit.web.test_way_through import FORM

AsRole = Callable[[str], Client]
TYPED = {key: value for key, value in FORM.items() if key != "lodge"}


def act(here: Site, name: str, reference: str, by: str, **fields: object) -> None:
    told = {"id": f"{name}-{by}", "act": name, "reference": reference, "at": MORNING, **fields}
    answer = perform(here.desk, msgspec.convert(told, Act), MORNING, by)
    assert answer.status == "done", answer.notices


def refused(here: Site) -> str:
    reference = lodged(here)
    by = "plant_health.north_gate.inspector"
    fields = {"agency": "plant_health", "decision": "refuse", "reason": "leaf miners"}
    act(here, "decide", reference, by, **fields)
    return reference


def test_a_draft_is_kept_opened_and_gone_once_it_is_lodged(as_role: AsRole, here: Site) -> None:
    trader = as_role("trader")
    saved = trader.post("/trader/lodge", {**TYPED, "goods-0-origin": "", "save": "1"})
    assert saved["Location"] == "/trader/"
    assert "FORM-1" in trader.get("/trader/").content.decode()
    (draft,) = Draft.objects.all()
    page = trader.get(f"/trader/lodge?draft={draft.pk}").content.decode()
    assert 'value="cut roses"' in page
    assert 'value="BR-1234"' in page
    assert cases_of(here.desk, "XA1001", here.now()) == []
    assert trader.post("/trader/lodge", FORM).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_of_the_same_reference_is_written_over(as_role: AsRole) -> None:
    trader = as_role("trader")
    for means in ("A", "B"):
        trader.post("/trader/lodge", {**TYPED, "means": means, "save": "1"})
    (draft,) = Draft.objects.all()
    assert draft.fields["declaration"]["means"] == "B"


def test_the_oldest_drafts_give_way(as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_DRAFTS", 2)
    trader = as_role("trader")
    for number in range(4):
        trader.post("/trader/lodge", {**TYPED, "reference": f"D-{number}", "save": "1"})
    assert {one.title for one in Draft.objects.all()} == {"D-2", "D-3"}


@pytest.mark.parametrize("number", ["1", "0", "x", "999999999999"])
def test_what_another_keeps_is_not_there(number: str, as_role: AsRole) -> None:
    as_role("trader").post("/trader/lodge", {**TYPED, "save": "1"})
    broker = as_role("broker")
    assert broker.get("/trader/lodge", {"draft": number}).status_code == 404
    assert broker.post("/trader/forget", {"draft": number}).status_code == 404
    assert broker.post("/trader/forget", {"profile": number}).status_code == 404
    assert Draft.objects.count() == 1


def test_goods_are_kept_under_a_name_and_used_again(as_role: AsRole) -> None:
    trader = as_role("trader")
    trader.post("/trader/lodge", {**FORM, "goods-0-keep_as": "Roses of Brenland"})
    (profile,) = GoodsProfile.objects.all()
    assert profile.fields["commodity"] == "06031100"
    assert "net_mass" not in profile.fields
    empty = {key: "" if key.startswith("goods-0") else value for key, value in TYPED.items()}
    page = trader.post("/trader/lodge", {**empty, "use": "1", "profile": str(profile.pk)})
    shown = page.content.decode()
    assert 'name="goods-0-commodity" value="06031100"' in shown
    assert "goods-1-commodity" not in shown
    more = trader.post("/trader/lodge", {**TYPED, "use": "1", "profile": str(profile.pk)})
    assert 'name="goods-1-commodity" value="06031100"' in more.content.decode()
    trader.post("/trader/forget", {"profile": str(profile.pk)})
    assert not GoodsProfile.objects.exists()


def test_a_broker_lodges_for_whose_mandate_is_in_force(as_role: AsRole, here: Site) -> None:
    broker = as_role("broker")
    page = broker.get("/trader/lodge").content.decode()
    assert '<option value="XA0001">' in page
    assert '<option value="XA0002">' not in page
    lodged_for = broker.post("/trader/lodge", {**FORM, "declarant": "XA0001"})
    assert lodged_for.status_code == 302
    (item,) = cases_of(here.desk, "XA9001", here.now())
    assert item.declarant == "XA0001"
    other = broker.post("/trader/lodge", {**FORM, "declarant": "XA0002", "reference": "F-2"})
    assert other.status_code == 422


def test_mandates_are_shown_with_their_end(as_role: AsRole) -> None:
    page = as_role("broker").get("/trader/mandates").content.decode()
    assert "XA-BRK-001" in page
    assert "30 June 2026" in page
    assert "ended" in page
    assert "XA-BRK-003" not in page


def test_a_refusal_is_appealed_from_the_page(as_role: AsRole, here: Site) -> None:
    reference = refused(here)
    trader = as_role("trader")
    page = trader.get(f"/trader/case/{reference}")
    shown = page.content.decode()
    assert "leaf miners" in shown
    assert "PLANT-RGT-001" in shown
    assert "17 July 2026" in shown
    form = page.context["appeal"]
    sent = {"act": "appeal", "agency": "plant_health", "id": form["id"].value(), "reason": ""}
    assert trader.post(f"/trader/case/{reference}", sent).status_code == 422
    sent["reason"] = "These are thrips, which are not regulated."
    assert trader.post(f"/trader/case/{reference}", sent).status_code == 302
    after = trader.get(f"/trader/case/{reference}").content.decode()
    assert "appealed" in after
    assert "These are thrips" in after
    again = trader.post(f"/trader/case/{reference}", {**sent, "id": "another"})
    assert again.status_code == 422
    assert "RELEASE-034" in again.content.decode()
    officer = as_role("plant-health").get(f"/officer/case/{reference}").content.decode()
    assert "These are thrips" in officer


def test_an_appeal_is_answered_on_the_officers_page_and_the_trader_reads_it(
    as_role: AsRole, here: Site
) -> None:
    reference = refused(here)
    sent = {"act": "appeal", "agency": "plant_health", "id": "a1", "reason": "These are thrips."}
    assert as_role("trader").post(f"/trader/case/{reference}", sent).status_code == 302
    answer = 'name="act" value="answer_appeal"'
    decider, head = as_role("plant-health"), as_role("plant-health-head")
    assert "answer the appeal" in head.get("/officer/").content.decode()
    assert answer not in decider.get(f"/officer/case/{reference}").content.decode()
    assert answer in head.get(f"/officer/case/{reference}").content.decode()
    said = {"act": "answer_appeal", "id": "b1", "outcome": "granted", "reason": ""}
    assert head.post(f"/officer/case/{reference}", said).status_code == 422
    said["reason"] = "They are thrips indeed."
    refusal = decider.post(f"/officer/case/{reference}", {**said, "id": "b2"})
    assert refusal.status_code == 422
    assert "RELEASE-044" in refusal.content.decode()
    assert head.post(f"/officer/case/{reference}", said).status_code == 302
    page = as_role("trader").get(f"/trader/case/{reference}").content.decode()
    assert "Plant Health Service answered the appeal: granted." in page
    assert "They are thrips indeed." in page


def test_what_is_missing_is_sent_as_a_corrected_file(as_role: AsRole, here: Site) -> None:
    reference = lodged(here)
    trader = as_role("trader")
    page = trader.get(f"/trader/case/{reference}")
    assert "waits for you to provide" in page.content.decode()
    goods = msgspec.structs.replace(ROSES.items[0], documents=("N851 PC-12", "N380 INV-1"))
    data = msgspec.json.encode(expand(msgspec.structs.replace(ROSES, items=(goods,))))
    sent = {"act": "amend", "id": page.context["amend"]["id"].value(), "reason": "certificate"}
    broken = {**sent, "file": SimpleUploadedFile("a.json", b"{")}
    assert trader.post(f"/trader/case/{reference}", broken).status_code == 422
    file = {**sent, "file": SimpleUploadedFile("a.json", data)}
    assert trader.post(f"/trader/case/{reference}", file).status_code == 302
    after = trader.get(f"/trader/case/{reference}").content.decode()
    assert "waits for you to provide" not in after
    assert "The declaration was amended." in after


def test_acts_that_are_none_are_not_there(as_role: AsRole, here: Site) -> None:
    reference = lodged(here)
    assert as_role("trader").post(f"/trader/case/{reference}", {"act": "x"}).status_code == 404


def released(here: Site) -> str:
    steel = msgspec.structs.replace(
        ROSES.items[0], commodity="84224000", description="machines", documents=("N380 INV-1",)
    )
    reference = lodged(here, items=(steel,), reference="M-1")
    assert (here.desk.ledger.row("case", reference) or b"").find(b'"released"') > 0
    return reference


def test_a_release_notice_proves_itself(
    as_role: AsRole, here: Site, tmp_path: Path, settings: object
) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    reference = released(here)
    trader = as_role("trader")
    assert "Release notice" in trader.get(f"/trader/case/{reference}").content.decode()
    for language in ("en", "ar"):
        trader.post("/language", {"language": language, "next": "/"})
        answer = trader.get(f"/trader/case/{reference}/release.pdf")
        assert answer["Content-Type"] == "application/pdf"
        (code,) = codes_in(answer.content)
        proven = check_code(code, AuditLog(tmp_path).verifiers())
        assert proven.reference == reference
        assert proven.name == "release:release:granted"


def test_a_document_of_what_did_not_happen_is_refused(
    as_role: AsRole, here: Site, tmp_path: Path, settings: object
) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    reference = lodged(here)
    trader = as_role("trader")
    refused = trader.get(f"/trader/case/{reference}/release.pdf")
    assert refused.status_code == 409
    assert "DOC-003" in refused.content.decode()
    assert trader.get(f"/trader/case/{reference}/permit.pdf").status_code == 404


@pytest.mark.parametrize("role", ["broker", "customs"])
def test_documents_of_others_are_not_there(role: str, as_role: AsRole, here: Site) -> None:
    assert as_role(role).get(f"/trader/case/{released(here)}/release.pdf").status_code == 404


def test_an_appeal_too_late_is_not_offered(as_role: AsRole, here: Site) -> None:
    reference = refused(here)
    here._clock = lambda: MORNING + timedelta(days=15)
    page = as_role("trader").get(f"/trader/case/{reference}").content.decode()
    assert "The time to appeal is over." in page
    assert not re.search(r'name="act" value="appeal"', page)
