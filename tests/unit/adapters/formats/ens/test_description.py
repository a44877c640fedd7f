"""Every fault in the description of an interface is told with its rule, file and line.

``small`` is valid. Each folder of ``broken`` is laid over it; the lines that must be told end with
``# <- NUMBER``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatepost.adapters.formats.ens import rules
from gatepost.adapters.formats.ens.description import faults_of, load_interface, read_interface
from gatepost.bootstrap import RULES
from gatepost.kernel.notice import Refused, rules_of

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").iterdir())
MARK = re.compile(r"# <- (.+)$")
OF_MESSAGES = {
    rules.UNKNOWN_MESSAGE.number,
    rules.NOT_ONE_MESSAGE.number,
    rules.NO_RULE_SET.number,
}
ABSENT = {rules.NO_HEAD.number}
"""Told when a file is not there, so no file can be marked with it."""


def marks(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        for line, text in enumerate(path.read_text().splitlines(), 1):
            if found := MARK.search(text):
                place = f"{path.relative_to(folder).as_posix()}:{line}"
                yield from ((code, place) for code in found[1].split())


def test_the_small_interface_is_clean() -> None:
    assert faults_of(read_interface(HERE / "small")) == []


def test_the_interfaces_that_ship_are_clean(jurisdictions: Path) -> None:
    heads = list(jurisdictions.glob("models/*/interface.yaml"))
    assert heads
    for head in heads:
        found = faults_of(read_interface(head.parent))
        assert [f"{n.where} {RULES.sentence(n)}" for n in found] == []


@pytest.mark.parametrize("fault", BROKEN, ids=lambda folder: folder.name)
def test_a_fault_is_told_where_it_is(tmp_path: Path, fault: Path) -> None:
    folder = Path(shutil.copytree(HERE / "small", tmp_path / "small"))
    shutil.copytree(fault, folder, dirs_exist_ok=True)
    found = faults_of(read_interface(folder))
    expected = list(marks(fault))
    assert expected, "the broken file marks no line"
    assert sorted((n.code, n.where.split(", ")[0]) for n in found) == sorted(expected)
    for notice in found:
        assert "{" not in RULES.sentence(notice).replace("{2}", "").replace("{6}", "")
    with pytest.raises(Refused):
        load_interface(folder)


def test_every_rule_has_a_broken_file() -> None:
    marked = {code for fault in BROKEN for code, _ in marks(fault)}
    assert {rule.number for rule in rules_of(vars(rules))} - OF_MESSAGES - ABSENT <= marked


def test_a_folder_without_an_interface_says_so(tmp_path: Path) -> None:
    assert [n.code for n in faults_of(read_interface(tmp_path))] == ["INTERFACE-004"]


def test_a_file_that_cannot_be_read_is_told_alone(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HERE / "small", tmp_path / "small"))
    (folder / "formats.yaml").write_text("- {name: text}\n")
    assert {n.where.partition(":")[0] for n in faults_of(read_interface(folder))} == {
        "formats.yaml"
    }
