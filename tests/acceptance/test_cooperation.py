"""Acceptance tests of cooperation, named after capabilities, as users of the commands see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gatepost.cli import main


class Desk:
    """Commands over one data folder; acts are written to a file as a user would write them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def ask(self, *words: str) -> Any:
        """Run a command and return its JSON."""
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return msgspec.json.decode(done.stdout)

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(main, [*words, "--data", str(self.folder)])

    def do(self, command: str, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        """Do acts of a kind and return the answers."""
        self.count += 1
        file = self.folder.parent / f"acts{self.count}.jsonl"
        numbered = ({"id": f"{self.count}-{n}", **one} for n, one in enumerate(acts))
        file.write_bytes(b"\n".join(msgspec.json.encode(one) for one in numbered))
        done = self.run(command, str(file), "--json")
        return [msgspec.json.decode(line) for line in done.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def test_TN_02_the_vet_on_duty_across_the_border_now(desk: Desk) -> None:
    words = ("contacts", "--post", "north_gate", "--function", "veterinary", "--side", "XB")
    found = desk.ask(*words, "--at", "2026-07-06T10:00:00+02:00")
    assert [one["contact"] for one in found["now"]] == ["bba-vet-north-gate"]
    # At Midsummer the office of Brenland is shut, and the one on call answers from the evening.
    holiday = desk.ask(*words, "--at", "2026-06-24T10:00:00+02:00")
    assert holiday["now"] == []
    assert holiday["next"][0]["contact"] == "bba-vet-on-call"


def test_GV_07_an_unacknowledged_instruction_at_a_post_is_seen_at_headquarters(desk: Desk) -> None:
    answers = desk.do(
        "instructions",
        {
            "act": "issue", "instruction": "CUS-1", "at": "2026-07-06T08:00:00+02:00",
            "by": "customs.headquarters.director", "title": "Seals", "text": "Look at each.",
            "within": "1d", "to": ["customs-regional-north", "customs-north-gate"],
        },
        {
            "act": "acknowledge", "instruction": "CUS-1", "at": "2026-07-06T09:00:00+02:00",
            "by": "customs.region_north.head",
        },
    )  # fmt: skip
    assert [one["status"] for one in answers] == ["done", "done"]
    words = ("instructions", "--unit", "customs-central", "--overdue", "--at")
    assert desk.ask(*words, "2026-07-07T08:00:00+02:00") == []
    (late,) = desk.ask(*words, "2026-07-07T09:00:00+02:00")
    assert late["overdue"] == ["customs-north-gate"]
