"""The tables of a report as CSV, and what is published as open data (CT-04).

The open data is one table in long form with its description as a Frictionless data package:
times in seconds, one row for each interval and group, the method beside it.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec

from gatepost.timerelease.measure import Measured
from gatepost.timerelease.model import PERCENTS, Statistic
from gatepost.timerelease.publish import Published, open_told
from gatepost.timerelease.report.model import Report, Table

DATA = "release-times.csv"
SECONDS = ("mean", "mean_low", "mean_high", "median", "median_low", "median_high", "sd")
FIELDS: dict[str, tuple[str, str]] = {
    "interval": ("string", "The two moments between which time is measured."),
    "breakdown": ("string", "What the group is told by; empty for all cases."),
    "group": ("string", "The group; empty for all cases."),
    "cases": ("integer", "Cases that began the interval."),
    "open": ("string", "Of these, cases that had not ended it when observation ended."),
    **{name: ("number", f"{name.replace('_', ' ').capitalize()}, in seconds.") for name in SECONDS},
    **{
        f"p{percent}": ("number", f"{percent} of 100 cases had ended by then, in seconds.")
        for percent in PERCENTS
    },
    "share_within_target": ("number", "The share that met the published target."),
    "target": ("number", "The target, in seconds."),
}


def csv_of(table: Table) -> str:
    """Return a table of a report as CSV, its cells as they are printed."""
    return _written([table.heads, *table.rows])


def open_data(told: Published) -> str:
    """Return the figures that may be published as CSV."""
    rows = [[_value(one, name, told) for name in FIELDS] for one in told.found.intervals]
    return _written([list(FIELDS), *rows])


def _value(one: Statistic, name: str, told: Published) -> Any:
    if name in ("breakdown", "group"):
        return next(iter(one.segment.keys() if name == "breakdown" else one.segment.values()), "")
    if name == "open":
        return open_told(one, told.rule)
    value = one.n if name == "cases" else getattr(one, name)
    if isinstance(value, float):
        return round(value, 4 if name == "share_within_target" else 1)
    return "" if value is None else value


def data_package(report: Report, told: Published, licence: str) -> bytes:
    """Return the description of the open data: what it is, how it was made, each of its fields."""
    found: Measured = told.found
    package = {
        "name": "release-times",
        "title": report.title,
        "description": (
            f"{report.foot} Groups kept back could be reckoned from no total that is shown. Open"
            " cases are not dropped: medians and percentiles are Kaplan and Meier's, means of open"
            " intervals are restricted to the longest time observed."
        ),
        "spatial": report.country,
        "temporal": {"start": found.since.isoformat(), "end": found.until.isoformat()},
        **({"licenses": [{"name": licence}]} if licence else {}),
        "definitions": found.definitions,
        "resources": [
            {
                "name": "release-times",
                "path": DATA,
                "format": "csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, "description": meaning}
                        for name, (kind, meaning) in FIELDS.items()
                    ]
                },
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _written(rows: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [[_guarded(cell) for cell in row] for row in rows]
    )
    return text.getvalue()


def _guarded(cell: Any) -> Any:
    """Keep a spreadsheet from taking a word for a formula."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t") else cell
