"""Opening pages of the demo in the real browser, as some role, in some language and width."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

LANGUAGES = ("en", "fr", "es", "ar")
NEEDS = "/guide/needs?regime=import&commodity=060311&origin=XB&mode=3"
PUBLIC = (
    "/",
    "/guide/",
    NEEDS,
    "/guide/needs?regime=import&commodity=99",
    "/guide/hours",
    "/guide/fees",
    "/guide/papers",
    "/guide/places",
    "/guide/rights",
    "/guide/times",
    "/guide/status",
    "/account/log-in",
)


@contextmanager
def opened(
    browser: Browser, address: str, role: str = "", language: str = "en", width: int = 1200
) -> Iterator[Page]:
    """Give a page in a session of its own, logged in as ``role``."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "gatepost-language", "value": language, "url": address}])
    page = context.new_page()
    if role:
        page.goto(address)
        page.locator(f'form[action$="/{role}"] button').click()
    yield page
    context.close()
