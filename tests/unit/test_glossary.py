"""Every name the glossary gives is defined in the room it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = re.compile(r"^\| [^|]+ \| ((?:`\w+`, )+)(\w+) \|", re.MULTILINE)


def entries() -> list[tuple[str, str]]:
    """Return (room, name) for every name in the glossary."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return [
        (room, name) for names, room in NAMES.findall(text) for name in re.findall(r"\w+", names)
    ]


def defined(room: str) -> set[str]:
    """Return the names that the modules of ``room`` define at their top level."""
    found: set[str] = set()
    for path in (ROOT / "src" / "gatepost" / room).rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.Assign(targets=[ast.Name(id=name)]):
                    found.add(name)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    found.add(name)
                case _:
                    pass
    return found


@pytest.mark.parametrize(("room", "name"), entries())
def test_glossary_name_is_defined(room: str, name: str) -> None:
    """The glossary does not drift away from the code."""
    assert name in defined(room), f"GLOSSARY.md says {room} defines {name}"


def test_glossary_is_read() -> None:
    """A changed table layout must not make the test above pass on nothing."""
    assert ("kernel", "Validity") in entries()
    assert ("authority", "Clause") in entries()
