"""The pages of docs/reference are what the code says now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.pages()
    return found


@pytest.mark.parametrize(("name", "text"), sorted(_pages().items()))
def test_the_page_is_up_to_date(name: str, text: str) -> None:
    assert (DOCS / "reference" / name).read_text() == text, "run make docs"


def test_every_reference_page_is_made() -> None:
    made = {*_pages(), "README.md"}
    assert {page.name for page in (DOCS / "reference").iterdir()} <= made
