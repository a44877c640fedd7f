"""What all agencies need of a consignment on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.consignment.model import Consignment, Conveyance, Document, GoodsItem, Traveller
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity
from gatepost.permit.match import Papers
from gatepost.requirement.compiled import RequirementBook, compile_fee, compile_requirement
from gatepost.requirement.determine import determine
from gatepost.requirement.model import (
    AppliesTo,
    Asks,
    Determination,
    Exemption,
    Fee,
    ObligatoryControl,
    Requirement,
    Version,
)
from tests.small_country import LAW

DAY, NOON = date(2026, 7, 2), datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
ONE = timedelta(days=1)
ROSES = GoodsItem(1, "06031100", origin="XB", value=100.0, net_mass=10.0)
BEEF = GoodsItem(2, "02023090", origin="XC", value=300.0)
LOAD = Consignment(
    "import", DAY, "IMA", "R-1", mode="3", items=(ROSES, BEEF), travellers=(Traveller(1),)
)
PAPER = Asks("document", "N851", ("C085", "Y900"))


def rule(name: str = "REQ-1", asks: Asks = PAPER, **changes: Any) -> Requirement:
    valid = changes.pop("valid", (Version(date(2020, 1, 1)),))
    outer = {k: changes.pop(k) for k in ("exempt", "control") if k in changes}
    to = AppliesTo(changes.pop("regimes", ("import",)), **changes)
    return Requirement(name, {"en": name}, "plant", LAW, to, asks, valid, **outer)


def found(
    *rules: Requirement, load: Consignment = LOAD, fees: tuple[Fee, ...] = ()
) -> Determination:
    sets = {"FLOWERS": frozenset({"06031100"})}
    book = RequirementBook([w for one in rules for w in compile_requirement(one, sets)])
    priced = RequirementBook([compile_fee(one, sets) for one in fees])
    papers = Papers(load).first
    return determine(book.on(load.day), load, NOON, papers, priced.on(load.day))


def targets(*rules: Requirement, load: Consignment = LOAD) -> list[str]:
    return [need.target for need in found(*rules, load=load).needs]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ({}, ["item/1", "item/2"]),
        ({"commodity": ("06",)}, ["item/1"]),
        ({"commodity": ("060311",)}, ["item/1"]),
        ({"commodity": ("0603110000",)}, []),
        ({"commodity": ("06", "0603", "02")}, ["item/1", "item/2"]),
        ({"commodity": ("07",)}, []),
        ({"except_commodity": ("06",)}, ["item/2"]),
        ({"commodity": ("06",), "except_commodity": ("0603",)}, []),
        ({"origin": ("XB",)}, ["item/1"]),
        ({"except_origin": ("XB",)}, ["item/2"]),
        ({"modes": ("3",)}, ["item/1", "item/2"]),
        ({"modes": ("1", "4")}, []),
        ({"regimes": ("export", "transit")}, []),
        ({"when": "item.value > 100"}, ["item/2"]),
        ({"when": "item.value >= 100"}, ["item/1", "item/2"]),
        ({"when": "item.net_mass > 1"}, ["item/1"]),
        ({"when": 'item.commodity in set("FLOWERS")'}, ["item/1"]),
        ({"level": "consignment"}, ["consignment"]),
        ({"level": "traveller"}, ["traveller/1"]),
    ],
    ids=str,
)
def test_to_what_a_requirement_applies(to: dict[str, Any], expected: list[str]) -> None:
    assert targets(rule(**to)) == expected


def test_an_item_without_a_code_meets_only_what_asks_for_none() -> None:
    bare = msgspec.structs.replace(LOAD, items=(GoodsItem(1),))
    assert targets(rule(commodity=("06",)), load=bare) == []
    assert targets(rule(except_commodity=("06",)), load=bare) == ["item/1"]
    assert targets(rule(origin=("XB",)), load=bare) == []


WORDINGS = (
    Version(date(2025, 1, 1), DAY - ONE),
    Version(DAY, DAY, asks=Asks("document", "N999"), legal_basis=(LegalBasis("new law"),)),
)


@pytest.mark.parametrize(
    ("day", "document", "law"),
    [
        (date(2024, 12, 31), None, None),
        (date(2025, 1, 1), "N851", LAW),
        (DAY - ONE, "N851", LAW),
        (DAY, "N999", (LegalBasis("new law"),)),
        (DAY + ONE, None, None),
    ],
)
def test_the_wording_of_the_day_counts(day: date, document: str | None, law: Any) -> None:
    one = rule(valid=WORDINGS, commodity=("06",))
    needs = found(one, load=msgspec.structs.replace(LOAD, day=day)).needs
    assert [(n.document, n.legal_basis) for n in needs] == ([(document, law)] if document else [])


def exempt(when: str) -> tuple[Exemption, ...]:
    return (Exemption(when, {"en": "because"}, LAW),)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (exempt("item.value <= 100"), None, ["item/2"]),
        (exempt("item.value <= 100") + exempt("item.value > 200"), None, []),
        (exempt("item.value <= 100"), (), ["item/1", "item/2"]),
        (exempt("item.value <= 100"), exempt("item.value > 200"), ["item/1"]),
    ],
)
def test_an_exemption_of_the_wording_replaces_that_of_the_requirement(
    outer: Any, inner: Any, expected: list[str]
) -> None:
    one = rule(exempt=outer, valid=(Version(date(2020, 1, 1), exempt=inner),))
    assert targets(one) == expected


@pytest.mark.parametrize(
    ("documents", "met_by"),
    [
        ((), None),
        ((Document("N851", "1"),), "N851"),
        ((Document("Y900", "1"), Document("C085", "1")), "C085"),
        ((Document("N851"),), None),
        ((Document("N999", "1"),), None),
    ],
)
def test_a_document_or_one_of_its_alternatives(documents: Any, met_by: str | None) -> None:
    load = msgspec.structs.replace(
        LOAD, items=(msgspec.structs.replace(ROSES, documents=documents),)
    )
    (need,) = found(rule(), load=load).needs
    assert (need.met_by, need.open) == (met_by, met_by is None)
    assert need.alternatives == ("C085", "Y900")


@pytest.mark.parametrize(
    ("asks", "level", "met_by"),
    [
        (Asks("declaration"), "item", "lodgement"),
        (Asks("prohibition"), "item", None),
        (Asks("data", data="item.net_mass"), "item", "data"),
        (Asks("data", data="item.quantity"), "item", None),
        (Asks("data", data="consignment.mode"), "consignment", "data"),
        (Asks("data", data="consignment.location"), "consignment", None),
        (Asks("data", data="traveller.nationality"), "traveller", None),
    ],
)
def test_declarations_prohibitions_and_data(asks: Asks, level: str, met_by: str | None) -> None:
    needs = found(rule(asks=asks, level=level)).needs
    assert needs[0].met_by == met_by


@pytest.mark.parametrize(
    ("ahead", "met"),
    [
        (timedelta(hours=24), "notice"),
        (timedelta(hours=24) - timedelta(seconds=1), None),
        (timedelta(days=9), "notice"),
        (-timedelta(days=9), None),
        (None, None),
    ],
)
def test_a_notification_is_early_enough_or_not(ahead: timedelta | None, met: str | None) -> None:
    expected = None if ahead is None else NOON + ahead
    load = msgspec.structs.replace(LOAD, conveyance=Conveyance(expected=expected))
    one = rule(asks=Asks("notification", lead="24h"), level="consignment")
    (need,) = found(one, load=load).needs
    assert need.met_by == met


def test_a_prescribed_control_goes_with_every_target() -> None:
    plain = ObligatoryControl("examination", "health")
    ordered = found(rule(control=plain)).prescribed
    assert [(p.target, p.check, p.place, p.legal_basis) for p in ordered] == [
        ("item/1", "health", "border", LAW),
        ("item/2", "health", "border", LAW),
    ]
    dated = Version(date(2020, 1, 1), control=ObligatoryControl("scan", "load", "inland"))
    (first, _) = found(rule(control=plain, valid=(dated,))).prescribed
    assert (first.kind, first.check, first.place) == ("scan", "load", "inland")


def fee(amount: str, **changes: Any) -> Fee:
    to = AppliesTo(("import",), **changes)
    return Fee("FEE-1", {"en": "fee"}, "plant", LAW, to, amount, "EUR", Validity(DAY, DAY))


@pytest.mark.parametrize(
    ("priced", "amounts"),
    [
        (fee("12.5"), [12.5, 12.5]),
        (fee("item.value * 0.015"), [1.5, 4.5]),
        (fee("item.net_mass * 0.1"), [1.0]),
        (fee("0"), []),
        (fee("10", commodity=("06",)), [10.0]),
        (fee("7", level="consignment"), [7.0]),
        (fee("3", level="traveller"), [3.0]),
    ],
    ids=str,
)
def test_fees_are_computed_and_nothing_is_charged_for_nothing(
    priced: Fee, amounts: list[float]
) -> None:
    assert [one.amount for one in found(fees=(priced,)).charges] == amounts
    later = msgspec.structs.replace(LOAD, day=DAY + ONE)
    assert found(fees=(priced,), load=later).charges == ()


def test_the_agencies_concerned_are_those_with_a_need() -> None:
    other = msgspec.structs.replace(rule("REQ-0", commodity=("02",)), agency="vet")
    assert found(rule(), other).agencies == ("plant", "vet")
    assert found().agencies == ()


@given(st.permutations(["A", "B", "C", "D"]))
def test_the_order_of_the_files_changes_nothing(names: list[str]) -> None:
    shapes: dict[str, dict[str, Any]] = {
        "A": {"commodity": ("06", "02")},
        "B": {},
        "C": {"commodity": ("0603",)},
        "D": {"level": "consignment"},
    }
    whole = found(*(rule(name, **shapes[name]) for name in names))
    assert whole == found(*(rule(name, **shapes[name]) for name in "ABCD"))


def test_a_requirement_meets_an_item_once_whatever_prefixes_match() -> None:
    assert targets(rule(commodity=("06", "0603", "060311", "06031100"))) == ["item/1"]
