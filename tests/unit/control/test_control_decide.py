"""What follows from what an officer reports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from gatepost.control.decide import (
    chosen_controls,
    examination_notices,
    finding_notices,
    recognised,
)
from gatepost.control.model import Control, Finding, Result
from gatepost.lodgement.model import Lodged
from tests.small_country import LAW

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def control(name: str = "A", **changes: Any) -> Control:
    fields: dict[str, Any] = {"agency": "plant", "kind": "examination", "check": "seal"}
    fields |= {"target": "item/1", "place": "border", **changes}
    return Control(name, case="R-1", source="RISK", legal_basis=LAW, **fields)


def lodged(present: bool) -> Lodged:
    day = NOON.date()
    known = Lodged("R-1", "XA0001", "F-1", "D", "IMA", "import", day, NOON, "M-1")
    return msgspec.structs.replace(known, presented_at=NOON if present else None)


def test_all_open_controls_are_meant_or_those_named() -> None:
    load = [
        control("A"),
        control("B", status="done"),
        control("C", agency="vet"),
        control("D", kind="sample", status="sampled"),
        control("E", status="examined"),
        control("F", kind="sample"),
    ]
    chosen = [c.id for c in chosen_controls(load, ("plant",), ())]
    assert chosen == ["A", "E"]
    assert [c.id for c in chosen_controls(load, ("plant",), ("D", "C"))] == ["D"]
    assert [c.id for c in chosen_controls(load, ("plant", "vet"), ())] == ["A", "C", "E"]


@pytest.mark.parametrize(
    ("present", "controls", "codes"),
    [
        (True, [control()], []),
        (False, [control()], ["CONTROL-005"]),
        (False, [control(place="before")], []),
        (False, [control(kind="documentary")], []),
        (False, [control("A", place="before"), control("B")], ["CONTROL-005"]),
        (True, [], ["CONTROL-001"]),
        (True, [control(kind="sample")], ["CONTROL-008"]),
        (True, [control("A"), control("B", kind="sample", status="sampled")], ["CONTROL-008"]),
    ],
)
def test_why_an_examination_is_not_recorded(
    present: bool, controls: list[Control], codes: list[str]
) -> None:
    said = examination_notices(lodged(present), controls, ("plant",), (), lambda *_: None)
    assert [notice.code for notice in said] == codes


def test_every_pair_that_may_not_examine_together_is_said() -> None:
    allowed = {("a", "b"), ("a", "c")}
    said = examination_notices(
        lodged(True),
        [control()],
        ("a", "b", "c"),
        (),
        lambda *pair: "C" if pair in allowed else None,
    )
    assert [n.values for n in said] == [{"agency": "b", "other": "c"}]


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        (control(status="examined"), []),
        (control(kind="sample", status="sampled"), []),
        (control(kind="sample", status="examined"), ["CONTROL-003"]),
        (control(kind="documentary"), []),
        (control(), ["CONTROL-003"]),
        (control(status="done", result="conform"), ["CONTROL-002"]),
        (control(status="recognised"), ["CONTROL-002"]),
        (control(status="cancelled"), ["CONTROL-001"]),
        (control(agency="vet", status="examined"), ["CONTROL-001"]),
        (None, ["CONTROL-001"]),
    ],
)
def test_a_finding_is_recorded_once_and_after_the_look(
    known: Control | None, codes: list[str]
) -> None:
    by_id = {"A": known} if known else {}
    assert [n.code for n in finding_notices("R-1", "plant", by_id, ("A",))] == codes
    assert [n.code for n in finding_notices("R-1", "plant", by_id, ())] == ["CONTROL-001"]


@pytest.mark.parametrize(
    ("change", "satisfied"),
    [
        ({}, True),
        ({"status": "examined"}, True),
        ({"kind": "documentary"}, True),
        ({"status": "done"}, False),
        ({"status": "cancelled"}, False),
        ({"agency": "customs"}, False),
        ({"agency": "vet"}, False),
        ({"check": "goods"}, False),
    ],
)
def test_a_result_satisfies_the_same_check_of_who_recognises_it(
    change: dict[str, Any], satisfied: bool
) -> None:
    def clause(finding: Finding, control: Control) -> str | None:
        return "CLAUSE" if (finding.agency, control.agency) == ("customs", "plant") else None

    results: tuple[Result, ...] = ("conform", "nonconform")
    for result in results:
        finding = Finding("F", "customs", ("X",), "seal", "item/1", result, NOON, "officer")
        found = recognised(finding, [control(**change)], clause)
        satisfies = satisfied and result == "conform"
        assert [one.clause for one in found] == (["CLAUSE"] if satisfies else [])
