"""The pictures that are kept are those that the command takes, few bytes, and shown on a page."""

from __future__ import annotations

import re
from pathlib import Path

from docs.make_screenshots import SHOTS

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "screenshots"
PAGE = DOCS / "tutorial" / "the-pages.md"
MOST = 3_000_000


def test_every_picture_is_taken_by_the_command_and_the_other_way_round() -> None:
    taken = {f"{shot.name}-{width}.jpg" for shot in SHOTS for width in shot.widths}
    assert {one.name for one in PICTURES.iterdir()} == taken


def test_all_together_are_small() -> None:
    assert sum(one.stat().st_size for one in PICTURES.iterdir()) <= MOST


def test_the_page_shows_pictures_that_are_there_of_every_audience() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(\.\./screenshots/([\w.-]+)\)", PAGE.read_text())
    assert {name for name in shown if not (PICTURES / name).exists()} == set()
    audiences = {name.partition("-")[0] for name in shown}
    assert audiences >= {shot.name.partition("-")[0] for shot in SHOTS}
