"""What of a study may leave the house: groups large enough, and none that a total gives away."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.kernel.notice import Refused
from gatepost.timerelease.measure import Measured
from gatepost.timerelease.model import DASH, Publication, Statistic
from gatepost.timerelease.publish import OTHERS, open_told, publish, safe, unsuppressed
from tests.trs import Line, study

NAME = f"arrival{DASH}release"
RULE = Publication(smallest_group=5, beyond=1)


def row(n: int, lane: str = "", **more: float | int | None) -> Statistic:
    """Return a row of so many cases, of all or of a lane."""
    return Statistic(
        interval=NAME,
        start="arrival",
        end="release",
        segment={"lane": lane} if lane else {},
        n=n,
        **{"censored": 0, **more},  # type: ignore[arg-type]
    )


def shown(*rows: Statistic, fewest: int = 10) -> list[str]:
    """Return the lanes that may be shown."""
    return [one.segment.get("lane", "all") for one in unsuppressed(rows, fewest)]


def test_a_small_group_is_kept_back_with_the_next_that_would_give_it_away() -> None:
    assert shown(row(100), row(60, "green"), row(36, "yellow"), row(4, "red")) == ["all", "green"]


def test_two_small_groups_are_kept_back_alone_if_they_are_enough_together() -> None:
    enough = row(100), row(84, "green"), row(9, "yellow"), row(7, "red")
    assert shown(*enough) == ["all", "green"]
    few = row(100), row(60, "green"), row(33, "blue"), row(4, "yellow"), row(3, "red")
    assert shown(*few) == ["all", "green"]


def test_nothing_small_is_nothing_kept_back() -> None:
    assert shown(row(30), row(20, "green"), row(10, "red")) == ["all", "green", "red"]


def test_an_interval_of_few_cases_is_not_shown_at_all() -> None:
    assert shown(row(9), row(9, "green")) == []


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(2, 20))
def test_what_is_kept_back_cannot_be_reckoned_from_the_total(sizes: list[int], fewest: int) -> None:
    rows = [row(sum(sizes)), *(row(n, f"lane {i}") for i, n in enumerate(sizes))]
    kept = unsuppressed(rows, fewest)
    assert all(one.n >= fewest for one in kept)
    hidden = [one.n for one in rows if one.segment and one not in kept]
    if hidden and kept:
        assert sum(hidden) >= fewest
        assert len(hidden) > 1 or len(sizes) == 1


def test_a_percentile_is_told_only_with_cases_beyond_it() -> None:
    told = safe(row(40, p10=1.0, median=5.0, p50=5.0, p90=9.0, p95=9.5, max=10.0), Publication())
    assert (told.p10, told.p50, told.p90, told.p95, told.max) == (1.0, 5.0, 9.0, None, None)
    assert safe(row(4, p50=5.0, median=5.0), Publication()).p50 is None


def test_how_many_are_open_is_not_told_where_they_are_few() -> None:
    rule = Publication()
    told = [open_told(row(100, censored=n), rule) for n in (0, 1, 9, 10)]
    assert told == ["0", "<10", "<10", "10"]


def days(cases: int, party: str) -> list[Line]:
    """Return cases that wait for a party."""
    lines: list[Line] = []
    for number in range(cases):
        case = f"{party}{number}"
        lines += [(case, "arrival", 0.0, "carrier"), (case, "release", 60.0 + number, party)]
    return lines


def published(lines: list[Line], parties: tuple[str, ...] = ()) -> Measured:
    """Return what may be published of events."""
    return publish(study(lines), RULE, parties).found


def test_a_party_is_named_only_if_it_is_public_and_has_cases_enough() -> None:
    lines = [*days(8, "customs"), *days(8, "Smith & Sons"), *days(2, "veterinary")]
    found = published(lines, ("customs", "veterinary"))
    assert list(found.shares) == ["customs", OTHERS]
    assert sum(found.shares.values()) == pytest.approx(1)
    assert {one.party for one in found.bottlenecks["longest"]} == {"customs"}
    assert "Smith" not in msgspec.json.encode(found).decode()


def test_no_case_is_named() -> None:
    found = published([*days(8, "customs"), ("X-17", "release", 5.0, "customs")], ("customs",))
    assert [one.kind for one in found.verification] == ["no_arrival"]
    assert "X-17" not in msgspec.json.encode(found).decode()


def test_a_breakdown_that_is_not_named_as_public_stays() -> None:
    lines = days(8, "customs")
    told = study(lines, by=("hour",))
    secret = msgspec.structs.replace(
        told,
        by=("importer",),
        intervals=[*told.intervals, msgspec.structs.replace(row(8), segment={"importer": "A"})],
    )
    found = publish(secret, RULE, ())
    assert found.kept_in == ("importer",)
    assert all("importer" not in one.segment for one in found.found.intervals)
    allowed = publish(secret, msgspec.structs.replace(RULE, segments=("importer",)), ())
    assert any("importer" in one.segment for one in allowed.found.intervals)


def test_a_study_of_few_cases_is_not_published() -> None:
    with pytest.raises(Refused) as refused:
        publish(study(days(4, "customs")), RULE, ())
    assert [one.code for one in refused.value.notices] == ["TRS-019"]
