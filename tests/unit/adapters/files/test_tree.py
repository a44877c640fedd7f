"""A folder read whole: every struct with its place, or every fault with its line."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from gatepost.adapters.files import rules
from gatepost.adapters.files.tree import Kind, Loaded, line_of, read_tree
from gatepost.kernel.notice import Refused, RuleBook, rules_of
from gatepost.kernel.validity import Validity

BROKEN = Path(__file__).parent / "broken"
BOOK = RuleBook(rules_of(vars(rules)))


class Law(msgspec.Struct, frozen=True):
    act: str
    provision: str = ""


class Rule(msgspec.Struct, frozen=True):
    id: str
    valid: tuple[Validity, ...]
    law: Law
    regime: Literal["import", "export"] = "import"
    commodities: tuple[str, ...] = ()
    other: Law | None = None


class Row(msgspec.Struct, frozen=True):
    name: str


LAYOUT = [
    Kind("agencies/*/rules/**/*.yaml", Rule, "rule"),
    Kind("rows.yaml", Row, "row", many=True),
    Kind("agencies/*/agency.yaml", Row, "agency"),
]
GOOD = """\
id: {id}
valid:
  - from: 2020-01-01
    to: 2020-12-31
law: {{act: x}}
commodities: [0603, '12']
"""


def write(root: Path, path: str, text: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "land"
    write(root, "agencies/plant/rules/B.yaml", GOOD.format(id="B"))
    write(root, "agencies/plant/rules/deep/er/A.yaml", GOOD.format(id="A"))
    write(root, "agencies/vet/agency.yaml", "name: vet\n")
    write(root, "rows.yaml", "- name: one\n\n- name: two\n")
    write(root, "cases/ROSES.yaml", "given: anything\n")
    write(root, "README.md", "# Land\n")
    write(root, ".git/x.yaml", "a: b\n")
    return root


def told(loaded: Loaded) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in loaded.faults]


def test_everything_is_read_in_order_with_its_place(root: Path) -> None:
    loaded = read_tree(root, LAYOUT)
    assert told(loaded) == []
    assert {k: [i.path for i in v] for k, v in loaded.items.items()} == {
        "rule": ["agencies/plant/rules/B.yaml", "agencies/plant/rules/deep/er/A.yaml"],
        "row": ["rows.yaml", "rows.yaml"],
        "agency": ["agencies/vet/agency.yaml"],
    }
    rule, row = loaded.items["rule"][0], loaded.items["row"][1]
    assert rule.value.valid == (Validity(date(2020, 1, 1), date(2020, 12, 31)),)
    assert rule.value.commodities == ("0603", "12")
    assert (rule.folder_agency, row.folder_agency) == ("plant", None)
    assert (rule.index, row.index) == (None, 1)
    assert rule.where("valid", 0, "to") == "agencies/plant/rules/B.yaml:4"
    assert row.locate("name") == 3
    assert line_of(root, "gone.yaml", ["a"]) == 1


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("not_yaml", [("FILE-001", 3)]),
        ("duplicate_key", [("FILE-002", 5)]),
        ("unknown_key", [("FILE-003", 5)]),
        ("missing_key", [("FILE-004", 4)]),
        ("wrong_type", [("FILE-005", 6)]),
        ("wrong_date", [("FILE-006", 3)]),
        ("wrong_word", [("FILE-006", 4)]),
        ("empty", [("FILE-008", 1)]),
        ("tab", [("FILE-009", 4)]),
        ("not_utf8", [("FILE-010", 2)]),
        ("alias", [("FILE-013", 3), ("FILE-013", 4)]),
        ("tag", [("FILE-013", 1)]),
        ("second_document", [("FILE-014", 4)]),
        ("too_deep", [("FILE-015", 2)]),
        ("key_not_text", [("FILE-016", 2)]),
    ],
)
def test_each_fault_has_a_file_named_after_it(
    root: Path, name: str, faults: list[tuple[str, int]]
) -> None:
    path = f"agencies/plant/rules/{name}.yaml"
    shutil.copy(BROKEN / f"{name}.yaml", root / path)
    loaded = read_tree(root, LAYOUT)
    assert told(loaded) == [(code, f"{path}:{line}") for code, line in faults]
    for fault in loaded.faults:
        sentence = BOOK.sentence(fault)
        assert "{" not in sentence
        assert "(advice)" not in sentence
    good = [item.value.id for item in loaded.items["rule"]]
    assert {"A", "B"} <= {*good}


def test_every_broken_file_is_tested() -> None:
    marks = test_each_fault_has_a_file_named_after_it.pytestmark  # type: ignore[attr-defined]
    tested = {case[0] for mark in marks for case in mark.args[1]}
    assert {file.stem for file in BROKEN.iterdir()} == tested


def test_the_faults_of_all_files_are_told_together(root: Path) -> None:
    for name in ("wrong_date", "tab", "alias"):
        shutil.copy(BROKEN / f"{name}.yaml", root / f"agencies/plant/rules/{name}.yaml")
    assert {code for code, _ in told(read_tree(root, LAYOUT))} == {
        "FILE-006",
        "FILE-009",
        "FILE-013",
    }


def test_duplicate_and_unknown_keys_of_one_file_are_told_together(root: Path) -> None:
    path = "agencies/plant/rules/C.yaml"
    write(root, path, "id: C\nid: D\nvalid: []\nlaw: {act: x}\nregim: import\n")
    assert told(read_tree(root, LAYOUT)) == [("FILE-002", f"{path}:2"), ("FILE-003", f"{path}:5")]


@pytest.mark.parametrize(
    "path", ["agencies/plant/B.yaml", "agencies/plant/rules/B.yml", "stray.yaml", "rows.YAML"]
)
def test_a_file_that_no_kind_claims_is_told(root: Path, path: str) -> None:
    write(root, path, GOOD.format(id="C"))
    assert told(read_tree(root, LAYOUT)) == [("FILE-007", path)]
    assert told(read_tree(root, LAYOUT, ignore=["cases/**", path])) == []


def test_a_list_where_one_struct_is_meant_is_told(root: Path) -> None:
    write(root, "rows.yaml", "name: one\n")
    write(root, "agencies/vet/agency.yaml", "- name: vet\n")
    assert told(read_tree(root, LAYOUT)) == [
        ("FILE-005", "agencies/vet/agency.yaml:1"),
        ("FILE-005", "rows.yaml:1"),
    ]


def test_a_file_too_large_is_told_and_not_read(root: Path) -> None:
    write(root, "rows.yaml", "- name: one\n" * 100_000)
    assert told(read_tree(root, LAYOUT)) == [("FILE-011", "rows.yaml:1")]


def test_links_may_not_lead_out_or_to_folders(root: Path) -> None:
    outside = write(root.parent, "secret.yaml", GOOD.format(id="S"))
    folder = root / "agencies/plant/rules"
    (folder / "out.yaml").symlink_to(outside)
    (folder / "gone.yaml").symlink_to(root / "nothing.yaml")
    (folder / "all").symlink_to(root / "agencies")
    (folder / "same.yaml").symlink_to(folder / "B.yaml")
    loaded = read_tree(root, LAYOUT)
    assert told(loaded) == [
        ("FILE-012", "agencies/plant/rules/all"),
        ("FILE-017", "agencies/plant/rules/gone.yaml"),
        ("FILE-012", "agencies/plant/rules/out.yaml"),
    ]
    assert [i.value.id for i in loaded.items["rule"]] == ["B", "A", "B"]


def test_a_pipe_is_told_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "rows.yaml.yaml")
    assert told(read_tree(root, LAYOUT)) == [("FILE-017", "rows.yaml.yaml")]


def test_a_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_tree(tmp_path / "nowhere", LAYOUT)
    assert refused.value.notices[0].code == "FILE-018"
