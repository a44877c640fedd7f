"""The public guide in a real browser: a citizen finds out, and a trader goes on from there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import NEEDS, opened

pytestmark = pytest.mark.enable_socket

FIRST_PAGE = 100_000
"""Bytes over the wire of the first page with everything it needs."""


def test_from_a_question_to_a_form_that_knows_the_answer(
    browser: Browser, demo_server: str
) -> None:
    with opened(browser, demo_server) as page:
        page.goto(demo_server)
        page.get_by_role("link", name="What do I need?").click()
        page.get_by_label("Commodity code").fill("0603.11")
        page.get_by_label("Country of origin").select_option("XB")
        page.get_by_role("button", name="Show what is needed").click()
        assert "2 agencies are concerned" in page.locator("main").inner_text()
        assert page.get_by_text("Phytosanitary certificate").first.is_visible()
        assert page.get_by_text("Plant Health Act 2019, s. 12(1)").first.is_visible()
        page.get_by_role("link", name="Lodge a declaration for these goods").click()
        page.get_by_role("button", name="Importer of flowers").click()
        assert page.get_by_label("Commodity code").input_value() == "060311"
        assert page.get_by_label("Country of origin").input_value() == "XB"
        assert page.get_by_label("What happens with the goods").input_value() == "IMD"


def test_the_first_page_is_light(browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server) as page:
        sizes: list[int] = []
        page.on("response", lambda answer: sizes.append(len(answer.body())))
        page.goto(demo_server, wait_until="networkidle")
        assert len(sizes) >= 3
        assert sum(sizes) <= FIRST_PAGE


def test_everything_works_without_javascript(browser: Browser, demo_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_server + NEEDS)
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Change").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.url.endswith(NEEDS)
    context.close()
