"""One case from the form to the release, by all who have a part in it, in the real browser.

A trader lodges and sees what is missing; customs asks for a look of its own under four eyes; the
coordinator plans the day and moves the stop; the veterinarian examines together with customs; each
finds and decides for itself; the trader reads that it is released.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import opened

pytestmark = pytest.mark.enable_socket

DAY = "2026-07-03"
GOODS = {
    "commodity": "01051100",
    "description": "day-old chicks",
    "origin": "XB",
    "net_mass": "120",
    "gross_mass": "180",
    "packages": "30",
    "value": "4200",
    "procedure": "4000",
}


class People:
    """Those who have a part, each in a session of their own."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self.address = address
        self._pages: dict[str, Page] = {}
        self._browser = browser
        self._stack = stack

    def __call__(self, role: str, path: str) -> Page:
        """Let somebody look at a page."""
        if role not in self._pages:
            self._pages[role] = self._stack.enter_context(opened(self._browser, self.address, role))
        page = self._pages[role]
        page.goto(self.address + path)
        return page


@pytest.fixture
def people(browser: Browser, demo_server: str) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(browser, demo_server, stack)


def test_from_the_form_to_the_release(people: People) -> None:
    page = _lodged(people, "STORY-1", "N380 INV-1")
    wanted = page.locator("main")
    expect(wanted).to_contain_text("C640")
    expect(wanted).to_contain_text("Poultry Health Order 2020")
    page = _lodged(people, "STORY-2", "N380 INV-2\nC640 H-1\nXV41 D-1")
    expect(page.locator("main")).not_to_contain_text("Still to be provided")
    reference = page.url.rsplit("/", 1)[1]
    _customs_wants_a_look(people, reference)
    _the_stop_is_moved(people, reference)
    _they_examine_together(people, reference)
    for role in ("customs", "veterinarian"):
        _finds_and_decides(people, role, reference)
    page = people("trader", f"/trader/case/{reference}")
    expect(page.locator("main .tag.released").first).to_be_visible()


def _lodged(people: People, reference: str, documents: str) -> Page:
    page = people("trader", "/trader/lodge")
    page.select_option("[name=type]", "IMD")
    page.select_option("[name=office]", "XA000101")
    page.select_option("[name=mode]", "3")
    told = {"reference": reference, "arrival": f"{DAY}T11:00", "means": f"BR-{reference}"}
    told |= {"journey": reference, "export_country": "XB", "destination": "XA"}
    told |= {f"goods-0-{name}": value for name, value in GOODS.items()}
    for name, value in {**told, "goods-0-documents": documents}.items():
        page.fill(f"[name='{name}']", value)
    page.get_by_role("button", name="Lodge", exact=True).click()
    page.wait_for_url(re.compile("/trader/case/"))
    return page


def _customs_wants_a_look(people: People, reference: str) -> None:
    page = people("customs", f"/officer/case/{reference}")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("This is with you.")).to_be_visible()
    page.get_by_text("Override the selection").click()
    page.select_option("#override-kind", "examination")
    page.fill("#override-check", "goods")
    page.select_option("#override-reason", "OFFICER_JUDGEMENT")
    page.get_by_role("button", name="Override").click()
    expect(page.get_by_text("Waits for a second officer")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    second = people("coordinator", f"/officer/case/{reference}")
    second.get_by_role("button", name="Confirm", exact=True).click()
    expect(second.get_by_text("Waits for a second officer")).to_have_count(0)
    expect(second.locator(".stop").first).to_contain_text("Aldermark Customs")


def _the_stop_is_moved(people: People, reference: str) -> None:
    page = people("coordinator", f"/coordinator/north_gate/{DAY}")
    page.locator("button[value=adopt]").click()
    row = page.locator("tr", has=page.get_by_role("link", name=reference))
    for agency in ("Veterinary Service", "Aldermark Customs"):
        expect(row).to_contain_text(agency)
    row.get_by_text("Move", exact=False).first.click()
    row.get_by_label("Begins at").fill("03:00")
    row.get_by_role("button", name="Move it").click()
    expect(page.locator(".errors")).to_contain_text("PLAN-")
    row = page.locator("tr", has=page.get_by_role("link", name=reference))
    row.get_by_text("Move", exact=False).first.click()
    row.get_by_label("Begins at").fill("12:00")
    row.get_by_role("button", name="Move it").click()
    row = page.locator("tr", has=page.get_by_role("link", name=reference))
    expect(row).to_contain_text("12:00")


def _they_examine_together(people: People, reference: str) -> None:
    page = people("veterinarian", f"/officer/case/{reference}")
    page.get_by_role("button", name="It has arrived").click()
    form = page.locator("form", has=page.locator("input[name=act][value=examine]"))
    expect(form.get_by_label(re.compile("Aldermark Customs"))).to_be_checked()
    form.get_by_role("button", name="Examined").click()
    expect(page.locator(".timeline")).to_contain_text("Examined")


def _finds_and_decides(people: People, role: str, reference: str) -> None:
    page = people(role, f"/officer/case/{reference}")
    page.get_by_role("radio", name="In order", exact=True).check()
    page.get_by_role("button", name="Record finding").click()
    expect(page.locator("#findings").locator("xpath=..")).to_contain_text("in order")
    decide = page.locator("form", has=page.locator("input[name=act][value=decide]"))
    if decide.count() and role == "veterinarian":
        decide.get_by_role("radio", name="Clear", exact=True).check()
        decide.get_by_role("button", name="Decide").click()
        expect(page.locator("table.strip")).to_contain_text("cleared")
