"""Release against hold in the same moment: exactly one effective outcome (scenario 21).

Run in full by ``GATEPOST_RACE_ROUNDS=1000``; the short form runs here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.release.events import GoodsReleased, HoldPlaced
from tests.faults import invariants
from tests.office import BEEF, NOON
from tests.small_country import parts

THREADS = 64
ROUNDS = int(os.environ.get("GATEPOST_RACE_ROUNDS", "4"))


def opened(kind: str, folder: Path) -> Ledger:
    return MemoryLedger(CODEC) if kind == "memory" else SqliteLedger(folder / "db", CODEC)


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_release_and_hold_at_once_have_one_outcome(kind: str, tmp_path: Path) -> None:
    """Half of the threads release, half hold; whoever is first, the goods are in one state."""
    ledger = opened(kind, tmp_path)
    desk = Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))
    outcomes = {"released": 0, "held": 0}
    with ThreadPoolExecutor(THREADS) as pool:
        for number in range(ROUNDS):
            dataset = expand(msgspec.structs.replace(BEEF, reference=f"R-{number}"))
            reference = lodge(desk, dataset, digest_of(dataset), NOON).reference or ""
            start = threading.Barrier(THREADS)
            jobs = [_job(desk, start, reference, number, one) for one in range(THREADS)]
            answers = list(pool.map(lambda job: job(), jobs))
            assert all(answer.status in ("done", "refused") for answer in answers)
            log = [recorded.event for recorded in ledger.read(f"{CASE}/{reference}")]
            releases = sum(isinstance(event.body, GoodsReleased) for event in log)
            stored = ledger.row(CASE, reference)
            assert stored is not None
            status = decode_case(stored).status
            holds = sum(isinstance(event.body, HoldPlaced) for event in log)
            assert releases <= 1
            assert status == ("held" if holds else "released")
            outcomes[status] += 1
    assert sum(outcomes.values()) == ROUNDS
    assert (
        list(invariants.released_once(invariants.log_of(ledger), desk.jurisdiction.users_on)) == []
    )
    assert list(invariants.states_from_events(desk)) == []
    ledger.close()


def _job(
    desk: Desk, start: threading.Barrier, reference: str, number: int, one: int
) -> Callable[[], Any]:
    fields: dict[str, Any] = {"reference": reference, "at": NOON}
    if one % 2:
        # One decision, sent by half the threads under the same id: it counts once.
        fields |= {"act": "decide", "id": f"clear-{number}", "by": "vet.one", "decision": "clear"}
    else:
        law = [{"cite": "Border Act, s. 9"}]
        fields |= {"act": "hold", "id": f"hold-{number}-{one}", "by": "vet.two", "reason": "why"}
        fields |= {"expires": NOON + timedelta(hours=2), "legal_basis": law}
    act = msgspec.convert(fields, Act)

    def job() -> Any:
        start.wait()
        return perform(desk, act, NOON)

    return job


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_one_message_sent_a_hundred_times_at_once_is_one(kind: str, tmp_path: Path) -> None:
    """Scenarios 11 and 12: the same body is one lodgement, another body is a conflict."""
    ledger = opened(kind, tmp_path)
    desk = Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))
    dataset = expand(msgspec.structs.replace(BEEF, reference="R-1"))
    with ThreadPoolExecutor(32) as pool:
        answers = list(
            pool.map(lambda _: lodge(desk, dataset, digest_of(dataset), NOON), range(100))
        )
    assert len({str(answer) for answer in answers}) == 1
    log = invariants.log_of(ledger)
    assert list(invariants.registered_once(log)) == []
    assert sum(r.event.body.name() == "lodgement:declaration:registered" for r in log) == 1
    ledger.close()
