"""Acceptance tests of the time release study, named after its capabilities (TR-02 to TR-12)."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gatepost.adapters.files.tree import read_file
from gatepost.adapters.reports.folder import write_report
from gatepost.adapters.reports.tables import open_data
from gatepost.cli.trs_maturity import GRID
from gatepost.kernel.notice import Refused
from gatepost.timerelease.compare import compare, unlike
from gatepost.timerelease.indicators import Count, Indicator, scorecard
from gatepost.timerelease.maturity import Answer, Grid, assess
from gatepost.timerelease.model import EventMap, Publication, Scope, Target
from gatepost.timerelease.publish import publish
from gatepost.timerelease.published import Claim, reckoned
from gatepost.timerelease.report.sections import report_of
from gatepost.timerelease.sampling import allocate, sample_size
from gatepost.timerelease.study import Done, Study, standing
from tests.trs import Line, frame_of, interval, study

RULE = Publication(smallest_group=10)


def day(cases: int, minutes: int, office: str = "north", first: int = 0) -> list[Line]:
    """Return cases that plant health has for so many minutes before customs releases them."""
    lines: list[Line] = []
    for number in range(first, first + cases):
        case, late = f"{office}-{number}", number % 7
        lines += [
            (case, "arrival", 0, "carrier"),
            (case, "lodgement", 20, "broker"),
            (case, "notified", 20, "plant_health"),
            (case, "decision", 20 + minutes + late, "plant_health"),
            (case, "release", 30 + minutes + late, "customs"),
        ]
    return lines


def test_TR_02_a_study_does_not_collect_before_its_test_run() -> None:
    done = [Done(phase, date(2026, 1, n), "study lead")  # type: ignore[arg-type]
            for n, phase in enumerate(("mandate", "scope", "form", "sampling"), 1)]  # fmt: skip
    collected = Done("collection", date(2026, 2, 1), "study lead")
    with pytest.raises(Refused) as refused:
        standing(Study("S", "A", done=(*done, collected)), date(2026, 3, 1))
    assert [one.code for one in refused.value.notices] == ["TRS-014"]
    skipped = Done("test_run", date(2026, 1, 9), "study lead", "form unchanged since 2025", True)
    told = standing(Study("S", "A", done=(*done, skipped, collected)), date(2026, 3, 1))
    assert told.next == "verification"


def test_TR_03_a_sample_has_its_size_and_strata_sum_to_one() -> None:
    assert [sample_size(n) for n in (None, 8860, 1000, 200)] == [385, 369, 278, 132]
    strata = allocate({"air": 2000, "sea": 6000, "road": 860}, 369)
    assert sum(one.sample for one in strata) == 369
    assert sum(one.weight for one in strata) == pytest.approx(1)


def test_TR_04_nothing_is_mended_or_dropped_in_silence() -> None:
    lines = [*day(3, 10), ("open", "arrival", 0, "carrier"),
             ("odd", "examination_start", 9, "customs"), ("odd", "examination_end", 4, "customs"),
             ("north-0", "arrival", 0, "carrier")]  # fmt: skip
    found = study(lines, until=500)
    remarks = {one.kind: one for one in found.verification}
    assert {"twice", "reversed", "not_released"} <= set(remarks)
    assert remarks["not_released"].cases == ("open",)
    row = interval(found, "arrival-release")
    assert (row.n, row.censored) == (4, 1)


def test_TR_05_every_table_has_its_figures_and_small_groups_stay() -> None:
    lines = [*day(40, 60), *day(12, 30, "south"), *day(9, 10, "west")]
    offices = [line[0].split("-")[0] for line in lines]
    found = study(lines, office=offices, by=("office", "agency"))
    row = interval(found, "arrival-release", office="north")
    assert (row.n, row.median, row.min, row.max) == (40, 93 * 60, 90 * 60, 96 * 60)
    told = publish(found, RULE, ("plant_health", "customs")).found
    shown = {one.segment.get("office") for one in told.intervals}
    assert "north" in shown
    assert not shown & {"south", "west"}, "west is small, and south would give it away"


def test_TR_06_parallel_controls_count_once_and_shares_are_all_the_time() -> None:
    found = study(
        [
            ("A", "queue", 0, "carrier"),
            ("A", "arrival", 20, "carrier"),
            ("A", "examination_start", 20, "plant_health"),
            ("A", "examination_end", 80, "plant_health"),
            ("A", "examination_start", 50, "customs"),
            ("A", "examination_end", 90, "customs"),
            ("A", "release", 90, "customs"),
        ]
    )
    assert sum(one.get("working", 0.0) for one in found.states.values()) * 90 == pytest.approx(70)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.shares["carrier"] * 90 == pytest.approx(20), "the queue outside counts"


def test_TR_07_the_planted_bottleneck_is_found_first() -> None:
    found = study([*day(30, 400), *day(30, 5, "south")])
    first = found.bottlenecks["critical"][0]
    assert (first.step, first.party) == ("decision", "plant_health")
    assert first.gain == pytest.approx(60 * (405 / 2 + 3), rel=0.05)


def test_TR_08_before_and_after_are_bounded_and_unlike_studies_are_told() -> None:
    before, after = frame_of(day(60, 120)), frame_of(day(60, 40))
    (change,) = [
        one for one in compare(before, after, EventMap(), EventMap())
        if one.interval == "arrival\N{EN DASH}release"
    ]  # fmt: skip
    assert change.mean.difference == pytest.approx(-80 * 60)
    assert change.mean.shown
    assert change.mean.low is not None
    assert change.mean.low < -80 * 60
    gate = EventMap(scope=Scope(release="the gate"))
    assert [n.code for n in unlike(before, after, EventMap(), gate)] == ["TRS-012"]


def test_TR_09_a_report_has_the_guide_s_parts_a_press_page_and_tables(tmp_path: Path) -> None:
    given = EventMap(targets=(Target("arrival-release", "90min"),))
    about = Study("Release times", "Aldermark", agencies={"plant_health": "Plant Health Service"})
    told = publish(study(day(40, 60), given), about.publish, about.agencies)
    report = report_of(told, about)
    assert [one.title for one in report.sections] == [
        "Objectives", "Scope", "Method", "Analysis", "Conclusions", "Recommendations",
    ]  # fmt: skip
    files = write_report(tmp_path, report, told, datetime(2026, 7, 1, tzinfo=UTC))
    names = {str(one.relative_to(tmp_path)) for one in files}
    assert {"report.html", "report.pdf", "press.pdf", "tables/intervals.csv"} <= names
    assert "Plant Health Service" in (tmp_path / "press.html").read_text()


def test_TR_10_two_agencies_that_count_inspections_differently_are_flagged() -> None:
    lines = [*day(2, 10), ("north-0", "examination_start", 5, "customs"),
             ("north-0", "examination_start", 8, "customs")]  # fmt: skip
    told = scorecard(
        frame_of(lines),
        [
            Indicator("customs", "Inspections", "security", "", Count("examination_start")),
            Indicator("plant_health", "Inspections", "security", "", Count("decision", "case")),
            Indicator("customs", "Release", "facilitation", "", interval="arrival-release"),
        ],
    )
    (conflict,) = told.conflicts
    assert conflict.name == "Inspections"
    assert [one.value for one in conflict.readings] == [2, 0, 0, 2]
    assert told.facilitation
    assert told.security


def test_TR_12_changes_of_a_corridor_are_reckoned_again() -> None:
    """Road crossings of one country: 55.7 h, then 28.2 h, then 33.1 h."""
    fell = reckoned(Claim("Corridor", "report", "-49", "h", before="55.7", after="28.2"))
    assert fell is not None
    assert fell.holds
    assert fell.low < -49.4 < fell.high


def test_CT_04_open_data_has_its_method_and_no_small_cell_nor_single_case() -> None:
    lines = [*day(40, 60), *day(4, 10, "south"), *day(9, 30, "west")]
    offices = [line[0].split("-")[0] for line in lines]
    found = study(lines, office=offices, by=("office", "agency"))
    told = publish(found, RULE, ("customs",))
    rows = list(csv.DictReader(io.StringIO(open_data(told))))
    assert all(int(row["cases"]) >= 10 for row in rows)
    assert {row["group"] for row in rows if row["breakdown"] == "office"} == {"north"}
    assert "plant_health" not in json.dumps(rows), "only parties named as public are told"
    assert not {"min", "max"} & set(rows[0])


def test_TR_11_a_level_cannot_exceed_its_evidence() -> None:
    """Joint controls need records of joint stops, whatever is answered."""
    grid = read_file(GRID, Grid, "grid").items["grid"][0].value
    claim = [Answer("inspections", 5, "head of inspection")]
    facts = {"event:control:controls:ordered": 400, "clause:joint_control": 1}
    found = {one.dimension: one for one in assess(grid, claim, facts).reached}["inspections"]
    assert (found.claimed, found.level) == (5, 2)
    assert found.missing == ("ten plans of joint stops on record",)
    more = facts | {"event:control:plan:made": 10}
    assert {one.dimension: one.level for one in assess(grid, claim, more).reached}[
        "inspections"
    ] == 3
