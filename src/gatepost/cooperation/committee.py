"""Committees at each level, also joint with a neighbour: members, chair and vote rule (GV-04).

What a committee is stands in dated data with its legal basis; what it decides is on record. A
threshold is counted exactly, in whole votes: half of seven is not reached by three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from gatepost.authority.instrument import abroad
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity

Share = Literal["half", "more_than_half", "two_thirds", "all"]
Vote = Literal["for", "against", "abstain"]


class Member(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A seat: the agency that holds it, here or abroad, by which role, since when.

    A seat without a vote is heard and counts for nothing.
    """

    seat: str
    agency: str
    role: Text
    valid: Validity
    votes: bool = True


class Rotation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An office that goes round among seats, in this order, every so many months from a day."""

    seats: tuple[str, ...]
    months: Annotated[int, msgspec.Meta(ge=1)]
    start: date = msgspec.field(name="from")

    def on(self, day: date) -> str | None:
        """Return the seat whose turn it is on a day; none before the first turn."""
        if day < self.start or not self.seats:
            return None
        passed = (day.year - self.start.year) * 12 + day.month - self.start.month
        passed -= day.day < self.start.day
        return self.seats[passed // self.months % len(self.seats)]


class VoteRule(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a committee can decide, and when a motion is carried.

    ``quorum`` is the share of voting seats that must be there; ``carried_by`` the share of votes
    for it, counted ``of`` the votes given for and against, of those there, or of all voting
    seats. With ``each_side`` both must hold on either side of a joint committee by itself. With
    ``casting_vote`` the chair, if it is for the motion, has one vote more where as many of its
    side are for as against.
    """

    quorum: Share
    carried_by: Share
    of: Literal["votes", "present", "members"] = "votes"
    each_side: bool = False
    casting_vote: bool = False


class Committee(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A committee: what for, at which level, who sits on it and how it votes.

    ``mandate`` says what it may decide. ``joint_with`` is the neighbour's country code.
    ``secretariat`` is the agency here that convenes it and keeps its minutes; ``notice`` how long
    before a meeting its agenda is sent. ``meets`` is how long there may lie between two meetings.
    """

    id: str
    name: Text
    level: Literal["national", "regional", "post"]
    mandate: Text
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity
    secretariat: str
    chair: str
    members: tuple[Member, ...]
    vote: VoteRule
    notice: str
    meets: str
    posts: tuple[str, ...] = ()
    joint_with: str | None = None
    vice_chair: Rotation | None = None

    def seats(self, day: date) -> dict[str, Member]:
        """Return the members on a day by their seats."""
        return {one.seat: one for one in self.members if one.valid.on(day)}

    def voting(self, day: date) -> dict[str, Member]:
        """Return the members on a day that have a vote."""
        return {seat: one for seat, one in self.seats(day).items() if one.votes}


class Tally(msgspec.Struct, frozen=True):
    """How a vote came out: the numbers, whether enough were there, and whether it is carried.

    ``by_chair`` says that the chair's second vote made it so.
    """

    members: int
    present: int
    for_: int = msgspec.field(name="for")
    against: int
    abstained: int
    quorate: bool
    carried: bool
    by_chair: bool = False


def tally(
    committee: Committee, day: date, present: Iterable[str], votes: Mapping[str, Vote]
) -> Tally:
    """Count a vote of those present; who is there and gives none abstains."""
    voting = committee.voting(day)
    there = [seat for seat in voting if seat in set(present)]
    rule = committee.vote
    sides: dict[str, list[str]] = {}
    for seat, one in voting.items():
        side = (abroad(one.agency) or "") if rule.each_side else ""
        sides.setdefault(side, []).append(seat)
    quorate = all(
        reaches(rule.quorum, len([one for one in seats if one in there]), len(seats))
        for seats in sides.values()
    )
    chair = _chairing(committee, day, there)
    second = [_second_vote(rule, seats, there, votes, chair) for seats in sides.values()]
    pairs = tuple(zip(sides.values(), second, strict=True))
    by_itself = all(_carried(rule, seats, there, votes, 0) for seats, _ in pairs)
    carried = all(_carried(rule, seats, there, votes, more) for seats, more in pairs)
    given = [votes.get(seat, "abstain") for seat in there]
    return Tally(
        len(voting),
        len(there),
        given.count("for"),
        given.count("against"),
        given.count("abstain"),
        quorate,
        quorate and carried,
        quorate and carried and not by_itself,
    )


def _second_vote(
    rule: VoteRule,
    seats: list[str],
    there: list[str],
    votes: Mapping[str, Vote],
    chair: str,
) -> int:
    """Return the one vote more that the chair has where its side is divided evenly."""
    mine = [votes.get(seat, "abstain") for seat in seats if seat in there]
    even = mine.count("for") == mine.count("against")
    casts = rule.casting_vote and chair in seats and votes.get(chair) == "for"
    return int(even and casts)


def _carried(
    rule: VoteRule, seats: list[str], there: list[str], votes: Mapping[str, Vote], more: int
) -> bool:
    """Tell whether a side carries a motion, with so many votes ``more`` for it than seats gave."""
    mine = [votes.get(seat, "abstain") for seat in seats if seat in there]
    for_, against = mine.count("for"), mine.count("against")
    whole = {"votes": for_ + against + more, "present": len(mine), "members": len(seats)}[rule.of]
    return for_ > 0 and reaches(rule.carried_by, for_ + more, whole)


def _chairing(committee: Committee, day: date, there: list[str]) -> str:
    """Return the seat that is in the chair: the vice-chair's where the chair is not there."""
    if committee.chair in there or committee.vice_chair is None:
        return committee.chair
    return committee.vice_chair.on(day) or committee.chair


def reaches(share: Share, part: int, whole: int) -> bool:
    """Tell whether ``part`` of ``whole`` is the share that is wanted, in whole votes."""
    match share:
        case "half":
            return part * 2 >= whole
        case "more_than_half":
            return part * 2 > whole
        case "two_thirds":
            return part * 3 >= whole * 2
        case _:
            return part == whole
