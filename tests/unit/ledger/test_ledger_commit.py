"""What a commit may be, and what every store decides alike about it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.event import Body, Event
from gatepost.ledger.decide import first_stale, last_changes, spans
from gatepost.ledger.model import Append, Change, Commit, Gone, Row, Span, Stale

NOW = datetime(2026, 7, 2, 8, 14, tzinfo=UTC)


class Seen(Body, frozen=True, tag="control:seal:seen"):
    """A seal, for the tests."""


def append(stream: str, expected: int, count: int) -> Append:
    """Return an append of ``count`` events."""
    return Append(stream, expected, (Event(NOW, Seen()),) * count)


@pytest.mark.parametrize(
    ("act", "at", "appends", "words"),
    [
        ("", NOW, (), "key of its act"),
        ("a", NOW.replace(tzinfo=None), (), "recorded_at needs an offset"),
        ("a", NOW, (append("s", 0, 0),), "at least one event"),
        ("a", NOW, (append("s", 0, 1), append("s", 1, 1)), "to a stream once"),
    ],
)
def test_commit_that_makes_no_sense(
    act: str, at: datetime, appends: tuple[Append, ...], words: str
) -> None:
    """It cannot even be made."""
    with pytest.raises(ValueError, match=words):
        Commit(act, "d", at, appends)


def test_spans_count_from_what_was_seen() -> None:
    """The first version of a new stream is 1."""
    commit = Commit("a", "d", NOW, (append("s", 0, 3), append("t", 7, 1)))
    assert spans(commit) == (Span("s", 1, 3), Span("t", 8, 8))


def test_first_stale_in_the_order_written() -> None:
    """Too low and too high are stale alike."""
    stands = {"s": 2, "t": 5, "u": 0}.__getitem__
    assert first_stale([append("s", 2, 1), append("t", 5, 1)], stands) is None
    late = [append("s", 2, 1), append("u", 1, 1), append("t", 4, 1)]
    assert first_stale(late, stands) == Stale("u", 1, 0)


CHANGES = st.lists(
    st.builds(Row, st.sampled_from("vw"), st.sampled_from("abc"), st.binary(max_size=1))
    | st.builds(Gone, st.sampled_from("vw"), st.sampled_from("abc")),
    max_size=12,
)


@given(CHANGES)
def test_settled_changes_do_what_the_list_did(changes: list[Change]) -> None:
    """Each row is touched once, in one order, with the result of doing all in turn."""
    table: dict[tuple[str, str], Row | None] = {}
    for change in changes:
        table[change.view, change.key] = change if isinstance(change, Row) else None
    rows, gone = last_changes(changes)
    settled: dict[tuple[str, str], Row | None] = {(row.view, row.key): row for row in rows}
    assert list(settled) == sorted(settled)
    names = [(name.view, name.key) for name in gone]
    assert names == sorted(set(names) - set(settled))
    assert settled | dict.fromkeys(names) == table
