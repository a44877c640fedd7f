"""A full disk and a disk that cannot sync: refused aloud, and nothing acknowledged is lost
(scenarios 5 and 6)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC, DATABASE_FILE, open_sealer
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import Declaration, expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from tests.faults import invariants
from tests.faults.test_kill import run, write_files
from tests.office import NOON, ROSES
from tests.small_country import parts

SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

static int left = -1;

static int fails(void) {
    if (left < 0) {
        const char *after = getenv("SYNCS_UNTIL_EIO");
        left = after ? atoi(after) : 1 << 30;
    }
    return left == 0 || --left == 0;
}

int fsync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
    if (fails()) { errno = EIO; return -1; }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of two megabytes; skips where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_refuses_and_goes_on_once_there_is_room(small_disk: Path) -> None:
    ledger = SqliteLedger(small_disk / DATABASE_FILE, CODEC)
    desk = Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))
    sealer = open_sealer(ledger, small_disk, "XA")
    acknowledged: dict[str, str] = {}
    refusals: list[str] = []
    for number in range(2_000):
        if number % 50 == 0:
            # As a server does: what cannot be written now is written later.
            with suppress(OSError):
                sealer.seal()
        dataset = expand(_roses(number))
        try:
            answer = lodge(desk, dataset, digest_of(dataset), NOON)
        except Refused as refused:
            refusals += [one.code for one in refused.notices]
            if len(refusals) == 5:
                break
            continue
        acknowledged[f"R-{number}"] = answer.reference or ""
    assert refusals == ["STORE-006"] * 5
    assert acknowledged

    room = ["mount", "-o", "remount,size=16m", str(small_disk)]
    subprocess.run(room, check=True)
    for reference, known in acknowledged.items():
        dataset = expand(_roses(int(reference[2:])))
        assert lodge(desk, dataset, digest_of(dataset), NOON).reference == known
    dataset = expand(_roses(9_999))
    assert lodge(desk, dataset, digest_of(dataset), NOON).status == "accepted"
    sealer.seal()
    log = invariants.log_of(ledger)
    assert list(invariants.registered_once(log)) == []
    assert list(invariants.states_from_events(desk)) == []
    audit = AuditLog(small_disk)
    verdict = Verification(audit, audit.verifiers(), (), ledger.written()).run()
    assert (verdict.faults, verdict.pending) == ((), 0)
    ledger.close()


def _roses(number: int) -> Declaration:
    return msgspec.structs.replace(ROSES, reference=f"R-{number}")


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library under which syncing fails from some call on; skips without a compiler."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler here to make the failing sync from")
    folder = tmp_path_factory.mktemp("shim")
    source, library = folder / "eio.c", folder / "eio.so"
    source.write_text(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("syncs", [6, 9, 14])
def test_what_could_not_be_synced_is_never_acknowledged(
    shim: Path, tmp_path: Path, syncs: int
) -> None:
    data, listed = tmp_path / "data", tmp_path / "names"
    names = write_files(tmp_path / "files")
    listed.write_text("".join(f"{name}\n" for name in names))
    words = ["lodge", "--list", str(listed), "--at", "2026-07-02T08:00", "--json"]
    failed = subprocess.run(
        [sys.executable, "-m", "gatepost", *words, "--data", str(data)],
        env={**os.environ, "LD_PRELOAD": str(shim), "SYNCS_UNTIL_EIO": str(syncs)},
        capture_output=True,
        check=False,
    )
    answers = [json.loads(line) for line in failed.stdout.splitlines()]
    first = {a["file"]: a["reference"] for a in answers if a["status"] == "accepted"}
    assert failed.returncode == 1
    again = [json.loads(line) for line in run(data, *words[:-1])]
    known = {answer["file"]: answer["reference"] for answer in again}
    assert len(known) == len(names)
    assert first.items() <= known.items()
