"""Any history reads the same from every ledger as from the twin in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.casework.memory import MemoryLedger
from gatepost.casework.ports import Ledger
from gatepost.kernel.event import Body, Event
from gatepost.ledger.codec import Codec
from gatepost.ledger.model import Append, Commit, Done, Gone, Recorded, Row

NOW = datetime(2026, 7, 2, 8, 14, tzinfo=UTC)


class Placed(Body, frozen=True, tag="release:hold:placed"):
    """A hold, for the tests."""

    hold: str
    days: int = 0


class Lifted(Body, frozen=True, tag="release:hold:lifted"):
    """Its end."""

    hold: str


CODEC = Codec([Placed, Lifted])


@pytest.fixture
def codec() -> Codec:
    """Return what the ledgers of this module can read."""
    return CODEC


def log(ledger: Ledger) -> list[Recorded]:
    """Return the log as a group sees it, where no other writer is at work."""
    with ledger.group():
        return [recorded for _, recorded in ledger.read_all()]


NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
EVENTS = st.builds(
    Event,
    at=st.datetimes(
        min_value=datetime(2000, 1, 1),
        max_value=datetime(2100, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]),
    ),
    body=st.builds(Placed, hold=st.text(max_size=5), days=st.integers(-(2**40), 2**40))
    | st.builds(Lifted, hold=TEXTS),
    rule=st.none() | st.text(max_size=3),
)
APPENDS = st.builds(
    Append,
    stream=NAMES,
    expected=st.integers(0, 3),
    events=st.lists(EVENTS, min_size=1, max_size=3).map(tuple),
)
ROWS = st.builds(
    Row,
    view=NAMES,
    key=TEXTS,
    value=st.just(b"{}") | TEXTS.map(str.encode),
    agency=st.none() | NAMES,
    post=st.none() | NAMES,
    at=st.none() | TEXTS,
)
COMMITS = st.builds(
    Commit,
    act=st.sampled_from([f"act{n}" for n in range(6)]),
    digest=TEXTS,
    recorded_at=st.just(NOW),
    appends=st.lists(APPENDS, max_size=2, unique_by=lambda a: a.stream).map(tuple),
    changes=st.lists(ROWS | st.builds(Gone, NAMES, TEXTS), max_size=4).map(tuple),
)
BATCHES = st.lists(st.tuples(st.booleans(), st.lists(COMMITS, max_size=4)), max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
def test_any_history_reads_the_same_as_in_memory(
    make: Callable[[], Ledger], batches: list[tuple[bool, list[Commit]]]
) -> None:
    """Same outcomes, same events, same rows, with groups kept and groups undone."""
    twin, ledger = MemoryLedger(CODEC), make()
    for keep, commits in batches:
        for one in (twin, ledger):
            try:
                with one.group():
                    outcomes = [one.commit(each) for each in commits]
                    if not keep:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass
            if one is twin:
                expected = outcomes
        # An undone group may leave a gap in the positions of a store.
        assert [_kind(outcome) for outcome in outcomes] == [_kind(outcome) for outcome in expected]
    assert log(ledger) == log(twin)
    for name in "abc":
        assert ledger.read(name) == twin.read(name)
        assert ledger.rows(name) == twin.rows(name)
        assert ledger.rows(name, "a") == twin.rows(name, "a")
        assert ledger.rows(name, "b", "c") == twin.rows(name, "b", "c")
    for number in range(6):
        assert ledger.act(f"act{number}") == twin.act(f"act{number}")
    ledger.close()


def _kind(outcome: object) -> object:
    return Done if isinstance(outcome, Done) else outcome
