"""``gatepost audit``: what a person sees of the log, and what a program reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from gatepost.adapters.audit.log import LOG, VERIFIERS
from gatepost.bootstrap import DATABASE_FILE
from tests.unit.cli.conftest import Run, Write, objects


def lodged(run: Run, write: Write, count: int = 2) -> list[str]:
    files = [write(f"{number}.json", f"R-{number}") for number in range(count)]
    return [one["reference"] for one in objects(run("lodge", *files, "--json"))]


def test_a_command_that_writes_leaves_a_sealed_log(run: Run, write: Write, data: Path) -> None:
    lodged(run, write)
    [verdict] = objects(run("audit", "verify", str(data), "--json"))
    assert (verdict["ok"], verdict["pending"], verdict["first_bad"]) == (True, 0, None)
    assert verdict["events"] > 0
    assert verdict["checkpoints"] == 1
    [alone] = objects(run("audit", "verify", str(data / LOG), "--json"))
    assert (alone["ok"], alone["events"]) == (True, verdict["events"])
    assert run("audit", "seal").stdout == "0 events sealed.\n"
    told = run("audit", "verify", str(data)).stdout
    assert "The log is whole." in told
    assert "Without a witness" in told


def test_what_was_altered_is_told_with_exit_1(run: Run, write: Write, data: Path) -> None:
    lodged(run, write)
    tile = data / LOG / "tile/0/000.p"
    [path] = tile.iterdir()
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    result = run("audit", "verify", str(data), "--json")
    [verdict] = objects(result)
    assert (result.exit_code, verdict["ok"], verdict["first_bad"]["index"]) == (1, False, 0)
    told = run("audit", "verify", str(data))
    assert "WRONG  tile/entries/000.p" in told.stdout
    assert "The log is NOT whole." in told.stdout


def test_a_database_that_is_none_any_more_is_a_fault(run: Run, write: Write, data: Path) -> None:
    lodged(run, write)
    (data / DATABASE_FILE).write_bytes(b"no database" * 1000)
    result = run("audit", "verify", str(data), "--json")
    assert (result.exit_code, objects(result)[0]["first_bad"]["where"]) == (1, "ledger")


def test_a_folder_without_a_log_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("audit", "verify", str(tmp_path))
    assert result.exit_code == 1
    assert "AUDIT-001" in result.stderr


def test_a_case_is_proven_to_whoever_may_read_it(
    run: Run, write: Write, data: Path, tmp_path: Path
) -> None:
    [reference, _] = lodged(run, write)
    proof, keys = tmp_path / "proof.json", tmp_path / "keys"
    result = run("audit", "prove", reference, "--json")
    proof.write_text(result.stdout)
    shutil.copy(data / LOG / VERIFIERS, keys)
    checked = run("audit", "check", str(proof), "--key", str(keys), "--json")
    [found] = objects(checked)
    assert found["ok"]
    assert found["reference"] == reference
    assert found["events"][0]["name"] == "lodgement:declaration:registered"
    assert found["events"][0]["version"] == 1
    stranger = run("audit", "prove", reference, "--by", "stranger")
    assert stranger.exit_code == 1
    assert stranger.stdout == ""


def test_a_proof_that_was_altered_proves_nothing(
    run: Run, write: Write, data: Path, tmp_path: Path
) -> None:
    [reference, _] = lodged(run, write)
    proof = msgspec.json.decode(run("audit", "prove", reference, "--json").stdout)
    keys, file = str(data / LOG / VERIFIERS), tmp_path / "proof.json"
    first, *rest = proof["events"]
    altered = [
        {**proof, "events": rest},
        {**proof, "events": []},
        {**proof, "events": [first, *rest[1:]]},
        {**proof, "events": [{**first, "index": first["index"] + 1}, *rest]},
        {**proof, "events": [{**first, "entry": first["entry"].replace("XA", "XB")}, *rest]},
        {**proof, "events": [{**first, "proof": first["proof"][:-1]}, *rest]},
        {**proof, "events": [{**first, "proof": ["?"]}, *rest]},
        {**proof, "checkpoint": proof["checkpoint"].replace("gatepost", "gatekeep")},
    ]
    for one in altered:
        file.write_bytes(msgspec.json.encode(one))
        result = run("audit", "check", str(file), "--key", keys)
        assert (result.exit_code, result.stderr[:9]) == (1, "AUDIT-008")


def test_a_reference_that_is_not_there_has_no_proof(run: Run, write: Write) -> None:
    lodged(run, write)
    assert run("audit", "prove", "26XANONE").exit_code == 1


def test_a_witness_confirms_and_finds_what_was_cut(
    run: Run, write: Write, data: Path, tmp_path: Path
) -> None:
    lodged(run, write, 1)
    shutil.copytree(data, tmp_path / "then")
    lodged(run, write, 3)
    options = ("--name", "xb.example", "--own-key", str(tmp_path / "xb"))
    seen = ("--seen", str(tmp_path / "seen"))
    [confirmed] = objects(run("audit", "witness", str(data), *options, *seen, "--json"))
    assert confirmed["origin"] == "gatepost/xa"
    told = run("audit", "verify", str(data)).stdout
    assert f"Confirmed by a witness  {confirmed['size']} events" in told
    result = run("audit", "verify", str(tmp_path / "then"), *seen)
    assert result.exit_code == 1
    assert "the log was cut" in result.stdout
    result = run("audit", "witness", str(tmp_path / "then"), *options, *seen)
    assert (result.exit_code, result.stderr[:9]) == (1, "AUDIT-006")


def test_a_key_is_rotated_and_the_log_goes_on(run: Run, write: Write, data: Path) -> None:
    lodged(run, write, 1)
    [told] = objects(run("audit", "rotate", "--json"))
    lodged(run, write, 3)
    assert told["key"] in (data / LOG / VERIFIERS).read_text()
    assert objects(run("audit", "verify", str(data), "--json"))[0]["ok"]


def test_a_damaged_log_does_not_stop_the_border(run: Run, write: Write, data: Path) -> None:
    lodged(run, write, 1)
    [path] = (data / LOG / "checkpoints").iterdir()
    path.write_text("nothing")
    result = run("lodge", write("next.json", "R-9"), "--json")
    assert (result.exit_code, objects(result)[0]["status"]) == (0, "accepted")
    assert "AUDIT-004" in result.stderr


def test_a_sealer_at_work_elsewhere_is_no_fault(run: Run, write: Write, data: Path) -> None:
    import fcntl
    import os

    (data / LOG).mkdir()
    handle = os.open(data / LOG / ".lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    result = run("lodge", write("one.json"), "--json")
    os.close(handle)
    assert (result.exit_code, result.stderr) == (0, "")
