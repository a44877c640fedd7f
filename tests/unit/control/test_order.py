"""Which controls a case needs, and how far each got."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import reduce
from typing import Any

import msgspec
import pytest

from gatepost.control.events import (
    ControlsOrdered,
    ExaminationPerformed,
    FindingRecorded,
    ResultRecognised,
    SampleTaken,
)
from gatepost.control.model import Control, Finding, Status
from gatepost.control.order import ordered_controls
from gatepost.control.state import Controls, evolve
from gatepost.kernel.event import Body, Event
from gatepost.lodgement.events import DeclarationWithdrawn
from gatepost.requirement.model import Prescribed
from gatepost.risk.events import ChannelOverridden
from gatepost.risk.model import Hit, Proposed
from tests.small_country import LAW

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def hit(name: str = "RISK-1", target: str = "item/1", check: str = "goods", **more: Any) -> Hit:
    kind = more.get("kind", "examination")
    agency = more.get("agency", "plant")
    return Hit(name, 1, agency, target, "live", Proposed(kind, check), LAW)


def law(name: str = "REQ-1", target: str = "item/1", check: str = "goods") -> Prescribed:
    return Prescribed(name, "plant", target, "examination", check, "border", LAW)


def known(*hits: Hit, **changes: Any) -> dict[str, Control]:
    made = ordered_controls("R-1", (), hits, {})
    return {one.id: msgspec.structs.replace(one, **changes) for one in made}


def names(controls: tuple[Control, ...]) -> list[str]:
    return [one.id for one in controls]


def test_one_check_of_one_target_is_one_control_under_the_law() -> None:
    (only,) = ordered_controls("R-1", [law()], [hit("RISK-1"), hit("RISK-2")], {})
    assert (only.id, only.source, only.prescribed) == ("REQ-1@item/1", "REQ-1", True)


@pytest.mark.parametrize(
    "other",
    [
        hit("RISK-2", target="item/2"),
        hit("RISK-2", check="seal"),
        hit("RISK-2", kind="scan"),
        hit("RISK-2", agency="vet"),
    ],
)
def test_another_target_check_kind_or_agency_is_another_control(other: Hit) -> None:
    assert len(ordered_controls("R-1", (), [hit("RISK-1"), other], {})) == 2


@pytest.mark.parametrize(
    ("status", "result", "stays"),
    [
        ("open", None, False),
        ("examined", None, True),
        ("sampled", None, True),
        ("done", "conform", False),
        ("done", "nonconform", True),
        ("recognised", None, False),
        ("cancelled", None, True),
    ],
)
def test_what_stays_when_nothing_asks_for_it_any_more(
    status: Status, result: Any, stays: bool
) -> None:
    earlier = known(hit(), status=status, result=result)
    assert names(ordered_controls("R-1", (), (), earlier)) == (["RISK-1@item/1"] if stays else [])
    (again,) = ordered_controls("R-1", (), [hit()], earlier)
    assert (again.status, again.result) == (status, result)


def test_what_was_found_stays_beside_a_new_control_of_the_same_kind() -> None:
    earlier = known(hit("RISK-1"), status="done", result="nonconform")
    again = ordered_controls("R-1", (), [hit("RISK-2")], earlier)
    assert {one.id: one.status for one in again} == {
        "RISK-2@item/1": "open",
        "RISK-1@item/1": "done",
    }


def test_an_officers_order_stays() -> None:
    ordered = msgspec.structs.replace(
        next(iter(known(hit()).values())), id="officer/x", source="officer"
    )
    again = ordered_controls("R-1", (), [hit(check="seal")], {"officer/x": ordered})
    assert names(again) == ["RISK-1@item/1", "officer/x"]


def test_ordering_again_changes_nothing() -> None:
    first = ordered_controls("R-1", [law()], [hit("RISK-2", check="seal")], {})
    again = ordered_controls(
        "R-1", [law()], [hit("RISK-2", check="seal")], {one.id: one for one in first}
    )
    assert again == first


def after_events(*bodies: Body) -> Controls:
    return reduce(evolve, (Event(NOON, body) for body in bodies), Controls())


def finding(result: Any = "conform") -> Finding:
    return Finding(
        "finding-1", "plant", ("RISK-1@item/1", "gone"), "goods", "item/1", result, NOON, "x"
    )


@pytest.mark.parametrize(
    ("body", "status", "result"),
    [
        (ExaminationPerformed(("RISK-1@item/1", "gone"), ("plant",)), "examined", None),
        (SampleTaken("RISK-1@item/1"), "sampled", None),
        (FindingRecorded(finding()), "done", "conform"),
        (FindingRecorded(finding("nonconform")), "done", "nonconform"),
        (ResultRecognised("RISK-1@item/1", "finding-1", "customs", "C"), "recognised", None),
        (ChannelOverridden("why", ("RISK-1@item/1",)), "cancelled", None),
        (DeclarationWithdrawn("why"), "open", None),
    ],
)
def test_how_far_a_control_got(body: Body, status: str, result: Any) -> None:
    before = after_events(ControlsOrdered(tuple(known(hit()).values())))
    after = evolve(before, Event(NOON, body))
    (only,) = after.by_id.values()
    assert (only.status, only.result) == (status, result)
    assert bool(after.open) is (status in ("open", "examined", "sampled"))
    assert bool(after.wanted) is (status != "cancelled")
    assert len(after.findings) == isinstance(body, FindingRecorded)


def test_what_is_not_named_in_an_order_is_gone() -> None:
    before = after_events(ControlsOrdered(tuple(known(hit()).values())))
    assert evolve(before, Event(NOON, ControlsOrdered())).by_id == {}
