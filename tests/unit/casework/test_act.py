"""An act is done once, whatever the number of times it is sent."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gatepost.casework.act import ACTS, perform
from gatepost.casework.acts.gate import WITNESSED
from gatepost.casework.acts.model import Act
from gatepost.casework.events import ActRefused
from gatepost.casework.memory import MemoryLedger
from gatepost.casework.work import ATTEMPTS
from gatepost.ledger.model import Append, Commit, Outcome, Stale
from tests.office import BEEF, HOUR, LAW_OF_HOLDS, NOON, ROSES, STEEL, Office


@pytest.fixture
def office() -> Office:
    return Office()


def log(office: Office) -> list[Any]:
    return list(office.desk.ledger.read_all())


def test_an_act_repeated_answers_the_same_and_adds_nothing(office: Office) -> None:
    reference = office.lodge(ROSES)
    arrive = {"id": "x-1", "act": "arrive", "reference": reference, "at": NOON}
    first = office.send(arrive)
    before = log(office)
    assert office.send(arrive) == first
    assert log(office) == before


def test_a_refusal_repeated_is_the_same_refusal(office: Office) -> None:
    reference = office.lodge(ROSES)
    early = {"id": "x-1", "act": "remove", "reference": reference, "at": NOON}
    first = office.send(early)
    assert first.status == "refused"
    office.done("arrive", reference)
    office.done("examine", reference, "plant.one", result="conform")
    assert office.case(reference).status == "released"
    assert office.send(early) == first
    assert len(office.bodies(reference, ActRefused)) == 1


def test_an_act_that_moved_nothing_answers_the_same_later(office: Office) -> None:
    reference = office.lodge(BEEF)
    tick = {"id": "x-1", "act": "tick", "reference": reference, "at": NOON}
    first = office.send(tick)
    assert (first.status, first.happened) == ("done", ())
    held = {"reason": "tip", "expires": NOON, "legal_basis": LAW_OF_HOLDS}
    office.done("hold", reference, "vet.one", NOON - HOUR, **held)
    assert office.send(tick) == first
    assert office.case(reference).status == "held"


@pytest.mark.parametrize(
    "change", [{"reason": "other"}, {"by": "vet.two"}, {"act": "tick"}, {"at": NOON + HOUR}]
)
def test_other_content_under_one_id_is_a_conflict(office: Office, change: dict[str, Any]) -> None:
    reference = office.lodge(BEEF)
    refuse = {
        "id": "x-1",
        "act": "decide",
        "reference": reference,
        "at": NOON,
        "by": "vet.one",
        "decision": "refuse",
        "reason": "why",
    }
    assert office.send(refuse).status == "done"
    before = log(office)
    answer = office.send({**refuse, **change})
    assert (answer.status, [n.code for n in answer.notices]) == ("refused", ["LODGE-304"])
    assert log(office) == before


def test_one_id_stands_for_one_act_on_any_case(office: Office) -> None:
    one, two = office.lodge(STEEL, reference="R-1"), office.lodge(STEEL, reference="R-2")
    act = {"id": "x-1", "act": "arrive", "at": NOON}
    assert office.send({**act, "reference": one}).status == "done"
    assert office.send({**act, "reference": two}).notices[0].code == "LODGE-304"


def test_an_act_on_no_case_leaves_nothing(office: Office) -> None:
    assert office.refusal("arrive", "26XA00000000000000") == ("LODGE-301",)
    assert log(office) == []


@pytest.mark.parametrize("name", sorted(ACTS))
@pytest.mark.parametrize("by", ["XA7777", "vet.one", "nobody.here"])
def test_a_stranger_is_told_the_same_of_a_case_that_is_there_and_one_that_is_not(
    office: Office, name: str, by: str
) -> None:
    if name == "hold" or (by == "vet.one" and name in WITNESSED):
        pytest.skip("a hold begins a part in a case, and who stands there sees")
    there, missing = office.lodge(STEEL), "26XA00000000000000"
    told = []
    for reference in (there, missing):
        before = len(log(office))
        act = {"id": "x-1", "act": name, "reference": reference, "at": NOON}
        first = office.send(act, by)
        # Neither the answer, nor what another act under the same id says, tells the two apart.
        second = office.send({**act, "reason": "other"}, by)
        told.append(str((first, second)).replace(reference, ""))
        assert [n.code for n in (*first.notices, *second.notices)] == ["LODGE-301", "LODGE-301"]
        assert len(log(office)) == before + 2, "each try is on record, here and there"
        assert not office.bodies(reference, ActRefused)
    assert told[0] == told[1]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_whatever_is_refused_is_on_record(office: Office, name: str) -> None:
    if name == "tick":
        pytest.skip("letting time pass is refused to nobody")
    reference = office.lodge(ROSES)
    before = office.case(reference)
    fields = {"id": "x-1", "act": name, "reference": reference, "by": "plant.one"}
    early = msgspec.convert({**fields, "at": NOON + HOUR}, Act)
    codes = tuple(n.code for n in perform(office.desk, early, NOON).notices)
    (refused,) = office.bodies(reference, ActRefused)
    assert (refused.act, tuple(n.code for n in refused.notices)) == (name, codes)
    after = office.case(reference)
    assert msgspec.structs.replace(after, version=before.version) == before
    assert office.events(reference)[-1].actor.id == "plant.one"


class Busy(MemoryLedger):
    """A ledger where others are always first, ``times`` times."""

    def __init__(self, inner: MemoryLedger, times: int) -> None:
        self.__dict__ = inner.__dict__
        self._times = times

    def commit(self, commit: Commit) -> Outcome:
        if commit.appends and self._times > 0:
            self._times -= 1
            first: Append = commit.appends[0]
            return Stale(first.stream, first.expected, first.expected + 1)
        return super().commit(commit)


@pytest.mark.parametrize(("times", "status"), [(ATTEMPTS - 1, "done"), (ATTEMPTS, "refused")])
def test_others_who_were_first_are_waited_for_so_often(
    office: Office, times: int, status: str
) -> None:
    reference = office.lodge(ROSES)
    assert isinstance(office.desk.ledger, MemoryLedger)
    office.desk.ledger = Busy(office.desk.ledger, times)
    act = Act("x-1", "arrive", reference, NOON)
    answer = perform(office.desk, act, NOON)
    assert answer.status == status
    assert [n.code for n in answer.notices] == ([] if status == "done" else ["LODGE-303"])
