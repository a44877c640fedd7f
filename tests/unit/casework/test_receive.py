"""Reports of an agency's own system: what a case makes of them, in whatever order they come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.casework import rules
from gatepost.casework.events import AgencyReported
from gatepost.casework.receive import CaseFinder, Received, receive
from gatepost.casework.reports import Effect, Report, Standing, is_late, standing
from gatepost.control.events import ExaminationPerformed
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Refused
from gatepost.release import rules as release_rules
from gatepost.release.events import DecisionGiven, HoldPlaced
from tests.office import BEEF, DEAR, HOUR, LAW_OF_HOLDS, NOON, STEEL, Office
from tests.small_country import parts

LAW = (LegalBasis("Border Act, s. 9"),)
EFFECTS: tuple[Effect, ...] = ("none", "hold", "lift", "clear", "refuse", "withdraw", "remove")


def office() -> Office:
    """Return an office where no agency decides by itself."""
    mandates = parts()["mandate"]
    return Office(mandate=[msgspec.structs.replace(one, automatic=()) for one in mandates])


def report(effect: Effect, hour: int = 1, **changes: Any) -> Report:
    made = Report(f"{effect}-{hour}", "customs", "09", effect, effect, 1, NOON + hour * HOUR)
    return msgspec.structs.replace(made, **changes)


def take_in(
    where: Office, reference: str, told: Report, at: datetime = NOON + 24 * HOUR, **changes: Any
) -> Received:
    by = changes.pop("by", "customs.one")
    hold_for = changes.pop("hold_for", timedelta(days=30))
    return receive(where.desk, reference, told, by, at, LAW, hold_for)


def codes(received: Received) -> list[str]:
    return [notice.code for notice in received.notices]


def test_a_clearance_decides_and_releases() -> None:
    where = office()
    reference = where.lodge(STEEL)
    assert where.case(reference).status == "waiting"
    done = take_in(where, reference, report("clear"))
    assert done.status == "done"
    assert "release:release:granted" in done.happened
    assert where.case(reference).status == "released"
    assert done.happened[0] == "casework:report:received"


def test_a_clearance_says_that_the_goods_were_examined() -> None:
    where = office()
    reference = where.lodge(DEAR)
    take_in(where, reference, report("clear"))
    assert len(where.bodies(reference, ExaminationPerformed)) == 1
    assert where.case(reference).status == "released"


def test_a_hold_has_law_and_end_and_a_lift_ends_it() -> None:
    where = office()
    reference = where.lodge(STEEL)
    take_in(where, reference, report("hold"))
    (placed,) = where.bodies(reference, HoldPlaced)
    assert placed.hold.legal_basis == LAW
    assert placed.hold.expires == NOON + HOUR + timedelta(days=30)
    take_in(where, reference, report("hold", 2))
    assert len(where.bodies(reference, HoldPlaced)) == 1
    take_in(where, reference, report("lift", 3))
    assert where.case(reference).status == "waiting"


def test_a_hold_without_a_length_is_told_and_not_placed() -> None:
    where = office()
    reference = where.lodge(STEEL)
    assert codes(take_in(where, reference, report("hold"), hold_for=None)) == ["REPORT-005"]
    assert where.case(reference).status == "waiting"


def held_by_an_officer(where: Office) -> str:
    reference = where.lodge(STEEL)
    law = {"reason": "tip", "expires": NOON + 48 * HOUR, "legal_basis": LAW_OF_HOLDS}
    where.done("hold", reference, "customs.one", **law)
    return reference


@pytest.mark.parametrize("effect", ["none", "lift", "clear"])
def test_no_report_ends_the_hold_of_an_officer(effect: Effect) -> None:
    """The agency's system does not know why; where it says that all is well, that is told."""
    where = office()
    reference = held_by_an_officer(where)
    told = codes(take_in(where, reference, report(effect)))
    assert told == ([] if effect == "none" else ["REPORT-006"])
    assert where.case(reference).status == "held"
    where.done("lift", reference, "customs.one", at=NOON + 2 * HOUR)
    expected = "released" if effect == "clear" else "waiting"
    assert where.case(reference).status == expected


def test_a_reported_hold_stands_beside_that_of_an_officer() -> None:
    """Either ends for itself, or one would be forgotten with the other."""
    where = office()
    reference = held_by_an_officer(where)
    take_in(where, reference, report("hold"))
    where.done("lift", reference, "customs.one", hold="hold-1", at=NOON + 2 * HOUR)
    assert where.case(reference).status == "held"
    take_in(where, reference, report("lift", 3))
    assert where.case(reference).status == "waiting"


def test_a_refusal_denies_and_a_later_clearance_counts() -> None:
    where = office()
    reference = where.lodge(STEEL)
    take_in(where, reference, report("refuse"))
    assert where.case(reference).status == "denied"
    assert take_in(where, reference, report("none", 2)).notices == ()


def test_an_invalidated_declaration_is_withdrawn() -> None:
    where = office()
    reference = where.lodge(STEEL)
    take_in(where, reference, report("withdraw"))
    assert where.case(reference).status == "withdrawn"
    assert take_in(where, reference, report("clear", 2)).status == "done"
    assert where.case(reference).status == "withdrawn"


def test_goods_leave_when_the_clearance_that_was_on_its_way_comes() -> None:
    where = office()
    reference = where.lodge(STEEL, type="EXA")
    early = take_in(where, reference, report("remove", 3))
    assert codes(early) == [release_rules.NOT_RELEASED.number]
    assert where.case(reference).status == "waiting"
    late = take_in(where, reference, report("clear", 2))
    assert late.late
    assert where.case(reference).status == "removed"


def test_what_is_late_takes_nothing_back() -> None:
    where = office()
    reference = where.lodge(STEEL)
    take_in(where, reference, report("clear", 5))
    for effect in ("hold", "refuse", "none"):
        done = take_in(where, reference, report(effect, 1))
        assert done.late
        assert done.happened == ("casework:report:received",)
        assert where.case(reference).status == "released"


def test_the_same_report_again_does_nothing() -> None:
    where = office()
    reference = where.lodge(STEEL)
    take_in(where, reference, report("clear"))
    events = len(where.events(reference))
    assert take_in(where, reference, report("clear")).status == "repeated"
    assert len(where.events(reference)) == events
    with pytest.raises(Refused) as refused:
        take_in(where, reference, report("clear", function="08"))
    assert refused.value.notices[0].code == rules.REPORT_CONFLICT.number


def test_what_cannot_be_done_is_kept_with_its_reason_and_tried_again() -> None:
    """The veterinary service may not clear past a certificate it still asks for."""
    where = office()
    reference = where.lodge(BEEF, items=(msgspec.structs.replace(BEEF.items[0], documents=()),))
    told = report("clear", agency="vet")
    assert codes(take_in(where, reference, told, by="vet.one")) == [release_rules.NEEDS_OPEN.number]
    (kept,) = where.bodies(reference, AgencyReported)
    assert [one.code for one in kept.notices] == [release_rules.NEEDS_OPEN.number]
    where.amend(reference, BEEF)
    take_in(where, reference, report("none", 2, agency="vet"), by="vet.one")
    given = where.bodies(reference, DecisionGiven)
    assert [one.kind for one in given] == ["clear"]


@pytest.mark.parametrize(
    ("by", "told", "code"),
    [
        ("XA0001", report("clear"), "REPORT-002"),
        ("vet.one", report("clear"), "REPORT-002"),
        ("customs.one", report("clear", 30), "LODGE-305"),
    ],
)
def test_a_report_nobody_answers_for_is_refused(by: str, told: Report, code: str) -> None:
    where = office()
    reference = where.lodge(STEEL)
    with pytest.raises(Refused) as refused:
        take_in(where, reference, told, by=by)
    assert refused.value.notices[0].code == code
    assert where.case(reference).reports == ()


def test_a_case_is_found_by_our_number_or_the_traders() -> None:
    where = office()
    reference = where.lodge(STEEL, reference="R-7")
    where.lodge(STEEL, reference="R-8")
    where.lodge(STEEL, reference="R-8", declarant="XA0002")
    finder = CaseFinder(where.desk, where.desk.actor("customs.one"), NOON)
    assert finder.find(reference, "R-8") == reference
    assert finder.find("26GB0000", "R-7") == reference
    for functional, code in (("R-8", "REPORT-004"), ("R-9", "REPORT-003"), (None, "REPORT-003")):
        with pytest.raises(Refused) as refused:
            finder.find("26GB0000", functional)
        assert refused.value.notices[0].code == code


def test_a_case_is_found_by_the_number_of_an_earlier_report() -> None:
    """A system names its own number only, once it has told of which case it is."""
    where = office()
    reference, other = where.lodge(STEEL, reference="R-7"), where.lodge(STEEL, reference="R-8")
    take_in(where, reference, report("none", number="26GB0000"))
    officer = where.desk.actor("customs.one")
    finder = CaseFinder(where.desk, officer, NOON)
    assert finder.find("26GB0000", None) == reference
    assert finder.find("26GB0000", "R-8") == reference, "the own number is the surer one"
    finder.learn(other, "26GB0001")
    assert finder.find("26GB0001", None) == other
    stranger = CaseFinder(where.desk, where.desk.actor("vet.one"), NOON)
    with pytest.raises(Refused):
        stranger.find("26GB0000", None)


REPORTS = st.lists(
    st.tuples(st.sampled_from(EFFECTS), st.integers(1, 6)), max_size=8, unique=True
).map(lambda found: [report(effect, hour) for effect, hour in found])


@given(REPORTS, st.randoms(use_true_random=False))
def test_how_a_case_stands_does_not_depend_on_the_order(reports: list[Report], chance: Any) -> None:
    mixed = [*reports, *reports]
    chance.shuffle(mixed)
    assert standing(mixed) == standing(reports)


@given(REPORTS)
def test_what_is_withdrawn_removed_or_cleared_stays_so(reports: list[Report]) -> None:
    found = Standing()
    for count in range(len(reports) + 1):
        now = standing(sorted(reports, key=lambda one: one.order)[:count])
        assert now.withdrawn >= found.withdrawn
        assert now.removed >= found.removed
        assert now.cleared >= found.cleared
        assert not (now.cleared and now.refused)
        found = now


def test_only_the_own_agency_makes_a_report_late() -> None:
    assert is_late(report("none", 1), [report("none", 2)])
    assert not is_late(report("none", 1), [report("none", 2, agency="vet")])
