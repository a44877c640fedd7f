"""What a report is made of: sections of texts, tables and charts, of values alone."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["work", "wait", "plain", "early"]
"""What a stretch of a chart shows: somebody at work, somebody waited for, a figure, good news."""


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph."""

    text: str


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list of sentences."""

    items: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows of words under heads; ``name`` names its CSV file. The first column names the row.

    After the first ``words`` columns come figures, set flush; 0 tells that all are words.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    words: int = 0


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a bar."""

    kind: Kind
    value: float


class Bars(msgspec.Struct, frozen=True, tag="bars"):
    """Rows of stretches one behind the other, each row with what its figure says."""

    title: str
    rows: tuple[tuple[str, tuple[Piece, ...], str], ...]
    key: tuple[tuple[Kind, str], ...]
    note: str = ""


class Reach(msgspec.Struct, frozen=True):
    """A group of cases: from when to when most of them ended, in hours, and the median."""

    name: str
    low: float
    median: float
    high: float
    said: str


class Reaches(msgspec.Struct, frozen=True, tag="reaches"):
    """Groups of cases under each other over one axis of hours."""

    title: str
    rows: tuple[Reach, ...]
    note: str = ""


class Curve(msgspec.Struct, frozen=True, tag="curve"):
    """The share of cases, in per cent, that had ended by so many hours."""

    title: str
    points: tuple[tuple[float, float], ...]
    zero: str
    note: str = ""


class Heights(msgspec.Struct, frozen=True, tag="heights"):
    """A column for each hour of the day; ``None`` where too few cases stand behind it."""

    title: str
    columns: tuple[tuple[str, int | None], ...]
    note: str = ""


Chart = Bars | Reaches | Curve | Heights
Block = Text | Items | Table | Bars | Reaches | Curve | Heights


class Figure(msgspec.Struct, frozen=True):
    """A number that is looked at first: what it is, how much, and what bounds it."""

    what: str
    value: str
    more: str = ""


class Section(msgspec.Struct, frozen=True):
    """A section with its heading."""

    title: str
    blocks: tuple[Block, ...]


class Report(msgspec.Struct, frozen=True):
    """A whole report; ``press`` is the page for those who have one minute."""

    title: str
    country: str
    period: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    press: tuple[Block, ...]
    foot: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return all tables, in their order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, Table))
