"""Event logs are read by another program as we meant them; pm4py is a peer, never a part."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from gatepost.adapters.formats.eventlog.ocel import write_json, write_sqlite
from gatepost.adapters.formats.eventlog.rows import rows_of
from gatepost.adapters.formats.eventlog.xes import write_xes
from gatepost.timerelease.flow import arcs_of, variants_of
from gatepost.timerelease.reading import Frame
from tests.trs import Line, frame_of

NASTY = 'A&B <"1">'

LINES: list[Line] = [
    (case, event, start + minute, party)
    for start, case in enumerate([NASTY, "C2", "C3", "C4"])
    for event, minute, party in [
        ("arrival", 0, "carrier"),
        ("lodgement", 10 + start, "broker"),
        *([("query", 15, "customs")] if start % 2 else []),
        ("release", 30 + start * start, "customs & excise"),
    ]
]
LANES = ["red" if case == "C2" else "green" for case, *_ in LINES]


@pytest.fixture(scope="module")
def pm4py() -> Any:
    """Return the peer; its warnings are its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pm4py")


@pytest.fixture(scope="module")
def frame() -> Frame:
    """Return four cases, one of a name that XML and SQL must write with care."""
    return frame_of(LINES, lane=LANES)


def quietly(function: Any, *words: Any) -> Any:
    """Return what the peer answers, without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*words)


@pytest.mark.parametrize("kind", ["json", "sqlite"])
def test_ocel(pm4py: Any, frame: Frame, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"log.{kind}"
    if kind == "json":
        write_json(rows_of(frame), file)
        read = quietly(pm4py.read_ocel2_json, str(file))
    else:
        write_sqlite(rows_of(frame), file)
        read = quietly(pm4py.read_ocel2_sqlite, str(file))
    assert len(read.events) == len(LINES)
    assert set(read.events["ocel:activity"]) == {"arrival", "lodgement", "query", "release"}
    objects = read.objects.set_index("ocel:oid")
    assert objects.loc["consignment:C2", "lane"] == "red"
    assert objects.loc[f"consignment:{NASTY}", "ocel:type"] == "consignment"
    assert {"party:carrier", "party:customs & excise"} <= set(objects.index)
    assert set(read.relations["ocel:qualifier"]) == {"of", "by"}
    flat = quietly(pm4py.ocel_flattening, read, "consignment")
    ours = {(one.start, one.end): one.n for one in arcs_of(frame)}
    theirs, _, _ = quietly(pm4py.discover_dfg, flat)
    assert dict(theirs) == ours


def test_ocel_files_keep_to_their_published_form(pm4py: Any, frame: Frame, tmp_path: Path) -> None:
    """The peer carries the schema of OCEL 2.0 JSON and the checks of the relational form."""
    from pm4py.objects.ocel.validation import ocel20_rel_validation

    file = tmp_path / "log.sqlite"
    write_sqlite(rows_of(frame), file)
    satisfied, broken = quietly(ocel20_rel_validation.apply, str(file))
    assert not broken, broken
    assert satisfied


def test_xes(pm4py: Any, frame: Frame, tmp_path: Path) -> None:
    file = tmp_path / "log.xes"
    write_xes(rows_of(frame), file)
    read = quietly(pm4py.read_xes, str(file))
    assert set(read["case:concept:name"]) == {NASTY, "C2", "C3", "C4"}
    assert set(read[read["case:concept:name"] == "C2"]["case:lane"]) == {"red"}
    assert set(read["org:group"]) >= {"customs & excise"}
    theirs, _, _ = quietly(pm4py.discover_dfg, read)
    assert dict(theirs) == {(one.start, one.end): one.n for one in arcs_of(frame)}
    ways = quietly(pm4py.get_variants, read)
    counts = {way: len(n) if isinstance(n, list) else n for way, n in ways.items()}
    assert counts == {one.events: one.cases for one in variants_of(frame)}
    times = quietly(pm4py.discover_performance_dfg, read)[0]
    for one in arcs_of(frame):
        assert times[one.start, one.end]["mean"] == pytest.approx(one.mean)


def test_the_product_never_imports_the_peer() -> None:
    """pm4py is AGPL: nobody who runs Gatepost runs it."""
    code = (
        "import sys, pkgutil, importlib, gatepost.timerelease, gatepost.adapters.formats.eventlog\n"
        "for room in (gatepost.timerelease, gatepost.adapters.formats.eventlog):\n"
        "    for one in pkgutil.iter_modules(room.__path__, room.__name__ + '.'):\n"
        "        importlib.import_module(one.name)\n"
        "sys.exit('pm4py' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
