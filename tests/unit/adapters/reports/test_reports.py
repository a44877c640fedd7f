"""Reports as files: well formed, escaped, complete, and read back as they were measured."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from lxml import etree, html

from gatepost.adapters.reports.folder import write_report
from gatepost.adapters.reports.html import html_of, press_html
from gatepost.adapters.reports.svg import svg_of
from gatepost.adapters.reports.tables import FIELDS, csv_of, open_data
from gatepost.kernel.notice import Refused
from gatepost.timerelease.publish import Published, publish
from gatepost.timerelease.report.model import (
    Bars,
    Chart,
    Curve,
    Heights,
    Piece,
    Reach,
    Reaches,
    Report,
    Table,
)
from gatepost.timerelease.report.sections import report_of
from tests.trs import study as measured
from tests.unit.timerelease.test_report import STUDY, events

MADE = datetime(2026, 7, 3, 8, tzinfo=UTC)
CHARTS: tuple[Chart, ...] = (
    Bars("Shares <of> time", (("A & B", (Piece("wait", 2.0), Piece("work", 1.0)), "3"),),
         (("wait", "waiting"), ("work", "work"))),
    Bars("Nothing", (), ()),
    Reaches("Groups", (Reach("red & green", -3.0, -1.0, 4.0, "1 h"),
                       Reach("one moment", 2.0, 2.0, 2.0, "2 h"))),
    Curve("Released", ((-5.0, 10.0), (0.5, 50.0), (900.0, 90.0)), "arrival"),
    Heights("By hour", (("00", 4), ("01", None))),
)  # fmt: skip


def made(name: str = "Release times") -> tuple[Report, Published]:
    """Return a report with what it is made of."""
    about = msgspec.structs.replace(STUDY, title=name)
    told = publish(measured(events()), about.publish, about.agencies)
    return report_of(told, about), told


@pytest.mark.parametrize("chart", CHARTS, ids=[f"{type(c).__name__} {c.title}" for c in CHARTS])
def test_a_chart_is_one_well_formed_picture_that_says_what_it_shows(chart: Chart) -> None:
    tree = etree.fromstring(svg_of(chart).encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    assert tree.findtext("s:title", namespaces=space) == chart.title
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    for one in tree.iterfind(".//s:rect", space):
        x, y, wide, high = (float(one.get(name, "")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height


def test_bars_are_as_long_as_their_figures() -> None:
    tree = etree.fromstring(svg_of(CHARTS[0]).encode())
    bars = [float(one.get("width", "")) for one in tree.iter("{*}rect")][2:]
    assert bars[0] == pytest.approx(2 * bars[1], abs=0.2)


def test_words_of_a_study_are_escaped() -> None:
    report, _ = made("<script>alert(1)</script>")
    for page in (html_of(report), press_html(report)):
        assert "<script" not in page
        assert html.fromstring(page).findtext(".//h1") == "<script>alert(1)</script>"


def test_a_page_has_every_section_and_every_table() -> None:
    report, _ = made()
    tree = html.fromstring(html_of(report))
    assert [one.text for one in tree.iter("h2")] == [one.title for one in report.sections]
    assert [one.text for one in tree.iter("caption")] == [one.title for one in report.tables]
    assert not tree.xpath("//script | //link | //img | //@src")


def test_a_folder_holds_report_press_page_tables_and_open_data(tmp_path: Path) -> None:
    report, told = made()
    files = write_report(tmp_path / "out", report, told, MADE, "CC-BY-4.0")
    names = {str(one.relative_to(tmp_path / "out")) for one in files}
    assert names >= {"report.html", "report.pdf", "press.html", "press.pdf",
                     "tables/intervals.csv", "open-data/release-times.csv",
                     "open-data/datapackage.json"}  # fmt: skip
    assert all(one.is_file() for one in files)
    assert (tmp_path / "out/report.pdf").read_bytes().startswith(b"%PDF")
    package = json.loads((tmp_path / "out/open-data/datapackage.json").read_text())
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    fields = package["resources"][0]["schema"]["fields"]
    header = (tmp_path / "out/open-data/release-times.csv").read_text().splitlines()[0]
    assert header.split(",") == [one["name"] for one in fields]


@pytest.mark.parametrize("name", ["one.html", "one.pdf"])
def test_a_single_file_is_what_it_is_called(tmp_path: Path, name: str) -> None:
    assert write_report(tmp_path / name, *made(), MADE) == [tmp_path / name]


def test_another_ending_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write_report(tmp_path / "report.docx", *made(), MADE)
    assert [one.code for one in refused.value.notices] == ["TRS-021"]
    assert list(tmp_path.iterdir()) == []


def test_the_same_study_makes_the_same_bytes(tmp_path: Path) -> None:
    one = write_report(tmp_path / "a.pdf", *made(), MADE)[0].read_bytes()
    assert write_report(tmp_path / "b.pdf", *made(), MADE)[0].read_bytes() == one


def test_open_data_is_what_was_measured_in_seconds() -> None:
    _, told = made()
    rows = list(csv.DictReader(io.StringIO(open_data(told))))
    assert list(rows[0]) == list(FIELDS)
    first = told.found.intervals[0]
    assert (rows[0]["interval"], rows[0]["cases"]) == (first.interval, str(first.n))
    assert float(rows[0]["median"]) == first.median
    assert "max" not in rows[0]


def test_a_cell_is_no_formula() -> None:
    told = csv_of(Table("t", "T", ("a", "b"), (("=1+1", "@x"),)))
    assert told == "a,b\r\n'=1+1,'@x\r\n"
