"""What every answer says of itself, and what pages make of what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gatepost.web.site import Site
from tests.unit.web.conftest import lodged

AsRole = Callable[[str], Client]
PAGES = {
    "trader": ("/trader/", "/trader/lodge", "/account/"),
    "customs": ("/officer/",),
    "analyst": ("/analyst/", "/analyst/write"),
    "ministry": ("/ministry/agreements",),
    "administrator": ("/administrator/", "/administrator/account/new"),
}
WHAT = '<script>alert("x")</script>'


@pytest.mark.parametrize("role", PAGES)
def test_every_answer_says_how_it_may_be_used(role: str, as_role: AsRole, here: Site) -> None:
    client = as_role(role)
    for path in (*PAGES[role], "/", "/healthz", "/nowhere"):
        answer = client.get(path, follow=True)
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["Referrer-Policy"] == "same-origin", path
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
        kind = "text/plain" if path == "/healthz" else "text/html; charset=utf-8"
        assert answer["Content-Type"] == kind, path


@pytest.mark.parametrize("role", PAGES)
def test_every_page_offers_the_way_out(role: str, as_role: AsRole, here: Site) -> None:
    client = as_role(role)
    for path in PAGES[role]:
        assert 'action="/account/log-out"' in client.get(path).content.decode(), path


def test_what_was_typed_comes_back_as_text(as_role: AsRole, here: Site) -> None:
    lodged(here, reference="R")
    trader, analyst, admin = (as_role(role) for role in ("trader", "analyst", "administrator"))
    pages = (
        trader.post("/trader/lodge", {"reference": WHAT, "goods-TOTAL_FORMS": "1"}),
        analyst.post("/analyst/write", {"do": "check", "text": f"id: {WHAT}\n</textarea>"}),
        admin.get("/administrator/", {"q": WHAT}),
        admin.post("/administrator/account/new", {"name": WHAT, "actor": f"{WHAT}.x"}),
    )
    for page in pages:
        text = page.content.decode()
        assert WHAT not in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "path", ["/account/log-out", "/account/log-out-elsewhere", "/account/log-in/as/customs"]
)
def test_looking_changes_nothing(path: str, as_role: AsRole) -> None:
    assert as_role("trader").get(path).status_code == 405
