"""A standing feed goes to somebody to whom a clause opens it."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.clause import Share
from gatepost.cooperation import rules
from gatepost.cooperation.feed import Feed
from gatepost.description.described import Described, Located, listed
from gatepost.kernel.notice import Notice


def check_feeds(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in standing feeds: their recipients and the clauses they name."""
    officers = {
        officer.id: thing.value.agency
        for thing in described.of("resources")
        for officer in thing.value.officers
    }
    shares = {
        clause.id: clause
        for thing in described.of("agreement")
        for clause in thing.value.clauses
        if isinstance(clause, Share)
    }
    for thing in described.of("feed"):
        yield from _feed(described, thing, thing.value, officers, shares)


def _feed(
    described: Described,
    thing: Located,
    feed: Feed,
    officers: dict[str, str],
    shares: dict[str, Share],
) -> Iterator[Notice]:
    if described.missing("resources", feed.recipient, officers):
        yield rules.NO_RECIPIENT_OF.notice(thing.where("recipient"), officer=feed.recipient)
    clause = shares.get(feed.clause)
    if clause is None:
        if described.missing("agreement", feed.clause, shares):
            feeding = listed(key for key, one in shares.items() if "feed" in one.channels)
            where = thing.where("clause")
            yield rules.NO_FEEDING_CLAUSE.notice(where, clause=feed.clause, known=feeding)
        return
    agency = officers.get(feed.recipient)
    opened = "feed" in clause.channels and "statistics" in clause.purposes
    if agency is not None and not (opened and agency in clause.to):
        yield rules.NOT_FED.notice(thing.where("clause"), clause=feed.clause, agency=agency)
