"""What every store must decide alike about a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gatepost.ledger.model import Append, Change, Commit, Gone, Row, Span, Stale


def spans(commit: Commit) -> tuple[Span, ...]:
    """Return the versions the commit adds to each of its streams."""
    return tuple(
        Span(append.stream, append.expected + 1, append.expected + len(append.events))
        for append in commit.appends
    )


def first_stale(appends: Iterable[Append], version: Callable[[str], int]) -> Stale | None:
    """Return the first append whose stream does not stand where its writer saw it."""
    for append in appends:
        found = version(append.stream)
        if found != append.expected:
            return Stale(append.stream, append.expected, found)
    return None


def last_changes(changes: Iterable[Change]) -> tuple[list[Row], list[Gone]]:
    """Return the rows to put and those to delete: one change a row, the last one, by view and key.

    The fixed order keeps two writers of the same rows from waiting for one another in a circle.
    """
    last = {(change.view, change.key): change for change in changes}
    rows: list[Row] = []
    gone: list[Gone] = []
    for name in sorted(last):
        change = last[name]
        if isinstance(change, Row):
            rows.append(change)
        else:
            gone.append(change)
    return rows, gone
