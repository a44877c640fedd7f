"""What refuses a declaration, and what is only said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gatepost.authority.register import Register
from gatepost.consignment.model import Consignment, Conveyance, Document, GoodsItem, Party
from gatepost.consignment.money import Exchange
from gatepost.kernel.validity import Validity
from gatepost.lodgement.check import refusals, remarks, representation
from gatepost.lodgement.model import CodeTables, Window
from tests.small_country import LAW, parts

DAY, NOON = date(2026, 7, 2), datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
REGISTER = Register(brokerages=parts()["party"])
ROAD = Window(
    "ROAD", {"en": ""}, "customs", LAW, Validity(DAY, DAY), ("3",), ("import",), "14d", "30min"
)
SEA = Window("SEA", {"en": ""}, "customs", LAW, Validity(DAY), ("1",), ("import",), "60d", "1d")
WHOLE = Consignment(
    "import", DAY, "IMA", "R-1", mode="3", declarant=Party("XA0001"), items=(GoodsItem(1),)
)


def refused(load: Consignment, now: datetime = NOON) -> list[str]:
    return [n.code for n in refusals(load, REGISTER, (ROAD, SEA), "XA", now)]


def arriving(ahead: timedelta, **changes: Any) -> Consignment:
    journey = Conveyance(expected=NOON + ahead)
    return msgspec.structs.replace(WHOLE, conveyance=journey, **changes)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"reference": ""}, ["LODGE-001"]),
        ({"declarant": Party()}, ["LODGE-002"]),
        ({"items": ()}, ["LODGE-007"]),
        ({"agent": Party("XA9001")}, []),
        ({"agent": Party("XA9009")}, ["AUTH-008"]),
        ({"agent": Party("XA9001"), "regime": "export"}, ["AUTH-008"]),
        ({"agent": Party("XA9001"), "day": date(2026, 7, 3)}, ["AUTH-008"]),
        ({"agent": Party("XA0001")}, []),
        ({"agent": Party(name="no number")}, []),
        ({"agent": Party("XA9009"), "declarant": Party("XB0001")}, []),
        (
            {"reference": "", "declarant": Party(), "items": ()},
            ["LODGE-001", "LODGE-002", "LODGE-007"],
        ),
    ],
    ids=str,
)
def test_what_refuses_a_declaration(change: dict[str, Any], codes: list[str]) -> None:
    assert refused(msgspec.structs.replace(WHOLE, **change)) == codes


@pytest.mark.parametrize(
    ("ahead", "change", "codes"),
    [
        (timedelta(days=14), {}, []),
        (timedelta(days=14) + SECOND, {}, ["LODGE-005"]),
        (timedelta(minutes=30), {}, []),
        (timedelta(minutes=30) - SECOND, {}, ["LODGE-006"]),
        (timedelta(0), {}, ["LODGE-006"]),
        (-MINUTE, {}, ["LODGE-006"]),
        (timedelta(days=15), {"mode": "1"}, []),
        (timedelta(hours=23), {"mode": "1"}, ["LODGE-006"]),
        (timedelta(days=99), {"mode": "4"}, []),
        (timedelta(days=99), {"mode": None}, []),
        (timedelta(days=99), {"regime": "export"}, []),
        (timedelta(days=99), {"day": DAY + timedelta(days=1)}, []),
        (timedelta(days=99), {"day": DAY - timedelta(days=1)}, []),
    ],
)
def test_the_window_is_exact_and_for_its_mode_regime_and_days(
    ahead: timedelta, change: dict[str, Any], codes: list[str]
) -> None:
    assert refused(arriving(ahead, **change)) == codes


def test_a_window_counts_real_hours_across_the_change_of_clocks() -> None:
    """On 25 October 02:30 comes twice in Aldermark: half an hour may be an hour and a half."""
    open_ended = msgspec.structs.replace(ROAD, valid=Validity(DAY))
    expected = datetime(2026, 10, 25, 2, 45, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    load = msgspec.structs.replace(
        WHOLE, day=date(2026, 10, 25), conveyance=Conveyance(expected=expected)
    )
    for now, codes in (
        (datetime(2026, 10, 25, 2, 15, fold=0, tzinfo=UTC) - timedelta(hours=2), []),
        (datetime(2026, 10, 25, 0, 20, tzinfo=UTC), []),
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), []),
        (datetime(2026, 10, 25, 1, 16, tzinfo=UTC), ["LODGE-006"]),
    ):
        for moment in (now, now.astimezone(expected.tzinfo)):
            found = refusals(load, REGISTER, (open_ended,), "XA", moment)
            assert [notice.code for notice in found] == codes


def test_without_an_expected_arrival_there_is_no_window() -> None:
    assert refused(WHOLE) == []


@pytest.mark.parametrize(
    ("principal", "codes"), [("XB0001", ["AUTH-009"]), ("XA0001", []), ("XA0002", ["AUTH-008"])]
)
def test_for_whom_an_agent_lodges(principal: str, codes: list[str]) -> None:
    load = msgspec.structs.replace(WHOLE, declarant=Party(principal), agent=Party("XA9001"))
    assert [n.code for n in representation(load, REGISTER, "XA")] == codes


def test_codes_not_known_here_are_said_where_they_stand() -> None:
    tables = CodeTables(frozenset({"N851"}), frozenset({"4000"}), frozenset({"XA1"}))
    item = GoodsItem(
        2,
        "99887766",
        origin="ZZ",
        procedure="9999",
        documents=(Document("X1"), Document("X1"), Document("N851")),
    )
    known = GoodsItem(1, "06031100", origin="XB", procedure="4000")
    load = msgspec.structs.replace(
        WHOLE, offices=("XA1", "GB1"), documents=(Document("X2"),), items=(known, item)
    )
    found = [
        (n.code, n.where, n.values["code"])
        for n in remarks(load, REGISTER, tables, "XA", Exchange("EUR"))
    ]
    place = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]"
    assert found == [
        ("LODGE-103", "Declaration", "GB1"),
        ("LODGE-101", "Declaration", "X2"),
        ("LODGE-104", place, "99887766"),
        ("LODGE-105", place, "ZZ"),
        ("LODGE-102", place, "9999"),
        ("LODGE-101", place, "X1"),
    ]


def test_what_refuses_is_not_said_again_as_a_remark() -> None:
    load = msgspec.structs.replace(WHOLE, agent=Party("XA9009"))
    assert list(remarks(load, REGISTER, CodeTables(), "XA", Exchange("EUR"))) == []


def test_a_currency_without_a_rate_is_said_once() -> None:
    items = tuple(GoodsItem(n, currency=code) for n, code in enumerate(("EUR", "GBP", "JPY"), 1))
    load = msgspec.structs.replace(WHOLE, currency="JPY", items=items)
    exchange = Exchange("EUR", {"USD": 0.9})
    found = [
        n for n in remarks(load, REGISTER, CodeTables(), "XA", exchange) if n.code == "LODGE-109"
    ]
    assert [(n.where, n.values["currency"]) for n in found] == [
        ("Declaration/InvoiceAmount", "JPY"),
        ("Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]", "GBP"),
    ]
