"""Rows as written become events in one time; what cannot be read is told with its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from gatepost.kernel.notice import Refused
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.model import EventMap
from tests.trs import Line, interval, study, table


def written(*rows: tuple[str, str, str], **more: Sequence[str]) -> pa.Table:
    """Return rows of case, event and time as text."""
    columns = dict(zip(("case", "event", "time"), zip(*rows, strict=True), strict=True))
    return pa.table(
        {n: pa.array(list(v), type=pa.string()) for n, v in {**columns, **more}.items()}
    )


def codes(raw: pa.Table, given: EventMap | None = None) -> list[tuple[str, str]]:
    """Return what is wrong with a table: number and place."""
    with pytest.raises(Refused) as refused:
        study(raw, given)
    return [(one.code, one.where) for one in refused.value.notices]


@pytest.mark.parametrize(
    ("arrival", "release", "zone", "hours"),
    [
        ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", "", 1),
        ("2026-03-29T01:30", "2026-03-29T03:30", "Europe/Berlin", 1),
        ("2026-10-25T01:30", "2026-10-25T04:30", "Europe/Berlin", 4),
        ("2026-03-29 01:30:00", "2026-03-29 03:30:00", "UTC", 2),
        ("2026-07-02T08:00:00+05:30", "2026-07-02T03:30:00Z", "", 1),
        ("2026-07-02T08:00:00,5+0200", "2026-07-02T09:00:00.5+02", "", 1),
    ],
)
def test_clocks_do_not_count(arrival: str, release: str, zone: str, hours: float) -> None:
    """Summer time and two zones give the time that passed (TR-01)."""
    found = study(
        written(("A", "arrival", arrival), ("A", "release", release)), EventMap(zone=zone)
    )
    assert interval(found, "arrival-release").mean == hours * 3600


def test_each_event_may_have_the_zone_of_its_place() -> None:
    raw = written(
        ("A", "arrival", "2026-07-02T08:00"),
        ("A", "release", "2026-07-02T08:00"),
        zone=("Europe/Berlin", "Europe/London"),
    )
    assert interval(study(raw), "arrival-release").mean == 3600


def test_times_that_a_clock_shows_twice_or_never_are_remarked() -> None:
    raw = written(
        ("A", "arrival", "2026-10-25T02:30"),
        ("A", "release", "2026-10-25T04:30"),
        ("B", "arrival", "2026-03-29T02:30"),
        ("B", "release", "2026-03-29T04:30"),
    )
    found = study(raw, EventMap(zone="Europe/Berlin"))
    kinds = {one.kind: one.count for one in found.verification}
    assert kinds["clock_twice"] == 1
    assert kinds["clock_never"] == 1
    assert kinds["no_offset"] == 4


def test_moments_of_a_column_store_are_read_as_they_are() -> None:
    times = [datetime(2026, 7, 2, 8, tzinfo=UTC), datetime(2026, 7, 2, 9, tzinfo=UTC)]
    aware = pa.table({"case": ["A", "A"], "event": ["arrival", "release"], "time": times})
    naive = aware.set_column(2, "time", pa.array([t.replace(tzinfo=None) for t in times]))
    assert interval(study(aware), "arrival-release").mean == 3600
    assert interval(study(naive), "arrival-release").mean == 3600


def test_every_line_that_cannot_be_read_is_told_at_once() -> None:
    raw = written(
        ("A", "arrival", "2026-07-02T08:00Z"),
        ("", "release", "2026-07-02T09:00Z"),
        ("B", "arrival", "yesterday"),
        ("B", "release", "2026-07-02"),
        ("C", "arrival", "2026-02-30T08:00Z"),
        ("C", "release", "0026-07-02T08:00Z"),
    )
    assert codes(raw) == [
        ("TRS-004", "line 3"),
        ("TRS-003", "line 4"),
        ("TRS-003", "line 5"),
        ("TRS-003", "line 6"),
        ("TRS-003", "line 7"),
    ]


def test_a_fault_in_a_thousand_lines_is_not_told_a_thousand_times() -> None:
    rows = [(f"C{n}", "arrival", "noon") for n in range(1000)]
    found = codes(written(*rows))
    assert [code for code, _ in found] == ["TRS-003"] * 20 + ["TRS-005"]


def test_an_empty_time_is_left_out_and_said() -> None:
    raw = written(("A", "arrival", "2026-07-02T08:00Z"), ("A", "release", ""))
    found = study(raw)
    assert next((one.kind, one.count) for one in found.verification) == ("no_time", 1)
    assert interval(found, "arrival-release").censored == 1


@pytest.mark.parametrize(
    ("columns", "given", "code"),
    [
        (("case", "what", "time"), EventMap(), "TRS-001"),
        (("case", "event", "time"), EventMap(columns={"event": "what"}), "TRS-001"),
        (("case", "event", "time"), EventMap(segments={"lane": "colour"}), "TRS-001"),
        (("case", "event", "time"), EventMap(columns={"evnt": "event"}), "TRS-007"),
        (("case", "event", "time"), EventMap(events={"arrival": "came"}), "TRS-007"),
        (("case", "event", "time"), EventMap(zone="Europe/Atlantis"), "TRS-008"),
    ],
)
def test_what_a_map_names_must_be_there(
    columns: tuple[str, ...], given: EventMap, code: str
) -> None:
    raw = written(("A", "arrival", "2026-07-02T08:00Z"), ("A", "x", "2026-07-02T08:00Z"))
    assert codes(raw.rename_columns(list(columns)), given)[0][0] == code


def test_a_file_without_events_or_without_milestones_is_refused() -> None:
    assert codes(written(("A", "arrival", "x"))[:0]) == [("TRS-002", "")]
    assert codes(written(("A", "tea", "2026-07-02T08:00Z"))) == [("TRS-006", "")]


def test_words_of_the_file_are_mapped_to_milestones_and_parties() -> None:
    raw = written(
        ("A", "Gate in", "2026-07-02T08:00Z"),
        ("A", "OOC", "2026-07-02T10:00Z"),
        agency=("KPA", "Zoll"),
    )
    given = EventMap(
        columns={"party": "agency"},
        events={"Gate in": "arrival", "OOC": "release"},
        parties={"Zoll": "customs"},
    )
    found = study(raw, given)
    assert interval(found, "arrival-release").mean == 7200
    assert found.shares == {"customs": 1.0}


def test_a_paper_form_has_one_line_for_each_case() -> None:
    raw = pa.table(
        {
            "No": ["1", "2"],
            "Arrived": ["02.07.2026 08:00", "02.07.2026 09:00"],
            "Released": ["02.07.2026 10:30", ""],
            "Lane": ["red", "green"],
        }
    )
    given = EventMap(
        columns={"case": "No"},
        milestones={"arrival": "Arrived", "release": "Released"},
        segments={"lane": "Lane"},
        time_format="%d.%m.%Y %H:%M",
        zone="Europe/Berlin",
    )
    found = study(raw, given)
    assert interval(found, "arrival-release", lane="red").mean == 9000
    assert interval(found, "arrival-release", lane="green").censored == 1


def test_a_release_before_the_arrival_is_a_negative_time() -> None:
    """Australia 2013: sea cargo was released 2.5 hours before it came."""
    found = study([("A", "release", 0, ""), ("A", "arrival", 150, ""), ("A", "removal", 160, "")])
    assert interval(found, "arrival-release").median == -9000
    assert "reversed" not in {one.kind for one in found.verification}


def test_reversed_missing_and_doubled_events_are_said_and_not_mended() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, ""),
        ("A", "arrival", 0, ""),
        ("A", "examination_end", 10, "plant"),
        ("A", "examination_start", 20, "plant"),
        ("A", "release", 60, ""),
        ("B", "release", 30, ""),
        ("C", "arrival", 0, ""),
        ("C", "removal", 90, ""),
        ("D", "arrival", 30, ""),
        ("D", "release", 40, "customs"),
        ("D", "release", 80, "customs"),
        ("D", "release", 50, "plant"),
    ]
    found = study(lines)
    kinds = {one.kind: (one.count, one.cases) for one in found.verification}
    assert kinds["twice"] == (1, ())
    assert kinds["reversed"] == (1, ("A",))
    assert kinds["no_arrival"] == (1, ("B",))
    assert kinds["no_release"] == (1, ("C",))
    assert kinds["released_again"] == (1, ())
    row = interval(found, "arrival-release")
    assert (row.n, row.censored, row.min, row.max) == (2, 0, 20 * 60, 60 * 60)
    assert not [one for one in found.intervals if one.start == "examination_start"]


def test_several_agencies_release_and_the_last_counts() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, ""),
        ("A", "release", 10, "customs"),
        ("A", "release", 25, "plant"),
    ]
    assert interval(study(lines), "arrival-release").mean == 1500


def test_what_happens_after_the_end_of_observation_is_not_known() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, ""),
        ("A", "release", 50, ""),
        ("B", "arrival", 10, ""),
        ("B", "release", 90, ""),
        ("C", "arrival", 70, ""),
    ]
    row = interval(study(lines, until=60), "arrival-release")
    assert (row.n, row.censored) == (2, 1)
    assert (row.median, row.p75) == (3000, None)


def test_a_withdrawn_case_waits_for_no_release() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, ""),
        ("A", "release", 50, ""),
        ("B", "arrival", 10, ""),
        ("B", "withdrawn", 20, ""),
    ]
    found = study(lines)
    assert interval(found, "arrival-release").n == 1
    assert ("withdrawn", 1) in {(one.kind, one.count) for one in found.verification}


def test_names_that_would_break_a_question_are_only_names() -> None:
    """Whatever is written in a file is data."""
    evil = "'); drop table raw; --"
    raw = table([(evil, "arrival", 0, evil), (evil, "release", 10, evil)], lane=[evil] * 2)
    found = study(raw, EventMap(segments={"lane": "lane"}))
    assert found.shares == {evil: 1.0}
    assert interval(found, "arrival-release", lane=evil).n == 1


def test_a_long_question_draws_no_bar_into_the_answer() -> None:
    assert Columns({}).one("select current_setting('enable_progress_bar')") == (False,)
