"""Seeded runs under mixed faults keep every promise, and a broken store is found out."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.sealing import Sealer
from gatepost.adapters.audit.verifying import Verification
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC, DATABASE_FILE, open_sealer
from gatepost.casework.memory import MemoryLedger
from gatepost.kernel.notice import Refused
from gatepost.ledger.model import ActRow, Append, Commit, Done, Outcome
from tests.faults.world import World

SEEDS = 200
CHUNK = 20
ON_DISK = range(1000, 1006)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_every_seed_keeps_the_promises(first: int) -> None:
    wrong = {seed: found for seed in range(first, first + CHUNK) if (found := World(seed).run())}
    assert wrong == {}


def test_a_seed_is_the_same_run_to_the_letter() -> None:
    one, other = World(7), World(7)
    assert one.run() == other.run() == []
    assert list(one.store.written()) == list(other.store.written())


@pytest.mark.parametrize("seed", ON_DISK)
def test_seeds_on_disk_keep_the_promises_and_the_proof(seed: int, tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / DATABASE_FILE, CODEC)
    world = World(seed, ledger)
    sealer = open_sealer(ledger, tmp_path, "XA")
    for line in world.lines:
        line.meanwhile = partial(_seal_and, sealer, line.meanwhile)
    assert world.run() == []
    sealer.seal()
    log = AuditLog(tmp_path)
    verdict = Verification(log, log.verifiers(), (), ledger.written()).run()
    assert (verdict.faults, verdict.pending) == ((), 0)
    ledger.close()


def _seal_and(sealer: Sealer, overtake: Callable[[], None]) -> None:
    sealer.seal()
    overtake()


class Forgetful(MemoryLedger):
    """A store that at times does not know an act it has done."""

    dice = random.Random(1)

    def act(self, key: str) -> ActRow | None:
        return None if self.dice.random() < 0.5 else super().act(key)

    def commit(self, commit: Commit) -> Outcome:
        known = super().act(commit.act)
        if known is not None and self.act(commit.act) is None:
            self._acts.pop(commit.act)
        return super().commit(commit)


class Overwriting(MemoryLedger):
    """A store that lets a writer write who has not seen what another one wrote."""

    def commit(self, commit: Commit) -> Outcome:
        seen = tuple(
            Append(one.stream, len(self._streams.get(one.stream, ())), one.events)
            for one in commit.appends
        )
        changed = Commit(commit.act, commit.digest, commit.recorded_at, seen, commit.changes)
        return super().commit(changed)


class Boastful(MemoryLedger):
    """A store that at times says it wrote and did not."""

    dice = random.Random(1)

    def commit(self, commit: Commit) -> Outcome:
        return Done(1, 1) if self.dice.random() < 0.05 else super().commit(commit)


class Careless(MemoryLedger):
    """A store that at times writes the events and not the rows."""

    dice = random.Random(1)

    def commit(self, commit: Commit) -> Outcome:
        rows = commit.changes if self.dice.random() > 0.05 else commit.changes[1:]
        kept = Commit(commit.act, commit.digest, commit.recorded_at, commit.appends, rows)
        return super().commit(kept)


@pytest.mark.parametrize("kind", [Forgetful, Overwriting, Boastful, Careless])
def test_a_store_that_breaks_its_word_is_found_out(kind: Any) -> None:
    found = []
    for seed in range(20):
        try:
            found += World(seed, kind(CODEC)).run()
        except (AssertionError, LookupError, StopIteration, Refused) as fault:
            found.append(f"it fell over: {fault!r}")
    assert found
