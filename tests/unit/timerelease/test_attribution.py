"""Every minute to one party, once; a planted bottleneck is found first (TR-06, TR-07)."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.timerelease.attribution import bottlenecks_of, shares_of, steps_of
from tests.trs import Line, frame_of, study


def test_parallel_controls_count_once() -> None:
    """Sixty and forty minutes that overlap for thirty are seventy of the case's time."""
    found = study(
        [
            ("A", "arrival", 0, "carrier"),
            ("A", "examination_start", 30, "plant"),
            ("A", "examination_end", 90, "plant"),
            ("A", "examination_start", 60, "vet"),
            ("A", "examination_end", 100, "vet"),
            ("A", "release", 100, "customs"),
        ]
    )
    assert found.elapsed == 6000
    assert found.states["plant"] == pytest.approx({"waiting": 0.3, "working": 0.3})
    assert found.states["vet"] == pytest.approx({"working": 0.4})
    assert sum(found.shares.values()) == pytest.approx(1)


def test_what_release_would_gain_without_a_step() -> None:
    """Only the time when nothing else was going on is gained."""
    found = study(
        [
            ("A", "arrival", 0, "carrier"),
            ("A", "examination_start", 0, "plant"),
            ("A", "examination_end", 60, "plant"),
            ("A", "examination_start", 30, "vet"),
            ("A", "examination_end", 70, "vet"),
            ("A", "release", 80, "customs"),
        ]
    )
    gains = {(one.step, one.party): one.gain / 60 for one in found.bottlenecks["critical"]}
    assert gains == {
        ("examination", "plant"): 30,
        ("examination", "vet"): 10,
        ("release", "customs"): 10,
    }


def test_time_belongs_to_whom_it_was_waited_for() -> None:
    """As published for Bangladesh: the trader's three quarters are found, not customs'."""
    found = study(
        [
            ("A", "arrival", 0, "carrier"),
            ("A", "unloaded", 14, "port"),
            ("A", "lodgement", 64, "importer"),
            ("A", "assessment", 72, "customs"),
            ("A", "payment", 97, "importer"),
            ("A", "release", 100, "port"),
        ]
    )
    assert found.shares == pytest.approx({"importer": 0.75, "port": 0.17, "customs": 0.08})


def test_the_queue_outside_counts_and_what_follows_the_release_does_not() -> None:
    found = study(
        [
            ("A", "queue", 0, "carrier"),
            ("A", "arrival", 60, "post"),
            ("A", "release", 120, "customs"),
            ("A", "removal", 500, "trader"),
        ]
    )
    assert found.shares == {"customs": 0.5, "post": 0.5}


def test_an_open_case_waits_for_the_agency_that_has_it() -> None:
    lines: list[Line] = [("A", "arrival", 0, "carrier"), ("A", "notified", 10, "plant")]
    assert study(lines, until=60).states == {"plant": {"waiting": 1.0}}
    assert study(lines[:1], until=60).shares == {"unknown": 1.0}


def test_a_hold_that_nobody_lifts_is_waited_for_to_the_end() -> None:
    lines: list[Line] = [
        ("A", "arrival", 0, "carrier"),
        ("A", "hold", 10, "customs"),
        ("A", "amended", 40, "broker"),
    ]
    found = study(lines, until=100)
    assert found.shares == pytest.approx({"customs": 1.0})
    steps = {(one.step, one.party) for one in found.bottlenecks["longest"]}
    assert ("hold", "customs") in steps


def test_what_never_came_has_no_time_where_others_did() -> None:
    found = study(
        [
            ("A", "arrival", 0, "carrier"),
            ("A", "release", 60, "customs"),
            ("B", "lodgement", 0, "broker"),
            ("C", "lodgement", 0, "broker"),
            ("C", "release", 50, "vet"),
        ],
        until=100,
    )
    assert found.elapsed == 3600
    assert found.shares == {"customs": 1.0}


def test_released_before_it_came_leaves_no_time_to_anybody() -> None:
    lines: list[Line] = [
        ("A", "lodgement", 0, ""),
        ("A", "release", 5, ""),
        ("A", "arrival", 9, ""),
    ]
    found = study(lines)
    assert found.intervals[0].mean == -240
    assert found.shares == {}


PARTIES = ("customs", "plant", "vet")
stretch = st.tuples(st.sampled_from(PARTIES), st.integers(0, 40), st.integers(1, 40), st.booleans())


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.lists(stretch, max_size=4, unique_by=lambda one: (one[0], one[3])),
            st.lists(st.tuples(st.sampled_from(PARTIES), st.integers(1, 90)), max_size=4),
            st.integers(50, 100),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_walk_agrees_with_looking_at_every_minute(
    told: list[tuple[list[tuple[str, int, int, bool]], list[tuple[str, int]], int]],
) -> None:
    """The SQL of the walk against the rule said minute by minute."""
    lines: list[Line] = []
    expected: dict[tuple[str, str], int] = defaultdict(int)
    for number, (stretches, others, release) in enumerate(told):
        case = f"C{number}"
        spans = []
        events: list[tuple[int, str, str]] = [(release, "release", "post")]
        for party, start, length, works in stretches:
            names = ("examination_start", "examination_end") if works else ("notified", "decision")
            events += [(start, names[0], party), (start + length, names[1], party)]
            spans.append((start, start + length, party, works))
        # Of acts at one moment the milestones' own order tells; here each has its own minute.
        taken = {minute for minute, _, _ in events}
        events += [(m, "assessment", p) for p, m in others if m not in taken]
        lines.append((case, "arrival", -1, "carrier"))
        lines += [(case, kind, minute, party) for minute, kind, party in events]
        for minute in range(-1, release):
            owner = _owner(minute, spans, events)
            expected[owner] += 1
    shares = shares_of(frame_of(lines, until=200))
    total = sum(expected.values())
    told_by_party: dict[str, float] = defaultdict(float)
    for (party, _), minutes in expected.items():
        told_by_party[party] += minutes / total
    assert sum(shares.party.values()) == pytest.approx(1)
    assert shares.party == pytest.approx(dict(told_by_party))
    for (party, state), minutes in expected.items():
        assert shares.state[party][state] == pytest.approx(minutes / total)  # type: ignore[index]


def _owner(
    minute: int, spans: list[tuple[int, int, str, bool]], events: list[tuple[int, str, str]]
) -> tuple[str, str]:
    """Return whose the minute is: worked on, else had, the last to be done; else waited for."""
    for works in (True, False):
        going_on = [(e, p) for s, e, p, w in spans if w is works and s <= minute < e]
        if going_on:
            return max(going_on)[1], "working" if works else "waiting"
    order = ["assessment", "notified", "examination_start", "examination_end", "decision"]
    ahead = [(m, [*order, "release"].index(k), p) for m, k, p in events if m > minute]
    return min(ahead)[2], "waiting"


@settings(max_examples=8)
@given(
    st.sampled_from(["lodgement", "assessment", "payment", "decision"]),
    st.integers(3, 12),
    st.randoms(use_true_random=False),
)
def test_a_planted_bottleneck_is_found_first(planted: str, cases: int, random: object) -> None:
    """Whatever step takes ten times what the others take heads the ranking, and is the gain."""
    from random import Random

    assert isinstance(random, Random)
    steps = {"lodgement": "broker", "assessment": "customs", "payment": "trader"}
    steps |= {"notified": "plant", "decision": "plant", "release": "post"}
    lines: list[Line] = []
    planted_minutes = 0.0
    for number in range(cases):
        minute = 0.0
        lines.append((f"C{number}", "arrival", minute, "carrier"))
        for step, party in steps.items():
            length = random.uniform(5, 10) * (10 if step == planted else 1)
            planted_minutes += length if step == planted else 0
            minute += length
            lines.append((f"C{number}", step, minute, party))
    ranked = bottlenecks_of(steps_of(frame_of(lines)))
    for way in ("longest", "critical"):
        assert (ranked[way][0].step, ranked[way][0].party) == (planted, steps[planted]), way
    assert ranked["critical"][0].gain == pytest.approx(planted_minutes * 60 / cases, rel=1e-6)


def test_the_most_frequent_and_the_most_variable_step() -> None:
    """Every case waits for the assessment; few for the laboratory, but nobody knows how long."""
    lines: list[Line] = []
    for number in range(20):
        case = f"C{number}"
        lines += [(case, "arrival", 0, "carrier"), (case, "assessment", 30, "customs")]
        minute = 30
        if number % 4 == 0:
            minute += 5 + 20 * number
            lines.append((case, "laboratory_result", minute, "laboratory"))
        lines.append((case, "release", minute + 10, "customs"))
    ranked = bottlenecks_of(steps_of(frame_of(lines)))
    assert ranked["frequent"][0].step == "assessment"
    assert ranked["variable"][0].party == "laboratory"
    assert ranked["longest"][0].party == "laboratory"
    assert ranked["critical"][0].party == "laboratory"
