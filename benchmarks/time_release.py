"""A time release study of ten million events, its process map against pm4py's, and its papers.

Events are made up in the shape of a sea port's: eight a case, two agencies, three channels, six
offices. Each figure runs in a process of its own, so that memory is told for it alone. pm4py is
a peer that our figures are checked against here and in tests; the product never imports it.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._probe import probe
from gatepost.adapters.events.table import read_events
from gatepost.timerelease.columns import Columns
from gatepost.timerelease.flow import arcs_of
from gatepost.timerelease.measure import measure
from gatepost.timerelease.model import EventMap
from gatepost.timerelease.reading import Frame, read_frame
from gatepost.timerelease.walk import walk

ALL, MILLION, EXPORTED = 10_000_000, 1_000_000, 100_000
STEPS = """('arrival', 'carrier', 0, 1), ('lodgement', 'broker', 1, 3),
    ('notified', 'customs', 2, 3), ('notified', 'plant_health', 2, 3),
    ('examination_start', 'plant_health', 4, 5), ('examination_end', 'plant_health', 5, 5),
    ('decision', 'customs', 6, 7), ('release', 'customs', 8, 7)"""


def write(events: int, file: Path) -> None:
    """Write so many events as Parquet."""
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (
                with cases as (select i, hash(i) as h from range({events} // 8) t(i))
                select 'C' || lpad(i::varchar, 9, '0') as "case", kind as event, party,
                    make_timestamptz((1767225600000000 + i * 20000000
                        + part * 60000000::bigint * (1 + (h >> turn) % 97))::bigint) as time,
                    case when h % 10 < 7 then 'green' when h % 10 < 9 then 'yellow' else 'red' end
                        as lane, 'P' || (h % 6) as office
                from cases, (values {STEPS}) step(kind, party, part, turn)
                order by time
            ) to '{file}' (format parquet)""")


def framed(file: Path) -> Frame:
    """Return the events of a file, read."""
    return read_frame(Columns({"raw": read_events(str(file))}), EventMap())


def all_tables(file: Path) -> dict[str, float]:
    """Return what every table of a study costs, the file read included."""
    found = measure(Columns({"raw": read_events(str(file))}), EventMap())
    assert found.intervals
    return {}


def process_map(file: Path) -> dict[str, float]:
    """Return what the directly-follows map with mean, p50 and p90 costs, the events read."""
    frame = framed(file)
    start, cpu = perf_counter(), process_time()
    walk(frame)
    assert len(arcs_of(frame)) > 5
    return {"map": perf_counter() - start, "map, CPU": process_time() - cpu}


def peer_map(file: Path) -> dict[str, float]:
    """Return what the same map costs pm4py, from the file on as ours in ``map_whole``."""
    import pm4py

    frame = read_events(str(file)).to_pandas()
    told = pm4py.format_dataframe(frame, case_id="case", activity_key="event", timestamp_key="time")
    assert len(pm4py.discover_performance_dfg(told)[0]) > 5
    return {}


def map_whole(file: Path) -> dict[str, float]:
    """Return what the map costs from the file on."""
    process_map(file)
    return {}


def exported(file: Path) -> dict[str, float]:
    """Return what writing OCEL 2.0 costs, as JSON and as SQLite."""
    from gatepost.adapters.formats.eventlog import ocel, rows

    log = rows.rows_of(framed(file))
    took = {}
    for name, write_log in (("ocel.json", ocel.write_json), ("ocel.sqlite", ocel.write_sqlite)):
        start = perf_counter()
        write_log(log, file.with_name(name))
        took[name] = perf_counter() - start
    return took


def papers(file: Path) -> dict[str, float]:
    """Return what a report costs with all its parts, the events read and measured included."""
    from gatepost.adapters.reports.folder import write_report
    from gatepost.timerelease.publish import publish
    from gatepost.timerelease.report.sections import report_of
    from gatepost.timerelease.study import Study

    by = ("lane", "office", "agency", "pre_arrival", "hour", "day")
    found = measure(Columns({"raw": read_events(str(file))}), EventMap(), by=by)
    about = Study("Release times", "Aldermark", agencies={"customs": "C", "plant_health": "P"})
    told = publish(found, about.publish, about.agencies)
    made = datetime(2026, 7, 1, tzinfo=UTC)
    write_report(file.parent / "report", report_of(told, about), told, made)
    return {}


def _measured(work: Callable[[Path], dict[str, float]], file: Path, told: Any) -> None:
    start, cpu = perf_counter(), process_time()
    parts = work(file)
    took, used = perf_counter() - start, process_time() - cpu
    told.put((took, used, getrusage(RUSAGE_SELF).ru_maxrss / 1024, parts))


def alone(work: Callable[[Path], dict[str, float]], file: Path) -> tuple[float, dict[str, float]]:
    """Run ``work`` in a process of its own and print what it cost; return seconds and parts."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    process = context.Process(target=_measured, args=(work, file, told))
    process.start()
    took, used, memory, parts = told.get()
    process.join()
    name = work.__name__.replace("_", " ")
    print(f"{name:12} {took:6.2f} s, {used:6.2f} s CPU, {memory:5.0f} MB")
    for part, seconds in parts.items():
        print(f"  {part:12} {seconds:6.2f} s")
    return took, parts


def main() -> None:
    """Print every figure; a number given on the command line replaces the ten million."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else ALL
    print(probe())
    with tempfile.TemporaryDirectory() as folder:
        most, million, exports = (Path(folder) / f"{n}.parquet" for n in ("all", "map", "export"))
        write(events, most)
        write(min(events, MILLION), million)
        write(min(events, EXPORTED), exports)
        print(f"all tables of {events} events (<= 5 s, < 1500 MB on two cores)")
        alone(all_tables, most)
        print(f"directly-follows map of {min(events, MILLION)} events (map <= 0.5 s)")
        ours, _ = alone(map_whole, million)
        alone(process_map, million)
        peer, _ = alone(peer_map, million)
        print(f"  pm4py took {peer / ours:.1f} times as long from the file on (>= 5 wanted)")
        print(f"export of {min(events, EXPORTED)} events (<= 3 s each)")
        alone(exported, exports)
        print(f"report of {min(events, MILLION)} events (<= 20 s)")
        alone(papers, million)


if __name__ == "__main__":
    main()
