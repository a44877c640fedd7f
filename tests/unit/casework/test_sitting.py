"""A committee convenes, votes by its rule and follows its actions, all on record (GV-04)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.casework.answers import ActAnswer
from gatepost.casework.events import ReadRefused
from gatepost.casework.projection import COMMITTEE
from gatepost.casework.rebuilding import rebuild
from gatepost.casework.sitting import CommitteeAct, Sat, committees, sit
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.actor import OPERATOR
from gatepost.kernel.notice import Refused

MAY = datetime(2026, 5, 1, 10, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 15, tzinfo=UTC)
DIRECTOR, VET = "customs.headquarters.director", "veterinary.headquarters.director"
ALL = ("customs", "veterinary", "plant_health", "west_wing", "brenland_vet")


@pytest.fixture(scope="module")
def aldermark() -> Jurisdiction:
    return load_checked("aldermark")


class Room:
    """The joint committee of North Gate at work; acts have numbers and follow each other."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.desk = memory_desk(jurisdiction, FixedKey(b"k" * 32))
        self.count = 0

    def act(self, name: str, at: datetime, by: str = DIRECTOR, **fields: Any) -> ActAnswer:
        self.count += 1
        what = {"id": f"c{self.count}", "act": name, "at": at, **fields}
        what.setdefault("committee", "north_gate_committee")
        return sit(self.desk, msgspec.convert(what, CommitteeAct), at, by)

    def done(self, name: str, at: datetime, **fields: Any) -> ActAnswer:
        answer = self.act(name, at, **fields)
        assert answer.status == "done", answer.notices
        return answer

    def refused(self, name: str, at: datetime, **fields: Any) -> list[str]:
        answer = self.act(name, at, **fields)
        assert answer.status == "refused"
        return sorted(one.code for one in answer.notices)

    def convene(self, **fields: Any) -> None:
        what = {"meeting": "M-1", "on": "2026-06-01", "agenda": ("Hours", "Scanner"), **fields}
        self.done("convene", MAY, **what)

    def vote(self, **fields: Any) -> dict[str, Any]:
        return {
            "meeting": "M-1",
            "item": "1",
            "text": "Open at six.",
            "present": ALL,
            "votes": dict.fromkeys(ALL, "for"),
            "second": "XB/border_agency",
            **fields,
        }

    def told(self, at: datetime = JUNE) -> Sat:
        (found,) = committees(self.desk, OPERATOR, at, "north_gate_committee")
        return found

    def shown(self, by: str, committee: str | None = None) -> list[str]:
        found = committees(self.desk, self.desk.actor(by), JUNE, committee)
        return [one.committee.id for one in found]


@pytest.fixture
def room(aldermark: Jurisdiction) -> Room:
    return Room(aldermark)


def test_a_motion_is_carried_or_rejected_by_the_rule(room: Room) -> None:
    room.convene()
    carried = room.done("decide", JUNE, **room.vote())
    assert carried.happened == ("cooperation:motion:carried",)
    home = {**dict.fromkeys(ALL[:3], "for"), "west_wing": "against"}
    rejected = room.done("decide", JUNE, **room.vote(item="2", votes=home))
    assert rejected.happened == ("cooperation:motion:rejected",)
    first, second = room.told().minutes.decisions
    assert (first.tally.carried, second.tally.carried) == (True, False)
    assert (second.tally.for_, second.tally.against, second.tally.abstained) == (3, 1, 1)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"present": ALL[:3], "votes": {}}, ["COOP-062"]),
        ({"present": ("customs", "west_wing"), "votes": {}}, ["COOP-062"]),
        ({"votes": {"police": "for"}}, ["COOP-061"]),
        ({"present": ALL[:4], "votes": {"brenland_vet": "for"}}, ["COOP-061"]),
        ({"present": (*ALL, "police")}, ["COOP-060"]),
        ({"item": "3"}, ["COOP-058"]),
        ({"meeting": "M-9"}, ["COOP-056"]),
        ({"text": ""}, ["COOP-021"]),
        ({"second": ""}, ["COOP-055"]),
        ({"second": DIRECTOR}, ["COOP-055"]),
        ({"second": "police.headquarters.director"}, ["COOP-055"]),
        ({"second": "veterinary.north_gate.official"}, ["COOP-055"]),
        ({"by": VET}, ["COOP-050", "COOP-055"]),
        ({"by": "customs.north_gate.examiner"}, ["COOP-050"]),
        ({"committee": "moon"}, ["COOP-051"]),
    ],
)  # fmt: skip
def test_what_is_no_valid_vote(room: Room, fields: dict[str, Any], codes: list[str]) -> None:
    room.convene()
    if fields.get("by") == VET:
        fields = {**fields, "second": VET}
    assert room.refused("decide", JUNE, **room.vote(**fields)) == codes
    assert room.told().minutes.decisions == ()


def test_minutes_are_shown_to_those_with_a_seat(room: Room) -> None:
    both = ["border_committee", "north_gate_committee"]
    assert room.shown("operator") == room.shown(DIRECTOR) == both
    assert room.shown("XB/border_agency") == ["north_gate_committee"]
    assert room.shown("police.headquarters.director") == ["border_committee"]


@pytest.mark.parametrize(
    ("by", "committee"),
    [
        ("police.headquarters.director", "north_gate_committee"),
        ("XB/border_agency", "border_committee"),
        ("XC/border_agency", None),
        ("customs.moon.examiner", None),
        ("XA-T-IMP-001", None),
    ],
)
def test_outsiders_are_shown_no_minutes_and_it_is_on_record(
    room: Room, by: str, committee: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        room.shown(by, committee)
    assert [one.code for one in refused.value.notices] == ["AUTH-070"]
    ((_, recorded),) = room.desk.ledger.read_all()
    assert recorded.event.body == ReadRefused("AUTH-070", "", "list")
    assert recorded.event.actor.id == by


def test_before_it_met_and_a_second_time_there_is_no_vote(room: Room) -> None:
    room.convene()
    assert room.refused("decide", MAY, **room.vote()) == ["COOP-057"]
    room.done("decide", JUNE, **room.vote())
    assert room.refused("decide", JUNE, **room.vote()) == ["COOP-059"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"agenda": ()}, ["COOP-053"]),
        ({"agenda": ("Hours", " ")}, ["COOP-053"]),
        ({"on": "2026-05-07"}, ["COOP-054"]),
        ({"by": VET, "on": "2026-05-07"}, ["COOP-050", "COOP-054"]),
    ],
)
def test_what_is_not_convened(room: Room, fields: dict[str, Any], codes: list[str]) -> None:
    what = {"meeting": "M-1", "on": "2026-05-08", "agenda": ("Hours",), **fields}
    assert room.refused("convene", MAY, **what) == codes
    room.convene()
    assert room.refused("convene", MAY, **{**what, **fields, "meeting": "M-1"})[-1] >= "COOP-052"


def test_open_actions_are_overdue_the_day_after(room: Room) -> None:
    room.convene()
    what = {"action": "A-1", "meeting": "M-1", "text": "Publish.", "owner": "veterinary"}
    room.done("assign", JUNE, due="2026-06-10", **what)
    on_time, late = (datetime(2026, 6, day, 12, tzinfo=UTC) for day in (10, 11))
    assert room.told(on_time).overdue == ()
    assert room.told(late).overdue == ("A-1",)
    assert room.refused(
        "close", late, action="A-1", text="x", by="police.headquarters.director"
    ) == ["COOP-066"]
    assert room.refused("close", late, action="A-9", text="x") == ["COOP-065"]
    assert room.refused("close", late, action="A-1", text="") == ["COOP-021"]
    room.done("close", late, action="A-1", text="Published.", by="veterinary.north_gate.head")
    assert room.told(late + timedelta(days=9)).overdue == ()
    assert room.refused("close", late, action="A-1", text="again") == ["COOP-065"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"owner": "police"}, ["COOP-060"]),
        ({"meeting": "M-9"}, ["COOP-056"]),
        ({"due": "2026-05-31"}, ["COOP-064"]),
        ({"text": "", "by": VET}, ["COOP-021", "COOP-050"]),
    ],
)
def test_what_is_not_assigned(room: Room, fields: dict[str, Any], codes: list[str]) -> None:
    room.convene()
    what = {"action": "A-1", "meeting": "M-1", "text": "t", "owner": "customs"}
    what = {**what, "due": "2026-06-10"}
    assert room.refused("assign", JUNE, **{**what, **fields}) == codes
    room.done("assign", JUNE, **what)
    assert room.refused("assign", JUNE, **what) == ["COOP-063"]


def test_when_it_must_meet_again(room: Room) -> None:
    assert room.told().meeting_due is None
    room.convene()
    assert room.told(MAY).meeting_due is None
    assert room.told().meeting_due is not None
    assert str(room.told().meeting_due) == "2026-08-02"
    assert room.told().vice_chair == "veterinary"


def test_the_rows_come_again_from_the_log(room: Room) -> None:
    room.convene()
    room.done("decide", JUNE, **room.vote())
    before = room.desk.ledger.rows(COMMITTEE)
    rebuild(room.desk, lambda _: None)
    assert room.desk.ledger.rows(COMMITTEE) == before
