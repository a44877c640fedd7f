"""Writing a report: as one file, or as a folder with everything that is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gatepost.adapters.reports.html import html_of, press_html
from gatepost.adapters.reports.tables import DATA, csv_of, data_package, open_data
from gatepost.kernel.notice import Refused
from gatepost.timerelease import rules
from gatepost.timerelease.publish import Published
from gatepost.timerelease.report.model import Report


def write_report(
    file: Path, report: Report, told: Published, made: datetime, licence: str = ""
) -> list[Path]:
    """Write a report and return its files: ``.html``, ``.pdf``, or a folder for all its parts.

    ``Refused`` for another ending (TRS-021), or where the package for PDF is not installed
    (TRS-020). Everything is made before anything is written.
    """
    if file.suffix.lower() == ".html":
        parts = {file: html_of(report).encode()}
    elif file.suffix.lower() == ".pdf":
        parts = {file: _pdf(report, made)[0]}
    elif file.suffix and not file.is_dir():
        raise Refused([rules.REPORT_NAME.notice(file=file.name)])
    else:
        parts = {file / name: content for name, content in _parts(report, told, made, licence)}
    for path, content in parts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(parts)


def _pdf(report: Report, made: datetime) -> tuple[bytes, bytes]:
    try:
        from gatepost.adapters.reports.pdf import pdf_of, press_pdf
    except ModuleNotFoundError as fault:
        raise Refused([rules.NO_DOCUMENTS.notice(package=fault.name or "")]) from fault
    return pdf_of(report, made), press_pdf(report, made)


def _parts(
    report: Report, told: Published, made: datetime, licence: str
) -> Iterator[tuple[str, bytes]]:
    whole, press = _pdf(report, made)
    yield "report.html", html_of(report).encode()
    yield "report.pdf", whole
    yield "press.html", press_html(report).encode()
    yield "press.pdf", press
    for table in report.tables:
        yield f"tables/{table.name}.csv", csv_of(table).encode()
    yield f"open-data/{DATA}", open_data(told).encode()
    yield "open-data/datapackage.json", data_package(report, told, licence)
