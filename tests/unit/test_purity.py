"""The domain takes its time as an argument: no room of it asks a clock, opens a file or prints.

What a room may import is a contract in .importlinter. This looks at what it calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gatepost"
OUTER = {"adapters", "bootstrap.py", "cli", "web", "api"}

CLOCK_CALLS = {"now", "utcnow", "today"}
CLOCK_OWNERS = {"datetime", "date", "dt"}
SIDE_EFFECTS = {"open", "print", "input", "breakpoint"}


def domain_modules() -> list[Path]:
    """Return every module of the rooms that must be pure."""
    return sorted(
        path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in OUTER
    )


def impurities(source: str) -> Iterator[str]:
    """Yield ``line: what`` for every place in ``source`` that reaches outside."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=owner, attr=name) if name in CLOCK_CALLS:
                if ast.unparse(owner).rpartition(".")[2] in CLOCK_OWNERS:
                    yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Call(func=ast.Name(id=name)) if name in SIDE_EFFECTS:
                yield f"{node.lineno}: {name}()"
            case ast.Import(names=names) if any(alias.name == "time" for alias in names):
                yield f"{node.lineno}: import time"
            case ast.ImportFrom(module="time"):
                yield f"{node.lineno}: from time import"
            case _:
                pass


@pytest.mark.parametrize(
    "path", domain_modules(), ids=lambda path: path.relative_to(SOURCE).as_posix()
)
def test_domain_room_reaches_nothing_outside(path: Path) -> None:
    """Values in, values out."""
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


def test_there_is_a_domain_to_look_at() -> None:
    """A moved source folder must not make the test above pass on nothing."""
    assert SOURCE / "kernel" / "validity.py" in domain_modules()


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "dt.datetime.now()",
        "date.today()",
        "stamps = map(datetime.now, zones)",
        "import time",
        "from time import monotonic",
        "open('law.yaml')",
        "print('released')",
    ],
)
def test_reaching_outside_is_noticed(source: str) -> None:
    """Each way out that the test above guards is one it can see."""
    assert list(impurities(source)) != []


@pytest.mark.parametrize(
    "source", ["def decide(now: datetime): return now", "request.now", "datetime.combine(day, t)"]
)
def test_time_as_a_value_is_welcome(source: str) -> None:
    """The time as an argument, and datetime as a type, are what the domain is made of."""
    assert list(impurities(source)) == []
