"""A report as PDF, set by Typst."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import typst

from gatepost.adapters.reports.svg import svg_of
from gatepost.timerelease.report.model import Block, Items, Report, Section, Table, Text

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf_of(report: Report, made: datetime) -> bytes:
    """Return the whole report as PDF."""
    return _set(report, report.sections, made)


def press_pdf(report: Report, made: datetime) -> bytes:
    """Return the one page for the press as PDF."""
    return _set(report, (Section("", report.press),), made)


def _set(report: Report, sections: tuple[Section, ...], made: datetime) -> bytes:
    told = {
        "title": report.title,
        "country": report.country,
        "period": report.period,
        "foot": report.foot,
        "figures": msgspec.to_builtins(report.figures),
        "sections": [
            {"title": one.title, "blocks": [_block(block) for block in one.blocks]}
            for one in sections
        ],
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": msgspec.json.encode(told).decode()},
        timestamp=int(made.timestamp()),
    )


def _block(one: Block) -> dict[str, Any]:
    if not isinstance(one, Text | Items | Table):
        return {"type": "picture", "title": one.title, "note": one.note, "picture": svg_of(one)}
    told: dict[str, Any] = msgspec.to_builtins(one)
    return told
