"""Indicators go live, back on trial and end on record, with four eyes, from a day on (RM-01)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.casework.answers import ActAnswer
from gatepost.casework.desk import Desk
from gatepost.casework.drawing import verify_draws
from gatepost.casework.projection import CASE, INDICATOR, STAMP, decode_case
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.targeting import IndicatorAct, take_step
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.risk.intervals import share_of
from gatepost.risk.life import Evidence, wording_of
from tests.office import NOON, Office
from tests.small_country import declaration, goods, indicator, parts

BEEF = declaration(goods("02023090", documents=("N853 H-1",)))
DAY = timedelta(days=1)
TRIAL = "VET-RISK-1"


class Table:
    """A desk at which steps are proposed and confirmed; acts have numbers."""

    def __init__(self, **changes: Any) -> None:
        self.office = Office(**changes)
        self.desk = self.office.desk
        self.count = 0

    def act(self, name: Any, **fields: Any) -> ActAnswer:
        self.count += 1
        base = {"id": f"s{self.count}", "act": name, "indicator": TRIAL, "at": NOON}
        act = IndicatorAct(**{**base, **fields})
        return take_step(self.desk, act, fields.get("at", NOON))

    def propose(self, by: str = "vet.one", **fields: Any) -> ActAnswer:
        evidence = evidence_for(self.desk, fields.get("indicator", TRIAL))
        what = {"reason": "worth it", "evidence": evidence, "start": date(2026, 7, 3), **fields}
        return self.act("propose", by=by, **what)

    def promote(self, **fields: Any) -> None:
        for answer in (self.propose(**fields), self.act("confirm", by="vet.two")):
            assert answer.status == "done", answer.notices

    def controls(self, reference: str) -> list[str]:
        case = decode_case(self.desk.ledger.row(CASE, reference) or b"")
        return [one.source for one in case.controls.open]


def evidence_for(desk: Desk, name: str, **changes: Any) -> Evidence:
    (one,) = [one for one in desk.described.indicators.indicators if one.id == name]
    fields = {"wording": wording_of(one), "consignments": 100, **changes}
    return Evidence(
        "d" * 64,
        history="past.csv",
        hits=3,
        precision=share_of(2, 3),
        stopped_before=0.1,
        stopped_after=0.12,
        **fields,
    )


@pytest.fixture
def table() -> Table:
    return Table()


def codes(answer: ActAnswer) -> list[str]:
    assert answer.status == "refused", answer.happened
    return [notice.code for notice in answer.notices]


def test_going_live_takes_two_officers_and_counts_from_its_day(table: Table) -> None:
    before = table.office.lodge(BEEF)
    assert table.controls(before) == []
    answer = table.propose()
    assert answer.happened == ("risk:step:proposed",)
    assert table.controls(table.office.lodge(BEEF, reference="B")) == []
    assert table.act("confirm", by="vet.two").happened == ("risk:indicator:promoted",)
    same_day = table.office.lodge(BEEF, reference="C")
    assert table.controls(same_day) == []
    after = table.office.lodge(BEEF, NOON + DAY, reference="D")
    assert table.controls(after) == [TRIAL]


def test_a_case_of_before_is_judged_by_its_day(table: Table) -> None:
    before = table.office.lodge(BEEF)
    table.promote()
    table.office.done("arrive", before, at=NOON + DAY)
    assert table.controls(before) == []


@pytest.mark.parametrize(("to", "happened"), [("trial", "withdrawn"), ("ended", "ended")])
def test_taking_back_and_ending_need_two_officers_as_well(
    table: Table, to: str, happened: str
) -> None:
    table.promote()
    later = NOON + 2 * DAY
    start = date(2026, 7, 6)
    assert table.propose(to=to, start=start, evidence=None, at=later).status == "done"
    assert codes(table.act("confirm", by="vet.one", at=later)) == ["AUTH-005"]
    assert table.act("confirm", by="vet.two", at=later).happened == (f"risk:indicator:{happened}",)
    last = table.office.lodge(BEEF, NOON + 3 * DAY)
    assert table.controls(last) == [TRIAL]
    over = table.office.lodge(BEEF, NOON + 4 * DAY, reference="B")
    assert table.controls(over) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"by": "customs.one"}, ["RISK-010"]),
        ({"by": "nobody"}, ["RISK-010"]),
        ({"reason": " "}, ["RISK-015"]),
        ({"evidence": None}, ["RISK-012"]),
        ({"start": date(2026, 7, 2)}, ["RISK-013"]),
        ({"to": "trial", "evidence": None}, ["RISK-014"]),
        ({"version": 2}, ["RISK-009"]),
        ({"indicator": "VET-RISK-9", "evidence": None}, ["RISK-009"]),
        ({"by": None, "reason": "", "evidence": None}, ["RISK-010", "RISK-015", "RISK-012"]),
    ],
)
def test_what_is_wrong_is_refused_at_once(
    table: Table, fields: dict[str, Any], expected: list[str]
) -> None:
    what = {"evidence": evidence_for(table.desk, TRIAL), "reason": "r", "by": "vet.one", **fields}
    what.setdefault("start", date(2026, 7, 3))
    assert codes(table.act("propose", **what)) == expected
    assert table.desk.ledger.rows(INDICATOR) == []


@pytest.mark.parametrize("changes", [{"wording": "0" * 64}, {"consignments": 0}])
def test_a_back_test_of_something_else_is_none(table: Table, changes: dict[str, Any]) -> None:
    evidence = evidence_for(table.desk, TRIAL, **changes)
    assert codes(table.propose(evidence=evidence)) == ["RISK-012"]


def test_the_author_does_not_confirm() -> None:
    own = indicator(TRIAL, "vet", 'starts_with(item.commodity, "02")', mode="trial")
    for author in ("vet.two", "Officer"):
        table = Table(indicator=[msgspec.structs.replace(own, author=author)])
        assert table.propose().status == "done"
        assert codes(table.act("confirm", by="vet.two")) == ["RISK-011"]


def test_nothing_is_confirmed_that_is_not_proposed(table: Table) -> None:
    assert codes(table.act("confirm", by="vet.two")) == ["RISK-016"]
    table.promote()
    assert codes(table.act("confirm", by="vet.two")) == ["RISK-016"]


def test_a_proposal_that_is_confirmed_too_late_is_refused(table: Table) -> None:
    assert table.propose().status == "done"
    assert codes(table.act("confirm", by="vet.two", at=NOON + DAY)) == ["RISK-013"]


def test_a_wording_changed_since_is_on_trial_again(table: Table) -> None:
    assert table.propose().status == "done"
    changed = [
        msgspec.structs.replace(one, when="true") if one.id == TRIAL else one
        for one in parts()["indicator"]
    ]
    other = Desk(
        Jurisdiction({**parts(), "indicator": changed}), table.desk.ledger, FixedKey(b"k" * 32)
    )
    act = IndicatorAct("x", "confirm", TRIAL, NOON, by="vet.two")
    assert codes(take_step(other, act, NOON)) == ["RISK-017"]
    assert table.act("confirm", by="vet.two").status == "done"
    other.refresh()
    pieces = [one for one in other.jurisdiction.indicators.indicators if one.id == TRIAL]
    assert [one.mode for one in pieces] == ["trial"]


def test_an_act_sent_again_answers_the_same(table: Table) -> None:
    act = IndicatorAct(
        "same", "propose", TRIAL, NOON, 1, "vet.one", "live", date(2026, 7, 3), "r",
        evidence_for(table.desk, TRIAL),
    )  # fmt: skip
    first = take_step(table.desk, act, NOON)
    assert take_step(table.desk, act, NOON) == first
    other = msgspec.structs.replace(act, reason="another")
    assert codes(take_step(table.desk, other, NOON)) == ["LODGE-304"]


def test_another_process_sees_it_and_rows_can_be_made_again(table: Table) -> None:
    other = Desk(Jurisdiction(parts()), table.desk.ledger, FixedKey(b"k" * 32))
    other.refresh()
    table.promote()
    other.refresh()
    modes = [one.mode for one in other.jurisdiction.indicators.indicators if one.id == TRIAL]
    assert modes == ["trial", "live"]
    rows = {view: table.desk.ledger.rows(view) for view in (INDICATOR, STAMP)}
    assert all(rows.values())
    rebuild(table.desk, lambda count: None)
    assert {view: table.desk.ledger.rows(view) for view in rows} == rows


def test_a_day_is_drawn_again_by_the_set_it_was_judged_by() -> None:
    half = indicator(TRIAL, "vet", "true", mode="trial", random=0.5)
    table = Table(indicator=[half])
    for number in range(20):
        table.office.lodge(BEEF, reference=f"T-{number}")
    table.promote()
    for number in range(20):
        table.office.lodge(BEEF, NOON + DAY, reference=f"L-{number}")
    for day in (date(2026, 7, 2), date(2026, 7, 3)):
        table.desk.reveal(day, NOON + 3 * DAY)
        found = verify_draws(table.desk, day)
        assert found.holds
        assert found.selected
