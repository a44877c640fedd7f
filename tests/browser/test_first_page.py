"""The first page in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright


@pytest.mark.enable_socket
def test_a_person_becomes_a_role_of_the_demo(chromium: Path, demo_server: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(demo_server)
        page.get_by_role("button", name="Plant health inspector").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Work list"
        page.locator("table a").first.click()
        page.get_by_role("heading", name="Agencies and steps").wait_for()
        assert complaints == []
        browser.close()
