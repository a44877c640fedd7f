"""``gatepost plan --world``: the shapes programs read, and the day people read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.cli import main

WORLD: dict[str, Any] = {
    "consignments": [
        {"id": "A1", "arrival": "07:10", "agencies": ["customs", "veterinary"], "scan": 10},
        {"id": "A2", "arrival": "07:20", "agencies": ["customs"]},
        {"id": "A3", "arrival": "10:00", "agencies": ["customs", "veterinary"]},
        {"id": "A4", "arrival": "17:50", "agencies": ["veterinary"]},
    ],
    "agencies": [{"id": "customs", "minutes": 30}, {"id": "veterinary", "minutes": 20}],
    "officers": [
        {"id": "c1", "agency": "customs", "shifts": [["06:00", "18:00"]]},
        {"id": "v1", "agency": "veterinary", "shifts": [["06:00", "10:00"], ["12:00", "18:00"]]},
    ],
    "bays": 2,
    "scanners": 1,
}
FIGURES = [
    "openings",
    "stops",
    "mean_minutes",
    "p90_minutes",
    "max_minutes",
    "officer_hours",
    "gap",
]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "world.json"
    path.write_bytes(msgspec.json.encode(WORLD))
    return str(path)


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["plan", "--seconds", "0.3", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_compare_gives_joint_and_separate_figures(file: str) -> None:
    code, out, _ = run("--world", file, "--compare", "--json")
    found = msgspec.json.decode(out)
    assert code == 0
    assert list(found) == ["joint", "separate"]
    assert [list(one) for one in found.values()] == [FIGURES, FIGURES]
    assert (found["joint"]["stops"], found["separate"]["stops"]) == (3, 5)
    assert found["joint"]["gap"] == 0
    assert found["joint"]["officer_hours"] == found["separate"]["officer_hours"]


def test_json_gives_every_halt_and_every_reason(file: str) -> None:
    code, out, _ = run("--world", file, "--json")
    found = msgspec.json.decode(out)
    assert code == 0
    assert [halt["consignments"] for halt in found["halts"]] == [["A1"], ["A2"], ["A3"]]
    assert found["halts"][2]["work"][1]["start"] == 720
    (left,) = found["unplanned"]
    assert (left["consignments"], left["reason"]["code"]) == (["A4"], "PLAN-201")


def test_the_day_is_drawn_for_the_chief_of_the_post(file: str) -> None:
    code, out, _ = run("--world", file)
    assert code == 0
    assert "v1         " in out
    assert "[A3" in out
    assert "11:40  12:30  bay-1  A3           customs (c1), veterinary (v1)" in out
    assert "A4 has no place for veterinary" in out
    assert "agency by agency" in out


def test_a_bad_world_is_refused_with_code_and_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(msgspec.json.encode({**WORLD, "bays": -1, "positioning": "long"}))
    code, out, err = run("--world", str(path), "--json")
    assert (code, out) == (1, "")
    assert err.startswith("FILE-005 positioning: ")


def test_without_a_day_there_is_nothing_to_plan() -> None:
    assert run()[0] == 2


def test_the_schema_describes_a_world() -> None:
    code, out, _ = run("--schema")
    found = msgspec.json.decode(out)
    assert code == 0
    assert set(found["$defs"]["World"]["properties"]) >= set(WORLD)
