"""Votes are counted as the rule says, in whole votes, and the vice-chair goes round (GV-04)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.bootstrap import load_checked
from gatepost.cooperation.committee import (
    Committee,
    Member,
    Rotation,
    Share,
    Vote,
    VoteRule,
    reaches,
    tally,
)
from gatepost.kernel.validity import Validity
from tests.small_country import ALWAYS, LAW

DAY = date(2026, 7, 2)
HERE, THERE = ("a", "b", "c"), ("x", "y")
SIMPLE = VoteRule("more_than_half", "more_than_half")


def committee(rule: VoteRule = SIMPLE, **changes: Any) -> Committee:
    """Return a committee of three agencies here and two abroad, and one heard without a vote."""
    members = (
        *(Member(seat, seat, {"en": seat}, ALWAYS) for seat in HERE),
        *(Member(seat, f"XB/{seat}", {"en": seat}, ALWAYS) for seat in THERE),
        Member("heard", "heard", {"en": "heard"}, ALWAYS, votes=False),
    )
    fields: dict[str, Any] = {"members": members, "chair": "a", **changes}
    return Committee(
        "c", {"en": "c"}, "national", {"en": "m"}, LAW, ALWAYS, "a", vote=rule, notice="7d",
        meets="90d", joint_with="XB", **fields,
    )  # fmt: skip


def votes(text: str) -> dict[str, Vote]:
    """Read ``a+ b- c0`` as votes for, against and abstaining."""
    kinds: dict[str, Vote] = {"+": "for", "-": "against", "0": "abstain"}
    return {one[0]: kinds[one[1]] for one in text.split()}


@pytest.mark.parametrize(
    ("share", "part", "whole", "reached"),
    [
        ("half", 2, 4, True),
        ("half", 3, 7, False),
        ("more_than_half", 2, 4, False),
        ("more_than_half", 3, 5, True),
        ("two_thirds", 2, 3, True),
        ("two_thirds", 66, 100, False),
        ("two_thirds", 67, 100, True),
        ("all", 4, 5, False),
        ("all", 5, 5, True),
    ],
)
def test_a_share_is_counted_in_whole_votes(
    share: Share, part: int, whole: int, reached: bool
) -> None:
    assert reaches(share, part, whole) is reached


@pytest.mark.parametrize(
    ("rule", "given_votes", "quorate", "carried"),
    [
        (SIMPLE, "a+ b+", False, False),
        (SIMPLE, "a+ b+ c-", True, True),
        (SIMPLE, "a+ b- c0", True, False),
        (SIMPLE, "a+ b0 c0", True, True),
        (SIMPLE, "a0 b0 c0", True, False),
        (VoteRule("half", "more_than_half", "present"), "a+ b0 c0", True, False),
        (VoteRule("half", "more_than_half", "members"), "a+ b+ x+", True, True),
        (VoteRule("half", "more_than_half", "members"), "a+ b+ x0", True, False),
        (VoteRule("half", "two_thirds"), "a+ b+ x-", True, True),
        (VoteRule("half", "all"), "a+ b+ x-", True, False),
        (VoteRule("half", "all"), "a+ b+ x0", True, True),
        (VoteRule("half", "more_than_half", each_side=True), "a+ b+ c+", False, False),
        (VoteRule("half", "more_than_half", each_side=True), "a+ b+ x-", True, False),
        (VoteRule("half", "more_than_half", each_side=True), "a+ b+ c- x+", True, True),
        (VoteRule("half", "more_than_half", casting_vote=True), "a+ b- c0", True, True),
        (VoteRule("half", "more_than_half", casting_vote=True), "a- b+ c0", True, False),
        (VoteRule("half", "more_than_half", casting_vote=True), "a0 b0 c0", True, False),
    ],
)
def test_when_a_motion_is_carried(
    rule: VoteRule, given_votes: str, quorate: bool, carried: bool
) -> None:
    given_ = votes(given_votes)
    found = tally(committee(rule), DAY, tuple(given_), given_)
    assert (found.quorate, found.carried) == (quorate, carried)


def test_a_seat_without_a_vote_and_one_that_ended_do_not_count() -> None:
    ended = Member("old", "old", {"en": "old"}, Validity(date(2020, 1, 1), date(2026, 7, 1)))
    one = committee(members=(*committee().members, ended))
    assert tally(one, DAY, ("heard", "old", "a"), {}).present == 1
    assert tally(one, date(2026, 7, 1), ("old",), {}).members == 6


def test_in_the_chairs_absence_the_vice_chair_casts() -> None:
    rule = VoteRule("half", "more_than_half", casting_vote=True)
    one = committee(rule, vice_chair=Rotation(("b", "c"), 24, date(2026, 1, 1)))
    found = tally(one, DAY, ("b", "c", "x"), votes("b+ c- x0"))
    assert (found.carried, found.by_chair) == (True, True)


@pytest.mark.parametrize(
    ("day", "seat"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "a"),
        (date(2021, 12, 31), "a"),
        (date(2022, 1, 1), "b"),
        (date(2024, 1, 1), "a"),
    ],
)
def test_the_vice_chair_goes_round_every_two_years(day: date, seat: str | None) -> None:
    assert Rotation(("a", "b"), 24, date(2020, 1, 1)).on(day) == seat


def test_both_sides_describe_their_joint_committee_alike() -> None:
    """Each country writes it down for itself; what is agreed must be the same in both."""
    told = []
    for here, country in (("aldermark", "XA"), ("brenland", "XB")):
        (one,) = (c for c in load_checked(here).committees if c.joint_with)
        members = {
            (m.seat, m.agency if "/" in m.agency else f"{country}/{m.agency}", m.votes, m.valid)
            for m in one.members
        }
        told.append((members, one.vote, one.vice_chair, one.chair, one.notice, one.meets))
    assert told[0] == told[1]


SEATS = (*HERE, *THERE)
BALLOTS = st.dictionaries(st.sampled_from(SEATS), st.sampled_from(["for", "against", "abstain"]))
RULES = st.builds(
    VoteRule,
    st.sampled_from(["half", "more_than_half", "two_thirds", "all"]),
    st.sampled_from(["half", "more_than_half", "two_thirds", "all"]),
    st.sampled_from(["votes", "present", "members"]),
    st.booleans(),
    st.booleans(),
)


@given(RULES, BALLOTS, st.sampled_from(SEATS))
def test_one_more_vote_for_never_defeats_a_motion(
    rule: VoteRule, ballot: dict[str, Vote], seat: str
) -> None:
    before = tally(committee(rule), DAY, SEATS, ballot)
    after = tally(committee(rule), DAY, SEATS, {**ballot, seat: "for"})
    assert after.carried or not before.carried
    assert before.for_ + before.against + before.abstained == before.present == len(SEATS)


@given(RULES, BALLOTS)
def test_nothing_is_carried_without_a_quorum_or_a_vote_for_it(
    rule: VoteRule, ballot: dict[str, Vote]
) -> None:
    found = tally(committee(rule), DAY, tuple(ballot), ballot)
    assert not found.carried or (found.quorate and found.for_ > 0)
