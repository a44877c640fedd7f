"""``gatepost actions``: acts from a file, and the list people read."""

from __future__ import annotations

from pathlib import Path

import msgspec
from click.testing import CliRunner

from gatepost.cli import main

PROPOSE = {
    "id": "1",
    "act": "propose",
    "action": "FLOWERS-2026",
    "at": "2026-07-02T08:00:00+02:00",
    "by": "customs.north_gate.team_leader",
    "title": "Flowers before the holiday",
    "post": "north_gate",
    "trigger": "forty lorries with flowers are announced",
    "agencies": ["customs", "plant_health"],
    "measures": ["customs: two more officers from 04:00"],
    "until": "2026-07-04T20:00:00+02:00",
}
JOIN = {
    "id": "2",
    "act": "join",
    "action": "FLOWERS-2026",
    "at": "2026-07-02T09:00:00+02:00",
    "by": "plant_health.north_gate.head",
}
STOP = {
    **JOIN,
    "id": "3",
    "act": "stop",
    "at": "2026-07-03T09:00:00+02:00",
    "result": "It was worth it.",
}


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    at = ("--at", "2026-07-03T10:00", "--data", str(tmp_path / "data"))
    done = CliRunner().invoke(main, ["actions", *arguments, *at])
    return done.exit_code, done.output


def test_a_joint_action_from_proposal_to_playbook(tmp_path: Path) -> None:
    assert run(tmp_path) == (0, "No joint action is on record.\n")
    file = tmp_path / "acts.jsonl"
    file.write_bytes(b"\n".join(msgspec.json.encode(one) for one in (PROPOSE, JOIN, STOP)))
    code, out = run(tmp_path, str(file))
    assert (code, out.count("done")) == (0, 3)
    assert run(tmp_path, "--post", "north_gate") == (
        0,
        "FLOWERS-2026  over  Flowers before the holiday, at north_gate\n"
        "  because  forty lorries with flowers are announced\n"
        "  measure  customs: two more officers from 04:00\n"
        "  joined   customs, plant_health\n"
        "  begun    2026-07-02 09:00 +02:00, stopped 2026-07-03 09:00 +02:00\n"
        "  effect   from arrival to release nobody released, before nobody released; 0 still wait\n"
        "  result   It was worth it.\n",
    )
    (found,) = msgspec.json.decode(run(tmp_path, "--json")[1])
    assert found["joined"] == ["customs", "plant_health"]


def test_a_refused_act_is_told(tmp_path: Path) -> None:
    file = tmp_path / "acts.jsonl"
    file.write_bytes(msgspec.json.encode({**JOIN, "id": "9"}))
    code, out = run(tmp_path, str(file))
    assert code == 1
    assert "COOP-103" in out
