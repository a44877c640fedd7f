"""kill -9 of what lodges and acts: every acknowledged line is there once (scenarios 1 and 2)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.verifying import Verification
from gatepost.bootstrap import AUDIT_KEY_FILE, load_checked, open_desk, open_sealer
from gatepost.casework.shorthand import Declaration, Goods, expand
from tests.faults import invariants

CYCLES = 20
FILES = 400


def write_files(folder: Path) -> list[str]:
    """Write declarations of steel and of roses and return their names."""
    folder.mkdir()
    names = []
    for number in range(FILES):
        commodity, documents = (("06031100", ("N851 PC",)), ("72083900", ()))[number % 2]
        item = Goods(commodity, "XB", description="goods", net_mass="12.0", documents=documents)
        short = Declaration(
            type="IMA",
            office="XA000101",
            mode="3",
            reference=f"KILL-{number:04d}",
            items=(item,),
        )
        file = folder / f"{number:04d}.json"
        file.write_bytes(msgspec.json.encode(expand(short)))
        names.append(str(file))
    return names


def run(data: Path, *words: str, kill_after: int | None = None) -> list[str]:
    """Run a command; return the whole lines it printed before it ended or was killed."""
    command = [sys.executable, "-m", "gatepost", *words, "--data", str(data), "--json"]
    lines: list[bytes] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if len(lines) == kill_after:
                process.kill()
    return [line.decode() for line in lines if line.endswith(b"\n")]


def test_twenty_kills_lose_nothing_and_release_nothing_twice(tmp_path: Path) -> None:
    rng, data = random.Random(5), tmp_path / "data"
    names = write_files(tmp_path / "files")
    listed = tmp_path / "names"
    acknowledged: dict[str, str] = {}
    for cycle in range(CYCLES):
        listed.write_text("".join(f"{name}\n" for name in rng.sample(names, 60)))
        if cycle % 2 == 0 or not acknowledged:
            words = ["lodge", "--list", str(listed), "--at", "2026-07-02T08:00"]
        else:
            acts = tmp_path / "acts.jsonl"
            acts.write_text("".join(_acts(rng, sorted(acknowledged.values()))))
            words = ["act", str(acts), "--by", "operator", "--at", "2026-07-02T12:00"]
        for line in run(data, *words, kill_after=rng.randrange(1, 50)):
            answer = json.loads(line)
            if answer.get("status") == "accepted":
                first = acknowledged.setdefault(answer["file"], answer["reference"])
                assert first == answer["reference"]
    assert len(acknowledged) > FILES / 4

    listed.write_text("".join(f"{name}\n" for name in sorted(acknowledged)))
    told = run(data, "lodge", "--list", str(listed), "--at", "2026-07-02T13:00")
    again = {(answer := json.loads(line))["file"]: answer["reference"] for line in told}
    assert again == acknowledged

    jurisdiction = load_checked("aldermark", data / "cache")
    desk = open_desk(jurisdiction, data)
    ledger = desk.ledger
    try:
        log = invariants.log_of(ledger)
        wrong = [
            *invariants.registered_once(log),
            *invariants.released_once(log, jurisdiction.users_on),
            *invariants.all_in_a_state(ledger, jurisdiction.users_on),
            *invariants.states_from_events(desk),
        ]
        assert wrong == []
        open_sealer(ledger, data, jurisdiction.country.code).seal()
        audit = AuditLog(data)
        verdict = Verification(audit, audit.verifiers(), (), ledger.written()).run()
        assert (verdict.faults, verdict.pending) == ((), 0)
    finally:
        ledger.close()


def _acts(rng: random.Random, references: list[str]) -> list[str]:
    """Return arrivals, controls and removals for some cases, each act with one id for all time."""
    lines = []
    for reference in rng.sample(references, min(20, len(references))):
        for name in ("arrive", "tick", "remove"):
            act = {"id": f"{name}-{reference}", "act": name, "reference": reference}
            lines.append(json.dumps({**act, "at": "2026-07-02T10:00"}) + "\n")
    return lines


@pytest.mark.parametrize("left", ["half", "", "0" * 63])
def test_a_key_half_written_is_refused_and_never_replaced(tmp_path: Path, left: str) -> None:
    """A new key would make every signature before it worthless."""
    data = tmp_path / "data"
    data.mkdir()
    (data / AUDIT_KEY_FILE).write_text(left)
    [name, *_] = write_files(tmp_path / "files")
    process = subprocess.run(
        [sys.executable, "-m", "gatepost", "lodge", name, "--data", str(data)],
        capture_output=True,
        check=False,
    )
    assert process.stdout.startswith(b"accepted")
    assert b"AUDIT-002" in process.stderr
    assert (data / AUDIT_KEY_FILE).read_text() == left
