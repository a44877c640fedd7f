"""Figures that others published: reckoned again, contradictions told and not smoothed over."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.timerelease.published import Claim, check, range_of, reckoned

SHARED = Path(__file__).parents[4] / "shared/data/trs"
needs_tables = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published tables are not beside this checkout"
)


def codes(*claims: Claim) -> list[str]:
    """Return the codes of what contradicts."""
    return [one.code for one in check(claims).contradictions]


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("8.7", "h", "8.65", "8.75"),
        ("30", "", "29.5", "30.5"),
        ("180-240", "min", "2.991666666666666666666666667", "4.008333333333333333333333333"),
        ("-87 to -90", "", "-90.5", "-86.5"),
        ("\N{MINUS SIGN}2.5", "h", "-2.55", "-2.45"),
        ("62,981", "", "62980.5", "62981.5"),
        ("1d 12h", "", "35.5", "36.5"),
    ],
)
def test_a_figure_stands_for_all_that_is_printed_so(
    text: str, unit: str, low: str, high: str
) -> None:
    found = range_of(text, unit)
    assert found is not None
    assert [float(one) for one in found] == pytest.approx([float(low), float(high)])


@pytest.mark.parametrize("text", ["", "about ten", "1.2.3", "h", "12 weeks"])
def test_what_is_no_figure_is_told(text: str) -> None:
    assert range_of(text) is None
    told = check([Claim("A", "S", text or "x")])
    assert [one.code for one in told.unreadable] == ["TRS-025"]


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_a_change_told_rightly_never_contradicts(before: int, after: int) -> None:
    change = round(100 * (after / before - 1))
    claim = Claim("A", "S", str(change), "h", before=str(before), after=str(after))
    assert codes(claim) == []


def test_a_change_that_does_not_follow_is_told() -> None:
    third = Claim("Kazungula", "agency", "-33", "h", before="30", after="12")
    assert codes(third) == ["TRS-023"]
    assert codes(Claim("Kazungula", "us", "-60", "h", before="30", after="12")) == []


def test_sources_disagree_only_beyond_rounding_and_of_the_same_interval() -> None:
    one = Claim("Post", "2020", "8.6", "h", "crossing")
    assert codes(one, Claim("Post", "2022", "8.7", "h", "crossing")) == ["TRS-022"]
    assert codes(one, Claim("Post", "2022", "9", "h", "crossing")) == []
    assert codes(one, Claim("Post", "2022", "59", "h", "arrival to release")) == []
    assert codes(one, Claim("Post", "2022", "516", "min", "crossing")) == []
    assert codes(one, Claim("Post", "2020", "4", "h", "crossing")) == []


def test_shares_of_one_whole_are_not_more_than_all() -> None:
    shares = [Claim(p, "S", v, "%", whole="time") for p, v in (("a", "75"), ("b", "14"))]
    assert codes(*shares, Claim("c", "S", "8", "%", whole="time")) == []
    assert codes(*shares, Claim("c", "S", "13", "%", whole="time")) == ["TRS-024"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a published table."""
    (file,) = SHARED.glob(f"{name}_*.csv")
    with file.open(newline="") as stream:
        yield from csv.DictReader(stream)


@needs_tables
def test_published_changes_of_coordination_are_reckoned_again() -> None:
    claims = [
        Claim(f"{row['site']}: {row['metric']}", row["note"], row["change_pct"], row["unit"],
              before=row["before"], after=row["after"])
        for row in rows("12")
    ]  # fmt: skip
    found = {one.subject: one for claim in claims if (one := reckoned(claim))}
    told = {name: one.holds for name, one in found.items() if one.told}
    assert len(told) > 5
    chirundu = found["Chirundu ZM-ZW: final cargo clearance into Zambia"]
    assert chirundu.low < -66.7 < chirundu.high
    assert told["Chirundu ZM-ZW: trucks cleared per day"] is True
    assert told["Taveta-Holili KE-TZ: clear cargo vehicles"] is True


@needs_tables
def test_published_times_of_china_follow_from_each_other() -> None:
    hours = {(row["period"], row["flow"]): row["hours"] for row in rows("08")}
    changes = [("2020-05", "import", "-60.03"), ("2020-05", "export", "-82.74"),
               ("2020-12", "import", "-64.2")]  # fmt: skip
    claims = [
        Claim(f"China {flow}", "customs", change, "h", before=hours["2017-12", flow],
              after=hours[day, flow])
        for day, flow, change in changes
    ]  # fmt: skip
    told = check(claims)
    assert [one.holds for one in told.changes] == [True, True, True]
    assert told.contradictions == ()


@needs_tables
def test_published_changes_of_corridors_are_reckoned_again() -> None:
    """Pakistan's crossing time fell by 49 % to 2022, and rose again by 17 % (capability TR-12)."""
    hours = {
        (row["country"], row["year"]): row["value"]
        for row in rows("01")
        if row["indicator"].startswith("TFI1") and row["direction"] == "all"
        and row["mode"] == "road"
    }  # fmt: skip
    fell = reckoned(Claim("Pakistan", "S", "-49", "h", before=hours["Pakistan", "2020"],
                          after=hours["Pakistan", "2022"]))  # fmt: skip
    rose = reckoned(Claim("Pakistan", "S", "17", "h", before=hours["Pakistan", "2022"],
                          after=hours["Pakistan", "2023"]))  # fmt: skip
    assert fell is not None
    assert fell.holds
    assert rose is not None
    assert rose.holds


@needs_tables
def test_printed_lengths_are_the_hours_that_stand_beside_them() -> None:
    for row in rows("07"):
        if "s" not in row["value_text"]:
            printed, beside = range_of(row["value_text"]), range_of(row["value_h"])
            assert printed is not None
            assert beside is not None
            assert printed[0] <= beside[1] + Fraction(1, 100)
            assert beside[0] - Fraction(1, 100) <= printed[1]


@needs_tables
def test_published_shares_of_bangladesh_leave_three_of_a_hundred_untold() -> None:
    shares = [
        Claim(row["metric"], "NBR", row["value"], "%", whole="all time")
        for row in rows("05")
        if row["metric"].startswith("share")
    ]
    assert [one.value for one in shares] == ["75", "14", "8"]
    assert codes(*shares) == []


@needs_tables
def test_every_contradiction_between_the_sources_is_pointed_out() -> None:
    """The five that are listed beside the tables, with what the tables themselves say."""
    table = {row["bcp"]: row["duration_h_2020"] for row in rows("02") if row["duration_h_2020"]}
    tables = {
        (row["country"], row["direction"], row["mode"]): row["value"]
        for row in rows("01")
        if row["indicator"].startswith("TFI1") and row["year"] == "2020"
    }
    brazil = next(row["value"] for row in rows("10") if row["country"] == "Brazil")
    claims = [
        Claim("Chaman", "report of 2020", "50.0", "h", "crossing 2020"),
        Claim("Chaman", "report of 2022", table["Chaman"], "h", "crossing 2020"),
        Claim("Kazakhstan", "report of 2020", "8.7", "h", "road crossing 2020"),
        Claim("Kazakhstan", "report of 2022", tables["Kazakhstan", "all", "road"], "h",
              "road crossing 2020"),
        Claim("Tajikistan", "report of 2020", "4.4", "h", "road crossing 2020"),
        Claim("Tajikistan", "report of 2022", tables["Tajikistan", "all", "road"], "h",
              "road crossing 2020"),
        Claim("Kazungula", "the agency", "-33", "h", before="30", after="12"),
        Claim("Nogales", "director", "-88", "min", before="210", after="25"),
        Claim("Nogales", "law review", "-85", "min", before="240", after="20"),
        Claim("Brazil", "launch", brazil, "d", "arrival to delivery"),
        Claim("Brazil", "other texts", "7.4", "d", "arrival to delivery"),
    ]  # fmt: skip
    found = [(one.code, one.where) for one in check(claims).contradictions]
    assert ("TRS-022", "Chaman") in found
    assert ("TRS-022", "Kazakhstan") in found
    assert ("TRS-022", "Tajikistan") in found
    assert ("TRS-023", "Kazungula") in found
    assert ("TRS-022", "Nogales") in found
    assert ("TRS-023", "Nogales") in found
    assert ("TRS-022", "Brazil") in found
