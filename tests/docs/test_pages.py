"""Every page that shows commands is followed to the letter, in an empty folder.

A block with `file=PATH` in its first line is written to that file. In a block marked
`console`, each line after `$ ` is run, and what it prints must be what the page shows;
`...` stands for the rest of a line.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost.bootstrap import KEY_FILE
from gatepost.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    if "```console" in page.read_text() and page.name != "README.md"
)
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each block of a page as its kind, its file and its text."""
    for found in _BLOCK.finditer(page.read_text()):
        yield found[1], found[2] or "", found[3]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what is shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield line, shown.strip()


def _without_chance(data: Path) -> None:
    """Put a key there under which random selection passes over what the pages lodge."""
    data.mkdir(parents=True, mode=0o700)
    (data / KEY_FILE).write_text("00" * 32)


def shows(shown: str, printed: str) -> bool:
    """Tell whether ``printed`` is what is shown; ``...`` stands for the rest of a line."""
    parts = [re.escape(part) for part in shown.split("...")]
    return re.fullmatch("[^\\n]*".join(parts), printed) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_can_be_followed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "jurisdictions", tmp_path / "jurisdictions")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    _without_chance(tmp_path / "data-home" / "gatepost")
    ran = 0
    for kind, file, text in steps(page):
        if file:
            place = tmp_path / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        elif kind == "console":
            for line, shown in commands(text):
                program, *arguments = shlex.split(line)
                assert program == "gatepost", f"{page.name} shows a command we cannot run: {line}"
                done = CliRunner().invoke(main, arguments)
                printed = "\n".join(row.rstrip() for row in done.output.strip().splitlines())
                assert shows(shown, printed), f"{page.name}: $ {line}\n{printed}"
                ran += 1
    assert ran
