"""The files around the code keep their promises."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PIN = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)


def _normal(requirement: str) -> str:
    name = re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_lock_pins_every_dependency_with_hashes(root: Path) -> None:
    """A dependency added without ``make lock`` is noticed."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    asked = {_normal(r) for group in (project["dependencies"], *extras) for r in group}
    lock = (root / "requirements.lock").read_text()
    assert asked <= set(PIN.findall(lock))
    unhashed = [block for block in re.split(PIN, lock)[2::2] if "--hash=sha256:" not in block]
    assert unhashed == []


def test_lock_names_no_host(root: Path) -> None:
    """The packages may come from any registry: the hashes say whether they are the right ones."""
    lock = (root / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--index-url" not in lock


def test_decisions_are_numbered_in_one_row(root: Path) -> None:
    """Each decision has the next number and says context, decision and consequences."""
    pages = sorted((root / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        assert re.fullmatch(r"[0-9]{4}-[a-z0-9-]+\.md", page.name), page.name
        assert page.read_text().startswith(f"# {int(page.name[:4])}. "), page.name
        headings = re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
