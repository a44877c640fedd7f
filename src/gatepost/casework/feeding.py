"""Producing the feeds that are due: each month of each once, from then on the same (IX-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from gatepost.casework import projection
from gatepost.casework.desk import Desk
from gatepost.casework.events import FeedProduced, Figures
from gatepost.casework.figures import figures
from gatepost.cooperation import rules
from gatepost.cooperation.feed import Feed, months_due
from gatepost.kernel.event import Event
from gatepost.kernel.moment import fixed
from gatepost.kernel.notice import Notice, Refused
from gatepost.ledger.model import Append, Commit, Row

_encode = msgspec.json.Encoder().encode


class Fed(msgspec.Struct, frozen=True):
    """One month of one feed: its figures, or why there are none. ``new`` if produced just now."""

    feed: str
    month: date
    figures: Figures | None
    new: bool
    notices: tuple[Notice, ...] = ()


def feed_due(desk: Desk, now: datetime) -> Iterator[Fed]:
    """Yield every month that is due by ``now``, producing those that are not on record.

    What was produced stays as it was, whoever asks again and whatever happens to its cases
    since. A feed whose clause is no longer in force is refused and the others go on; when the
    clause is in force again, the months are made up for.
    """
    desk.refresh()
    day = desk.jurisdiction.law_day(now)
    for feed in desk.jurisdiction.feeds:
        for month in months_due(feed, day):
            known = desk.ledger.row(projection.FEED, key_of(feed.id, month))
            if known is not None:
                yield Fed(feed.id, month, msgspec.json.decode(known, type=Figures), False)
            else:
                yield _produce(desk, feed, month, now)


def _produce(desk: Desk, feed: Feed, month: date, now: datetime) -> Fed:
    actor = desk.actor(feed.recipient)
    try:
        found = figures(desk, actor, month, now)
    except Refused as refused:
        where = f"{feed.id} {month:%Y-%m}"
        told = tuple(msgspec.structs.replace(one, where=where) for one in refused.notices)
        return Fed(feed.id, month, None, False, (*told, rules.FEED_WAITS.notice(where)))
    body = FeedProduced(feed.id, month, found)
    zone, law = desk.jurisdiction.country.zone, feed.legal_basis
    event = Event(
        fixed(now), body, zone, actor=actor, agency=actor.agency, rule=feed.clause, legal_basis=law
    )
    key = key_of(feed.id, month)
    append = Append(projection.stream_of(projection.FEED, key), 0, (event,))
    # Another process may have been faster: then what it put on record is the answer.
    desk.ledger.commit(Commit(f"feed|{key}", "", fixed(now), (append,), (fed_row(key, event),)))
    value = desk.ledger.row(projection.FEED, key)
    assert value is not None
    return Fed(feed.id, month, msgspec.json.decode(value, type=Figures), True)


def fed_row(key: str, event: Event) -> Row:
    """Return the row of a month of a feed: the figures as they were produced."""
    assert isinstance(event.body, FeedProduced)
    return Row(projection.FEED, key, _encode(event.body.figures), event.agency)


def key_of(feed: str, month: date) -> str:
    """Return the key of a month of a feed."""
    return f"{feed}|{month:%Y-%m}"
