"""The course of a study: phases in their order, samples large enough, follow-up with days."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gatepost.kernel.notice import Refused
from gatepost.timerelease.study import (
    PHASES,
    Done,
    Phase,
    Recommendation,
    Sample,
    Study,
    faults,
    standing,
)

TODAY = date(2026, 9, 1)
ORDER = list(PHASES)


def done(*phases: Phase, first: int = 1) -> tuple[Done, ...]:
    """Return phases done day after day."""
    return tuple(
        Done(phase, date(2026, 3, first + n), "study lead") for n, phase in enumerate(phases)
    )


def codes(study: Study) -> list[str]:
    """Return the codes of what is wrong with a study."""
    return [one.code for one in faults(study)]


def of(**more: object) -> Study:
    """Return a study with what a test is about."""
    return msgspec.structs.replace(Study("Study", "Aldermark"), **more)


def test_a_study_stands_where_its_next_phase_is_not_done() -> None:
    told = standing(of(done=done(*ORDER[:5])), TODAY)
    assert told.next == "collection"
    assert [phase for phase, one in told.phases if one] == ORDER[:5]
    assert standing(of(done=done(*ORDER)), TODAY).next is None


def test_collection_does_not_begin_before_the_test_run() -> None:
    phases = [*ORDER[:4], "collection"]
    found = list(faults(of(done=done(*phases))))
    assert [one.code for one in found] == ["TRS-014"]
    assert found[0].values["before"] == "test_run"
    skipped = Done("test_run", date(2026, 3, 5), "study lead", "the form is last year's", True)
    course = (*done(*ORDER[:4]), skipped, *done("collection", first=6))
    assert codes(of(done=course)) == []


def test_a_phase_is_not_dated_before_the_one_it_follows() -> None:
    early = Done("scope", date(2026, 2, 1), "study lead")
    assert codes(of(done=(*done("mandate"), early))) == ["TRS-014"]


def test_a_phase_is_not_recorded_twice_nor_skipped_without_a_reason() -> None:
    assert codes(of(done=done("mandate", "mandate"))) == ["TRS-015"]
    silent = Done("mandate", date(2026, 3, 1), "study lead", " ", True)
    assert codes(of(done=(silent,))) == ["TRS-016"]


@pytest.mark.parametrize(
    ("frame", "size", "wrong"),
    [(None, 385, []), (None, 384, ["TRS-017"]), (8860, 369, []), (8860, 368, ["TRS-017"]),
     (1000, 278, []), (200, 132, []), (200, None, ["TRS-017"])],
)  # fmt: skip
def test_a_sample_is_large_enough(frame: int | None, size: int | None, wrong: list[str]) -> None:
    assert codes(of(sample=Sample("random", frame, size))) == wrong
    assert codes(of(sample=Sample("all", frame, size))) == []


def test_recommendations_are_due_after_the_report_and_late_after_their_day() -> None:
    course = done(*ORDER[:9])
    early = Recommendation("Open at six", "customs", date(2026, 3, 8))
    late = Recommendation("Open at six", "customs", date(2026, 6, 1))
    kept = Recommendation("One stop", "plant_health", date(2026, 6, 1), done=date(2026, 5, 1))
    assert codes(of(done=course, recommendations=(early,))) == ["TRS-018"]
    assert codes(of(done=course, next_study=date(2026, 3, 9))) == ["TRS-018"]
    assert standing(of(done=course, recommendations=(late, kept)), TODAY).late == (late,)


def test_the_standing_of_a_study_with_faults_is_refused_with_all_of_them() -> None:
    with pytest.raises(Refused) as refused:
        standing(of(done=done("scope", "mandate"), sample=Sample("random", None, 10)), TODAY)
    assert [one.code for one in refused.value.notices] == ["TRS-014", "TRS-017"]
