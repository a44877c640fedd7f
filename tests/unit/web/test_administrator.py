"""The administrator's pages: accounts, roles, the law in force, credentials, the state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gatepost.adapters.store.models import Account, Credential
from gatepost.web.site import Site
from tests.unit.web.conftest import MORNING, lodged

AsRole = Callable[[str], Client]
NEW: dict[str, Any] = {
    "name": "night shift",
    "actor": "customs.north_gate.examiner",
    "audiences": ["officer"],
    "password": "a lorry waits at the gate",
}


@pytest.fixture
def admin(as_role: AsRole) -> Client:
    return as_role("administrator")


def test_an_account_is_made_and_found(admin: Client) -> None:
    answer = admin.post("/administrator/account/new", NEW)
    account = Account.objects.get(name="night shift")
    assert answer["Location"] == f"/administrator/account/{account.pk}"
    assert account.check_password(NEW["password"])
    assert "night shift" in admin.get("/administrator/?q=night").content.decode()
    assert "night shift" not in admin.get("/administrator/?q=broker").content.decode()


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"name": "customs"}, "name"),
        ({"password": "short"}, "password"),
        ({"actor": "XA0001"}, "actor"),
        ({"actor": "customs.north_gate.nobody"}, "actor"),
        ({"actor": ""}, "actor"),
        ({"audiences": []}, "audiences"),
        ({"audiences": ["administrator", "officer"]}, "audiences"),
        ({"audiences": ["god"]}, "audiences"),
    ],
)
def test_what_is_wrong_is_told_in_its_place(
    admin: Client, wrong: dict[str, Any], place: str
) -> None:
    before = Account.objects.count()
    answer = admin.post("/administrator/account/new", {**NEW, **wrong})
    assert answer.status_code == 422
    assert place in answer.context["form"].errors
    assert Account.objects.count() == before


def test_an_ended_account_loses_its_sessions_and_can_be_opened(
    admin: Client, as_role: AsRole
) -> None:
    officer = as_role("customs")
    account = Account.objects.get(name="customs")
    page = f"/administrator/account/{account.pk}"
    assert admin.post(page, {"do": "end"}).status_code == 302
    assert officer.get("/officer/").status_code == 302
    account.refresh_from_db()
    assert not account.is_active
    admin.post(page, {"do": "reopen"})
    account.refresh_from_db()
    assert account.is_active


def test_a_locked_account_is_opened_and_a_factor_forgotten(admin: Client) -> None:
    account = Account.objects.get(name="customs")
    account.failures, account.locked_until = 9, MORNING + timedelta(minutes=5)
    account.totp = "sealed"
    account.save()
    page = f"/administrator/account/{account.pk}"
    assert "locked until" in admin.get(page).content.decode()
    admin.post(page, {"do": "unlock"})
    admin.post(page, {"do": "factor"})
    opened = Account.objects.get(pk=account.pk)
    assert (opened.failures, opened.locked_until, opened.totp) == (0, None, "")


def test_who_may_no_longer_see_loses_the_session(admin: Client, as_role: AsRole) -> None:
    officer = as_role("customs")
    account = Account.objects.get(name="customs")
    whose = {"do": "whose", "actor": "XA0001", "audiences": ["trader"]}
    assert admin.post(f"/administrator/account/{account.pk}", whose).status_code == 302
    assert officer.get("/officer/").status_code == 302
    account.refresh_from_db()
    assert account.audiences == ["trader"]


@pytest.mark.parametrize("act", ["end", "whose", "factor", "unlock"])
def test_nobody_changes_the_own_account(admin: Client, act: str) -> None:
    own = Account.objects.get(name="administrator")
    sent = {"do": act, "actor": "", "audiences": ["ministry"]}
    assert admin.post(f"/administrator/account/{own.pk}", sent).status_code == 404
    own.refresh_from_db()
    assert (own.is_active, own.audiences) == (True, ["administrator"])


def test_roles_and_law_are_told(admin: Client) -> None:
    roles = admin.get("/administrator/roles").content.decode()
    assert "customs.north_gate.examiner" in roles
    law = admin.get("/administrator/law")
    assert "PLANT-RISK-007" in law.content.decode(), "it ends within 90 days"
    assert law.context["law"].digest == admin.get("/administrator/law").context["law"].digest


def test_a_token_is_revoked_once(admin: Client) -> None:
    token = Credential.objects.create(
        digest="d", owner="XA1001", kind="party", scopes=["read"], made_at=MORNING
    )
    assert "XA1001" in admin.get("/administrator/credentials").content.decode()
    admin.post("/administrator/credentials", {"revoke": str(token.pk)})
    token.refresh_from_db()
    assert token.revoked_at == MORNING
    for odd in ("", "x", "-1", "99999999999"):
        assert admin.post("/administrator/credentials", {"revoke": odd}).status_code == 302


def test_the_state_tells_what_wants_attention(
    admin: Client, here: Site, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    lodged(here)
    page = admin.get("/administrator/health").content.decode()
    assert "nothing is sealed yet" in page
    assert "Anybody may be any of its roles" in page
    looked = admin.get("/administrator/health?look=1")
    assert looked.context["health"].cases == 1
    good = {check.name: check.good for check in looked.context["health"].checks}
    assert good["Labels"]
    assert good["File modes"]
    assert not good["Backup"]


def test_an_administrator_has_no_part_in_cases(admin: Client, here: Site) -> None:
    reference = lodged(here)
    for page in ("/officer/", f"/officer/case/{reference}", f"/trader/case/{reference}"):
        assert admin.get(page).status_code == 404


@pytest.mark.parametrize(
    "page", ["", "account/new", "account/1", "roles", "law", "credentials", "health"]
)
def test_the_pages_are_the_administrators_alone(page: str, as_role: AsRole) -> None:
    assert as_role("customs").get(f"/administrator/{page}").status_code == 404
