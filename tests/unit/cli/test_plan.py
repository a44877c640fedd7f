"""``gatepost plan``: the shapes programs read, and the day people read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.bootstrap import KEY_FILE, load_checked, open_desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.cli import main
from gatepost.kernel.digest import digest_of

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


@pytest.fixture
def north_gate(tmp_path: Path) -> tuple[str, ...]:
    """Return the options of a data folder in which roses are expected at North Gate."""
    (tmp_path / KEY_FILE).write_text((b"k" * 32).hex())
    desk = open_desk(load_checked("aldermark"), tmp_path)
    roses = Goods(commodity="06031100", origin="XB", net_mass=120, documents=("N851 PC-1",))
    fields: dict[str, Any] = {"type": "IMA", "office": "XA000101", "mode": "3"}
    short = Declaration(**fields, arrival="2026-07-02T10:30", items=(roses,))
    dataset = expand(short)
    lodge(desk, dataset, digest_of(dataset), datetime(2026, 7, 2, 6, tzinfo=UTC))
    desk.ledger.close()
    return "north_gate", "--date", "2026-07-02", "--data", str(tmp_path), "--seconds", "0.2"


def test_the_day_of_a_post_is_read_from_its_cases(north_gate: tuple[str, ...]) -> None:
    code, out, _ = run(*north_gate)
    assert code == 0
    assert re.search(r"1  10:30  11:15  \S+ \d  26XA\w{14}  plant_health  PLANT-RISK-007\n", out)
    assert re.search(r"plant_health\.north_gate\.inspector 1 +·*\[", out)
    assert re.search(r"and \d+ bays, scanners and officers with nothing to do", out)


def test_the_day_of_a_post_for_programs(north_gate: tuple[str, ...]) -> None:
    code, out, _ = run(*north_gate, "--compare", "--json")
    found = msgspec.json.decode(out)
    assert (code, list(found), list(found["joint"])) == (0, ["joint", "separate"], FIGURES)
    assert found["joint"]["stops"] == found["separate"]["stops"] == 1
    _, out, _ = run(*north_gate, "--json")
    (halt,) = msgspec.json.decode(out)["halts"]
    assert halt["start"] == 630


def test_a_post_that_is_not_there_is_refused(north_gate: tuple[str, ...]) -> None:
    code, out, err = run("south_gate", *north_gate[1:])
    assert (code, out) == (1, "")
    assert err.startswith("PLAN-301: There is no post south_gate on 2026-07-02. Write one of hale")


def test_a_post_or_a_world_but_not_both(file: str, north_gate: tuple[str, ...]) -> None:
    assert run(*north_gate, "--world", file)[0] == 2


AT = ("--at", "2026-07-02T07:30", "--by", "plant_health.north_gate.head")


def test_a_plan_is_kept_shown_and_changed(north_gate: tuple[str, ...]) -> None:
    code, out, _ = run(*north_gate, "--adopt", *AT)
    first = (
        "Plan 1 of north_gate on 2026-07-02, by plant_health.north_gate.head at 2026-07-02 07:30"
    )
    assert (code, out.splitlines()[0].startswith(first)) == (0, True)
    (slot,) = msgspec.json.decode(run(*north_gate, "--json")[1])["slots"]
    reference = slot["references"][0]
    assert (slot["start"], slot["why"]) == (630, {"plant_health": ["PLANT-RISK-007"]})
    code, out, _ = run(*north_gate, "--late", f"{reference}=45", "--at", "2026-07-02T08:00")
    assert "What the plan would be; nothing is kept without --adopt." in out
    assert f"1  11:15  12:00  north-gate-bay-1 1  {reference}" in out
    assert "10:30  11:15" in run(*north_gate)[1]
    code, out, _ = run(*north_gate, "--late", f"{reference}=45", "--adopt", *AT)
    assert out.startswith("Plan 2 ")
    assert "11:15  12:00" in out
    code, out, _ = run(*north_gate, "--move", f"{slot['id']}=12:30", *AT)
    assert out.startswith("Plan 3 ")
    assert "12:30  13:15" in out


def test_what_may_not_be_is_refused_and_said_why(north_gate: tuple[str, ...]) -> None:
    run(*north_gate, "--adopt", *AT)
    code, out, err = run(*north_gate, "--move", "halt-1=09:00", *AT)
    assert (code, out) == (1, "")
    assert re.match(r"PLAN-104 halt-1: 26XA\w+ is wanted at 09:00 and arrives at 10:30\.", err)
    assert run(*north_gate, "--adopt", "--at", "2026-07-02T07:30")[0] == 2
    assert run(*north_gate, "--late", "soon")[0] == 2
    assert run(*north_gate, "--move", "halt-1")[0] == 2


def test_a_new_plan_can_be_looked_at_beside_the_one_on_record(north_gate: tuple[str, ...]) -> None:
    run(*north_gate, "--adopt", *AT)
    assert "agency by agency" not in run(*north_gate)[1]
    assert "agency by agency" in run(*north_gate, "--anew")[1]
    assert "joint" in msgspec.json.decode(run(*north_gate, "--compare", "--json")[1])
