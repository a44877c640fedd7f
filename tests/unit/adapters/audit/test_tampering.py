"""Every way to alter a log or its ledger is found; what only a witness can find is told apart."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from gatepost.adapters.audit.keys import signer_in
from gatepost.adapters.audit.log import EARLIER, LATEST, LOG, VERIFIERS, AuditLog
from gatepost.adapters.audit.verifying import Verdict, Verification
from gatepost.adapters.audit.witnessing import seen_in, witness
from gatepost.bootstrap import DATABASE_FILE, open_ledger
from gatepost.kernel.notice import Refused
from gatepost.ledger.checkpoint import Malformed
from tests.unit.adapters.audit.conftest import Office

ROUNDS = 1_000
NOW = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)
COLUMNS = ("stream", "version", "name", "at", "recorded_at", "act", "envelope", "body", "salt")

Way = Callable[[random.Random, Path], str | None]


def verify(data: Path) -> Verdict:
    """Verify a data folder the way the command does."""
    log = AuditLog(data)
    try:
        ledger = open_ledger(data)
        keys = log.verifiers()
    except Refused as refused:
        return Verdict(False, 0, 0, None, ()) if refused.notices else Verdict(True, 0, 0, None)
    try:
        return Verification(log, keys, (), ledger.written()).run()
    finally:
        ledger.close()


def log_files(data: Path) -> list[Path]:
    return sorted(p for p in (data / LOG).rglob("*") if p.is_file() and p.name != ".lock")


def flip_a_bit(rng: random.Random, data: Path) -> str:
    path = rng.choice(log_files(data))
    content = bytearray(path.read_bytes())
    at = rng.randrange(len(content))
    content[at] ^= 1 << rng.randrange(8)
    path.write_bytes(content)
    return f"bit of byte {at} of {path}"


def cut_a_file(rng: random.Random, data: Path) -> str:
    path = rng.choice(log_files(data))
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content))])
    return f"end of {path}"


def remove_a_file(rng: random.Random, data: Path) -> str:
    path = rng.choice(log_files(data))
    path.unlink()
    return f"the file {path}"


def swap_two_files(rng: random.Random, data: Path) -> str | None:
    one, other = rng.sample(log_files(data), 2)
    first, second = one.read_bytes(), other.read_bytes()
    if first == second:
        return None
    one.write_bytes(second)
    other.write_bytes(first)
    return f"{one} against {other}"


def in_database(data: Path, sql: str, values: tuple[object, ...] = ()) -> int:
    connection = sqlite3.connect(data / DATABASE_FILE, isolation_level=None)
    try:
        for (name,) in connection.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            connection.execute(f"drop trigger {name}")
        return int(connection.execute(sql, values).rowcount)
    finally:
        connection.close()


def change_a_value(rng: random.Random, data: Path) -> str | None:
    column, position = rng.choice(COLUMNS), rng.randrange(1, 120)
    new: object = rng.randrange(50, 99) if column == "version" else f"x{rng.random()}"
    if column in ("envelope", "body"):
        new = f'{{"x":{rng.random()}}}'
    if column == "salt":
        new = rng.randbytes(16)
    done = in_database(data, f"update event set {column} = ? where position = ?", (new, position))
    return f"{column} of {position}" if done else None


def delete_an_event(rng: random.Random, data: Path) -> str | None:
    position = rng.randrange(1, 120)
    done = in_database(data, "delete from event where position = ?", (position,))
    return f"event {position}" if done else None


def delete_a_body(rng: random.Random, data: Path) -> str | None:
    position = rng.randrange(1, 120)
    sql = "update event set body = null, salt = null where position = ?"
    return f"body of {position}" if in_database(data, sql, (position,)) else None


def swap_two_bodies(rng: random.Random, data: Path) -> str | None:
    one, other = rng.sample(range(1, 100), 2)
    sql = """
        update event set body = (
            select body from event as e where e.position = ? + ? - event.position
        ) where position in (?, ?)"""
    before = bodies(data)
    in_database(data, sql, (one, other, one, other))
    return f"bodies of {one} and {other}" if bodies(data) != before else None


def bodies(data: Path) -> list[object]:
    connection = sqlite3.connect(data / DATABASE_FILE, isolation_level=None)
    try:
        return list(connection.execute("select body from event order by position"))
    finally:
        connection.close()


WAYS: tuple[Way, ...] = (
    flip_a_bit,
    cut_a_file,
    remove_a_file,
    swap_two_files,
    change_a_value,
    delete_an_event,
    delete_a_body,
    swap_two_bodies,
)


def test_a_thousand_ways_to_alter_a_log_are_found(office: Office, tmp_path: Path) -> None:
    for first in range(0, 39, 13):
        office.lodge(first, 13)
        office.sealer.seal()
    office.ledger.close()
    assert verify(office.data).ok
    rng = random.Random(7)
    unseen, done, copy = [], 0, tmp_path / "copy"
    while done < ROUNDS:
        shutil.copytree(office.data, copy, dirs_exist_ok=False)
        altered = rng.choice(WAYS)(rng, copy)
        if altered is not None:
            done += 1
            if verify(copy).ok:
                unseen.append(altered)
        shutil.rmtree(copy)
    assert unseen == []


def cut_back(data: Path) -> None:
    """Make a log look as it did at its first checkpoint, ledger and all."""
    log = AuditLog(data)
    (size, place), *later = log.earlier()
    (log.folder / LATEST).write_bytes((log.folder / place).read_bytes())
    for _, gone in later:
        (log.folder / gone).unlink()
    in_database(data, "delete from event where position > ?", (size,))


def test_only_a_witness_finds_a_tail_that_was_cut_off(office: Office, tmp_path: Path) -> None:
    office.lodge(0, 2)
    office.sealer.seal()
    shutil.copytree(office.data, tmp_path / "then")
    office.lodge(2, 2)
    office.sealer.seal()
    neighbour, seen = signer_in(tmp_path / "xb.key", "xb.example/witness"), tmp_path / "seen"
    keys = office.log.verifiers()
    found = witness(office.log, keys, neighbour, seen, NOW)
    verdict = Verification(office.log, keys, [neighbour.witness]).run()
    assert (verdict.ok, verdict.witnessed) == (True, found.size)
    office.ledger.close()

    then = tmp_path / "then"
    assert verify(then).ok, "without a witness an older log is a log like any other"
    log = AuditLog(then)
    verdict = Verification(log, keys, seen=seen_in(seen)).run()
    assert verdict.first_bad is not None
    assert "cut" in verdict.first_bad.problem
    with pytest.raises(Refused) as refused:
        witness(log, keys, neighbour, seen, NOW)
    assert [one.code for one in refused.value.notices] == ["AUDIT-006"]


def test_only_a_witness_finds_a_log_written_anew_with_its_own_key(
    office: Office, tmp_path: Path
) -> None:
    office.lodge(0, 3)
    office.sealer.seal()
    neighbour, seen = signer_in(tmp_path / "xb.key", "xb.example/witness"), tmp_path / "seen"
    witness(office.log, office.log.verifiers(), neighbour, seen, NOW)

    other = Office(tmp_path / "other")
    shutil.copy(office.key, other.key)
    other.lodge(7, 4)
    other = Office(tmp_path / "other")
    other.sealer.seal()
    assert other.verify().ok
    keys = office.log.verifiers()
    verdict = Verification(other.log, keys, seen=seen_in(seen)).run()
    assert verdict.first_bad is not None
    assert verdict.first_bad.where == "the checkpoint seen"
    with pytest.raises(Refused) as refused:
        witness(other.log, keys, neighbour, seen, NOW)
    assert [one.code for one in refused.value.notices] == ["AUDIT-006"]
    other.ledger.close()


def test_a_witness_signs_for_no_key_but_the_one_it_knows(office: Office, tmp_path: Path) -> None:
    office.lodge(0, 1)
    office.sealer.seal()
    stranger = signer_in(tmp_path / "stranger", "gatepost/xa")
    with pytest.raises(Refused) as refused:
        witness(office.log, [stranger.verifier], stranger, tmp_path / "seen", NOW)
    assert [one.code for one in refused.value.notices] == ["AUDIT-007"]
    assert not (tmp_path / "seen").exists()


def test_a_witness_confirms_again_what_grew(office: Office, tmp_path: Path) -> None:
    neighbour, seen = signer_in(tmp_path / "xb.key", "xb.example/witness"), tmp_path / "seen"
    sizes = []
    for first in range(3):
        office.lodge(first, 1)
        office.sealer.seal()
        keys = office.log.verifiers()
        sizes.append(witness(office.log, keys, neighbour, seen, NOW).size)
        assert witness(office.log, keys, neighbour, seen, NOW).size == sizes[-1]
    assert sizes == sorted(set(sizes))
    verdict = office.verify()
    assert (verdict.ok, verdict.witnessed) == (True, sizes[-1])
    names = [one.name for one in office.log.required().note.signatures]
    assert names == ["gatepost/xa", "xb.example/witness"]


def test_an_unread_checkpoint_is_a_fault_and_no_crash(office: Office) -> None:
    office.lodge(0, 1)
    office.sealer.seal()
    (office.data / LOG / EARLIER / "99999").write_text("no checkpoint")
    verdict = office.verify()
    assert [fault.where for fault in verdict.faults] == ["checkpoints/99999"]
    (office.data / LOG / VERIFIERS).write_text("no key")
    with pytest.raises(Refused):
        office.log.verifiers()
    with pytest.raises(Malformed):
        office.log.read("checkpoints/99999")
