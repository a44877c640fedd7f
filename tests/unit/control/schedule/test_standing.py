"""Standing orders bear on what they name, where and while they are in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from gatepost.control.schedule.standing import Orders, StandingOrder
from gatepost.control.schedule.world import POSITIONING, Order
from gatepost.kernel.validity import Validity
from tests.small_country import ALWAYS, LAW

DAY = date(2026, 7, 2)
HORSES = StandingOrder(
    *("SO-1", {"en": "t"}, "goes_first", LAW, ALWAYS),
    cargo="live_animals",
    rank=1,
    commodity=("01",),
)
COACHES = StandingOrder(
    *("SO-2", {"en": "t"}, "goes_first", LAW, ALWAYS), cargo="coach", rank=3, people=True
)
FISH = StandingOrder(
    *("SO-3", {"en": "t"}, "goes_first", LAW, ALWAYS),
    cargo="perishables",
    rank=2,
    commodity=("03", "0603"),
)
COLD = StandingOrder(*("SO-4", {"en": "t"}, "needs", LAW, ALWAYS), commodity=("03",), offers="cold")
MORE = (
    StandingOrder(*("SO-5", {"en": "t"}, "before", LAW, ALWAYS), first="vet", then="customs"),
    StandingOrder(*("SO-6", {"en": "t"}, "joint_within", LAW, ALWAYS), minutes=90),
    StandingOrder(*("SO-7", {"en": "t"}, "positioning", LAW, ALWAYS), minutes=0),
    StandingOrder(*("SO-8", {"en": "t"}, "scan_first", LAW, ALWAYS)),
)


@pytest.mark.parametrize(
    ("commodities", "people", "cargo", "needs"),
    [
        (("01012100",), False, "live_animals", ("goods",)),
        (("03021100",), False, "perishables", ("cold",)),
        (("06031100",), False, "perishables", ("goods",)),
        (("72083900", "01012100"), False, "live_animals", ("goods",)),
        ((), True, "coach", ("people",)),
        (("72083900",), True, "coach", ("goods",)),
        (("72083900",), False, "goods", ("goods",)),
    ],
)
def test_what_an_order_bears_on(
    commodities: tuple[str, ...], people: bool, cargo: str, needs: tuple[str, ...]
) -> None:
    orders = Orders([COACHES, FISH, HORSES, COLD], "gate", DAY)
    assert orders.cargo(commodities, people) == cargo
    assert orders.needs(commodities, people) == needs


def test_who_goes_first_stands_in_the_order_of_rank() -> None:
    found = list(Orders([COACHES, FISH, *MORE, HORSES], "gate", DAY).order())
    assert found == [
        Order("SO-5", "before", "vet", "customs", False),
        Order("SO-1", "goes_first", cargo=("live_animals",)),
        Order("SO-3", "goes_first", cargo=("perishables",)),
        Order("SO-2", "goes_first", cargo=("coach",)),
    ]


def test_single_values_of_the_day() -> None:
    orders = Orders(MORE, "gate", DAY)
    assert (orders.joint_within, orders.positioning, orders.scan_first) == (90, 0, True)


@pytest.mark.parametrize(
    "changes",
    [{"valid": Validity(date(2026, 7, 3))}, {"posts": ("river",)}],
    ids=["not_yet", "elsewhere"],
)
def test_an_order_holds_only_there_and_then(changes: dict[str, Any]) -> None:
    held = [msgspec.structs.replace(one, **changes) for one in (*MORE, HORSES, COLD)]
    orders = Orders(held, "gate", DAY)
    assert (orders.joint_within, orders.scan_first) == (None, False)
    assert orders.positioning == POSITIONING
    assert (orders.cargo(("01",), False), list(orders.order())) == ("goods", [])
