"""Release and waiting times that anyone may know: figures without names, by month (CT-04).

The law that opens them is a ``share`` clause for the purpose ``performance`` over the channel
``feed``, with the smallest group a figure may rest on. Its recipient publishes: a role of that
agency reads through the disclosure gate like any other, and that it did is on record. A group that
is too small is left out, its cases are in no other group, and no total is given from which it
could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import quantiles

import msgspec

from gatepost.authority.clause import Share
from gatepost.authority.disclosure import Right
from gatepost.authority.element import condensed, mask_of
from gatepost.casework import projection
from gatepost.casework.case import Case
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import put_on_record
from gatepost.casework.disclosure import Reader, reader_of, sight_of_reader, view_in
from gatepost.casework.events import FiguresDisclosed
from gatepost.kernel.actor import Actor
from gatepost.lodgement.model import Lodged

PURPOSE = "performance"
USED = ("case.status", "consignment.regime", "consignment.office")

FEWEST = 10
"""Cases of a group that anyone may know of: of fewer, the ninth tenth is one case's own time."""

Key = tuple[str, str]
"""Post and regime."""


class Times(msgspec.Struct, frozen=True):
    """The times of one group, in whole minutes; ``cases`` are those released by then.

    ``release`` is from acceptance to release, ``waiting`` from arrival to release; goods that are
    released before they arrive wait for nothing. ``median`` is what half of them need at most,
    ``ninth`` what nine in ten need at most. ``before_arrival`` is a share of the arrived.
    """

    month: str
    post: str
    regime: str
    cases: int
    release_median: int
    release_ninth: int
    waiting_median: int | None
    waiting_ninth: int | None
    before_arrival: float | None


class Published(msgspec.Struct, frozen=True):
    """The groups of a month up to ``until``; ``left_out`` are too small to be told."""

    month: str
    until: date
    smallest_group: int
    groups: tuple[Times, ...]
    left_out: int
    right: str


def publisher(desk: Desk, day: date) -> Actor | None:
    """Return the role that publishes times on ``day``: the first of the agency the law names."""
    for agreement in desk.jurisdiction.register.all_agreements:
        for clause in agreement.clauses:
            if (
                isinstance(clause, Share)
                and PURPOSE in clause.purposes
                and "feed" in clause.channels
                and clause.smallest_cell
                and (officer := _officer(desk, clause.to[0], day)) is not None
            ):
                return desk.actor(officer)
    return None


def _officer(desk: Desk, agency: str, day: date) -> str | None:
    """Return the first role of an agency that is in post on ``day``."""
    for listed in desk.jurisdiction.parts.get("resources", ()):
        if listed.agency == agency:
            for officer in listed.officers:
                if officer.valid.on(day):
                    return str(officer.id)
    return None


def published_times(desk: Desk, month: date, now: datetime) -> Published | None:
    """Return the times of the month of a day, up to the last day that is over.

    ``None`` where no law in force lets anybody publish them.
    """
    desk.refresh()
    actor = publisher(desk, desk.jurisdiction.law_day(now))
    if actor is None:
        return None
    reader = reader_of(desk, actor, PURPOSE, "feed", now)
    sight = sight_of_reader(desk, reader)
    if sight is None or not sight.ways:
        return None
    zone = desk.jurisdiction.zone
    first = datetime(month.year, month.month, 1, tzinfo=zone)
    today = datetime.combine(desk.jurisdiction.law_day(now), datetime.min.time(), zone)
    before = min((first + timedelta(days=32)).replace(day=1), today)
    rows = desk.ledger.rows(
        projection.CASE,
        seen=sight,
        since=projection.instant(first),
        before=projection.instant(before),
    )
    rights: dict[Right, None] = {}
    groups: dict[Key, list[Case]] = {}
    for row in rows:
        _add(desk, reader, projection.decode_case(row.value), groups, rights, today)
    fewest = _fewest(desk, rights)
    told = f"{month:%Y-%m}"
    found = tuple(
        _times(told, key, cases, fewest)
        for key, cases in sorted(groups.items())
        if len(cases) >= fewest
    )
    result = Published(
        told,
        (before - timedelta(days=1)).date(),
        fewest,
        found,
        len(groups) - len(found),
        next((right.name for right in rights), ""),
    )
    _record(desk, reader, result, tuple(rights), len(rows), now)
    return result


def _add(
    desk: Desk,
    reader: Reader,
    case: Case,
    groups: dict[Key, list[Case]],
    rights: dict[Right, None],
    today: datetime,
) -> None:
    view = view_in(desk, case, reader)
    released = case.release.released
    if view is None or not view.shows("case.status"):
        return
    rights.update(dict.fromkeys(view.rights))
    if released is None or released.at >= today or case.status == "withdrawn":
        return
    known = case.known
    post = (known.post or "") if view.shows("consignment.office") else ""
    regime = known.regime if view.shows("consignment.regime") else ""
    groups.setdefault((post, regime), []).append(case)


def _fewest(desk: Desk, rights: Iterable[Right]) -> int:
    """Return the smallest group that is told: as the rights say, and no less than the floor."""
    shares = (desk.jurisdiction.disclosure.share(right) for right in rights)
    return max([FEWEST, *(one.smallest_cell or 1 for one in shares if one is not None)])


def _times(month: str, key: Key, cases: Sequence[Case], fewest: int) -> Times:
    release = [_minutes(one.known.accepted_at, _released(one)) for one in cases]
    arrived = [(one.known, _released(one)) for one in cases if one.known.arrived_at is not None]
    waiting = [_waited(known, at) for known, at in arrived]
    median, ninth = _two(release)
    # How many have arrived is told nowhere, so it cannot be taken off from the whole group.
    enough = len(arrived) >= fewest
    wait: tuple[int, int] | tuple[None, None] = _two(waiting) if enough else (None, None)
    share = round(sum(one == 0 for one in waiting) / len(waiting), 2) if enough else None
    return Times(month, key[0], key[1], len(cases), median, ninth, wait[0], wait[1], share)


def _released(case: Case) -> datetime:
    assert case.release.released is not None
    return case.release.released.at


def _waited(known: Lodged, released: datetime) -> int:
    assert known.arrived_at is not None
    return max(0, _minutes(known.arrived_at, released))


def _minutes(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() / 60)


def _two(minutes: Sequence[int]) -> tuple[int, int]:
    """Return the median and the ninth tenth."""
    tenths = quantiles(minutes, n=10, method="inclusive") if len(minutes) > 1 else [minutes[0]] * 9
    return round(tenths[4]), round(tenths[8])


def _record(
    desk: Desk,
    reader: Reader,
    result: Published,
    rights: tuple[Right, ...],
    cases: int,
    now: datetime,
) -> None:
    month = date.fromisoformat(f"{result.month}-01")
    shown = condensed(mask_of(USED))
    body = FiguresDisclosed(
        PURPOSE, "feed", month, rights, shown, len(result.groups), result.left_out, cases
    )
    stream = projection.stream_of(projection.LISTED, reader.agency)
    put_on_record(desk, stream, reader.actor, reader.agency, body, now)
