"""No page has a serious fault for axe, moves while it loads, or is too wide for a phone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import NEEDS, PUBLIC, opened

pytestmark = pytest.mark.enable_socket

BAD = {"serious", "critical"}
COLOURS = {"runOnly": ["color-contrast"]}
BY_ROLE = {
    "trader": (
        "/trader/",
        NEEDS.replace("/guide/needs", "/trader/lodge"),
        "/trader/lodge/file",
        "/trader/mandates",
        "/account/",
    ),
    "plant-health": ("/officer/",),
}
LISTS = {"trader": "/trader/", "plant-health": "/officer/"}
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
    }).observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
SEEN = 0.02
"""A fifth of what the measure of layout shifts calls good; rounding stays far below."""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(path: str, browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server) as page:
        page.goto(demo_server + path)
        _look(page)


@pytest.mark.parametrize("role", BY_ROLE)
def test_pages_of_roles(role: str, browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server, role) as page:
        for path in BY_ROLE[role]:
            page.goto(demo_server + path)
            _look(page)
        page.goto(demo_server + LISTS[role])
        page.locator("main table a").first.click()
        page.locator("summary").first.click()
        _look(page)


def test_axe_would_tell(browser: Browser, demo_server: str) -> None:
    with opened(browser, demo_server) as page:
        page.goto(demo_server + "/guide/status")
        page.evaluate("document.querySelector('select').labels[0].remove()")
        with pytest.raises(AssertionError, match="select-name"):
            _axe(page)


def _look(page: Page) -> None:
    assert page.evaluate(SHIFT) < SEEN, page.url
    _axe(page)
    page.emulate_media(color_scheme="dark")
    _axe(page, COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(TOO_WIDE) <= 0, page.url
    # What 200 % makes of a window of 1200: the page has 600 to stand in.
    page.set_viewport_size({"width": 600, "height": 400})
    assert page.evaluate(TOO_WIDE) <= 0, page.url
    page.set_viewport_size({"width": 1200, "height": 800})


def _axe(page: Page, options: Mapping[str, object] | None = None) -> None:
    answer = Axe().run(page, options=dict(options or {}))
    found = answer.response["violations"]
    bad = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in BAD]
    assert bad == [], page.url
