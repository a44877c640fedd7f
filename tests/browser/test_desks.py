"""What analysts, ministries, administrators and coordinators do, in the real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import opened

pytestmark = pytest.mark.enable_socket

BAD = {"serious", "critical"}

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
when: starts_with(item.commodity, "0603") && item.value / item.net_mass < 20
control: {kind: examination, check: pests, minutes: 25}
legal_basis:
  - cite: Plant Health Act 2019, s. 14
valid: {from: 2026-08-01}
review: 2027-02-01
"""
EVERY_PAGE = {
    "customs": ("/officer/", "/officer/?whose=nobody"),
    "coordinator": (
        "/coordinator/",
        "/coordinator/north_gate/2026-07-03?all=1",
        "/coordinator/north_gate/actions",
    ),
    "analyst": ("/analyst/", "/analyst/write", "/analyst/worth"),
    "ministry": (
        "/ministry/",
        "/ministry/agreements?of=together",
        "/ministry/overlaps",
        "/ministry/models?model=canada",
    ),
    "administrator": (
        "/administrator/",
        "/administrator/account/new",
        "/administrator/roles",
        "/administrator/law",
        "/administrator/credentials",
        "/administrator/health?look=1",
    ),
}


def test_a_quarantine_manager_keeps_her_own_criteria(browser: Browser, demo_server: str) -> None:
    """F.3: she writes an indicator, is told where it is wrong, asks the past; another confirms."""
    with opened(browser, demo_server, "analyst") as page:
        page.goto(f"{demo_server}/analyst/write")
        page.fill("textarea", DRAFT.replace("item.value", "item.valeu"))
        page.get_by_role("button", name="Check it").click()
        expect(page.locator(".errors")).to_contain_text("Line 12, column")
        expect(page.locator("#line-12")).to_contain_text("Did you mean value?")
        page.fill("textarea", DRAFT)
        page.get_by_role("button", name="Ask the past").click()
        expect(page.locator("main")).to_contain_text("Nothing is wrong with it")
        expect(page.locator("main")).to_contain_text("the same hits.")
        page.goto(f"{demo_server}/analyst/indicator/PLANT-RISK-007/3")
        page.get_by_role("radio", name="go back on trial").check()
        page.get_by_label("Why").fill("No finding in eleven looks.")
        page.get_by_role("button", name="Propose").click()
        expect(page.locator(".notice")).to_contain_text("Another officer")
    with opened(browser, demo_server, "head-of-risk") as page:
        page.goto(f"{demo_server}/analyst/indicator/PLANT-RISK-007/3")
        page.get_by_role("button", name="Confirm").click()
        expect(page.locator("main")).to_contain_text("Steps on record")


def test_a_ministry_sees_times_instruments_and_models(browser: Browser, demo_server: str) -> None:
    """F.9 and F.10: minutes by agency, who shares what with whom, models without a score."""
    with opened(browser, demo_server, "ministry") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Release times")
        expect(page.locator("main")).to_contain_text("No figure rests on fewer than 3 cases.")
        expect(page.locator("polyline").first).to_be_attached()
        expect(page.locator("main")).to_contain_text("Veterinary Service")
        page.get_by_role("link", name="Agreements").click()
        expect(page.locator("svg.map path").first).to_be_attached()
        expect(page.locator("main")).to_contain_text("XA-AGR-2023-04/8")
        page.get_by_role("link", name="Models").click()
        for model in ("canada", "nordic"):
            page.get_by_role("checkbox", name=model).check()
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("main")).to_contain_text("Released uncontrolled")
        expect(page.locator("main")).to_contain_text("Illustrative, not legal advice")


def test_a_post_chief_sees_the_neighbours_hours(browser: Browser, demo_server: str) -> None:
    """F.2: tomorrow's stops, staff and scanner, and the hours on both sides."""
    with opened(browser, demo_server, "coordinator") as page:
        expect(page.get_by_role("heading", level=1)).to_contain_text("North Gate")
        drawn = page.locator("svg.day")
        expect(drawn).to_contain_text("customs \N{EN DASH} Brenland")
        expect(drawn).to_contain_text("customs \N{EN DASH} Aldermark")
        page.get_by_role("link", name="Day after").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("4 July 2026")


def test_an_administrator_ends_an_account(browser: Browser, demo_server: str) -> None:
    """F.1: who leaves no longer gets in, and the power of every role is seen with its law."""
    with opened(browser, demo_server, "administrator") as page:
        page.get_by_role("link", name="Make an account").click()
        page.get_by_label("Name to log in with").fill("night shift")
        page.get_by_label("Acts as").fill("customs.north_gate.examiner")
        page.get_by_role("checkbox", name="officer: works on cases").check()
        page.get_by_label("First password").fill("a lorry waits at the gate")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("night shift")
        page.get_by_role("button", name="End this account").click()
        expect(page.locator("main .tag").first).to_have_text("ended")
        page.locator("main").get_by_role("link", name="State", exact=True).click()
        expect(page.locator("main")).to_contain_text("Anybody may be any of its roles")


@pytest.mark.parametrize("role", EVERY_PAGE)
def test_no_page_is_a_hindrance_to_anybody(role: str, browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server, role, width=360) as page:
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        for path in EVERY_PAGE[role]:
            page.goto(demo_server + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            _axe(page)
            page.emulate_media(color_scheme="dark")
            _axe(page)
            page.emulate_media(color_scheme="light")
        assert told == []


def _axe(page: Page) -> None:
    """Hold a page against the rules of axe: nothing serious, nothing critical."""
    found = Axe().run(page).response["violations"]
    bad = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in BAD]
    assert bad == [], page.url
