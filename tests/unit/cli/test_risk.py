"""``gatepost risk``: what chance selected can be derived again by anyone, afterwards."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, Write, objects

DAY = ("--day", "2026-07-02")
NEXT = ("--at", "2026-07-03T00:00")


@pytest.fixture
def lodged(run: Run, write: Write) -> int:
    """Lodge twenty consignments of one day, of which chance looks at half."""
    files = [write(f"{n}.json", f"R-{n}") for n in range(20)]
    assert run("lodge", *files, "--at", "2026-07-02T08:14").exit_code == 0
    return len(files)


def test_the_digest_is_published_before_the_secret_and_the_draws_hold(
    run: Run, lodged: int
) -> None:
    (committed,) = objects(run("risk", "commit", *DAY, "--json"))
    (revealed,) = objects(run("risk", "reveal", *DAY, *NEXT, "--json"))
    assert committed == {"day": "2026-07-02", "digest": revealed["digest"]}
    assert hashlib.sha256(bytes.fromhex(revealed["secret"])).hexdigest() == revealed["digest"]
    result = run("risk", "verify", *DAY, "--json")
    assert result.exit_code == 0
    (found,) = objects(result)
    assert found["holds"] is True
    assert found["committed"] is True
    assert found["cases"] == found["assessments"] == lodged
    assert 0 < found["selected"] < lodged
    assert found["mismatches"] == []
    assert "is the one committed to" in run("risk", "verify", *DAY).stdout


def test_draws_that_another_rule_would_give_are_found(run: Run, lodged: int, country: Path) -> None:
    """Someone who later pretends that fewer were to be selected does not get away with it."""
    run("risk", "reveal", *DAY, *NEXT)
    file = country / "agencies/customs/indicators/CUSTOMS-RISK-001.yaml"
    file.write_text(file.read_text().replace("random: 0.5", "random: 0.01"))
    result = run("risk", "verify", *DAY, "--json")
    assert result.exit_code == 1
    (found,) = objects(result)
    assert found["holds"] is False
    assert found["mismatches"][0]["recorded"] == [["CUSTOMS-RISK-001", "consignment"]]
    assert "recorded CUSTOMS-RISK-001 consignment" in run("risk", "verify", *DAY).stdout


def test_draws_are_verified_over_amendment_and_arrival(
    run: Run, write: Write, tmp_path: Path
) -> None:
    (case,) = objects(run("lodge", write("a.json"), "--json", "--at", "2026-07-02T08:14"))
    act = f'"reference":"{case["reference"]}","at":"2026-07-02T10:00","by":"operator"'
    amended = Path(write("a.json", origin="XC")).read_text()
    lines = (
        f'{{"id":"1","act":"amend",{act},"declaration":{amended}}}\n'
        f'{{"id":"2","act":"arrive",{act}}}\n'
    )
    assert run("act", "-", stdin=lines.encode()).exit_code == 0
    run("risk", "reveal", *DAY, *NEXT)
    (found,) = objects(run("risk", "verify", *DAY, "--json"))
    assert found["holds"] is True
    assert found["assessments"] > found["cases"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reveal", "--day", "2026-07-01", *NEXT), "RISK-004"),
        (("reveal", *DAY, "--at", "2026-07-02T23:59"), "RISK-005"),
        (("verify", *DAY), "RISK-007"),
        (("verify", "--day", "2026-07-01"), "RISK-004"),
    ],
)
def test_what_cannot_be_told_yet_is_refused(
    run: Run, lodged: int, words: tuple[str, ...], code: str
) -> None:
    result = run("risk", *words)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{code}: ")


def test_another_key_is_noticed(run: Run, lodged: int, data: Path, write: Write) -> None:
    (data / "selection.key").write_text((b"x" * 32).hex())
    result = run("lodge", write("new.json", "NEW"), "--json", "--at", "2026-07-02T09:00")
    assert result.exit_code == 1
    assert objects(result)[0]["notices"][0]["code"] == "RISK-006"


def test_a_secret_that_is_not_the_one_committed_to_is_never_published(
    run: Run, lodged: int, tmp_path: Path
) -> None:
    (key,) = tmp_path.rglob("selection.key")
    kept = key.read_bytes()
    key.unlink()
    refused = run("risk", "reveal", *DAY, *NEXT)
    assert refused.exit_code == 1
    assert "RISK-006" in refused.stderr
    key.unlink()
    key.write_bytes(kept)
    assert run("risk", "reveal", *DAY, *NEXT).exit_code == 0
    assert run("risk", "verify", *DAY).exit_code == 0
