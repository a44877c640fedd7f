"""The public guide says what the description says on its day, to anyone (CT-01)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from django.test import Client

from gatepost.adapters.secrets import FixedKey
from gatepost.authority.entitlement import Entitlement
from gatepost.bootstrap import memory_desk
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity
from gatepost.web.site import Site, serving
from tests.unit.web.conftest import MORNING, lodged
from tests.unit.web.conftest import ROSES as DECLARED

ROSES = {"regime": "import", "commodity": "060311", "origin": "XB", "day": "2026-07-03"}
MACHINES = msgspec.structs.replace(
    DECLARED,
    items=(
        msgspec.structs.replace(
            DECLARED.items[0],
            commodity="84224000",
            description="machines",
            documents=("N380 INV-1",),
        ),
    ),
)
PAGES = ("times", "", "needs", "hours", "fees", "papers", "places", "rights", "status")


def shown(path: str, asked: dict[str, str] | None = None, status: int = 200) -> str:
    answer = Client().get(f"/guide/{path}", asked or {})
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_needs_to_log_in(page: str, here: Site, db: None) -> None:
    assert "<h1>" in shown(page)


def test_what_is_needed_with_papers_that_do_and_the_law(here: Site, db: None) -> None:
    page = shown("needs", ROSES)
    for told in ("Plant Health Service", "N851", "C085", "PLANT-REQ-001", "s. 12(1)"):
        assert told in page
    assert "CUSTOMS-WIN-001" in page
    assert "PLANT-REQ-001" not in shown("needs", {**ROSES, "commodity": "720839"})


def test_the_day_decides_which_law_is_told(here: Site, db: None) -> None:
    (rule,) = [r for r in here.desk.jurisdiction.parts["requirement"] if r.id == "PLANT-REQ-001"]
    before = {**ROSES, "day": "2000-01-01"}
    assert rule.valid[0].start.year > 2000
    assert "PLANT-REQ-001" not in shown("needs", before)


def test_a_fee_is_told_once_it_can_be_worked_out(here: Site, db: None) -> None:
    cigarettes = {"regime": "import", "commodity": "240220", "origin": "XB", "procedure": "4000"}
    assert "CUSTOMS-FEE-001" not in shown("needs", cigarettes)
    page = shown("needs", {**cigarettes, "quantity": "2000"})
    assert "CUSTOMS-FEE-001" in page
    assert "2.00 EUR" in page


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({**ROSES, "commodity": "roses"}, "id_commodity"),
        ({**ROSES, "commodity": "770000"}, "id_commodity"),
        ({**ROSES, "commodity": ""}, "id_commodity"),
        ({**ROSES, "regime": "sideways"}, "id_regime"),
        ({**ROSES, "origin": "ZZ"}, "id_origin"),
        ({**ROSES, "day": "tomorrow"}, "id_day"),
        ({**ROSES, "net_mass": "-1"}, "id_net_mass"),
        ({**ROSES, "value": "NaN"}, "id_value"),
        ({**ROSES, "quantity": "1e400"}, "id_quantity"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_where(
    asked: dict[str, str], field: str, here: Site, db: None
) -> None:
    page = shown("needs", asked, 422)
    assert f'href="#{field}"' in page


@pytest.mark.parametrize("day", ["", "yesterday", "9999-12-31", "0001-01-01", "2026-W01-1"])
def test_hours_of_any_day_that_is_asked(day: str, here: Site, db: None) -> None:
    assert "North Gate" in shown("hours", {"day": day})


def test_hours_are_those_of_the_clock_of_the_service(here: Site, db: None) -> None:
    page = shown("hours")
    assert "06:00-20:00" in page
    assert "+03:00" in page
    christmas = shown("hours", {"day": "2026-12-25"})
    assert "holiday" in christmas


@pytest.fixture
def changed(aldermark: Jurisdiction, db: None) -> Callable[..., str]:
    """Return a function that shows a page of a country with other things of one kind."""

    def page(path: str, kind: str, things: list[object]) -> str:
        other = Jurisdiction({**aldermark.parts, kind: things})
        with serving(Site(memory_desk(other, FixedKey(bytes(32))), lambda: MORNING, demo=True)):
            return shown(path)

    return page


def test_change_a_fee_and_the_page_changes(
    aldermark: Jurisdiction, changed: Callable[..., str]
) -> None:
    fees = aldermark.parts["fee"]
    dearer = [
        msgspec.structs.replace(one, title={"en": "Seals cost nine euros."})
        if one.id == "CUSTOMS-FEE-002"
        else one
        for one in fees
    ]
    assert "Seals cost nine euros." in changed("fees", "fee", dearer)
    over = [
        msgspec.structs.replace(one, valid=Validity(one.valid.start, MORNING.date().replace(day=1)))
        for one in fees
    ]
    assert "CUSTOMS-FEE-002" not in changed("fees", "fee", over)


def test_rights_in_force_with_time_and_place(
    aldermark: Jurisdiction, here: Site, changed: Callable[..., str]
) -> None:
    page = shown("rights")
    for one in aldermark.parts["right"]:
        assert one.id in page
    law = (LegalBasis("Act, s. 1"),)
    past = Validity(MORNING.date().replace(year=2000), MORNING.date().replace(year=2001))
    old = Entitlement("X-1", {"en": "Old"}, "customs", "appeal", ("trader",), law, past)
    assert "X-1" not in changed("rights", "right", [old])


def test_the_state_of_the_service_for_programs(here: Site, db: None) -> None:
    told = json.loads(shown("status.json"))
    assert told["store"] is True
    assert told["country"] == "XA"


def test_a_store_that_fails_is_told(here: Site, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("disk gone")

    monkeypatch.setattr(here.desk.ledger, "row", fail)
    assert "disk gone" not in shown("status", status=503)
    assert json.loads(shown("status.json", status=503))["store"] is False


def test_what_was_asked_begins_the_declaration(
    as_role: Callable[[str], Client], here: Site
) -> None:
    page = as_role("trader").get("/trader/lodge", {**ROSES, "mode": "3", "commodity": "0603.11"})
    shown = page.content.decode()
    assert 'value="060311"' in shown
    assert 'value="XB"' in shown


def test_times_are_open_data_on_a_page_in_csv_and_in_json(here: Site, db: None) -> None:
    for number in range(12):
        lodged(here, MACHINES, reference=f"M-{number}")
    lodged(here, msgspec.structs.replace(MACHINES, type="EXD"), reference="E-1")
    here._clock = lambda: MORNING + timedelta(days=1)
    page = shown("times")
    assert "XA-LAW-2014-05/10" in page
    assert "1 group is left out because it has fewer than 10 cases." in page
    head, *lines = csv.reader(shown("times.csv").splitlines())
    assert head[:5] == ["month", "post", "regime", "cases", "release_median"]
    assert [line[:4] for line in lines] == [["2026-07", "north_gate", "import", "12"]]
    july, june, may = json.loads(shown("times.json"))
    assert (july["month"], june["month"], may["month"]) == ("2026-07", "2026-06", "2026-05")
    assert july["left_out"] == 1
    assert july["groups"][0]["release_median"] == 0


def test_times_are_read_once_a_day_whoever_asks(here: Site, db: None) -> None:
    for number in range(12):
        lodged(here, MACHINES, reference=f"M-{number}")
    here._clock = lambda: MORNING + timedelta(days=1)
    for _ in range(3):
        shown("times.csv")
    assert len(here.desk.ledger.read("listed/statistics")) == 3
    here._clock = lambda: MORNING + timedelta(days=2)
    shown("times.csv")
    assert len(here.desk.ledger.read("listed/statistics")) == 6


def test_contacts_of_a_post_are_told_with_the_way_to_reach_them(here: Site, db: None) -> None:
    page = shown("places")
    assert "Plant health inspector at the post" in page
    assert "+00 300 0101" in page
