"""HMRC's published notifications, replayed on cases: in order, out of order, late and twice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from gatepost.adapters.formats.ens.notifications import effect_of, hold_for, kind_of, report_of
from gatepost.adapters.formats.wco import notification
from gatepost.adapters.formats.wco.notification import Notification
from gatepost.authority.model import Mandate
from gatepost.bootstrap import load_checked_interface
from gatepost.casework.receive import Received, receive
from tests.office import STEEL, Office
from tests.small_country import parts

NOW = datetime(2028, 7, 2, 12, 0, tzinfo=UTC)
OFFICER = "customs.one"
KINDS = load_checked_interface("uk_cds").parts["notification"]
RANK = {"waiting": 0, "held": 1, "denied": 2, "released": 3, "removed": 4, "withdrawn": 4}
"""A status on the left may become one on its right; never the other way round."""

Sequence_ = list[Notification]


@pytest.fixture(scope="module")
def sequences(shared_data: Path) -> dict[str, Sequence_]:
    """Return the notifications of each case in the order in which their files are numbered."""
    folder = shared_data / "wco_dm" / "open" / "notification"
    files = sorted(folder.glob("*.xml"), key=lambda file: (_prefix(file), _number(file), file.name))
    found: dict[str, Sequence_] = {}
    for file in files:
        told = notification.read(file.read_bytes())
        sequence = found.setdefault(f"{_prefix(file)} {told.number}", [])
        if told.id not in [one.id for one in sequence]:
            sequence.append(told)
    assert len(found) > 100
    return found


def _prefix(file: Path) -> str:
    return re.split(r"_[0-9]{1,2}[._]", file.name)[0]


def _number(file: Path) -> int:
    found = re.search(r"_([0-9]{1,2})[._]", file.name)
    return int(found[1]) if found else 0


def office() -> Office:
    """Return an office where customs decides by its own system, never by itself."""
    mandates: list[Mandate] = parts()["mandate"]
    return Office(mandate=[msgspec.structs.replace(one, automatic=()) for one in mandates])


def take_in(where: Office, reference: str, told: Notification) -> Received:
    kind = kind_of(told.function, KINDS, told.issued.date())
    law = kind.legal_basis if kind else ()
    report = report_of(told, kind, "customs")
    return receive(where.desk, reference, report, OFFICER, NOW, law, hold_for(kind))


def replayed(sequence: Iterable[Notification], regime: str) -> tuple[str, list[str], Office]:
    """Return the reference, the status after each notification, and the office."""
    where = office()
    reference = where.lodge(STEEL, type="EXA" if regime == "export" else "IMA")
    statuses: list[str] = []
    for told in sequence:
        take_in(where, reference, told)
        statuses.append(where.case(reference).status)
    return reference, statuses, where


def end_of(sequence: Sequence[Notification]) -> str:
    """Return how a case ends, told from the codes alone: the last in time that decides anything."""
    ordered = sorted(sequence, key=lambda one: (one.issued, int(one.function)))
    codes = [one.function for one in ordered]
    cleared = "08" in codes or "09" in codes
    if "16" in codes and cleared:
        return "removed"
    if cleared:
        return "released"
    if "10" in codes:
        return "withdrawn"
    decisive = [code for code in codes if code in ("03", "05", "07")]
    return {"03": "denied", "05": "held"}.get(decisive[-1] if decisive else "", "waiting")


def is_withdrawn_after_release(sequence: Sequence[Notification]) -> bool:
    """Tell whether customs cleared and then invalidated.

    Here a declaration is withdrawn before the release or not at all. So what came first decides,
    and the other is kept with the reason why it could not be done.
    """
    codes = {one.function for one in sequence}
    return "10" in codes and bool(codes & {"08", "09"})


def regime_of(sequence: Sequence[Notification], name: str) -> str:
    return "export" if "EX" in name or any(one.function == "16" for one in sequence) else "import"


def test_every_notification_can_be_read(shared_data: Path) -> None:
    files = list((shared_data / "wco_dm" / "open" / "notification").glob("*.xml"))
    told = [notification.read(file.read_bytes()) for file in files]
    assert len(told) > 490
    kinds = {one.function: kind_of(one.function, KINDS, one.issued.date()) for one in told}
    unmapped = {function for function, kind in kinds.items() if kind is None}
    assert unmapped == set()


def test_every_sequence_drives_its_case_to_its_end(sequences: dict[str, Sequence_]) -> None:
    ends = []
    for name, sequence in sequences.items():
        _, statuses, _ = replayed(sequence, regime_of(sequence, name))
        assert statuses[-1] == end_of(sequence), name
        ranks = [RANK[status] for status in statuses]
        assert ranks == sorted(ranks) or {"05", "07"} & {one.function for one in sequence}, name
        ends.append(statuses[-1])
    assert {"released", "removed", "withdrawn", "denied"} <= {*ends}


@pytest.mark.parametrize("seed", range(3))
def test_order_and_repetition_change_nothing(sequences: dict[str, Sequence_], seed: int) -> None:
    chance = random.Random(seed)
    for name, sequence in sequences.items():
        mixed = [*sequence, *chance.sample(sequence, len(sequence) // 2)]
        chance.shuffle(mixed)
        reference, statuses, where = replayed(mixed, regime_of(sequence, name))
        expected = {end_of(sequence)}
        if is_withdrawn_after_release(sequence):
            expected.add("withdrawn")
        assert statuses[-1] in expected, (name, [one.function for one in mixed])
        assert len(where.case(reference).reports) == len({one.id for one in sequence})


def test_once_released_nothing_late_takes_it_back(sequences: dict[str, Sequence_]) -> None:
    for name, sequence in sequences.items():
        newest_first = sorted(sequence, key=lambda one: one.issued, reverse=True)
        _, statuses, _ = replayed(newest_first, regime_of(sequence, name))
        ranks = [RANK[status] for status in statuses]
        assert ranks == sorted(ranks), (name, statuses)


def test_the_table_names_what_each_code_does() -> None:
    assert {one.function: effect_of(one) for one in KINDS if effect_of(one) != "none"} == {
        "03": "refuse",
        "05": "hold",
        "07": "lift",
        "08": "clear",
        "09": "clear",
        "10": "withdraw",
        "16": "remove",
    }
