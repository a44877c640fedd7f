"""What a world may not say: every fault with its place, all at once."""

from __future__ import annotations

import msgspec
import pytest

from gatepost.adapters.formats.world import read_world
from gatepost.control.schedule.compiled import compile_world
from gatepost.kernel.notice import Refused

GOOD = {
    "consignments": [{"id": "a", "arrival": "07:10", "agencies": ["customs"]}],
    "agencies": [{"id": "customs", "minutes": 20}],
    "officers": [{"id": "c1", "agency": "customs", "shifts": [["06:00", "14:00"]]}],
    "bays": 1,
}

FAULTS = [
    ("PLAN-001 consignments[0].arrival", ("consignments", 0, "arrival"), "7h10"),
    ("PLAN-001 consignments[0].arrival", ("consignments", 0, "arrival"), "07:60"),
    ("PLAN-001 consignments[0].arrival", ("consignments", 0, "arrival"), 2881),
    ("PLAN-001 consignments[0].arrival", ("consignments", 0, "arrival"), -1),
    ("PLAN-001 consignments[0].known", ("consignments", 0, "known"), "yesterday"),
    ("PLAN-001 officers[0].shifts[0][1]", ("officers", 0, "shifts"), [["06:00", "x"]]),
    ("PLAN-002 officers[1].id", ("officers", 1), GOOD["officers"][0]),  # type: ignore[index]
    ("PLAN-002 consignments[0].agencies[1]", ("consignments", 0, "agencies", 1), "customs"),
    ("PLAN-003 consignments[0].agencies[0]", ("consignments", 0, "agencies", 0), "police"),
    ("PLAN-003 officers[0].agency", ("officers", 0, "agency"), "police"),
    ("PLAN-004 consignments[0].agencies[0]", ("agencies", 0), {"id": "customs"}),
    ("PLAN-005 officers[0].shifts[0]", ("officers", 0, "shifts"), [["14:00", "06:00"]]),
    ("PLAN-005 agencies[0].hours[0]", ("agencies", 0, "hours"), [[480, 480]]),
    ("PLAN-006 bays", ("bays",), -1),
    ("PLAN-006 scanners", ("scanners",), 5000),
    ("PLAN-006 positioning", ("positioning",), -5),
    ("PLAN-006 joint_within", ("joint_within",), -5),
    ("PLAN-006 consignments[0].weight", ("consignments", 0, "weight"), -1),
    ("PLAN-006 consignments[0].scan", ("consignments", 0, "scan"), 9999),
    ("PLAN-006 agencies[0].minutes", ("agencies", 0, "minutes"), 0),
    ("PLAN-006 officers[0].on_call", ("officers", 0, "on_call"), -1),
    ("PLAN-007 order[0]", ("order",), [{"id": "o", "kind": "before", "first": "customs"}]),
    ("PLAN-007 order[0]", ("order",), [{"id": "o", "kind": "goes_first"}]),
    (
        "PLAN-008 order",
        ("order",),
        [{"id": "o", "kind": "before", "first": "customs", "then": "customs"}],
    ),
    ("FILE-003 consignments[0].arival", ("consignments", 0, "arival"), "07:10"),
    ("FILE-005 consignments[0].weight", ("consignments", 0, "weight"), "much"),
    ("FILE-006 consignments[0].cargo", ("consignments", 0, "cargo"), "fish"),
]


def with_value(path: tuple[str | int, ...], value: object) -> bytes:
    """Return the good world with another value at ``path``."""
    tree = msgspec.json.decode(msgspec.json.encode(GOOD))
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    last = path[-1]
    if isinstance(inner, list) and last == len(inner):
        inner.append(value)
    else:
        inner[last] = value
    return msgspec.json.encode(tree)


def refusal(data: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        compile_world(read_world(data))
    return [f"{one.code} {one.where}" for one in refused.value.notices]


def test_the_good_world_is_admitted() -> None:
    assert len(compile_world(read_world(msgspec.json.encode(GOOD))).visits) == 1


@pytest.mark.parametrize(("fault", "path", "value"), FAULTS)
def test_each_fault_is_named_with_its_place(
    fault: str, path: tuple[str | int, ...], value: object
) -> None:
    assert fault in refusal(with_value(path, value))


def test_everything_wrong_is_said_at_once() -> None:
    tree = {**GOOD, "bays": -1, "positioning": -1, "scanners": -1}
    assert refusal(msgspec.json.encode(tree)) == [
        "PLAN-006 positioning",
        "PLAN-006 bays",
        "PLAN-006 scanners",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "WORLD-001 "),
        (b"\xff", "WORLD-001 "),
        (b"[" * 100_000, "WORLD-001 "),
        (b'{"bays": 1, "bays": 2}', "JSON-004 bays"),
        (b" " * 5_000_001, "WORLD-002 "),
        (b"{}", "FILE-004 "),
        (b"[]", "FILE-005 "),
    ],
)
def test_what_is_no_world_at_all_is_refused(data: bytes, code: str) -> None:
    assert code in refusal(data)
