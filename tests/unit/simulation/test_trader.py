"""What a careful trader brings, and what one forgets."""

from __future__ import annotations

from gatepost.simulation.staff import Roster
from gatepost.simulation.trader import open_needs, with_papers
from tests.office import NOON
from tests.small_country import declaration, goods, small_desk

HERE = small_desk().jurisdiction
LOAD = declaration(goods(), goods("02023090"), goods("72083900"))


def test_a_careful_trader_brings_every_document() -> None:
    assert {need.document for need in open_needs(HERE, LOAD, NOON) if need.document} == {
        "N851",
        "N853",
    }
    whole = with_papers(HERE, LOAD, NOON)
    assert not [need for need in open_needs(HERE, whole, NOON) if need.document]
    assert [len(item.documents) for item in whole.items] == [1, 1, 0]
    assert with_papers(HERE, whole, NOON) == whole


def test_one_document_is_left_at_the_office() -> None:
    for number, left in ((0, "N851"), (1, "N853"), (2, "N851")):
        short = with_papers(HERE, LOAD, NOON, number)
        open_ = [need.document for need in open_needs(HERE, short, NOON) if need.document]
        assert open_ == [left]


def test_the_roster_knows_who_holds_a_power_at_the_post() -> None:
    roster = Roster(HERE.register, "gate", NOON.date())
    assert roster.officer("vet", "examine") == "vet.one"
    assert roster.officer("counting", "examine") is None
    assert Roster(HERE.register, "port", NOON.date()).officer("vet", "examine") is None
