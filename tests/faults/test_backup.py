"""Back-up and restore: one moment of a folder at work, carried away and back (scenario 26)."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
import pytest

from gatepost.adapters.audit.keys import signer_in
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.audit.witnessing import seen_in, witness
from gatepost.adapters.backup import MANIFEST, back_up, restore
from gatepost.kernel.notice import Refused
from tests.faults import invariants
from tests.unit.adapters.audit.conftest import Office
from tests.unit.cli.conftest import Run, Write, country, data, objects, run, write

__all__ = ["country", "data", "run", "write"]

NOW = datetime(2026, 7, 2, 22, 0, tzinfo=UTC)


def test_a_backup_taken_amid_writing_is_one_moment(tmp_path: Path) -> None:
    office = Office(tmp_path / "data")
    stop = threading.Event()
    known: list[str] = []

    def keep_lodging() -> None:
        number = 0
        while not stop.is_set():
            known.extend(office.lodge(number, 1))
            if number % 7 == 0:
                # While a backup is taken, sealing waits for its next turn.
                with suppress(Refused):
                    office.sealer.seal()
            number += 1

    writer = threading.Thread(target=keep_lodging)
    writer.start()
    while len(known) < 20:
        stop.wait(0.01)
    before = len(known)
    back_up(office.data, tmp_path / "backup.tar", NOW)
    stop.set()
    writer.join()
    office.ledger.close()
    assert (tmp_path / "backup.tar").stat().st_mode & 0o077 == 0

    restore(tmp_path / "backup.tar", tmp_path / "again")
    again = Office(tmp_path / "again")
    assert again.verify().ok
    log = invariants.log_of(again.ledger)
    assert sum(r.event.body.name() == "lodgement:declaration:registered" for r in log) >= before
    assert list(invariants.states_from_events(again.desk)) == []
    assert again.lodge(0, len(known)) == known, "sent again, everything is answered as before"
    again.sealer.seal()
    assert again.verify().ok
    again.ledger.close()


def test_a_witness_sees_that_an_older_state_came_back(tmp_path: Path) -> None:
    """A restore is not hidden from whoever confirmed what was written since."""
    office = Office(tmp_path / "data")
    office.lodge(0, 2)
    office.sealer.seal()
    back_up(office.data, tmp_path / "backup.tar", NOW)
    office.lodge(2, 2)
    office.sealer.seal()
    neighbour, seen = signer_in(tmp_path / "xb.key", "xb.example"), tmp_path / "seen"
    witness(office.log, office.log.verifiers(), neighbour, seen, NOW)
    office.ledger.close()
    restore(tmp_path / "backup.tar", tmp_path / "again")
    log = AuditLog(tmp_path / "again")
    verdict = Verification(log, log.verifiers(), seen=seen_in(seen)).run()
    assert [fault.where for fault in verdict.faults] == ["checkpoint"]


def altered(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    """Return what writes a backup anew with its members changed."""

    def rewrite(path: Path) -> None:
        with tarfile.open(path) as archive:
            members = {m.name: archive.extractfile(m).read() for m in archive}  # type: ignore[union-attr]
        change(members)
        with tarfile.open(path, "w") as archive:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))

    return rewrite


def outside(members: dict[str, bytes]) -> None:
    """Name a file that would lie beside the folder."""
    members["../evil"] = members.pop("audit.key")
    members[MANIFEST] = members[MANIFEST].replace(b'"audit.key"', b'"../evil"')


def _without(name: str, members: dict[str, bytes]) -> None:
    del members[name]


def one_byte(members: dict[str, bytes]) -> None:
    """Alter the first digit of a key."""
    key = members["audit.key"]
    members["audit.key"] = (b"1" if key[:1] == b"0" else b"0") + key[1:]


def no_archive(path: Path) -> None:
    path.write_bytes(b"nothing")


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def linked(path: Path) -> None:
    """Put a link where a file was."""
    with tarfile.open(path, "a") as archive:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)


BAD: dict[str, Callable[[Path], None]] = {
    "one byte of a key": altered(one_byte),
    "one file more": altered(lambda m: m.update(more=b"x")),
    "one file less": altered(partial(_without, "audit.key")),
    "no manifest": altered(partial(_without, MANIFEST)),
    "another format": altered(
        lambda m: m.update({MANIFEST: m[MANIFEST].replace(b'"format":1', b'"format":9')})
    ),
    "a file outside": altered(outside),
    "a link": linked,
    "the end cut off": cut,
    "no archive": no_archive,
}


@pytest.mark.parametrize("how", BAD)
def test_a_backup_that_is_not_as_it_was_restores_nothing(tmp_path: Path, how: str) -> None:
    office = Office(tmp_path / "data")
    office.lodge(0, 1)
    office.sealer.seal()
    office.ledger.close()
    path = tmp_path / "backup.tar"
    back_up(office.data, path, NOW)
    BAD[how](path)
    with pytest.raises(Refused) as refused:
        restore(path, tmp_path / "again")
    assert [one.code for one in refused.value.notices] == ["BACKUP-001"]
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "evil").exists()


def test_by_command(run: Run, write: Write, data: Path, tmp_path: Path) -> None:
    run("lodge", write("one.json"))
    told = run("backup", str(tmp_path / "b.tar"), "--json")
    assert objects(told)[0]["files"] > 5
    again = str(tmp_path / "again")
    [restored] = objects(run("restore", str(tmp_path / "b.tar"), "--data", again, "--json"))
    assert restored["proven"]
    assert restored["events"] > 5
    second = run("restore", str(tmp_path / "b.tar"), "--data", again)
    assert (second.exit_code, second.stderr[:10]) == (1, "BACKUP-002")
    nothing = run("backup", str(tmp_path / "c.tar"), "--data", str(tmp_path / "none"))
    assert (nothing.exit_code, nothing.stderr[:10]) == (1, "BACKUP-003")
    shutil.rmtree(again)
    said = run("restore", str(tmp_path / "b.tar"), "--data", again).stdout
    assert "the audit log proves them" in said


def test_the_manifest_tells_every_member(tmp_path: Path) -> None:
    office = Office(tmp_path / "data")
    office.lodge(0, 1)
    office.ledger.close()
    manifest = back_up(office.data, tmp_path / "b.tar", NOW)
    names = [member.name for member in manifest.members]
    assert names[-1] == "gatepost.sqlite3"
    assert "audit.key" in names
    with tarfile.open(tmp_path / "b.tar") as archive:
        kept = archive.extractfile(MANIFEST)
        assert kept is not None
        assert msgspec.json.decode(kept.read(), type=type(manifest)) == manifest
