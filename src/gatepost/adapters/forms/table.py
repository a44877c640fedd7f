"""A form as a table with a row for each field, from a spreadsheet or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args
from zipfile import BadZipFile, ZipFile

from gatepost.kernel.notice import Refused
from gatepost.review.harmonise import rules
from gatepost.review.harmonise.model import Captured, FormField, Kind

_COLUMNS = {
    "path": ("path", "field", "name", "field name", "element", "data element"),
    "title": ("title", "label", "question", "caption", "description"),
    "kind": ("kind", "type", "format", "data type"),
    "heading": ("heading", "section", "group", "part"),
    "agency": ("agency", "authority", "organisation"),
}
"""The names under which people head the columns, the likeliest first."""

_WORDS: dict[str, Kind] = {
    "numeric": "number", "integer": "number", "decimal": "number", "boolean": "yes_no",
    "yes/no": "yes_no", "tick": "yes_no", "datetime": "date", "list": "choice", "code": "choice",
    "upload": "file", "attachment": "file", "document": "file",
}  # fmt: skip

MOST_ROWS = 10_000
MOST_UNPACKED = 50_000_000

Row = Sequence[object]


def read_csv(file: Path) -> Captured:
    """Return the agency and the fields of a table in CSV (RFC 4180, UTF-8)."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            return _fields(file, csv.reader(lines))
    except (csv.Error, UnicodeDecodeError) as fault:
        raise _refused(file, str(fault)) from fault


def read_xlsx(file: Path) -> Captured:
    """Return the agency and the fields of the first sheet of a workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if problem := _problem_of(file):
            raise _refused(file, problem)
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise _refused(file, "it is no workbook") from fault
    try:
        return _fields(file, book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS))
    finally:
        book.close()


def _problem_of(file: Path) -> str:
    """Return what is wrong with the archive a workbook is, before anything in it is parsed."""
    with ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            return f"it unpacks to more than {MOST_UNPACKED:,} bytes"
        for entry in archive.infolist():
            begin = archive.read(entry)[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
            if begin.startswith(b"<") and b"<!" in begin.replace(b"<!--", b""):
                return "it defines entities of its own, which no spreadsheet does"
    return ""


def _fields(file: Path, rows: Iterable[Row]) -> Captured:
    lines = iter(rows)
    heads = [_text(cell).casefold() for cell in next(lines, ())]
    place = {
        column: heads.index(name)
        for column, names in _COLUMNS.items()
        for name in reversed(names)
        if name in heads
    }
    if "path" not in place:
        raise Refused([rules.NO_COLUMN.notice(file=str(file))])
    read = [_Line(row, place) for row in lines]
    named = [one for one in read if one.text("path")]
    agency = next((text for one in named if (text := one.text("agency"))), "")
    return Captured(tuple(_field(one) for one in named), agency)


class _Line:
    """One row of the table, asked by the column's own name."""

    def __init__(self, row: Row, place: dict[str, int]) -> None:
        self._row = row
        self._place = place

    def text(self, column: str) -> str:
        """Return a cell as text; empty where there is none."""
        index = self._place.get(column)
        return "" if index is None or index >= len(self._row) else _text(self._row[index])


def _field(line: _Line) -> FormField:
    heading = line.text("heading")
    headings = (heading,) if heading else ()
    return FormField(line.text("path"), line.text("title"), headings, _kind(line.text("kind")))


def _kind(text: str) -> Kind:
    word = text.casefold()
    for kind in get_args(Kind):
        if word == kind:
            return kind  # type: ignore[no-any-return]
    return _WORDS.get(word, "text")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _refused(file: Path, problem: str) -> Refused:
    return Refused([rules.NOT_A_FORM.notice(file=str(file), problem=problem)])
