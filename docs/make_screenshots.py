"""Take pictures of the main pages in a real browser: ``make screenshots``.

Plays the demo day in a folder of its own, serves it, and writes one picture for each page and
width to ``docs/screenshots``. Chromium is looked for where Debian puts it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")
SERVING = re.compile(r"Serving on (http://127\.0\.0\.1:\d+)")
WIDTHS = {"wide": 1200, "phone": 360}
TALLEST = 1800
"""Pixels of a picture at most; a longer page is cut below."""


QUALITY = 45
"""Of a JPEG; text stays sharp enough to read, and all pictures together below 3 MB."""
AT_A_TABLE = frozenset({"coordinator", "analyst", "ministry", "administrator"})
"""The roles whose pages are pictured wide only."""


class Shot(NamedTuple):
    """One page: the name of its picture, the role of the demo who looks, where it is.

    ``click`` is the link followed from there, if any; ``language`` that of the reader.
    """

    name: str
    role: str
    path: str
    click: str = ""
    language: str = "en"

    @property
    def widths(self) -> tuple[str, ...]:
        """Return the widths it is taken at: desks that stand on a table at one only."""
        return ("wide",) if self.role in AT_A_TABLE else tuple(WIDTHS)


NEEDS = "/guide/needs?regime=import&commodity=060311&origin=XB&mode=3"
SHOTS = (
    Shot("start", "", "/"),
    Shot("guide", "", "/guide/"),
    Shot("guide-needs", "", NEEDS),
    Shot("guide-hours", "", "/guide/hours"),
    Shot("guide-rights", "", "/guide/rights"),
    Shot("guide-times", "", "/guide/times"),
    Shot("guide-needs-arabic", "", NEEDS, language="ar"),
    Shot("trader-case-french", "trader", "/trader/", "main table a", "fr"),
    Shot("trader-mandates", "broker", "/trader/mandates"),
    Shot("trader-cases", "trader", "/trader/"),
    Shot("trader-case", "trader", "/trader/", "main table a"),
    Shot("trader-lodge", "trader", NEEDS.replace("/guide/needs", "/trader/lodge")),
    Shot("officer-work", "plant-health", "/officer/"),
    Shot("officer-case", "customs", "/officer/", "main table a"),
    Shot("coordinator-day", "coordinator", "/coordinator/"),
    Shot("analyst-indicators", "analyst", "/analyst/"),
    Shot("analyst-worth", "analyst", "/analyst/worth"),
    Shot("analyst-indicator", "analyst", "/analyst/", "main table a"),
    Shot("ministry-times", "ministry", "/ministry/"),
    Shot("ministry-agreements", "ministry", "/ministry/agreements"),
    Shot("ministry-overlaps", "ministry", "/ministry/overlaps"),
    Shot("administrator-accounts", "administrator", "/administrator/"),
    Shot("administrator-state", "administrator", "/administrator/health"),
)


@contextmanager
def demo() -> Iterator[str]:
    """Serve a played day and give its address."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "gatepost", "demo", "--port", "0"]
        command += ["--data", str(Path(folder) / "data")]
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as server:
            assert server.stdout is not None
            try:
                yield next(found[1] for line in server.stdout if (found := SERVING.search(line)))
            finally:
                server.terminate()


def take(browser: Browser, address: str, shot: Shot, width: str, folder: Path) -> None:
    """Take one picture; a page of a role is looked at in that role's own session."""
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900})
    context.add_cookies([{"name": "gatepost-language", "value": shot.language, "url": address}])
    page = context.new_page()
    if shot.role:
        page.goto(address)
        page.locator(f'form[action$="/{shot.role}"] button').click()
    page.goto(address + shot.path)
    if shot.click:
        page.locator(shot.click).first.click()
        page.wait_for_load_state()
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(
        path=folder / f"{shot.name}-{width}.jpg",
        type="jpeg",
        quality=QUALITY,
        full_page=True,
        clip={"x": 0, "y": 0, "width": WIDTHS[width], "height": min(height, TALLEST)},
    )
    context.close()


def main() -> None:
    """Take every picture; names on the command line choose some."""
    wanted = sys.argv[1:]
    folder = HERE / "screenshots"
    folder.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                for width in shot.widths:
                    take(browser, address, shot, width, folder)
        browser.close()


if __name__ == "__main__":
    main()
