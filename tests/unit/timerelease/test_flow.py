"""The process as it was lived, and how an agency followed its own procedure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.notice import Refused
from gatepost.timerelease.conform import conformance_of, deviations
from gatepost.timerelease.flow import arcs_of, rework_of, spectrum_of, variants_of
from gatepost.timerelease.model import Procedure
from tests.trs import Line, frame_of

LINES: list[Line] = [
    ("A", "arrival", 0, "carrier"),
    ("A", "lodgement", 10, "broker"),
    ("A", "release", 30, "customs"),
    ("B", "arrival", 0, "carrier"),
    ("B", "lodgement", 30, "broker"),
    ("B", "release", 40, "customs"),
    ("C", "arrival", 60, "carrier"),
    ("C", "lodgement", 61, "broker"),
    ("C", "query", 62, "customs"),
    ("C", "query", 65, "customs"),
    ("C", "release", 70, "customs"),
]


def test_what_followed_what() -> None:
    arcs = {(one.start, one.end): one for one in arcs_of(frame_of(LINES))}
    first = arcs["arrival", "lodgement"]
    assert (first.n, first.mean, first.p50, first.p90) == (3, 820, 600, 1800)
    assert arcs["query", "query"].n == 1
    assert arcs["query", "release"].p50 == 300


def test_variants_and_rework() -> None:
    frame = frame_of(LINES)
    usual, other = variants_of(frame)
    assert (usual.events, usual.cases) == (("arrival", "lodgement", "release"), 2)
    assert other.events == ("arrival", "lodgement", "query", "query", "release")
    assert usual.share == pytest.approx(2 / 3)
    (again,) = rework_of(frame)
    assert (again.event, again.party, again.cases, again.again) == ("query", "customs", 1, 1)


def test_the_spectrum_tells_fast_from_slow_by_the_hour() -> None:
    found = spectrum_of(frame_of(LINES), "arrival", "lodgement")
    assert len(found.hours) == 2
    assert found.hours[1] - found.hours[0] == 1
    assert found.counts == ((0, 0, 1, 1), (1, 0, 0, 0))


PROCEDURE = Procedure(
    "plant",
    ("notified", "examination_start", "examination_end", "decision"),
    optional=("examination_start", "examination_end"),
)


@pytest.mark.parametrize(
    ("events", "done", "faults"),
    [
        (["notified", "decision"], True, []),
        (["notified", "examination_start", "examination_end", "decision"], True, []),
        (["notified"], False, []),
        (["notified"], True, ["decision left out"]),
        (["decision"], False, ["notified left out"]),
        (["decision", "notified"], True, ["decision before notified"]),
        (["notified", "decision", "decision"], True, ["decision again"]),
        (["notified", "scan", "decision"], True, ["scan is not in the procedure"]),
    ],
)
def test_how_a_case_leaves_the_procedure(events: list[str], done: bool, faults: list[str]) -> None:
    assert list(deviations(PROCEDURE, events, done)) == faults


@given(st.lists(st.sampled_from([*PROCEDURE.steps, "scan"]), max_size=8))
def test_only_the_procedure_itself_is_without_deviation(events: list[str]) -> None:
    """What no fault is found in is the steps in their order, some optional ones left out."""
    if not list(deviations(PROCEDURE, events, True)):
        left = [step for step in PROCEDURE.steps if step in events]
        assert events == left
        assert {"notified", "decision"} <= set(events)


def test_conformance_counts_the_cases_of_one_agency() -> None:
    lines: list[Line] = [
        ("A", "notified", 0, "plant"),
        ("A", "decision", 5, "plant"),
        ("A", "release", 6, "customs"),
        ("B", "notified", 0, "plant"),
        ("B", "release", 6, "customs"),
        ("C", "notified", 0, "vet"),
    ]
    found = conformance_of(frame_of(lines), PROCEDURE)
    assert (found.cases, found.followed) == (2, 1)
    (left,) = found.deviations
    assert (left.what, left.cases, left.examples) == ("decision left out", 1, ("B",))


def test_a_procedure_of_unknown_steps_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        conformance_of(frame_of(LINES), Procedure("plant", ("dance",)))
    assert refused.value.notices[0].code == "TRS-007"
