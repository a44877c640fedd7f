"""A trader in a real browser: a draft, goods kept, a declaration, its page and its paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from gatepost.adapters.documents.code import codes_in
from tests.browser.pages import LANGUAGES, NEEDS, opened

pytestmark = pytest.mark.enable_socket


def fill(page: Page, reference: str) -> None:
    """Fill what the guide did not know already."""
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Border post").select_option(label="North Gate")
    page.get_by_label("Expected at the post").fill("2026-07-03T22:00")
    page.get_by_label("Vehicle, flight or vessel").fill("BR-9876")
    page.get_by_label("What it is").fill("cut roses")
    page.get_by_label("Net mass in kg").fill("180")
    page.get_by_label("Gross mass in kg").fill("212")
    page.get_by_label("Packages").fill("24")
    page.get_by_label("Value in EUR").fill("2600")


def test_from_a_draft_to_what_is_still_to_be_provided(browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server, "trader") as page:
        page.goto(demo_server + NEEDS.replace("/guide/needs", "/trader/lodge"))
        fill(page, "BROWSER-1")
        page.get_by_role("button", name="Save as a draft").click()
        page.get_by_role("link", name="BROWSER-1").click()
        assert page.get_by_label("What it is").input_value() == "cut roses"
        page.get_by_label("Keep these goods as").fill("Roses")
        page.get_by_role("button", name="Lodge", exact=True).click()
        main = page.locator("main").inner_text()
        assert "Plant Health Service waits for you to provide" in main
        assert "Phytosanitary certificate N851" in main
        page.goto(demo_server + "/trader/")
        assert page.get_by_role("link", name="BROWSER-1").count() == 0
        page.goto(demo_server + "/trader/lodge")
        page.get_by_role("button", name="Add these goods").click()
        assert page.get_by_label("Commodity code").input_value() == "060311"


def test_a_release_notice_is_had_as_pdf(browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server, "trader") as page:
        page.goto(demo_server + "/trader/")
        page.locator("tr", has_text="released").locator("a").first.click()
        link = page.get_by_role("link", name="Release notice")
        answer = page.request.get(demo_server + (link.get_attribute("href") or ""))
        assert answer.headers["content-type"] == "application/pdf"
        assert len(codes_in(answer.body())) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_reads_in_every_language(
    language: str, browser: Browser, demo_server: str
) -> None:
    with opened(browser, demo_server, "trader", language) as page:
        page.goto(demo_server + "/trader/")
        page.locator("main table a").first.click()
        html = page.locator("html")
        assert html.get_attribute("lang") == language
        assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        strangers = page.locator("main .now .foreign, main #story ~ ol .foreign")
        assert strangers.count() == 0
