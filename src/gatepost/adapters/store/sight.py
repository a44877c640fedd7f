"""What is looked for as SQL, so that a row nobody may see is never read, counted or sorted.

SQLite keeps the labels of a row as one text with a space before and after each word, PostgreSQL as
an array.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from gatepost.ledger.model import Sight


class Wanted(NamedTuple):
    """Which rows of a view are looked for; ``None`` means that it does not matter."""

    view: str
    key: str | None = None
    agency: str | None = None
    post: str | None = None
    since: str | None = None
    before: str | None = None
    label: str | None = None


class Dialect(NamedTuple):
    """How a database writes a parameter, and that a row has one of some labels."""

    mark: str
    has_any: bool


SQLITE = Dialect("?", False)
POSTGRES = Dialect("%s", True)

WITHOUT_WORDS = frozenset({"case", "party"})
"""The views of which SQLite keeps no list of labels, as `sqlite_labels.sql` says."""

_TESTS = {
    "view": "view = {}",
    "key": "key = {}",
    "agency": "agency = {}",
    "post": "post = {}",
    "since": "at >= {}",
    "before": "at < {}",
}


def where(wanted: Wanted, seen: Sight | None, dialect: Dialect) -> tuple[str, list[object]]:
    """Return the condition of a query and its parameters, what is seen being part of it."""
    tests: list[str] = []
    values: list[object] = []
    for name, test in _TESTS.items():
        value = getattr(wanted, name)
        if value is not None:
            tests.append(test.format(dialect.mark))
            values.append(value)
    if wanted.label is not None:
        tests.append(_labelled(wanted.view, wanted.label, dialect, values))
    if seen is not None:
        tests.append(_seen(seen, dialect, values))
    return " and ".join(tests), values


def _labelled(view: str, label: str, dialect: Dialect, values: list[object]) -> str:
    """Return the test of the one label by which rows are found: an index gives them."""
    if dialect.has_any or view in WITHOUT_WORDS:
        return _one_of((label,), dialect, values)
    values += [view, label]
    return "key in (select key from row_label where view = ? and word = ?)"


def _seen(seen: Sight, dialect: Dialect, values: list[object]) -> str:
    values.append(seen.agency)
    ways = [f"agency = {dialect.mark}"]
    for way in seen.ways:
        groups = [_one_of(group, dialect, values) for group in way.groups]
        ways.append(f"({' and '.join(groups)})" if groups else "true")
    return f"({' or '.join(ways)})"


def _one_of(labels: tuple[str, ...], dialect: Dialect, values: list[object]) -> str:
    if dialect.has_any:
        values.append(list(labels))
        return f"labels && {dialect.mark}::text[]"
    values.extend(f" {label} " for label in labels)
    return f"({' or '.join(f'instr(labels, {dialect.mark}) > 0' for _ in labels)})"


def keyed(keys: Collection[str], dialect: Dialect, values: list[object]) -> str:
    """Return the test that a row has one of ``keys``, and add its parameters to ``values``."""
    if dialect.has_any:
        values.append(list(keys))
        return f"key = any({dialect.mark})"
    values.extend(keys)
    return f"key in ({', '.join(dialect.mark for _ in keys)})"


def labels_text(labels: tuple[str, ...]) -> str:
    """Return the labels of a row as SQLite keeps them."""
    return f" {' '.join(labels)} " if labels else ""


def labels_of(kept: str | list[str]) -> tuple[str, ...]:
    """Return the labels of a row from what a database keeps."""
    return tuple(kept.split() if isinstance(kept, str) else kept)
