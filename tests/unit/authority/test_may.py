"""The one gate, as a table: who may do what, here, now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.decide import Allowed, Denied, Question, find_mandate, may
from gatepost.authority.model import Officer, Resources, Unit
from gatepost.authority.register import Register
from gatepost.authority.scope import Scope, covers
from gatepost.kernel.actor import OPERATOR, SYSTEM, Actor
from gatepost.kernel.validity import Validity
from tests.small_country import LAW, POWERS, agency, mandate

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
YEAR = Validity(FIRST, LAST)
ROLE = {"en": "officer"}


def officer(name: str, **changes: Any) -> Officer:
    fields: dict[str, Any] = {"powers": POWERS, "valid": YEAR, "unit": "plant-local", **changes}
    return Officer(f"plant.{name}", ROLE, **fields)


REGISTER = Register(
    agencies=[
        msgspec.structs.replace(agency("plant"), valid=YEAR),
        agency("customs"),
        agency("vet"),
    ],
    mandates=[
        msgspec.structs.replace(
            mandate("plant", scope=Scope(("06", "0702"), ("import",), ("gate", "port"))), valid=YEAR
        ),
        mandate("customs"),
    ],
    resources=[
        Resources(
            "plant",
            (
                officer("one"),
                officer("two"),
                officer("clerk", powers=("read",)),
                officer("port", posts=("port",)),
                officer("former", valid=Validity(date(2020, 1, 1), date(2026, 7, 1))),
                officer("everywhere", unit="plant-flying"),
            ),
        ),
        Resources("customs", (Officer("customs.one", ROLE, "customs-local", POWERS, YEAR),)),
    ],
)
ASKED = Question(
    Actor("plant.one", "officer", "plant"),
    "examine",
    "plant",
    date(2026, 7, 2),
    "import",
    "gate",
    ("06031100",),
)


def by(name: str) -> Actor:
    return Actor(name, "officer", name.split(".")[0])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"actor": by("plant.two")}, []),
        ({"actor": by("plant.clerk")}, ["AUTH-003"]),
        ({"actor": by("plant.clerk"), "power": "read"}, []),
        ({"actor": by("plant.port")}, ["AUTH-003"]),
        ({"actor": by("plant.port"), "post": "port"}, []),
        ({"actor": by("plant.one"), "post": "port"}, ["AUTH-003"]),
        ({"actor": by("plant.everywhere"), "post": "port"}, []),
        ({"actor": by("plant.former")}, ["AUTH-001"]),
        ({"actor": by("plant.former"), "day": date(2026, 7, 1)}, []),
        ({"actor": by("plant.nobody")}, ["AUTH-001"]),
        ({"actor": by("customs.one")}, ["AUTH-006"]),
        ({"actor": OPERATOR}, ["AUTH-011"]),
        ({"actor": Actor("XA0001", "party")}, ["AUTH-011"]),
        ({"actor": SYSTEM}, []),
        ({"day": FIRST}, []),
        ({"day": FIRST - DAY}, ["AUTH-002"]),
        ({"day": LAST}, []),
        ({"day": LAST + DAY}, ["AUTH-002"]),
        ({"regime": "export"}, ["AUTH-002"]),
        ({"post": "airport"}, ["AUTH-002"]),
        ({"post": None}, ["AUTH-002"]),
        ({"commodities": ("07020000",)}, []),
        ({"commodities": ("07030000",)}, ["AUTH-002"]),
        ({"commodities": ("72083900", "06031100")}, []),
        ({"commodities": ()}, ["AUTH-002"]),
        ({"agency": "vet", "actor": by("plant.one")}, ["AUTH-002"]),
        ({"agency": "nobody"}, ["AUTH-002"]),
        ({"power": "override"}, ["AUTH-004"]),
        ({"power": "override", "second": "plant.two"}, []),
        ({"power": "override", "second": "plant.one"}, ["AUTH-005"]),
        ({"power": "override", "second": "plant.clerk"}, ["AUTH-003"]),
        ({"power": "override", "second": "plant.former"}, ["AUTH-001"]),
        ({"power": "override", "second": "customs.one"}, ["AUTH-006"]),
        ({"power": "override", "second": "plant.port"}, ["AUTH-003"]),
        ({"power": "override", "actor": by("plant.clerk")}, ["AUTH-003", "AUTH-004"]),
        ({"power": "override", "actor": SYSTEM}, []),
        ({"second": "nobody"}, ["AUTH-001"]),
        ({"second": "plant.one"}, ["AUTH-005"]),
        ({"second": "plant.two"}, []),
    ],
    ids=str,
)
def test_who_may(change: dict[str, Any], codes: list[str]) -> None:
    answer = may(REGISTER, msgspec.structs.replace(ASKED, **change))
    if codes:
        assert isinstance(answer, Denied)
        assert [notice.code for notice in answer.notices] == codes
    else:
        assert answer == Allowed("PLANT-MAN-1", LAW)


@pytest.mark.parametrize(
    ("scope", "people", "commodities", "covered"),
    [
        (Scope(), False, ("0603",), True),
        (Scope(), False, (), True),
        (Scope(), True, (), False),
        (Scope(), True, ("0603",), True),
        (Scope(people=True), True, (), True),
        (Scope(people=True), False, ("0603",), True),
        (Scope(people=True, goods=False), False, ("0603",), False),
        (Scope(people=True, goods=False), True, ("0603",), True),
        (Scope(("06",), people=True), True, ("7208",), True),
        (Scope(("06",)), True, ("7208",), False),
        (Scope(("06",)), False, ("0603",), True),
        (Scope(("0603",)), False, ("06",), False),
        (Scope(("06",)), False, (), False),
    ],
)
def test_a_scope_covers_goods_and_people(
    scope: Scope, people: bool, commodities: tuple[str, ...], covered: bool
) -> None:
    assert covers(scope, "import", "gate", commodities, people) is covered


def test_the_first_mandate_by_its_id_that_covers_it_counts() -> None:
    one = msgspec.structs.replace(mandate("plant"), id="B")
    other = msgspec.structs.replace(mandate("plant"), id="A", powers=("read",))
    register = Register(agencies=[agency("plant")], mandates=[one, other])
    found = find_mandate(register, ASKED)
    assert found is not None
    assert found.id == "B"
    reading = find_mandate(register, msgspec.structs.replace(ASKED, power="read"))
    assert reading is not None
    assert reading.id == "A"


def test_an_agency_that_is_no_more_has_no_mandate() -> None:
    gone = msgspec.structs.replace(agency("plant"), valid=Validity(date(2020, 1, 1), FIRST))
    register = Register(agencies=[gone], mandates=[mandate("plant")])
    assert find_mandate(register, ASKED) is None
    assert find_mandate(register, msgspec.structs.replace(ASKED, day=FIRST)) is not None


def test_an_officer_of_a_unit_serves_the_units_posts() -> None:
    unit = Unit("plant-flying", {"en": "flying"}, "regional", YEAR)
    register = Register(agencies=[msgspec.structs.replace(agency("plant"), units=(unit,))])
    assert register.posts_of(officer("x", unit="plant-flying"), FIRST) == ()
    assert register.posts_of(officer("x", posts=("port",)), FIRST) == ("port",)
    assert REGISTER.posts_of(officer("x"), FIRST) == ("gate",)
