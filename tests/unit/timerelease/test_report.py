"""The report of a study: its order, its sentences, and that they are made of the figures."""

from __future__ import annotations

from datetime import date

import msgspec

from gatepost.timerelease.model import EventMap, Publication, Scope, Target
from gatepost.timerelease.publish import publish
from gatepost.timerelease.report.model import Bars, Curve, Items, Report, Table, Text
from gatepost.timerelease.report.sections import report_of
from gatepost.timerelease.study import Done, Mandate, Recommendation, Study
from tests.trs import Line
from tests.trs import study as measured

RULE = Publication(smallest_group=5, beyond=1)
STUDY = Study("Release times", "Aldermark", agencies={"customs": "Customs"}, publish=RULE)


def events(cases: int = 20) -> list[Line]:
    """Return cases that are lodged late and released by customs an hour after."""
    lines: list[Line] = []
    for number in range(cases):
        lines += [
            (f"C{number}", "arrival", 0.0, "carrier"),
            (f"C{number}", "lodgement", 120.0 + number, "broker"),
            (f"C{number}", "release", 180.0 + number, "customs"),
        ]
    return lines


def report(lines: list[Line] | None = None, about: Study = STUDY, **more: object) -> Report:
    """Return the report of events."""
    given = EventMap(targets=(Target("arrival-release", "190min"),), scope=Scope(flow="import"))
    found = measured(events() if lines is None else lines, given, **more)  # type: ignore[arg-type]
    return report_of(publish(found, about.publish, about.agencies), about)


def blocks(told: Report, title: str) -> list[object]:
    """Return what stands in a section."""
    return [block for one in told.sections if one.title == title for block in one.blocks]


def sentences(told: Report, title: str) -> list[str]:
    """Return the texts and items of a section."""
    found: list[str] = []
    for block in blocks(told, title):
        if isinstance(block, Text):
            found.append(block.text)
        if isinstance(block, Items):
            found += block.items
    return found


def table(told: Report, name: str) -> Table:
    """Return the table of a name."""
    (found,) = [one for one in told.tables if one.name == name]
    return found


def test_sections_stand_in_the_order_of_the_guide() -> None:
    assert [one.title for one in report().sections] == [
        "Objectives", "Scope", "Method", "Analysis", "Conclusions", "Recommendations",
    ]  # fmt: skip


def test_conclusions_are_made_of_the_figures() -> None:
    told = sentences(report(), "Conclusions")
    assert told[0].startswith("Half of all cases took 3 h 09 or less")
    assert told[1].startswith("The largest part of all time, 68\N{NO-BREAK SPACE}%, was on Broker")
    assert any("If the declaration took no waiting (Broker, 20 cases)" in one for one in told)


def test_release_before_arrival_is_told_as_such() -> None:
    lines: list[Line] = []
    for number in range(10):
        lines += [(f"C{number}", "arrival", 600.0, "carrier"),
                  (f"C{number}", "lodgement", 100.0, "broker"),
                  (f"C{number}", "release", 120.0 + number, "customs"),
                  (f"C{number}", "removal", 660.0, "broker")]  # fmt: skip
    told = report([*lines, ("D", "arrival", 0.0, "carrier"), ("D", "release", 5.0, "customs")])
    assert "Half of all cases were released 7 h 55 before arrival or sooner" in " ".join(
        sentences(told, "Conclusions")
    )
    assert [one.value for one in told.figures if one.what == "Released before arrival"] == [
        "91\N{NO-BREAK SPACE}%"
    ]


def test_every_interval_stands_with_its_definition_and_the_target_where_there_is_one() -> None:
    told = report()
    intervals = table(told, "intervals")
    defined = {row[0] for row in table(told, "definitions").rows}
    assert {row[0] for row in intervals.rows} == defined
    assert intervals.heads[-1] == "Within target"
    assert intervals.rows[0][-1] == "55.0\N{NO-BREAK SPACE}%"


def test_open_cases_are_marked_and_not_dropped() -> None:
    told = report([*events(), ("open", "arrival", 0.0, "carrier")], until=300)
    first = table(told, "intervals").rows[0]
    assert (first[1], first[2]) == ("21", "<5")
    assert first[3].endswith("*")
    assert "some cases are open" in table(told, "intervals").note


def test_mandate_course_and_recommendations_come_from_the_study() -> None:
    about = msgspec.structs.replace(
        STUDY,
        mandate=Mandate("the Border Council", date(2026, 1, 9), "decision 2026/3"),
        done=(Done("mandate", date(2026, 1, 9), "chair"),
              Done("test_run", date(2026, 2, 1), "study lead", "as last year", True)),
        unusual="a strike of hauliers",
        recommendations=(Recommendation("Lodge before arrival", "broker", date(2026, 9, 1),
                                        "arrival-lodgement"),),
        next_study=date(2027, 3, 1),
    )  # fmt: skip
    told = report(about=about)
    assert sentences(told, "Objectives")[0] == (
        "The study was ordered by the Border Council on 09.01.2026 (decision 2026/3)."
    )
    assert "Out of the ordinary in this time: a strike of hauliers" in sentences(told, "Scope")
    assert table(told, "course").rows[1][2] == "study lead (skipped: as last year)"
    assert table(told, "recommendations").rows == (
        ("Lodge before arrival", "Broker", "01.09.2026", "arrival to lodgement", "open"),
    )
    assert "Lodge before arrival (Broker, by 01.09.2026)" in [
        item for one in told.press if isinstance(one, Items) for item in one.items
    ]


def test_without_recommendations_the_figures_ask_for_decisions() -> None:
    told = sentences(report(), "Recommendations")
    assert "Broker: the declaration (waiting), up to 2 h 10 a case." in told


def test_the_press_page_has_a_chart_of_times_and_one_of_shares() -> None:
    kinds = [type(one) for one in report().press]
    assert Curve in kinds
    assert Bars in kinds


def test_no_case_stands_in_a_report() -> None:
    lines = [*events(), ("SECRET-1", "release", 5.0, "customs")]
    assert "SECRET" not in msgspec.json.encode(report(lines)).decode()
