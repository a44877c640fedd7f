"""``gatepost trs`` over files: the shape that programs read, and what people see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run, objects

EVENTS = """\
case,event,time,party
A,arrival,2026-07-02T08:00:00+02:00,carrier
A,lodgement,2026-07-02T09:00:00+02:00,broker
A,release,2026-07-02T10:00:00+02:00,customs
B,arrival,2026-07-02T08:30:00+02:00,carrier
B,lodgement,2026-07-02T08:40:00+02:00,broker
"""


@pytest.fixture
def events(tmp_path: Path) -> str:
    """Return a file of two cases, of which one is not released."""
    file = tmp_path / "events.csv"
    file.write_text(EVENTS)
    return str(file)


def test_the_answer_for_programs(run: Run, events: str) -> None:
    result = run("trs", events, "--until", "2026-07-02T11:00:00+02:00", "--json")
    assert result.exit_code == 0, result.output
    (found,) = objects(result)
    first = found["intervals"][0]
    assert first["interval"] == "arrival\N{EN DASH}release"
    assert (first["from"], first["to"], first["segment"]) == ("arrival", "release", {})
    assert (first["n"], first["censored"]) == (2, 1)
    assert (first["median"], first["p95"]) == (7200, None)
    assert first["share_within_target"] is None
    assert sum(found["shares"].values()) == pytest.approx(1)
    assert set(found["definitions"]) == {one["interval"] for one in found["intervals"]}


def test_the_first_command_may_be_named_or_not(run: Run, events: str) -> None:
    assert run("trs", events).stdout == run("trs", "measure", events).stdout


def test_a_map_tells_how_to_read(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "e.csv", tmp_path / "map.yaml"
    file.write_text("id;what;when;lane\n1;in;2026-07-02 08:00;red\n1;out;2026-07-02 09:00;red\n")
    mapping.write_text("""
columns: {case: id, event: what, time: when}
events: {in: arrival, out: release}
segments: {lane: lane}
zone: Europe/Berlin
targets: [{interval: arrival-release, within: 2h}]
""")
    (found,) = objects(run("trs", str(file), "--map", str(mapping), "--json"))
    assert [one["segment"] for one in found["intervals"]] == [{}, {"lane": "red"}]
    assert found["intervals"][0]["share_within_target"] == 1


def test_people_read_definitions_beside_the_table(run: Run, events: str) -> None:
    said = run("trs", events, "--target", "2h", "--until", "2026-07-02T11:00+02:00").stdout
    assert "arrival\N{EN DASH}release" in said
    assert "negative where goods were released before they came" in said
    assert "50.0% of 2 h 00" in said
    assert "all together 100 %" in said
    assert "not released yet; counted as censored (B)" in said


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--by", "colour"], 1, "TRS-011"),
        (["--target", "soon"], 1, "TRS-009"),
        (["--zone", "Mars"], 1, "TRS-008"),
        (["--until", "later"], 2, "is no moment"),
    ],
)
def test_wrong_words_are_told(
    run: Run, events: str, options: list[str], code: int, told: str
) -> None:
    result = run("trs", events, *options)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stdout == ""


def test_a_map_with_faults_is_refused_with_file_and_line(
    run: Run, events: str, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text("columns: {case: id}\nzonne: UTC\n")
    result = run("trs", events, "--map", str(mapping))
    assert result.exit_code == 1
    assert "map.yaml:2" in result.stderr


def without(names: tuple[str, ...]) -> Any:
    """Return an import that finds none of these packages."""
    import builtins

    real = builtins.__import__

    def importing(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] in names:
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **more)

    return importing


def test_without_the_packages_it_says_which_to_install(
    run: Run, events: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins
    import sys

    for name in [n for n in sys.modules if n.startswith("gatepost.adapters.events.table")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without(("pyarrow", "duckdb")))
    result = run("trs", events)
    assert result.exit_code == 1
    assert "CLI-007" in result.stderr
    assert "gatepost[analytics]" in result.stderr


def test_two_files_are_compared(run: Run, events: str, tmp_path: Path) -> None:
    faster = tmp_path / "after.csv"
    faster.write_text(EVENTS.replace("10:00:00", "09:30:00"))
    (found,) = objects(run("trs", "compare", events, str(faster), "--json"))
    change = found["changes"][0]
    assert (change["from"], change["to"]) == ("arrival", "release")
    assert change["before"]["segment"] == {}
    assert found["unlike"] == []
    said = run("trs", "compare", events, str(faster)).stdout
    assert "A change is shown (!)" in said


def test_unlike_studies_are_compared_only_with_a_reason(
    run: Run, events: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    lines = EVENTS.splitlines()
    other.write_text("\n".join([f"{lines[0]},mode", *(f"{line},sea" for line in lines[1:])]))
    refused = run("trs", "compare", events, str(other), "--json")
    assert refused.exit_code == 1
    assert "TRS-012 mode" in refused.stderr
    assert refused.stdout == ""
    why = ("--acknowledge", "the first file has no column for it")
    (found,) = objects(run("trs", "compare", events, str(other), *why, "--json"))
    assert found["acknowledged"] == why[1]
    assert len(found["unlike"]) == 1


def test_the_process_and_how_an_agency_followed_its_own(
    run: Run, events: str, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.yaml"
    mapping.write_text("procedures: [{agency: customs, steps: [assessment, release]}]\n")
    options = ("--map", str(mapping), "--spectrum", "arrival", "lodgement")
    (found,) = objects(run("trs", "process", events, *options, "--json"))
    assert {(a["from"], a["to"]): a["n"] for a in found["arcs"]}["arrival", "lodgement"] == 2
    assert found["conformance"][0]["deviations"][0]["what"] == "assessment left out"
    said = run("trs", "process", events, *options).stdout
    assert "customs followed its procedure in 0 of 1 cases" in said


def test_events_are_written_for_other_programs(run: Run, events: str, tmp_path: Path) -> None:
    file = tmp_path / "log.xes"
    assert run("trs", "export", events, "--xes", str(file)).exit_code == 0
    assert file.read_text().count("<event>") == 5
    assert run("trs", "export", events).exit_code == 2


def test_how_many_cases_to_look_at() -> None:
    from click.testing import CliRunner

    from gatepost.cli import main

    words = ["trs", "sample", "--stratum", "sea", "150", "--stratum", "air", "50", "--json"]
    (found,) = objects(CliRunner().invoke(main, words))
    assert found["size"] == 132
    assert [one["sample"] for one in found["strata"]] == [99, 33]
    said = CliRunner().invoke(main, ["trs", "sample", "--variation", "1.8"]).stdout
    assert said == "4979 cases\n"


def many(cases: int = 12) -> str:
    """Return a file of cases that customs releases an hour after they came."""
    lines = ["case,event,time,party"]
    for n in range(cases):
        lines.append(f"C{n},arrival,2026-07-02T08:{n:02}:00+02:00,carrier")
        lines.append(f"C{n},release,2026-07-02T09:{n:02}:00+02:00,customs")
    return "\n".join(lines) + "\n"


def test_a_report_is_written_of_what_may_be_published(run: Run, tmp_path: Path) -> None:
    file, about, out = tmp_path / "e.csv", tmp_path / "study.yaml", tmp_path / "report.html"
    file.write_text(many())
    about.write_text("""
title: Release times at North Gate
country: Aldermark
agencies: {customs: Aldermark Customs}
publish: {smallest_group: 12}
""")
    result = run("trs", str(file), "--study", str(about), "--report", str(out))
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out}\n"
    page = out.read_text()
    assert "Release times at North Gate" in page
    assert "Aldermark Customs" in page
    assert "C0" not in page


def test_a_report_of_too_few_cases_is_refused(run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "e.csv", tmp_path / "report.html"
    file.write_text(many(3))
    result = run("trs", str(file), "--report", str(out))
    assert result.exit_code == 1
    assert "TRS-019" in result.stderr
    assert not out.exists()


def test_a_study_with_faults_writes_no_report(run: Run, tmp_path: Path) -> None:
    file, about, out = tmp_path / "e.csv", tmp_path / "study.yaml", tmp_path / "report.html"
    file.write_text(many())
    about.write_text("""
title: Release times
country: Aldermark
done: [{phase: collection, on: 2026-07-01, by: study lead}]
""")
    result = run("trs", str(file), "--study", str(about), "--report", str(out))
    assert "TRS-014" in result.stderr
    assert not out.exists()


def test_a_study_tells_how_far_it_is(run: Run, tmp_path: Path) -> None:
    about = tmp_path / "study.yaml"
    about.write_text("""
title: Release times at North Gate
country: Aldermark
sample: {how: random, frame: 8860, size: 369}
done:
- {phase: mandate, on: 2026-01-12, by: council}
- {phase: scope, on: 2026-01-20, by: study lead}
""")
    result = run("trs", "study", str(about))
    assert result.exit_code == 0, result.output
    assert "369 cases drawn, 369 needed" in result.stdout
    assert "Next: form:" in result.stdout


def test_a_form_typed_in_is_read_as_it_is(run: Run, tmp_path: Path) -> None:
    heads = run("trs", "form", "arrival", "release").stdout.strip()
    assert heads == "case,office,mode,lane,goods,arrival,release"
    file = tmp_path / "form.csv"
    file.write_text(f"{heads}\n1,north,road,red,06,2026-07-02 08:00,2026-07-02 09:30\n")
    (found,) = objects(run("trs", str(file), "--zone", "Europe/Berlin", "--json"))
    assert found["intervals"][0]["median"] == 5400
    assert "TRS-007" in run("trs", "form", "arrival", "party time").stderr


def test_published_figures_are_checked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "subject,source,value,unit,before,after\nKazungula,agency,-33,h,30,12\nB,S,-50,h,24,12\n"
    )
    result = run("trs", "check", str(file))
    assert result.exit_code == 1
    assert "TRS-023" in result.stderr
    assert "does not follow" in result.stdout
    (found,) = objects(run("trs", "check", str(file), "--json"))
    assert [one["holds"] for one in found["changes"]] == [False, True]
    file.write_text("subject,source,value\nA,S,many\n")
    assert "TRS-025" in run("trs", "check", str(file)).stderr
    file.write_text("what,value\nA,1\n")
    assert "TRS-001" in run("trs", "check", str(file)).stderr


def test_indicators_of_agencies_stand_side_by_side(run: Run, events: str, tmp_path: Path) -> None:
    file = tmp_path / "indicators.yaml"
    file.write_text("""
indicators:
- {agency: customs, name: Release, side: facilitation, definition: half, interval: arrival-release}
- {agency: customs, name: Cases, side: security, definition: each, count: {event: release}}
- {agency: broker, name: Cases, side: security, definition: once, count: {event: lodgement}}
""")
    result = run("trs", "scorecard", str(file), events)
    assert result.exit_code == 0, result.output
    assert "Facilitation" in result.stdout
    assert "TRS-027" in result.stderr
    (found,) = objects(run("trs", "scorecard", str(file), events, "--json"))
    assert [one["value"] for one in found["security"]] == [1, 2]
    assert found["conflicts"][0]["notice"]["code"] == "TRS-027"
