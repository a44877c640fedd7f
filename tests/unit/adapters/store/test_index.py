"""The index of identifiers and findings is the same on every store, also inside a group."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import CODEC
from gatepost.casework.desk import Desk
from gatepost.casework.index import MARK, cases_with, found_by, found_of
from gatepost.casework.ports import Ledger
from gatepost.casework.projection import INDICATOR
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.targeting import IndicatorAct, take_step
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.ledger.codec import Codec
from tests.office import HOUR, NOON, Office
from tests.small_country import declaration, goods, parts

ROSES = declaration(goods(documents=("N851 PC-1",)), means="XB-AB 123", importer="XA0003")


@pytest.fixture
def codec() -> Codec:
    return CODEC


@pytest.fixture
def office(make: Callable[[], Ledger]) -> Office:
    found = Office()
    found.desk = Desk(Jurisdiction(parts()), make(), FixedKey(b"k" * 32))
    return found


def test_cases_and_findings_are_found_and_found_again(office: Office) -> None:
    desk = office.desk
    with desk.ledger.group():
        first = office.lodge(ROSES, reference="R-1")
        assert cases_with(desk, "plate", "xb ab123") == [first]
        second = office.lodge(ROSES, reference="R-2", means="xbab123")
        assert set(cases_with(desk, "plate", "xb ab123")) == {first, second}
    for hours, reference, result in ((1, first, "conform"), (2, second, "nonconform")):
        at = NOON + hours * HOUR
        office.done("arrive", reference, at=at)
        office.done("examine", reference, "plant.one", at=at, result=result)
    found = found_of(desk, "importer", "XA0003")
    assert [(one.reference, one.wrong) for one in found] == [(first, False), (second, True)]
    assert found_by(desk, "plant") == found
    assert found_by(desk, "customs") == []
    rebuild(desk, lambda count: None)
    assert found_of(desk, "importer", "XA0003") == found
    assert len(desk.ledger.rows(MARK)) == 2


def test_steps_of_indicators_are_kept(office: Office) -> None:
    act = IndicatorAct("a", "propose", "PLANT-RISK-1", NOON, by="plant.one", to="ended", reason="r")
    assert take_step(office.desk, act, NOON).status == "done"
    act = msgspec.structs.replace(act, id="b", act="confirm", by="plant.two")
    assert take_step(office.desk, act, NOON).status == "done"
    (row,) = office.desk.ledger.rows(INDICATOR)
    rebuild(office.desk, lambda count: None)
    assert office.desk.ledger.rows(INDICATOR) == [row]
