"""A description's expressions are compiled once each, and each keeps its own constants."""

from __future__ import annotations

import pytest

from gatepost.consignment.model import GoodsItem
from gatepost.expression.rules import ExpressionFault
from gatepost.requirement.compiled import Conditions

HEAVY = GoodsItem(1, net_mass=50.0, commodity="06031100", origin="XB")


def test_a_text_is_compiled_once_for_a_level() -> None:
    known = Conditions({})
    text = "consignment.value > 5"
    assert known.condition(text, "item") is known.condition(text, "item")
    assert known.condition(text, "item") is not known.condition(text, "consignment")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("item.net_mass > 49", True),
        ("item.net_mass > 50", False),
        ("item.net_mass > 50.5", False),
        ("item.net_mass * 2 == 100", True),
        ("item.net_mass * 3 == 100", False),
        ("item.net_mass * 2 == 100 && item.net_mass > 2", True),
        ('item.origin == "XB"', True),
        ('item.origin == "XC"', False),
        ('item.origin in ["XA", "XB"]', True),
        ('item.origin in ["XA", "XC"]', False),
        ('item.origin in set("some")', True),
        ('item.origin in set("others")', False),
        ('starts_with(item.commodity, "0603")', True),
        ('starts_with(item.commodity, "0604")', False),
    ],
)
def test_conditions_of_one_shape_keep_their_constants(text: str, holds: bool) -> None:
    known = Conditions({"some": frozenset({"XB"}), "others": frozenset({"XC"})})
    assert known.condition(text, "item")(HEAVY, None) is holds


def test_amounts_of_one_shape_keep_their_constants() -> None:
    known = Conditions({})
    amounts = [known.amount(f"{fixed} + item.net_mass * 0.5", "item") for fixed in (10, 20)]
    assert [amount(HEAVY, None) for amount in amounts] == [35.0, 45.0]


def test_presence_is_of_a_name_only() -> None:
    known = Conditions({})
    assert known.presence("item.origin", "item")(HEAVY, None)
    for data in ("", "item.origin) || has(item.value", "net mass"):
        with pytest.raises(ValueError, match="no name"):
            known.presence(data, "item")
    with pytest.raises(ExpressionFault):
        known.presence("item.nothing", "item")
