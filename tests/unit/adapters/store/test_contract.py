"""One contract for every ledger: in memory, in SQLite, in PostgreSQL."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gatepost.casework.ports import Ledger
from gatepost.kernel.actor import Actor
from gatepost.kernel.event import Body, Event
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.moment import utc_text
from gatepost.ledger.codec import Codec, UnknownEvent
from gatepost.ledger.model import (
    ActRow,
    Append,
    Commit,
    Done,
    Gone,
    Recorded,
    Repeated,
    Row,
    Sight,
    Span,
    Stale,
    Withheld,
)
from gatepost.ledger.seal import SALT

NOW = datetime(2026, 7, 2, 8, 14, tzinfo=UTC)


class Placed(Body, frozen=True, tag="release:hold:placed"):
    """A hold, for the tests."""

    hold: str
    days: int = 0


class Stranger(Body, frozen=True, tag="nobody:knows:me"):
    """An event of a room that the codec was not told of."""


CODEC = Codec([Placed])


def event(hold: str = "H1", minute: int = 0) -> Event:
    """Return an event that says something in every field."""
    return Event(
        at=datetime(2026, 7, 2, 9, minute % 60, 1, 250, tzinfo=timezone(timedelta(hours=2))),
        body=Placed(hold, minute),
        zone="Europe/Riga",
        source="manual",
        actor=Actor("vet-3", "officer", "veterinary"),
        agency="veterinary",
        rule="HOLD-7",
        legal_basis=(LegalBasis("Animal Health Act § 12", "https://law.example/12"),),
    )


def append(stream: str, expected: int = 0, count: int = 1) -> Append:
    """Return an append of ``count`` events."""
    return Append(stream, expected, tuple(event(stream, expected + n) for n in range(count)))


def commit(act: str, *parts: Append | Row | Gone, digest: str = "d") -> Commit:
    """Return a commit of appends and changes."""
    return Commit(
        act,
        digest,
        NOW,
        tuple(part for part in parts if isinstance(part, Append)),
        tuple(part for part in parts if not isinstance(part, Append)),
    )


def log(ledger: Ledger, after: int = 0, limit: int | None = None) -> list[tuple[int, Recorded]]:
    """Return the log as a group sees it, where no other writer is at work."""
    with ledger.group():
        return list(ledger.read_all(after, limit))


@pytest.fixture
def codec() -> Codec:
    """Return what the ledgers of this module can read."""
    return CODEC


@pytest.fixture
def ledger(make: Callable[[], Ledger]) -> Ledger:
    """Return a new, empty ledger."""
    return make()


class TestLedger:
    """What casework relies on."""

    def test_reads_what_was_appended(self, ledger: Ledger) -> None:
        """Every field comes back, moments with their instant, in the order written."""
        assert ledger.commit(commit("a", append("s", 0, 2))) == Done(1, 2)
        assert ledger.commit(commit("b", append("s", 2))) == Done(3, 3)
        expected = [
            Recorded("s", 1, NOW, "a", event("s", 0)),
            Recorded("s", 2, NOW, "a", event("s", 1)),
            Recorded("s", 3, NOW, "b", event("s", 2)),
        ]
        assert ledger.read("s") == expected
        assert ledger.read("s", after=2) == expected[2:]
        assert ledger.read("s", after=3) == []
        assert ledger.read("t") == []
        offset = ledger.read("s")[0].event.at.utcoffset()
        assert offset == timedelta(hours=2)

    def test_remembers_the_act(self, ledger: Ledger) -> None:
        """The act tells its digest and which events it caused."""
        ledger.commit(commit("a", append("s", 0, 2), append("t"), digest="sha"))
        assert ledger.act("a") == ActRow("a", "sha", (Span("s", 1, 2), Span("t", 1, 1)))
        assert ledger.act("b") is None

    def test_act_without_events_is_remembered_too(self, ledger: Ledger) -> None:
        """Its rows are written and it is not done twice."""
        bare = commit("a", Row("work", "k", b"1"))
        assert ledger.commit(bare) == Done(0, 0)
        assert ledger.commit(bare) == Repeated(ActRow("a", "d", ()))
        assert ledger.row("work", "k") == b"1"

    def test_repeated_act_writes_nothing(self, ledger: Ledger) -> None:
        """The known act comes back, even if the stream is stale or the content differs."""
        ledger.commit(commit("a", append("s", 0, 2), Row("case", "s", b"1"), digest="one"))
        again = commit("a", append("s", 0, 2), Row("case", "s", b"2"), digest="two")
        assert ledger.commit(again) == Repeated(ActRow("a", "one", (Span("s", 1, 2),)))
        assert len(ledger.read("s")) == 2
        assert ledger.row("case", "s") == b"1"

    @pytest.mark.parametrize("expected", [0, 1, 3, 9])
    def test_stale_append_writes_nothing(self, ledger: Ledger, expected: int) -> None:
        """Behind or ahead of the stream: refused with what was found, and the act is not known."""
        ledger.commit(commit("a", append("s", 0, 2)))
        late = commit("b", append("s", expected), Row("case", "s", b"2"))
        assert ledger.commit(late) == Stale("s", expected, 2)
        assert len(ledger.read("s")) == 2
        assert ledger.row("case", "s") is None
        assert ledger.act("b") is None

    def test_two_streams_all_or_nothing(self, ledger: Ledger) -> None:
        """One stale stream keeps the other from being written."""
        ledger.commit(commit("a", append("s"), append("t")))
        assert ledger.commit(commit("b", append("s", 1), append("t", 0))) == Stale("t", 0, 1)
        assert [len(ledger.read(s)) for s in "st"] == [1, 1]
        assert ledger.commit(commit("b", append("s", 1), append("t", 1))) == Done(3, 4)
        assert [len(ledger.read(s)) for s in "st"] == [2, 2]

    def test_the_first_stale_stream_is_named(self, ledger: Ledger) -> None:
        """In the order the writer named them."""
        assert ledger.commit(commit("a", append("z", 4), append("b", 2))) == Stale("z", 4, 0)

    def test_unknown_event_writes_nothing(self, ledger: Ledger) -> None:
        """What no release could read again is not written."""
        odd = Append("s", 1, (Event(NOW, Stranger()),))
        with pytest.raises(UnknownEvent, match="nobody:knows:me"):
            ledger.commit(commit("a", append("t"), odd))
        assert log(ledger) == []
        assert ledger.act("a") is None

    def test_rows_are_put_and_deleted(self, ledger: Ledger) -> None:
        """In the transaction of the events; the last change of a row wins."""
        ledger.commit(commit("a", Row("case", "1", b"1"), Row("case", "2", b"2")))
        again = (Row("case", "1", b"x"), Row("case", "1", b'{"n":"\xc3\xa9"}', "vet", "gate", "t"))
        back = (
            Gone("case", "3"),
            Row("case", "3", b"3"),
            Row("case", "4", b"4"),
            Gone("case", "4"),
        )
        ledger.commit(commit("b", *again, Gone("case", "2"), Gone("case", "none"), *back))
        rows = ledger.rows("case")
        assert rows == [
            Row("case", "3", b"3"),
            Row("case", "1", b'{"n":"\xc3\xa9"}', "vet", "gate", "t"),
        ]
        assert ledger.row("case", "2") is None
        assert ledger.row("other", "1") is None

    def test_values_of_many_rows_at_once(self, ledger: Ledger) -> None:
        """What is not there, or in another view, is left out."""
        ledger.commit(commit("a", Row("v", "a", b"1"), Row("v", "b", b"2"), Row("w", "c", b"3")))
        assert ledger.values("v", ["b", "a", "c", "nothing"]) == {"a": b"1", "b": b"2"}
        assert ledger.values("v", []) == {}

    def test_work_lists(self, ledger: Ledger) -> None:
        """By agency and post, by time and key; text is ordered by code point everywhere."""
        rows = [
            Row("work", "b", b"1", "vet", "north", "2026-07-02T08:00:00+00:00"),
            Row("work", "B", b"2", "vet", "north", "2026-07-02T08:00:00+00:00"),
            Row("work", "é", b"3", "vet", "north", "2026-07-02T07:00:00+00:00"),
            Row("work", "c", b"4", "vet", "sea", None),
            Row("work", "d", b"5", "police", "north", "2026-07-01T08:00:00+00:00"),
            Row("case", "e", b"6", "vet", "north", None),
        ]
        ledger.put_rows(rows)
        assert [row.key for row in ledger.rows("work")] == ["c", "d", "é", "B", "b"]
        assert [row.key for row in ledger.rows("work", "vet")] == ["c", "é", "B", "b"]
        assert [row.key for row in ledger.rows("work", post="north")] == ["d", "é", "B", "b"]
        assert ledger.rows("work", "vet", "north") == [rows[2], rows[1], rows[0]]
        assert ledger.rows("work", "customs") == []

    def test_events_are_told_as_they_are_stored(self, ledger: Ledger) -> None:
        """To the byte and in the order of the log; each salt is its own and goes with the body."""
        ledger.commit(commit("a", append("s", count=2), append("t")))
        ledger.withhold("s", 1)
        with ledger.group():
            first, second, third = ledger.written()
            assert [one.stream for one in ledger.written(first.position, 1)] == ["s"]
        assert [(one.stream, one.version) for one in (first, second, third)] == [
            ("s", 1),
            ("s", 2),
            ("t", 1),
        ]
        assert (first.body, first.salt) == (None, None)
        salts = {one.salt for one in (second, third) if one.salt is not None}
        assert [len(salt) for salt in salts] == [SALT, SALT]
        [recorded] = ledger.read("t")
        coded = CODEC.encode(recorded.event)
        assert (third.name, third.envelope, third.body) == (coded.name, coded.envelope, coded.body)
        assert third.at == utc_text(recorded.event.at)
        assert (third.recorded_at, third.act) == (utc_text(recorded.recorded_at), "a")

    @pytest.mark.parametrize("newest_first", [False, True])
    @pytest.mark.parametrize("post", [None, "p1"])
    def test_pages_together_are_the_list(
        self, ledger: Ledger, post: str | None, newest_first: bool
    ) -> None:
        """Two rows at one moment and one without a moment, over pages of every size."""
        rows = [
            Row("work", f"k{n}", b"{}", "a", f"p{n % 2}", f"2026-07-0{1 + n // 2}T00:00:00")
            for n in range(8)
        ]
        others = [Row("work", "x", b"{}", "b", "p1", "2026-07-01"), Row("work", "y", b"{}", "a")]
        ledger.put_rows([*rows, *others, Row("case", "z", b"{}", "a", "p1", "2026-07-01")])
        whole = [row for row in ledger.rows("work", "a", post) if row.at]
        if newest_first:
            whole.reverse()
        for limit in (1, 3, 100):
            found: list[Row] = []
            mark: tuple[str, str] | None = None
            while page := ledger.page(
                "work", "a", post, seen=None, after=mark, limit=limit, newest_first=newest_first
            ):
                found += page
                mark = (page[-1].at or "", page[-1].key)
            assert found == whole
        assert ledger.page("work", "a", post, seen=Sight("b"), limit=100) == []
        assert len(ledger.page("work", "a", post, seen=Sight("a"), limit=100)) == len(whole)

    def test_rows_are_dropped_and_put_back(self, ledger: Ledger) -> None:
        """A rebuild leaves the log alone."""
        ledger.commit(commit("a", append("s"), Row("case", "s", b"1"), Row("work", "s", b"2")))
        with ledger.group():
            ledger.drop_rows("case")
            assert [ledger.row("case", "s"), ledger.row("work", "s")] == [None, b"2"]
            ledger.put_rows([Row("case", "t", b"3"), Gone("work", "s")])
        assert [ledger.rows("case"), ledger.rows("work")] == [[Row("case", "t", b"3")], []]
        ledger.drop_rows()
        assert ledger.rows("case") == []
        assert len(ledger.read("s")) == 1

    def test_group_sees_its_own_writes(self, ledger: Ledger) -> None:
        """Stale and repeated commits leave the others as they are; groups join."""
        with ledger.group():
            assert ledger.commit(commit("a", append("s"), Row("case", "s", b"1"))) == Done(1, 1)
            assert ledger.commit(commit("b", append("s"), append("u"))) == Stale("s", 0, 1)
            with ledger.group():
                again = ledger.commit(commit("a", append("s", 1)))
                assert again == Repeated(ActRow("a", "d", (Span("s", 1, 1),)))
            assert ledger.commit(commit("c", append("s", 1))) == Done(2, 2)
            assert [r.act for r in ledger.read("s")] == ["a", "c"]
            assert [p for p, _ in ledger.read_all()] == [1, 2]
            assert [ledger.row("case", "s"), ledger.act("b")] == [b"1", None]
        assert [r.act for _, r in log(ledger)] == ["a", "c"]
        assert ledger.read("u") == []

    def test_group_left_by_an_exception_is_undone(self, ledger: Ledger) -> None:
        """Events, acts, rows and withheld bodies are as they were before."""
        ledger.commit(commit("a", append("s"), Row("case", "s", b"1"), Row("case", "t", b"2")))
        before = (log(ledger), ledger.rows("case"))

        def group() -> None:
            with ledger.group():
                ledger.commit(commit("b", append("s", 1), append("t"), Row("case", "s", b"9")))
                ledger.commit(commit("c", append("t", 1), Gone("case", "t"), Row("new", "k", b"0")))
                ledger.withhold("s", 1)
                ledger.withhold("t", 1)
                ledger.drop_rows("case")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            group()
        assert (log(ledger), ledger.rows("case")) == before
        assert [ledger.act("b"), ledger.act("c"), ledger.row("new", "k")] == [None, None, None]
        done = ledger.commit(commit("b", append("s", 1), append("t")))
        assert isinstance(done, Done)

    def test_withheld_body(self, ledger: Ledger) -> None:
        """The envelope stays, the body is gone, and the log says so."""
        ledger.commit(commit("a", append("s", 0, 3)))
        assert ledger.withhold("s", 2)
        assert ledger.withhold("s", 2)
        assert not ledger.withhold("s", 4)
        assert not ledger.withhold("s", 0)
        assert not ledger.withhold("t", 1)
        bodies = [recorded.event.body for recorded in ledger.read("s")]
        assert bodies == [Placed("s", 0), Withheld("release:hold:placed"), Placed("s", 2)]
        gone = ledger.read("s", after=1)[0]
        assert (gone.act, gone.event.agency, gone.event.rule) == ("a", "veterinary", "HOLD-7")
        assert gone.event.at == event("s", 1).at

    def test_whole_log_in_order_of_commitment(self, ledger: Ledger) -> None:
        """From any position, up to any number, over many pages."""
        positions: list[int] = []
        for number in range(25):
            done = ledger.commit(
                commit(f"a{number}", append(f"s{number % 7}", number // 7 * 99, 99))
            )
            assert isinstance(done, Done)
            positions.extend(range(done.first, done.last + 1))
        everything = log(ledger)
        assert [position for position, _ in everything] == positions
        assert [r.act for _, r in everything] == [f"a{n}" for n in range(25) for _ in range(99)]
        assert log(ledger, positions[1500]) == everything[1501:]
        assert log(ledger, positions[10], 1200) == everything[11:1211]
        assert log(ledger, 0, 0) == []
        assert log(ledger, positions[-1]) == []

    def test_one_writer_wins_each_version(self, ledger: Ledger) -> None:
        """Eight threads at the same streams: no version twice, none left out, nobody fails."""

        def write(writer: int) -> tuple[int, int]:
            chance, done, stale = random.Random(writer), 0, 0
            for number in range(25):
                stream = f"s{chance.randrange(2)}"
                part = append(stream, len(ledger.read(stream)), chance.randrange(1, 4))
                rows = [Row("case", f"s{n}", b"1") for n in (0, 1)]
                outcome = ledger.commit(commit(f"{writer}-{number}", part, *rows))
                done += isinstance(outcome, Done)
                stale += isinstance(outcome, Stale)
            return done, stale

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(write, range(8)))
        assert sum(done + stale for done, stale in answers) == 200
        events = [recorded for _, recorded in log(ledger)]
        assert len({recorded.act for recorded in events}) == sum(done for done, _ in answers)
        for stream in ("s0", "s1"):
            ours = [recorded for recorded in events if recorded.stream == stream]
            assert [recorded.version for recorded in ours] == list(range(1, len(ours) + 1))
            assert ours == ledger.read(stream)

    def test_one_act_at_a_time(self, ledger: Ledger) -> None:
        """The same act a hundred times from eight threads is done once."""
        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(lambda _: ledger.commit(commit("a", append("s"))), range(100)))
        assert sum(isinstance(outcome, Done) for outcome in outcomes) == 1
        known = Repeated(ActRow("a", "d", (Span("s", 1, 1),)))
        assert outcomes.count(known) == 99

    def test_a_reader_who_goes_on_misses_nothing(self, ledger: Ledger) -> None:
        """Beside writers, alone and in groups, every event is yielded once and in stream order."""
        seen: list[tuple[str, int]] = []
        written = threading.Event()

        def follow() -> None:
            position, end = 0, time.monotonic() + 20
            while time.monotonic() < end and not (written.is_set() and len(seen) >= 120):
                for latest, recorded in ledger.read_all(position, limit=50):
                    position = latest
                    seen.append((recorded.stream, recorded.version))

        def write(writer: int) -> None:
            for number in range(0, 30, 2):
                if writer % 2:
                    ledger.commit(commit(f"{writer}-{number}", append(f"s{writer}", number, 2)))
                    continue
                with ledger.group():
                    for one in (number, number + 1):
                        ledger.commit(commit(f"{writer}-{one}", append(f"s{writer}", one)))

        with ThreadPoolExecutor(5) as pool:
            reader = pool.submit(follow)
            for _ in pool.map(write, range(4)):
                pass
            written.set()
            reader.result()
        assert len(seen) == len(set(seen)) == 120
        for writer in range(4):
            ours = [version for stream, version in seen if stream == f"s{writer}"]
            assert ours == list(range(1, 31))
