"""Where a control is made: by the agency's rule of the day, never against a law or an officer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from gatepost.consignment.model import Consignment
from gatepost.control.model import Control
from gatepost.control.placing import Placing, PlacingBook
from gatepost.control.plan import make_plan
from gatepost.control.sending import sending_notices, whereabouts_notices
from gatepost.kernel.validity import Validity
from gatepost.lodgement.model import Journey, Lodged
from gatepost.release.interests import interests_of
from gatepost.requirement.compiled import Conditions
from tests.small_country import LAW

DAY = date(2026, 7, 2)
NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def control(name: str = "A", **changes: Any) -> Control:
    fields: dict[str, Any] = {"agency": "plant", "kind": "examination", "check": "pests"}
    fields |= {"source": "RISK", "target": "item/1", "place": "border", **changes}
    return Control(name, case="R-1", legal_basis=LAW, **fields)


def rule(name: str = "PLC-1", **changes: Any) -> Placing:
    fields: dict[str, Any] = {"place": "inland", "site": "yard", "under_seal": True, **changes}
    valid = fields.pop("valid", Validity(date(2026, 1, 1)))
    return Placing(name, {"en": "There."}, fields.pop("agency", "plant"), LAW, valid, **fields)


def placed(rules: list[Placing], one: Control, day: date = DAY, post: str = "bridge") -> Control:
    book = PlacingBook(rules, Conditions({}))
    goods = Consignment(regime="import", day=day, type="IMA", reference="R-1")
    (found,) = book.on(day).placed([one], goods, post)
    return found


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        ({}, True),
        ({"agency": "vet"}, False),
        ({"checks": ("pests",)}, True),
        ({"checks": ("seal",)}, False),
        ({"kinds": ("sample",)}, False),
        ({"regimes": ("export",)}, False),
        ({"posts": ("bridge",)}, True),
        ({"posts": ("port",)}, False),
        ({"when": "size(consignment.items) > 0"}, False),
        ({"when": "size(consignment.items) == 0"}, True),
        ({"valid": Validity(date(2026, 7, 3))}, False),
    ],
)
def test_a_rule_places_what_it_covers(changes: dict[str, Any], moved: bool) -> None:
    found = placed([rule(**changes)], control())
    assert (found.place == "inland", found.under_seal, found.placed_by == "PLC-1") == (moved,) * 3


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "before"},
        {"place": "inland"},
        {"kind": "documentary"},
        {"source": "officer"},
        {"status": "examined"},
    ],
)
def test_law_officers_and_what_was_begun_go_before_the_rule(changes: dict[str, Any]) -> None:
    assert placed([rule()], control(**changes)) == control(**changes)


def test_the_first_rule_by_its_number_decides() -> None:
    rules = [rule("PLC-2"), rule("PLC-1", place="off_lane", site=None, under_seal=False)]
    assert placed(rules, control()).place == "off_lane"


def test_off_the_lane_is_the_same_stop_for_all_and_a_site_is_one_of_its_own() -> None:
    controls = [
        control("A", place="off_lane"),
        control("B", agency="vet"),
        control("C", agency="food", place="inland", site="yard", under_seal=True),
        control("D", agency="vet", place="inland", site="yard", under_seal=True),
        control("E", agency="vet", place="inland", site="depot"),
        control("F", agency="vet", place="premises"),
    ]
    plan = make_plan(controls, lambda *_: "CLAUSE")
    shown = [(stop.place, stop.site, stop.agencies) for stop in plan.stops]
    assert shown == [
        ("off_lane", None, ("plant", "vet")),
        ("inland", "depot", ("vet",)),
        ("inland", "yard", ("food", "vet")),
        ("premises", None, ("vet",)),
    ]


def test_what_is_made_under_seal_comes_before_the_release_and_other_inland_controls_after() -> None:
    controls = [
        control("A", place="inland", under_seal=True),
        control("B", place="premises"),
        control("C", place="off_lane"),
    ]
    (interest,) = interests_of((), controls).values()
    assert (interest.controls, interest.inland) == (("A", "C"), ("B",))


def lodged(**changes: Any) -> Lodged:
    known = Lodged("R-1", "XA0001", "F-1", "D", "IMA", "import", DAY, NOON, "M-1")
    return msgspec.structs.replace(known, arrived_at=NOON, **changes)


WAY = Journey("yard", "S-1", NOON)
THERE = Journey("yard", "S-1", NOON, NOON)
SEALED = control(place="inland", site="yard", under_seal=True)


@pytest.mark.parametrize(
    ("known", "one", "codes"),
    [
        (lodged(), SEALED, ["CONTROL-030"]),
        (lodged(journey=WAY), SEALED, ["CONTROL-030"]),
        (lodged(journey=THERE), SEALED, []),
        (lodged(), control(), []),
        (lodged(journey=WAY), control(), ["CONTROL-031"]),
        (lodged(journey=THERE), control(source="officer"), []),
        (lodged(journey=WAY), control(kind="documentary"), []),
    ],
)
def test_a_control_is_made_where_the_goods_are(
    known: Lodged, one: Control, codes: list[str]
) -> None:
    assert [notice.code for notice in whereabouts_notices(known, [one])] == codes


def test_all_that_keeps_goods_at_the_post_is_told_at_once() -> None:
    home = control("B", place="premises", under_seal=True)
    said = sending_notices(lodged(), [home, control("C", agency="vet")], "plant", None, " ")
    assert [notice.code for notice in said] == ["CONTROL-033", "CONTROL-034", "CONTROL-036"]
