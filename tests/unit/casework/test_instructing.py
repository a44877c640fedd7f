"""Instructions go down from the centre, are acknowledged in time, and end on record (GV-07)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.casework.answers import ActAnswer
from gatepost.casework.events import KeptActRefused, ReadRefused
from gatepost.casework.instructing import InstructionAct, Told, instruct, instructions
from gatepost.casework.projection import INSTRUCTION
from gatepost.casework.rebuilding import rebuild
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.notice import Refused

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DIRECTOR, REGION = "customs.headquarters.director", "customs.region_north.head"
EXAMINER, LEADER = "customs.north_gate.examiner", "customs.north_gate.team_leader"
PORT = "customs.kelpie_port.examiner"
NORTH, GATE, COAST = "customs-regional-north", "customs-north-gate", "customs-regional-coast"


@pytest.fixture(scope="module")
def aldermark() -> Jurisdiction:
    return load_checked("aldermark")


class Chain:
    """Headquarters, region and post of customs; acts have numbers and follow each other."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.desk = memory_desk(jurisdiction, FixedKey(b"k" * 32))
        self.count = 0

    def act(self, name: str, by: str, about: str = "INS-1", **fields: Any) -> ActAnswer:
        self.count += 1
        at = fields.pop("at", NOON)
        what = {"id": f"i{self.count}", "act": name, "instruction": about, "at": at, **fields}
        return instruct(self.desk, msgspec.convert(what, InstructionAct), at, by)

    def done(self, name: str, by: str, about: str = "INS-1", **fields: Any) -> None:
        answer = self.act(name, by, about, **fields)
        assert answer.status == "done", answer.notices

    def refused(self, name: str, by: str, about: str = "INS-1", **fields: Any) -> list[str]:
        answer = self.act(name, by, about, **fields)
        assert answer.status == "refused"
        assert answer.happened == ()
        return sorted(one.code for one in answer.notices)

    def issue(self, by: str = DIRECTOR, about: str = "INS-1", **fields: Any) -> None:
        words = {"title": "Seals", "text": "Look at every seal.", **fields}
        self.done("issue", by, about, **words)

    def told(self, at: datetime = NOON, **seen: Any) -> dict[str, Told]:
        return {one.instruction.id: one for one in self.listed(at, **seen)}

    def listed(self, at: datetime = NOON, by: str = "operator", **seen: Any) -> list[Told]:
        return list(instructions(self.desk, self.desk.actor(by), at, **seen))


@pytest.fixture
def chain(aldermark: Jurisdiction) -> Chain:
    return Chain(aldermark)


def states(told: Told) -> dict[str, str]:
    return {one.unit: one.state for one in told.receipts}


def test_what_a_post_has_not_acknowledged_is_seen_above(chain: Chain) -> None:
    chain.issue(to=(NORTH, GATE), within="1d")
    chain.done("acknowledge", REGION, at=NOON + HOUR)
    assert states(chain.told()["INS-1"]) == {NORTH: "acknowledged", GATE: "waiting"}
    late = chain.told(NOON + 25 * HOUR, unit="customs-central")["INS-1"]
    assert late.overdue == (GATE,)
    assert states(chain.told(NOON + 25 * HOUR, unit=GATE)["INS-1"]) == {GATE: "overdue"}
    assert chain.told(unit=COAST) == {}
    chain.done("acknowledge", EXAMINER, at=NOON + 26 * HOUR)
    (receipt,) = chain.told(NOON + 27 * HOUR, unit=GATE)["INS-1"].receipts
    assert (receipt.state, receipt.late) == ("acknowledged", True)


def test_at_its_last_moment_it_is_not_overdue(chain: Chain) -> None:
    chain.issue(to=(GATE,), within="1d")
    assert chain.told(NOON + 24 * HOUR)["INS-1"].overdue == ()
    assert chain.told(NOON + 24 * HOUR + timedelta(seconds=1))["INS-1"].overdue == (GATE,)


def test_without_units_named_it_goes_to_all_below(chain: Chain) -> None:
    chain.issue(by=REGION)
    assert states(chain.told()["INS-1"]) == {GATE: "waiting"}
    chain.issue(about="INS-2")
    assert len(states(chain.told()["INS-2"])) == 5


def test_where_each_officer_is_asked_the_missing_are_named(chain: Chain) -> None:
    chain.issue(to=(GATE,), each="officer")
    chain.done("acknowledge", EXAMINER)
    (receipt,) = chain.told()["INS-1"].receipts
    assert (receipt.state, receipt.missing) == ("waiting", (LEADER,))
    assert chain.refused("acknowledge", EXAMINER) == ["COOP-034"]
    chain.done("acknowledge", LEADER)
    assert states(chain.told()["INS-1"]) == {GATE: "acknowledged"}


def test_a_region_passes_on_what_it_took_on(chain: Chain) -> None:
    chain.issue(to=(NORTH,))
    words: dict[str, Any] = {
        "title": "Seals at North Gate",
        "text": "From Monday.",
        "under": "INS-1",
    }
    assert chain.refused("issue", REGION, "INS-2", **words) == ["COOP-029"]
    chain.done("acknowledge", REGION)
    chain.done("issue", REGION, "INS-2", **words)
    assert chain.told()["INS-2"].instruction.under == "INS-1"


def test_a_new_one_takes_the_place_of_an_old_one(chain: Chain) -> None:
    chain.issue(to=(GATE,))
    chain.issue(about="INS-2", to=(GATE,), supersedes=("INS-1",))
    old = chain.told(NOON + 90 * HOUR)["INS-1"]
    assert (old.standing, old.overdue) == ("superseded", ())
    assert chain.refused("acknowledge", EXAMINER) == ["COOP-030"]
    words: dict[str, Any] = {"title": "t", "text": "t", "to": (GATE,), "supersedes": ("INS-1",)}
    assert chain.refused("issue", DIRECTOR, "INS-3", **words) == ["COOP-030"]


def test_a_report_follows_acknowledgement_and_the_first_day(chain: Chain) -> None:
    chain.issue(to=(GATE,), **{"from": "2026-07-06"})
    assert chain.told()["INS-1"].standing == "not_yet"
    assert chain.refused("report", EXAMINER, text="done") == ["COOP-035", "COOP-036"]
    chain.done("acknowledge", EXAMINER)
    monday = NOON + 96 * HOUR
    chain.done("report", EXAMINER, text="All seals looked at.", at=monday)
    (receipt,) = chain.told(monday)["INS-1"].receipts
    assert receipt.reported is not None
    assert receipt.reported.text == "All seals looked at."
    assert chain.refused("report", LEADER, text="again", at=monday) == ["COOP-037"]


@pytest.mark.parametrize(
    ("by", "fields", "codes"),
    [
        (EXAMINER, {}, ["COOP-020", "COOP-023"]),
        ("nobody", {"to": (GATE,)}, ["COOP-020", "COOP-024"]),
        (REGION, {"to": (COAST,)}, ["COOP-025"]),
        (REGION, {"to": (NORTH,)}, ["COOP-025"]),
        (DIRECTOR, {"to": ("vet-north-gate",)}, ["COOP-024"]),
        (DIRECTOR, {"to": (GATE, GATE)}, ["COOP-026"]),
        (DIRECTOR, {"title": " "}, ["COOP-021"]),
        (DIRECTOR, {"from": "2026-07-01"}, ["COOP-022"]),
        (DIRECTOR, {"within": "soon"}, ["COOP-032"]),
        (DIRECTOR, {"within": "0h"}, ["COOP-032"]),
        (DIRECTOR, {"under": "INS-9", "supersedes": ("INS-8",)}, ["COOP-028", "COOP-028"]),
        (DIRECTOR, {"at": NOON, "title": "", "text": "", "within": "x"},
         ["COOP-021", "COOP-021", "COOP-032"]),
    ],
)  # fmt: skip
def test_what_may_not_be_issued(
    chain: Chain, by: str, fields: dict[str, Any], codes: list[str]
) -> None:
    assert chain.refused("issue", by, **{"title": "t", "text": "t", **fields}) == codes
    assert chain.told() == {}


def test_an_id_is_given_once_and_an_act_answers_the_same(chain: Chain) -> None:
    chain.issue(to=(GATE,))
    words: dict[str, Any] = {"title": "t", "text": "t", "to": (GATE,)}
    assert chain.refused("issue", DIRECTOR, **words) == ["COOP-027"]
    act = InstructionAct("i1", "acknowledge", "INS-1", NOON)
    assert [one.code for one in instruct(chain.desk, act, NOON, EXAMINER).notices] == ["LODGE-304"]
    act = InstructionAct("k", "acknowledge", "INS-1", NOON)
    first, again = (instruct(chain.desk, act, NOON, EXAMINER) for _ in range(2))
    assert first == again
    assert first.happened == ("cooperation:instruction:acknowledged",)
    ahead = InstructionAct("z", "acknowledge", "INS-1", NOON + HOUR)
    assert [one.code for one in instruct(chain.desk, ahead, NOON, LEADER).notices] == ["LODGE-305"]


def test_others_neither_acknowledge_nor_withdraw(chain: Chain) -> None:
    chain.issue(to=(NORTH, GATE))
    assert chain.refused("acknowledge", PORT) == ["COOP-033"]
    assert chain.refused("acknowledge", "veterinary.north_gate.head") == ["COOP-033"]
    assert chain.refused("acknowledge", EXAMINER, "INS-9") == ["COOP-028"]
    assert chain.refused("withdraw", REGION, reason="no") == ["COOP-031"]
    vet = "veterinary.headquarters.director"
    assert "COOP-031" in chain.refused("withdraw", vet, reason="no")
    assert chain.refused("withdraw", DIRECTOR) == ["COOP-021"]
    chain.done("withdraw", DIRECTOR, reason="The seals are changed.")
    assert chain.told()["INS-1"].standing == "withdrawn"
    assert chain.refused("withdraw", DIRECTOR, reason="again") == ["COOP-030"]


def test_the_centre_ends_what_a_region_issued_and_not_the_other_way(chain: Chain) -> None:
    chain.issue(by=REGION, to=(GATE,))
    chain.issue(by=DIRECTOR, about="INS-2", to=(GATE,), supersedes=("INS-1",))
    words: dict[str, Any] = {"title": "t", "text": "t", "to": (GATE,), "supersedes": ("INS-2",)}
    assert chain.refused("issue", REGION, "INS-3", **words) == ["COOP-031"]


def test_an_officer_sees_what_the_own_unit_sees(chain: Chain) -> None:
    chain.issue(to=(NORTH, GATE))
    chain.issue(about="INS-2", to=(COAST,))
    seen = {by: [one.instruction.id for one in chain.listed(by=by)] for by in (DIRECTOR, REGION)}
    assert seen == {DIRECTOR: ["INS-1", "INS-2"], REGION: ["INS-1"]}
    (told,) = chain.listed(by=EXAMINER)
    assert states(told) == {GATE: "waiting"}
    (told,) = chain.listed(by=DIRECTOR, unit=COAST)
    assert told.instruction.id == "INS-2"


@pytest.mark.parametrize(
    ("by", "seen"),
    [
        ("veterinary.headquarters.director", {"agency": "customs"}),
        (EXAMINER, {"unit": NORTH}),
        (EXAMINER, {"agency": "veterinary"}),
        ("XB/border_agency", {}),
        ("XA-T-IMP-001", {}),
        ("nobody", {"unit": GATE}),
    ],
)
def test_outsiders_are_shown_no_instruction_and_it_is_on_record(
    chain: Chain, by: str, seen: dict[str, Any]
) -> None:
    chain.issue(to=(NORTH, GATE))
    before = len(list(chain.desk.ledger.read_all()))
    with pytest.raises(Refused) as refused:
        chain.listed(by=by, **seen)
    assert [one.code for one in refused.value.notices] == ["AUTH-070"]
    (last,) = list(chain.desk.ledger.read_all())[before:]
    assert last[1].event.body == ReadRefused("AUTH-070", "", "list")
    assert last[1].event.actor.id == by


def test_a_refused_act_is_on_record(chain: Chain) -> None:
    chain.issue(to=(GATE,))
    chain.refused("acknowledge", PORT)
    (recorded,) = chain.desk.ledger.read("refused/customs")
    body = recorded.event.body
    assert isinstance(body, KeptActRefused)
    assert (body.kind, body.about, recorded.event.actor.id) == ("instruction", "INS-1", PORT)
    assert [one.code for one in body.notices] == ["COOP-033"]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "acknowledge", "report", "withdraw"]),
        st.sampled_from([DIRECTOR, REGION, EXAMINER, LEADER, PORT, "nobody"]),
        st.sampled_from(["INS-1", "INS-2"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_is_tried_rows_are_what_the_log_says(
    aldermark: Jurisdiction, steps: list[tuple[str, str, str]]
) -> None:
    chain = Chain(aldermark)
    words = {"title": "t", "text": "t", "reason": "r"}
    for name, by, about in steps:
        chain.act(name, by, about, **words)
    before = chain.desk.ledger.rows(INSTRUCTION)
    for told in chain.told().values():
        assert set(told.instruction.acknowledged) <= set(told.instruction.to)
        assert set(told.instruction.reported) <= set(told.instruction.acknowledged)
    rebuild(chain.desk, lambda _: None)
    assert chain.desk.ledger.rows(INSTRUCTION) == before
