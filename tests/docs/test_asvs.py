"""The map of the security standard names tests that are there, and leaves nothing out."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs" / "asvs.yaml").read_text())
NAMED = sorted({test for row in ROWS for test in row.get("proved_by", ())})


@cache
def _tests_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize("test", NAMED)
def test_the_test_that_proves_it_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert name.startswith("test_")
    assert name in _tests_in(file)


def test_each_requirement_stands_once_and_says_one_thing() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    for row in ROWS:
        assert re.fullmatch(r"V\d+\.\d+\.\d+", row["id"])
        assert set(row) <= {"id", "level", "proved_by", "not_applicable"}, row["id"]
        assert not ("proved_by" in row and "not_applicable" in row), row["id"]
        assert row.get("proved_by", ["a test"]), row["id"]


def test_every_requirement_of_levels_1_and_2_is_there(shared_data: Path) -> None:
    told = json.loads((shared_data / "asvs" / "asvs_5.0.0_flat.json").read_text())
    wanted = {one["req_id"]: int(one["L"]) for one in told["requirements"] if one["L"] in "12"}
    assert {row["id"]: row["level"] for row in ROWS} == wanted
