"""Clients that behave badly: one that floods, one that reuses a key, one whose clock jumps.

Scenarios 12, 18 and 19; the invariants hold after each.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.act import SKEW, perform
from gatepost.casework.acts.model import Act
from gatepost.casework.desk import Desk
from gatepost.casework.lodge import lodge
from gatepost.casework.projection import CASE, decode_case
from gatepost.casework.shorthand import expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.lodgement import rules
from gatepost.web.one_writer import OneWriter
from tests.faults import invariants
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, MIXED, NOON, ROSES, STEEL, Office
from tests.small_country import parts

PATIENCE = 120.0
"""Seconds after which a thread counts as starved."""


def wrong(desk: Desk) -> list[str]:
    """Return what is broken of the invariants."""
    users_on, log = desk.jurisdiction.users_on, invariants.log_of(desk.ledger)
    return [
        *invariants.registered_once(log),
        *invariants.released_once(log, users_on),
        *invariants.all_in_a_state(desk.ledger, users_on),
        *invariants.states_from_events(desk),
    ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    ledger = SqliteLedger(tmp_path / "gatepost.sqlite3", CODEC)
    yield Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))
    ledger.close()


def test_a_client_that_floods_takes_nothing_from_the_others(desk: Desk) -> None:
    """Eight connections lodge without end; one that asks now and then gets all its answers."""
    writer = OneWriter(desk, lambda: NOON)
    stop = threading.Event()
    answered: dict[str, str] = {}

    def send(name: str) -> None:
        dataset = expand(msgspec.structs.replace(STEEL, reference=name))
        answer = writer(lambda: lodge(desk, dataset, digest_of(dataset), NOON))
        answered[name] = answer.reference or ""

    def flood(thread: int) -> None:
        number = 0
        while not stop.is_set():
            send(f"FLOOD-{thread}-{number}")
            number += 1

    def ask() -> None:
        for number in range(20):
            send(f"QUIET-{number}")

    noisy = [threading.Thread(target=flood, args=(n,), daemon=True) for n in range(8)]
    quiet = threading.Thread(target=ask, daemon=True)
    for one in (*noisy, quiet):
        one.start()
    quiet.join(PATIENCE)
    starved = quiet.is_alive()
    stop.set()
    for one in noisy:
        one.join(PATIENCE)
    assert not starved
    assert sum(name.startswith("QUIET") for name in answered) == 20
    assert sum(name.startswith("FLOOD") for name in answered) > 20, "nobody flooded"
    assert {row.key for row in desk.ledger.rows(CASE)} == set(answered.values())
    assert wrong(desk) == []


def test_the_same_key_with_another_body_is_refused_and_changes_nothing(desk: Desk) -> None:
    first, other = (expand(msgspec.structs.replace(one, reference="R-1")) for one in (BEEF, ROSES))
    answer = lodge(desk, first, digest_of(first), NOON)
    before = list(desk.ledger.read_all())
    with pytest.raises(Refused) as refused:
        lodge(desk, other, digest_of(other), NOON)
    assert [one.code for one in refused.value.notices] == [rules.CONFLICT.number]
    assert list(desk.ledger.read_all()) == before
    assert lodge(desk, first, digest_of(first), NOON + HOUR) == answer
    assert wrong(desk) == []


@pytest.mark.parametrize("jump", [-HOUR, -timedelta(seconds=1), HOUR, 25 * HOUR])
def test_a_clock_that_jumps_back_or_ahead_keeps_every_promise(jump: timedelta) -> None:
    """The recording clock jumps between any two acts; a hold is not outrun, nothing is lost."""
    office = Office()
    reference = office.lodge(MIXED)
    held: dict[str, Any] = {"reason": "tip", "expires": NOON + 48 * HOUR}
    held["legal_basis"] = LAW_OF_HOLDS
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("hold", "vet.one", held),
        ("examine", "plant.one", {"result": "conform"}),
        ("examine", "customs.one", {"result": "conform"}),
        ("decide", "vet.one", {"decision": "clear"}),
        ("lift", "vet.one", {"reason": "false alarm"}),
        ("tick", "operator", {}),
    )
    now = NOON
    for number, (name, by, fields) in enumerate(steps):
        now += jump if number % 2 else timedelta(minutes=1)
        office.act(name, reference, by, now, **fields)
        assert wrong(office.desk) == []
    case = decode_case(office.desk.ledger.row(CASE, reference) or b"")
    assert case.release.open_holds == () or case.release.released is None


def test_an_act_of_a_client_whose_clock_is_ahead_is_refused(desk: Desk) -> None:
    dataset = expand(msgspec.structs.replace(BEEF, reference="R-1"))
    reference = lodge(desk, dataset, digest_of(dataset), NOON).reference or ""
    fields = {"id": "a", "act": "decide", "reference": reference, "decision": "clear"}
    ahead = msgspec.convert({**fields, "at": NOON + SKEW + timedelta(seconds=1)}, Act)
    answer = perform(desk, ahead, NOON, "vet.one")
    assert [one.code for one in answer.notices] == [rules.AHEAD_OF_TIME.number]
    decided = decode_case(desk.ledger.row(CASE, reference) or b"").release.decisions
    assert {one.agency for one in decided.values()} == {"customs"}, "by its own rules"
    right = msgspec.convert({**fields, "id": "b", "at": NOON + SKEW}, Act)
    assert perform(desk, right, NOON, "vet.one").status == "done"
    assert wrong(desk) == []
