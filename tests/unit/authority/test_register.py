"""The register answers for a given day only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import JointControl, Recognition
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import BorderPost, ServiceStandard, Step
from gatepost.authority.register import Register
from gatepost.authority.scope import Scope
from gatepost.kernel.validity import Validity
from tests.small_country import AGENCIES, ALWAYS, LAW, agency, concluded, parts

DAY = timedelta(days=1)
CHANGE = date(2026, 7, 1)
UNTIL, FROM = Validity(date(2020, 1, 1), CHANGE - DAY), Validity(CHANGE)


def test_an_agency_is_as_it_was_organised_on_the_day() -> None:
    old = msgspec.structs.replace(agency("plant"), valid=UNTIL, units=())
    new = msgspec.structs.replace(agency("plant"), valid=FROM)
    register = Register(agencies=[new, old])
    assert register.agency("plant", CHANGE - DAY) == old
    assert register.agency("plant", CHANGE) == new
    assert register.unit("plant-local", CHANGE - DAY) is None
    assert register.unit("plant-local", CHANGE) == new.units[0]
    assert register.agency("plant", date(2019, 12, 31)) is None


def test_a_post_is_found_by_any_of_its_offices_on_the_day() -> None:
    old = BorderPost("old", {"en": "Old"}, "land", ("XA1", "XA2"), LAW, UNTIL)
    new = BorderPost("new", {"en": "New"}, "land", ("XA2",), LAW, FROM)
    register = Register(posts=[old, new])
    found = {
        day: [
            post.id if (post := register.post_of([office], day)) else None
            for office in ("XA1", "XA2", "GB1")
        ]
        for day in (CHANGE - DAY, CHANGE)
    }
    assert found == {CHANGE - DAY: ["old", "old", None], CHANGE: [None, "new", None]}
    first = register.post_of(["GB1", "XA2", "XA1"], CHANGE)
    assert first == new
    assert register.post("old", CHANGE) is None
    assert register.post("old", CHANGE - DAY) == old


@pytest.mark.parametrize(
    ("principal", "agent", "regime", "day", "found"),
    [
        ("XA0001", "XA9001", "import", date(2026, 1, 1), True),
        ("XA0001", "XA9001", "import", date(2026, 7, 2), True),
        ("XA0001", "XA9001", "import", date(2025, 12, 31), False),
        ("XA0001", "XA9001", "import", date(2026, 7, 3), False),
        ("XA0001", "XA9001", "export", date(2026, 1, 1), False),
        ("XA9001", "XA0001", "import", date(2026, 1, 1), False),
        ("XA0002", "XA9001", "import", date(2026, 1, 1), False),
    ],
)
def test_a_mandate_of_a_trader_is_for_one_agent_regime_and_time(
    principal: str, agent: str, regime: Any, day: date, found: bool
) -> None:
    register = Register(brokerages=parts()["party"])
    assert (register.brokerage(principal, agent, regime, day) is not None) is found


def standard(name: str, **changes: Any) -> ServiceStandard:
    steps = (Step("local", "0h"),)
    return ServiceStandard(
        name, {"en": name}, "plant", LAW, changes.pop("valid", ALWAYS), "1h", steps, **changes
    )


@pytest.mark.parametrize(
    ("regime", "control", "day", "name"),
    [
        ("import", "examination", CHANGE, "BOTH"),
        ("import", "scan", CHANGE, "REGIME"),
        ("import", None, CHANGE, "REGIME"),
        ("export", "examination", CHANGE, "CONTROL"),
        ("export", "scan", CHANGE, "PLAIN"),
        ("export", None, CHANGE - DAY, "OLD"),
    ],
)
def test_the_narrowest_service_standard_counts(
    regime: Any, control: str | None, day: date, name: str
) -> None:
    known = [
        standard("OLD", valid=UNTIL),
        standard("PLAIN", valid=FROM),
        standard("REGIME", regimes=("import",), valid=FROM),
        standard("CONTROL", controls=("examination",), valid=FROM),
        standard("BOTH", regimes=("import",), controls=("examination",), valid=FROM),
        msgspec.structs.replace(standard("OTHERS"), agency="vet"),
    ]
    for order in (known, known[::-1]):
        found = Register(standards=order).standard("plant", regime, control, day)
        assert found is not None
        assert found.id == name
    assert Register(standards=known).standard("customs", regime, control, day) is None


EXPORT = Scope(regimes=("export",))
CLAUSES = (
    JointControl("JOINT", {"en": ""}, parties=("customs", "plant", "vet")),
    JointControl("FLOWERS", {"en": ""}, parties=("plant", "food"), scope=Scope(("06", "0702"))),
    JointControl("EXPORTS", {"en": ""}, parties=("vet", "food"), scope=Scope(regimes=("export",))),
    Recognition("SEALS", {"en": ""}, of="customs", by="plant", checks=("seal",)),
)


def register_of(valid: Validity = FROM) -> Register:
    life = concluded(AGENCIES)
    whole = Agreement("AGR", {"en": ""}, "agreement", AGENCIES, LAW, valid, CLAUSES, life)
    return Register(agreements=[whole])


@pytest.mark.parametrize(
    ("kind", "pair", "regime", "goods", "names"),
    [
        ("joint_control", ("customs", "plant"), "import", ("7208",), ["JOINT"]),
        ("joint_control", ("plant", "customs"), "import", (), ["JOINT"]),
        ("joint_control", ("vet", "plant"), "transit", (), ["JOINT"]),
        ("joint_control", ("plant", "food"), "import", ("06031100",), ["FLOWERS"]),
        ("joint_control", ("food", "plant"), "import", ("7208", "07020000"), ["FLOWERS"]),
        ("joint_control", ("plant", "food"), "import", ("72083900",), []),
        ("joint_control", ("plant", "food"), "import", (), []),
        ("joint_control", ("vet", "food"), "export", (), ["EXPORTS"]),
        ("joint_control", ("vet", "food"), "import", (), []),
        ("joint_control", ("customs", "food"), "import", (), []),
        ("recognition", ("customs", "plant"), "import", (), ["SEALS"]),
        ("recognition", ("plant", "customs"), "import", (), []),
    ],
)
def test_clauses_are_found_by_kind_agencies_regime_and_goods(
    kind: str, pair: tuple[str, str], regime: Any, goods: tuple[str, ...], names: list[str]
) -> None:
    found = register_of().clauses(kind, pair, regime, goods, CHANGE)
    assert [one.id for one in found] == names
    assert list(register_of().clauses(kind, pair, regime, goods, CHANGE - DAY)) == []


def test_a_clause_cites_the_law_of_its_agreement() -> None:
    assert register_of().clause_law("SEALS") == LAW
    assert register_of().clause_law("NONE") == ()


@pytest.mark.parametrize(
    ("level", "post", "unit"),
    [
        ("local", "gate", "plant-local"),
        ("regional", "gate", "plant-regional"),
        ("local", "port", None),
        ("local", None, None),
    ],
)
def test_the_unit_that_answers_for_a_post(level: Any, post: str | None, unit: str | None) -> None:
    assert Register(agencies=[agency("plant")]).unit_at("plant", level, post, CHANGE) == unit


def test_a_unit_that_names_no_post_answers_for_the_others() -> None:
    one = agency("plant")
    head = msgspec.structs.replace(one.units[2], id="head", posts=())
    register = Register(agencies=[msgspec.structs.replace(one, units=(*one.units, head))])
    assert register.unit_at("plant", "central", "gate", CHANGE) == "plant-central"
    assert register.unit_at("plant", "central", "port", CHANGE) == "head"
    assert register.unit_at("plant", "central", None, CHANGE) == "head"
    assert register.unit_at("nobody", "central", "gate", CHANGE) is None
