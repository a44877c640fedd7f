"""The promises page names tests that are there and figures that benchmarks keep."""

from __future__ import annotations

import ast
import re
import socket
import threading
import time
from pathlib import Path

import msgspec
import pytest

from benchmarks import _figures
from benchmarks.http_lodging import Line
from benchmarks.load_run import Side
from docs.promises import page, read_promises

SCENARIOS = 28


def names_in(path: Path) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def named() -> list[str]:
    """Return every test that the promises and the faults name, once."""
    told = read_promises()
    found = [test for one in told.promises for test in one.tests]
    found += [test for one in told.faults for test in one.tests]
    return sorted(dict.fromkeys(found))


@pytest.mark.parametrize("test", named())
def test_every_test_named_is_there(test: str, root: Path) -> None:
    file, _, name = test.partition("::")
    # A machine of hypothesis is a test by its TestCase.
    machines = re.findall(r"^(\w+) = \w+\.TestCase$", (root / file).read_text(), re.MULTILINE)
    there = names_in(root / file) | set(machines)
    assert there
    assert not name or name in there


def test_every_promise_has_a_test_and_every_fault_a_place() -> None:
    told = read_promises()
    assert all(one.tests for one in told.promises)
    assert [one.number for one in told.faults] == list(range(1, SCENARIOS + 1))
    assert [one.number for one in told.faults if not (one.tests or one.partner)] == []


def test_every_figure_named_is_one_that_a_benchmark_keeps(root: Path) -> None:
    scripts = "".join(path.read_text() for path in (root / "benchmarks").glob("*.py"))
    named_figures = {name for one in read_promises().promises for name in one.figures}
    for name in named_figures:
        stem = name.partition("_")[0]
        assert f"{name}=" in scripts or f'f"{stem}_{{' in scripts, name
    assert set(_figures.figures()) <= named_figures


def test_figures_are_kept_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_figures, "FILE", tmp_path / "figures.json")
    monkeypatch.setattr("sys.argv", ["benchmarks/audit_log.py"])
    _figures.keep("quiet", verify="1 a second")
    assert _figures.figures() == {}
    monkeypatch.setattr("sys.argv", ["benchmarks/audit_log.py", "--keep"])
    _figures.keep("quiet", verify="1 a second")
    _figures.keep("busy", seal="2 a second")
    kept = _figures.figures()
    assert (kept["verify"].says, kept["verify"].machine) == ("1 a second", "quiet")
    assert kept["seal"].command == "python benchmarks/audit_log.py"


def test_a_figure_that_was_not_measured_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.promises.figures", dict)
    assert "- figure: not measured yet" in list(page())


class Answering(threading.Thread):
    """A server on a pair of sockets that refuses every third request."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mine, self.theirs = socket.socketpair()
        self.seen: list[bytes] = []

    def run(self) -> None:
        while data := self.mine.recv(65536):
            self.seen.append(data)
            status = b"500 No" if len(self.seen) % 3 == 0 else b"201 Created"
            self.mine.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")


def test_the_load_run_sends_what_it_is_told_and_counts_what_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Answering()
    server.start()

    def opened(line: Line, port: int) -> None:
        line._socket, line._port = server.theirs, port

    monkeypatch.setattr("benchmarks.http_lodging.Line.__init__", opened)
    side = Side(1000, 1, lambda number: msgspec.json.encode(number))
    begin = time.perf_counter()
    side.run(0, begin, begin + 0.03)
    server.theirs.close()
    server.join(5)
    server.mine.close()
    assert server.seen == [msgspec.json.encode(n) for n in range(30)]
    assert side.statuses == {201: 20, 500: 10}
    assert side.errors(201) == 10
