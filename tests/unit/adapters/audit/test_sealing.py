"""Sealing: everything once, in order, whatever stops it half-way."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.adapters.audit import sealing
from gatepost.adapters.audit.keys import read_verifiers
from gatepost.adapters.audit.log import LOG, VERIFIERS
from gatepost.adapters.audit.tiles import write_whole
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import open_sealer
from gatepost.kernel.event import Event
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Refused
from gatepost.ledger.events import BodyDeleted, deletion_stream
from gatepost.ledger.model import Append, Commit
from tests.unit.adapters.audit.conftest import Office

NOW = datetime(2027, 7, 2, 12, 0, tzinfo=UTC)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of the log but the signatures' times and the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_what_is_written_is_sealed_once(office: Office) -> None:
    office.lodge(0, 3)
    events = len(list(office.ledger.written()))
    assert office.sealer.seal() == events
    assert office.sealer.seal() == 0
    office.lodge(3, 1)
    verdict = office.verify()
    assert verdict.ok
    assert (verdict.events, verdict.checkpoints) == (events, 1)
    assert verdict.pending == len(list(office.ledger.written())) - events > 0
    office.sealer.seal()
    verdict = office.verify()
    assert (verdict.ok, verdict.checkpoints, verdict.pending) == (True, 2, 0)


@pytest.mark.parametrize("writes", range(12))
def test_a_sealer_that_dies_anywhere_leaves_what_can_be_gone_on_from(
    office: Office, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    office.lodge(0, 2)
    office.sealer.seal()
    office.lodge(2, 60)
    left = writes

    def write_some(path: Path, data: bytes) -> None:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        write_whole(path, data)

    monkeypatch.setattr(sealing, "BATCH", 300)
    monkeypatch.setattr(sealing, "write_whole", write_some)
    with pytest.raises(KeyboardInterrupt):
        office.sealer.seal()
    assert office.verify().ok
    monkeypatch.undo()
    office.sealer.seal()
    verdict = office.verify()
    assert (verdict.ok, verdict.pending, verdict.faults) == (True, 0, ())


def test_a_sealer_takes_up_where_it_was_told_to_stop(office: Office) -> None:
    office.lodge(0, 3)
    events = len(list(office.ledger.written()))
    assert office.sealer.seal(at_most=5) == 5
    verdict = office.verify()
    assert (verdict.ok, verdict.events, verdict.pending) == (True, 5, events - 5)
    assert office.sealer.seal() == events - 5
    assert office.verify().ok


def test_one_sealer_at_a_time(office: Office) -> None:
    office.lodge(0, 1)
    office.sealer.seal()
    handle = os.open(office.data / LOG / ".lock", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(Refused) as refused:
        office.sealer.seal()
    os.close(handle)
    assert [one.code for one in refused.value.notices] == ["AUDIT-003"]


def test_a_log_that_cannot_be_continued_is_left_alone(office: Office) -> None:
    office.lodge(0, 1)
    office.sealer.seal()
    [(_, place)] = office.log.earlier()
    (office.data / LOG / place).write_text("nothing of the kind")
    office.lodge(1, 1)
    before = files(office.data / LOG)
    with pytest.raises(Refused) as refused:
        office.sealer.seal()
    assert [one.code for one in refused.value.notices] == ["AUDIT-004"]
    assert files(office.data / LOG) == before


def test_a_new_key_is_vouched_for_by_the_old_one(office: Office) -> None:
    office.lodge(0, 1)
    office.sealer.seal()
    old = office.log.verifiers()
    seed = office.key.read_text()
    new = office.sealer.rotate()
    assert office.key.read_text() != seed
    assert read_verifiers(office.data / LOG / VERIFIERS) == [*old, new]
    office.lodge(1, 1)
    office.sealer.seal()
    assert office.verify().ok
    again = open_sealer(office.ledger, office.data, "XA")
    office.lodge(2, 1)
    again.seal()
    verdict = office.verify()
    assert (verdict.ok, verdict.checkpoints) == (True, 3)


def withhold(ledger: SqliteLedger, stream: str, announced: bool) -> None:
    """Delete the first body of a stream, told beforehand or not."""
    if announced:
        law = (LegalBasis("Archives Act, s. 4"),)
        event = Event(NOW, BodyDeleted(stream, 1), legal_basis=law)
        append = Append(deletion_stream(stream, 1), 0, (event,))
        ledger.commit(Commit(f"delete|{stream}", "d", NOW, (append,)))
    ledger.withhold(stream, 1)


@pytest.mark.parametrize("sealed_before", [True, False])
def test_a_body_deleted_by_law_leaves_the_proof_whole(office: Office, sealed_before: bool) -> None:
    [reference] = office.lodge(0, 1)
    office.sealer.seal()
    withhold(office.ledger, f"case/{reference}", announced=True)
    if sealed_before:
        office.sealer.seal()
    assert office.verify().ok


def test_a_body_made_away_with_is_found(office: Office) -> None:
    [reference] = office.lodge(0, 1)
    office.sealer.seal()
    withhold(office.ledger, f"case/{reference}", announced=False)
    verdict = office.verify()
    assert verdict.first_bad is not None
    assert verdict.first_bad.where == f"case/{reference}/1"


def test_the_key_is_for_its_owner_only(office: Office) -> None:
    assert office.key.stat().st_mode & 0o077 == 0


def test_a_broken_key_is_no_new_key(office: Office) -> None:
    office.key.write_text("oops")
    with pytest.raises(Refused) as refused:
        open_sealer(office.ledger, office.data, "XA")
    assert [one.code for one in refused.value.notices] == ["AUDIT-002"]
