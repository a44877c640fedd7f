"""What is due at a post on a day, and who may do it: read from the cases, asked of authority."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gatepost.authority.clause import Delegation
from gatepost.authority.instrument import Agreement
from gatepost.authority.model import Competence, Resources
from gatepost.authority.resources import ControlTime, Facility, Shift
from gatepost.authority.scope import Scope
from gatepost.casework.planning.world import PostDay, post_day
from gatepost.casework.work import Work
from gatepost.control.schedule.world import Consignment, Examination
from gatepost.kernel.notice import Refused
from gatepost.kernel.validity import Validity
from tests.office import HOUR, NOON, Office
from tests.small_country import ALWAYS, LAW, concluded, declaration, goods, officers, parts

TODAY = date(2026, 7, 2)
SHIFT = Shift(ALWAYS, {"daily": ("06:00-22:00",)})
BAY = Facility("bay", "bay", "gate")
EXPECTED = "2026-07-02T16:00"


def staffed(name: str, **changes: Any) -> Resources:
    """Return an agency's resources with one officer on the roster who examines and samples."""
    found = officers(name)
    first = msgspec.structs.replace(found.officers[0], shifts=(SHIFT,), **changes)
    times = (ControlTime("examination", 30, ALWAYS), ControlTime("sample", 10, ALWAYS))
    return msgspec.structs.replace(
        found, post="gate", officers=(first, *found.officers[1:]), facilities=(), times=times
    )


def with_bay(resources: Resources) -> Resources:
    return msgspec.structs.replace(resources, facilities=(BAY,))


def office(**changes: Any) -> Office:
    resources = [with_bay(staffed("customs")), staffed("plant"), staffed("vet")]
    return Office(**{"resources": resources, **changes})


def dear_roses(journey: str = "J-1", **changes: Any) -> Any:
    """Return roses that customs and the plant service both examine."""
    fields = {"arrival": EXPECTED, "journey": journey, "means": journey, **changes}
    return declaration(goods(documents=("N851 PC-1",), value="2000"), **fields)


def day_of(office: Office, day: date = TODAY, late: dict[str, int] | None = None) -> PostDay:
    return post_day(Work(office.desk, NOON), "gate", day, late)


def test_what_is_expected_is_planned_with_all_its_agencies_at_one_stop() -> None:
    at = office()
    reference = at.lodge(dear_roses())
    found = day_of(at)
    assert found.world.consignments == (
        Consignment(
            reference,
            960,
            (
                Examination("customs", 30, "customs", "stop-1"),
                Examination("plant", 30, "plant", "stop-1"),
            ),
            needs=("goods",),
            movement=at.case(reference).known.movement,
            known=840,
        ),
    )
    assert [(one.id, one.skills) for one in found.world.officers] == [
        ("customs.one", ("customs",)),
        ("plant.one", ("plant",)),
    ]
    seen = found.consignments[reference]
    assert seen.why == {"customs": ("CUSTOMS-RISK-1",), "plant": ("PLANT-RISK-1",)}
    assert seen.clauses == ("AGR-1/1",)
    assert found.owners == {"bay": "customs"}


def test_agencies_that_no_clause_joins_have_stops_of_their_own() -> None:
    at = office(agreement=[])
    at.lodge(dear_roses())
    (one,) = day_of(at).world.consignments
    assert [exam.stop for exam in one.agencies if isinstance(exam, Examination)] == [
        "stop-1",
        "stop-2",
    ]


def test_another_day_is_another_days_work() -> None:
    at = office()
    at.lodge(dear_roses())
    assert day_of(at, TODAY + timedelta(days=1)).world.consignments == ()


def test_a_day_that_is_over_has_what_was_examined_on_it() -> None:
    at = office()
    reference = at.lodge(dear_roses())
    at.done("arrive", reference, at=NOON + HOUR)
    at.done(
        "examine",
        reference,
        "customs.one",
        NOON + 2 * HOUR,
        result="conform",
        **{"with": ["plant"]},
    )
    (one,) = day_of(at).world.consignments
    assert (one.arrival, len(one.agencies)) == (900, 2)
    assert day_of(at, TODAY + timedelta(days=1)).world.consignments == ()


def test_what_came_before_and_waits_is_there_when_the_day_begins() -> None:
    at = office()
    reference = at.lodge(dear_roses())
    at.done("arrive", reference, at=NOON + HOUR)
    (one,) = day_of(at, TODAY + timedelta(days=1)).world.consignments
    assert (one.id, one.arrival, one.known) == (reference, 0, 0)


def test_what_is_withdrawn_is_not_due() -> None:
    at = office()
    at.done("withdraw", at.lodge(dear_roses()), reason="mistake")
    assert day_of(at).world.consignments == ()


def test_where_nobody_says_when_it_comes_the_plan_says_so() -> None:
    at = office()
    reference = at.lodge(dear_roses(arrival=None))
    (left,) = day_of(at).unplanned
    assert (left.consignments, left.agencies, left.reason.code) == (
        (reference,),
        ("customs", "plant"),
        "PLAN-209",
    )


def test_an_officer_whom_authority_refuses_is_in_no_plan() -> None:
    """The role serves the agency and stands on the roster, but may not examine."""
    deskbound = staffed("plant", powers=("read", "decide"))
    at = office(resources=[with_bay(staffed("customs")), deskbound])
    at.lodge(dear_roses())
    found = day_of(at)
    (left,) = found.unplanned
    assert (left.agencies, left.reason.code) == (("plant",), "PLAN-207")
    assert left.reason.values["reasons"] == "AUTH-003"
    assert [one.id for one in found.world.officers] == ["customs.one"]


@pytest.mark.parametrize(
    ("competences", "able"),
    [
        ((Competence("plants", ALWAYS),), {"customs.one", "plant.one"}),
        ((Competence("plants", Validity(date(2020, 1, 1), date(2026, 7, 1))),), {"plant.one"}),
        ((), {"plant.one"}),
    ],
    ids=["trained", "training_expired_the_day_before", "never_trained"],
)
def test_delegated_work_goes_to_trained_officers_only(
    competences: tuple[Competence, ...], able: set[str]
) -> None:
    """RP-03: no delegated task is rostered to an untrained officer."""
    clause = Delegation(
        *("AGR-2/1", {"en": "for us"}, Scope()),
        of="plant",
        by="customs",
        powers=("examine",),
        competence=("plants",),
    )
    pair = ("customs", "plant")
    agreement = Agreement(
        *("AGR-2", {"en": "d"}, "agreement", pair, LAW, ALWAYS, (clause,), concluded(pair)),
        supporting_acts=(),
    )
    at = office(
        resources=[with_bay(staffed("customs", competences=competences)), staffed("plant")],
        agreement=[*parts()["agreement"], agreement],
    )
    at.lodge(declaration(goods(documents=("N851 PC-1",)), arrival=EXPECTED))
    found = day_of(at)
    (exam,) = found.world.consignments[0].agencies
    assert isinstance(exam, Examination)
    assert {one.id for one in found.world.officers if exam.skill in one.skills} == able


def test_a_control_that_nobody_knows_the_time_of_is_told() -> None:
    untimed = msgspec.structs.replace(staffed("plant"), times=())
    at = office(resources=[with_bay(staffed("customs")), untimed])
    at.lodge(dear_roses())
    (left,) = day_of(at).unplanned
    assert (left.agencies, left.reason.code) == (("plant",), "PLAN-208")


def test_lateness_is_that_of_the_conveyance() -> None:
    at = office()
    first = at.lodge(dear_roses())
    at.lodge(dear_roses(reference="R-2"))
    assert {one.arrival for one in day_of(at, late={first: 45}).world.consignments} == {1005}


def test_an_unknown_post_and_what_is_not_due_are_refused() -> None:
    at = office()
    with pytest.raises(Refused) as refused:
        post_day(Work(at.desk, NOON), "gait", TODAY)
    assert refused.value.notices[0].values["known"] == "gate"
    with pytest.raises(Refused) as refused:
        day_of(at, late={"26XA0": 5, "26XA1": 6})
    assert [notice.code for notice in refused.value.notices] == ["PLAN-302", "PLAN-302"]
