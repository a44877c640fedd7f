"""Instruments are proposed, signed, suspended and ended on record, with four eyes, at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.adapters.secrets import FixedKey
from gatepost.authority.clause import JointControl, Share
from gatepost.authority.element import DataClass
from gatepost.authority.instrument import Agreement, SupportingAct
from gatepost.authority.lifecycle import life_on
from gatepost.bootstrap import CODEC
from gatepost.casework.answers import ActAnswer
from gatepost.casework.concluding import InstrumentAct, conclude
from gatepost.casework.desk import Desk
from gatepost.casework.disclosure import gate_on, open_case
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.projection import INSTRUMENT, STAMP
from gatepost.casework.rebuilding import rebuild
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from gatepost.ledger.model import Sight
from tests.office import ROSES, Office
from tests.small_country import ALWAYS, LAW, parts

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)
HOUR = timedelta(hours=1)
CLASSES = [
    DataClass("goods", {"en": "g"}, ("item.commodity",), LAW),
    DataClass("prices", {"en": "p"}, ("item.value",), LAW, "commercial"),
]
ONE, TWO = "customs.one", "customs.two"


def text(version: int = 1, data: tuple[str, ...] = ("goods",), **changes: Any) -> Agreement:
    """Return an agreement by which customs shares roses with the veterinary service."""
    clause = Share(
        "NEW/1",
        {"en": "s"},
        of=("customs",),
        to=("vet",),
        purposes=("control",),
        data=data,
    )
    fields: dict[str, Any] = {
        "supporting_acts": (SupportingAct("Act", "customs"),),
        "version": version,
        **changes,
    }
    return Agreement(
        "NEW", {"en": "n"}, "agreement", ("customs", "vet"), LAW, ALWAYS, (clause,), **fields
    )


class Table:
    """A desk at which instruments are concluded; acts have numbers and follow each other."""

    def __init__(self, **changes: Any) -> None:
        self.office = Office(data_class=CLASSES, **changes)
        self.desk = self.office.desk
        self.count = 0

    def act(self, name: Any, **fields: Any) -> ActAnswer:
        self.count += 1
        what = {
            **{"id": f"i{self.count}", "act": name, "instrument": "NEW", "at": NOON},
            **{"by": ONE, "second": TWO, **fields},
        }
        return conclude(self.desk, InstrumentAct(**what), fields.get("at", NOON))

    def done(self, name: Any, **fields: Any) -> None:
        answer = self.act(name, **fields)
        assert answer.status == "done", answer.notices

    def codes(self, name: Any, **fields: Any) -> list[str]:
        answer = self.act(name, **fields)
        assert answer.status == "refused", answer.happened
        return [notice.code for notice in answer.notices]

    def concluded(self, **changes: Any) -> None:
        self.done("propose", text=text(**changes), version=changes.get("version", 1))
        version = changes.get("version", 1)
        self.done("sign", version=version)
        self.done("sign", by="vet.one", second="vet.two", version=version)
        self.done("begin", version=version)

    def state(self, version: int = 1) -> str:
        self.desk.refresh()
        (found,) = [
            one
            for one in self.desk.jurisdiction.register.all_agreements
            if (one.id, one.version) == ("NEW", version)
        ]
        return life_on(found, TODAY).state

    def sees(self, reference: str, at: datetime = NOON) -> bool:
        try:
            open_case(self.desk, reference, Actor("vet.one", "officer", "vet"), at, "control")
        except Refused:
            return False
        return True


@pytest.fixture
def table() -> Table:
    return Table()


def test_an_instrument_grants_nothing_before_all_have_signed(table: Table) -> None:
    roses = table.office.lodge(ROSES)
    steps: list[tuple[Any, dict[str, Any], str]] = [
        ("propose", {"text": text()}, "proposed"),
        ("sign", {}, "proposed"),
        ("sign", {"by": "vet.one", "second": "vet.two"}, "signed"),
        ("begin", {}, "in_force"),
    ]
    for name, fields, state in steps:
        assert not table.sees(roses), f"open before {name}"
        table.done(name, **fields)
        assert table.state() == state
    assert table.sees(roses)


def test_a_suspension_counts_at_once_and_in_every_process(table: Table) -> None:
    roses = table.office.lodge(ROSES)
    other = Desk(table.desk.described, table.desk.ledger, FixedKey(b"k" * 32))
    vet = Actor("vet.one", "officer", "vet")
    table.concluded()
    assert open_case(other, roses, vet, NOON, "control").view.shows("item.commodity")
    table.done("suspend", reason="x")
    for desk in (table.desk, other):
        with pytest.raises(Refused, match="LODGE-301"):
            open_case(desk, roses, vet, NOON, "control")
    table.done("resume")
    assert open_case(other, roses, vet, NOON, "control").view.shows("item.commodity")
    table.done("end", reason="x")
    with pytest.raises(Refused):
        open_case(other, roses, vet, NOON, "control")
    assert table.codes("resume") == ["AUTH-053"]


def test_a_suspension_ends_joint_controls_too() -> None:
    table = Table()
    register = table.desk.jurisdiction.register
    pair = ("customs", "plant")
    assert list(register.clauses("joint_control", pair, "import", (), TODAY))
    table.done("suspend", instrument="AGR-1", reason="x")
    table.desk.refresh()
    register = table.desk.jurisdiction.register
    assert not list(register.clauses("joint_control", pair, "import", (), TODAY))
    yesterday = TODAY - timedelta(days=1)
    assert list(register.clauses("joint_control", pair, "import", (), yesterday))


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"second": None}, ["AUTH-056"]),
        ({"second": ONE}, ["AUTH-005"]),
        ({"second": "plant.one"}, ["AUTH-056"]),
        ({"by": "plant.one", "second": "plant.two"}, ["AUTH-055"]),
        ({"by": "XA0001"}, ["AUTH-055", "AUTH-056", "AUTH-056"]),
        ({"by": "operator"}, ["AUTH-055", "AUTH-056", "AUTH-056"]),
        ({"party": "vet"}, ["AUTH-055"]),
        ({"version": 7}, ["AUTH-050"]),
        ({"at": NOON - timedelta(days=9)}, ["AUTH-053"]),
    ],
)
def test_who_may_not_sign(table: Table, fields: dict[str, Any], codes: list[str]) -> None:
    table.done("propose", text=text())
    assert table.codes("sign", **fields) == codes
    assert table.state() == "proposed"


def test_nothing_is_signed_ahead_of_time(table: Table) -> None:
    table.done("propose", text=text())
    late = InstrumentAct("x", "sign", "NEW", NOON + 24 * HOUR, by=ONE, second=TWO)
    answer = conclude(table.desk, late, NOON)
    assert [one.code for one in answer.notices] == ["LODGE-305"]


@pytest.mark.parametrize(
    ("proposed", "codes"),
    [
        ({}, ["AUTH-051"]),
        ({"text": text(2)}, ["AUTH-051"]),
        ({"text": text(2), "version": 2}, ["AUTH-052"]),
        ({"text": text(data=("prices",), supporting_acts=())}, ["DESC-045"]),
        ({"text": text(data=("secrets",))}, ["DESC-049"]),
        ({"text": msgspec.structs.replace(text(), kind="ad_hoc_note")}, ["DESC-044"]),
        ({"text": msgspec.structs.replace(text(), kind="law")}, ["AUTH-054"]),
        ({"text": msgspec.structs.replace(text(), parties=("customs", "who"))},
         ["DESC-002", "DESC-040"]),
        ({"text": msgspec.structs.replace(text(), title={})}, ["DESC-007"]),
    ],
)  # fmt: skip
def test_a_text_is_checked_before_it_is_proposed(
    table: Table, proposed: dict[str, Any], codes: list[str]
) -> None:
    assert table.codes("propose", **proposed) == codes
    assert table.desk.ledger.row(STAMP, INSTRUMENT) is None


def test_a_new_version_takes_the_place_of_the_old(table: Table) -> None:
    roses = table.office.lodge(ROSES)
    table.concluded()
    assert table.codes("propose", text=text(), version=1) == ["AUTH-052"]
    table.done("propose", text=text(2, ("goods", "prices")), version=2)
    assert (table.state(1), table.state(2)) == ("in_force", "proposed")
    table.done("sign", version=2)
    table.done("sign", version=2, by="vet.one", second="vet.two")
    opened = open_case(table.desk, roses, Actor("vet.one", "officer", "vet"), NOON, "control")
    assert not opened.view.shows("item.value")
    table.done("begin", version=2)
    assert (table.state(1), table.state(2)) == ("ended", "in_force")
    opened = open_case(table.desk, roses, Actor("vet.one", "officer", "vet"), NOON, "control")
    assert opened.view.shows("item.value")
    assert [str(right) for right in opened.view.rights] == ["NEW/1 (version 2)"]


def test_the_same_act_is_done_once(table: Table) -> None:
    act = InstrumentAct("same", "propose", "NEW", NOON, by=ONE, second=TWO, text=text())
    first = conclude(table.desk, act, NOON)
    assert first.happened == ("authority:instrument:proposed",)
    assert conclude(table.desk, act, NOON + HOUR) == first
    other = conclude(table.desk, msgspec.structs.replace(act, act="sign"), NOON)
    assert [one.code for one in other.notices] == ["LODGE-304"]


def test_rows_of_instruments_are_made_again_from_the_log(table: Table) -> None:
    table.concluded()
    table.done("suspend", instrument="AGR-1", reason="x")
    views = (INSTRUMENT, STAMP, "read", "listed")
    before = [table.desk.ledger.rows(view) for view in views]
    assert before[0]
    rebuild(table.desk, lambda _: None)
    assert [table.desk.ledger.rows(view) for view in views] == before


NAMES = ("propose", "sign", "ratify", "begin", "suspend", "resume", "end")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(("customs", "vet", "plant")))))
def test_whatever_is_tried_only_what_both_signed_grants(acts: list[tuple[str, str]]) -> None:
    """In any order of acts, the gate opens exactly while the state is in force."""
    table = Table()
    signed: set[str] = set()
    for name, by in acts:
        fields: dict[str, Any] = {"by": f"{by}.one", "second": f"{by}.two", "reason": "x"}
        if name == "propose":
            fields["text"] = text()
        answer = table.act(name, **fields)
        if answer.status == "done" and name == "sign":
            signed.add(by)
        assert not (answer.status == "done" and by == "plant")
        gate = gate_on(table.desk, TODAY)
        granted = list(gate.grants_to("vet", "control"))
        opened = any(grant.right.instrument == "NEW" for _, grant in granted)
        known = any(one.id == "NEW" for one in table.desk.jurisdiction.register.all_agreements)
        assert opened is (known and table.state() == "in_force")
        assert not opened or signed == {"customs", "vet"}


def test_a_treaty_waits_for_both_states() -> None:
    table = Table()
    treaty = Agreement(
        "NEW",
        {"en": "t"},
        "treaty",
        ("customs", "XB/customs"),
        LAW,
        Validity(date(2026, 1, 1)),
        (JointControl("NEW/1", {"en": "j"}, parties=("customs", "XB/customs")),),
    )
    table.done("propose", text=treaty)
    table.done("sign")
    table.done("sign", party="XB/customs")
    assert table.codes("begin") == ["AUTH-053"]
    table.done("ratify", party="XB")
    assert table.codes("begin") == ["AUTH-053"]
    assert table.codes("ratify", party="XC") == ["AUTH-055"]
    table.done("ratify", party="XA")
    table.done("begin")
    assert table.state() == "in_force"


def test_a_desk_refreshes_only_when_something_happened() -> None:
    ledger = MemoryLedger(CODEC)
    desk = Desk(Jurisdiction(parts()), ledger, FixedKey(b"k" * 32))
    desk.refresh()
    same = desk.jurisdiction
    desk.refresh()
    assert desk.jurisdiction is same
    assert Sight("x").ways == ()
