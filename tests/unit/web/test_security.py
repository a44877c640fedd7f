"""What every page promises, and what the demo may do that nothing else may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.notice import Refused
from gatepost.web.accounts.demo import make_accounts
from gatepost.web.places import DEMO_MARKER
from gatepost.web.site import Site, open_site, serving
from tests.unit.web.conftest import MORNING

AsRole = Callable[[str], Client]


def test_every_page_forbids_scripts_of_others(as_role: AsRole) -> None:
    answer = as_role("trader").get("/trader/lodge")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "'nonce-" in policy
    assert answer["X-Frame-Options"] == "DENY"


def test_a_form_without_its_token_is_refused(as_role: AsRole) -> None:
    as_role("trader")
    client = Client(enforce_csrf_checks=True)
    assert client.post("/account/log-in/as/trader").status_code == 403


def test_nobody_is_a_demo_role_outside_a_demo(here: Site, db: None) -> None:
    make_accounts()
    with serving(Site(here.desk, lambda: MORNING, demo=False)):
        client = Client()
        assert client.post("/account/log-in/as/trader").status_code == 404
        assert "Be somebody" not in client.get("/").content.decode()


@pytest.mark.parametrize(("demo", "marked"), [(True, False), (False, True)])
def test_a_demo_and_a_real_ledger_are_not_mistaken(
    demo: bool, marked: bool, tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    settings.DATA, settings.DEMO = tmp_path, demo  # type: ignore[attr-defined]
    if marked:
        (tmp_path / DEMO_MARKER).touch()
    with pytest.raises(Refused):
        open_site()


def test_files_of_pages_may_be_kept_and_no_others_are_served(here: Site, db: None) -> None:
    client = Client()
    page = client.get("/").content.decode()
    address = page.split('stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert client.get("/assets/0/gatepost.css").status_code == 404
    assert client.get(address.replace("gatepost.css", "settings.py")).status_code == 404


def test_the_country_is_named(here: Site, aldermark: Jurisdiction, db: None) -> None:
    assert "Aldermark" in Client().get("/").content.decode()
