"""Every kind of fault in a description is told with its rule, its file and its line.

``country`` is a small valid country. Each folder of ``broken`` is named after a fault and
laid over it; the lines that must be told end with ``# <- NUMBER``, the numbers of the rules.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatepost.bootstrap import RULES, faults_in, load_checked, read_description
from gatepost.description import rules
from gatepost.description.jurisdiction import Jurisdiction, sets_of
from gatepost.kernel.notice import Notice, Refused, rules_of
from gatepost.requirement.compiled import Conditions

HERE = Path(__file__).parent
COUNTRY = HERE / "country"
BROKEN = sorted((HERE / "broken").iterdir())
MARK = re.compile(r"# <- (.+)$")
ABSENT = {rules.NO_COUNTRY.number, rules.NO_TABLE.number}
"""Told when a file is not there, so no file can be marked with them."""


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COUNTRY, tmp_path / "country"))


def marks(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        for line, text in enumerate(path.read_text().splitlines(), 1):
            if found := MARK.search(text):
                place = f"{path.relative_to(folder).as_posix()}:{line}"
                yield from ((code, place) for code in found[1].split())


def told(notices: list[Notice]) -> list[tuple[str, str]]:
    return [(notice.code, notice.where.split(", ")[0]) for notice in notices]


def sentences(notices: list[Notice]) -> list[str]:
    return [RULES.sentence(notice) for notice in notices]


def test_the_small_country_is_clean() -> None:
    assert faults_in(read_description(str(COUNTRY))) == []


def test_aldermark_is_clean() -> None:
    found = faults_in(read_description("aldermark"))
    assert [f"{n.where} {RULES.sentence(n)}" for n in found] == []


@pytest.mark.parametrize("fault", BROKEN, ids=lambda folder: folder.name)
def test_a_fault_is_told_where_it_is(country: Path, fault: Path) -> None:
    shutil.copytree(fault, country, dirs_exist_ok=True)
    found = faults_in(read_description(str(country)))
    expected = list(marks(fault))
    assert expected, "the broken file marks no line"
    assert sorted(told(found)) == sorted(expected)
    for sentence in sentences(found):
        assert "{" not in sentence.replace("{from: ", "").replace("{cite: ", "")
        assert "(key)" not in sentence


def test_every_rule_has_a_broken_file() -> None:
    marked = {code for fault in BROKEN for code, _ in marks(fault)}
    assert {rule.number for rule in rules_of(vars(rules))} - ABSENT <= marked


def test_a_missing_legal_basis_says_what_to_write(country: Path) -> None:
    shutil.copytree(HERE / "broken/legal_basis_missing", country, dirs_exist_ok=True)
    assert sentences(faults_in(read_description(str(country)))) == [
        'The key "legal_basis" is missing here. '
        "Add it: the law behind this, as [{cite: Plant Health Act 2019, s. 12}]."
    ]


def test_a_duplicate_names_both_places(country: Path) -> None:
    shutil.copytree(HERE / "broken/duplicate_id", country, dirs_exist_ok=True)
    (notice,) = faults_in(read_description(str(country)))
    assert notice.where == "agencies/plant/requirements/PLANT-REQ-2.yaml:1"
    assert notice.values["other"] == "agencies/plant/requirements/PLANT-REQ-1.yaml:1"


def test_an_expression_is_told_with_its_column(country: Path) -> None:
    shutil.copytree(HERE / "broken/wrong_type", country, dirs_exist_ok=True)
    (notice,) = faults_in(read_description(str(country)))
    assert notice.where == "agencies/plant/requirements/PLANT-REQ-1.yaml:18, column 12"


@pytest.mark.parametrize(
    ("path", "code", "place"),
    [
        ("jurisdiction.yaml", "DESC-060", "jurisdiction.yaml:1"),
        ("precedence.yaml", "DESC-061", "precedence.yaml:1"),
    ],
)
def test_a_file_that_must_be_there(country: Path, path: str, code: str, place: str) -> None:
    (country / path).unlink()
    assert told(faults_in(read_description(str(country)))) == [(code, place)]


@pytest.mark.parametrize(
    "path",
    [
        "agencies/plant/agency.yaml",
        "agencies/plant/documents.yaml",
        "agencies/plant/mandates/PLANT-MAN-1.yaml",
        "agencies/plant/sets/pests.yaml",
        "posts/gate.yaml",
        "jurisdiction.yaml",
        "precedence.yaml",
    ],
)
def test_a_file_that_cannot_be_read_is_told_once(country: Path, path: str) -> None:
    """What refers to it is not called unknown on top."""
    (country / path).write_text("[\n")
    assert told(faults_in(read_description(str(country)))) == [("FILE-001", f"{path}:2")]


def test_all_is_told_at_once_and_files_first(country: Path) -> None:
    for fault in ("unknown_hs_code", "unknown_zone", "unknown_regime", "no_row"):
        shutil.copytree(HERE / "broken" / fault, country, dirs_exist_ok=True)
    assert [code for code, _ in told(faults_in(read_description(str(country))))] == [
        *("FILE-006", "DESC-011", "DESC-015", "DESC-051"),
    ]


def test_one_wording_may_follow_another(country: Path) -> None:
    """The same id again is no duplicate once the earlier one has ended."""
    folder = country / "agencies/plant/indicators"
    text = (folder / "PLANT-RISK-1.yaml").read_text()
    earlier = text.replace("from: 2026-05-01", "from: 2025-05-01, to: 2026-04-30")
    (folder / "PLANT-RISK-1-v0.yaml").write_text(earlier.replace("version: 1", "version: 0"))
    assert faults_in(read_description(str(country))) == []


def test_versions_may_leave_a_gap(country: Path) -> None:
    path = country / "agencies/plant/requirements/PLANT-REQ-1.yaml"
    path.write_text(path.read_text().replace("to: 2022-12-31", "to: 2021-12-31"))
    assert faults_in(read_description(str(country))) == []


def test_what_was_checked_is_compiled(country: Path) -> None:
    loaded = read_description(str(country))
    parts = {kind: [item.value for item in items] for kind, items in loaded.items.items()}
    conditions = Conditions(sets_of(parts))
    assert faults_in(loaded, conditions) == []
    when = "item.net_mass > 5"
    compiled = conditions.condition(when, "item")
    wordings = Jurisdiction(parts, conditions).requirements.wordings
    assert compiled in [wording.when for wording in wordings if wording.id == "PLANT-REQ-1"]


def test_a_checked_jurisdiction_is_refused_or_whole(country: Path) -> None:
    assert load_checked(str(country)).country.code == "XA"
    shutil.copytree(HERE / "broken/no_row", country, dirs_exist_ok=True)
    with pytest.raises(Refused) as refused:
        load_checked(str(country))
    assert [notice.code for notice in refused.value.notices] == ["DESC-051"]
