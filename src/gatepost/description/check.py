"""The rules of ``gatepost check``: is this description complete, and free of contradiction?

How a file is written was told when it was read; here it is what the files say, each by
itself and all together. The order of the answer is that of the files and lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from gatepost.description.checks.agreements import check_agreements
from gatepost.description.checks.asking import check_asking
from gatepost.description.checks.bound import check_bound
from gatepost.description.checks.committees import check_committees
from gatepost.description.checks.conditions import check_conditions
from gatepost.description.checks.contacts import check_contacts
from gatepost.description.checks.deciding import check_deciding
from gatepost.description.checks.delegation import check_delegations
from gatepost.description.checks.disclosure import check_disclosure
from gatepost.description.checks.feeds import check_feeds
from gatepost.description.checks.hours import check_hours
from gatepost.description.checks.identity import check_identity
from gatepost.description.checks.money import check_money
from gatepost.description.checks.organisation import check_organisation
from gatepost.description.checks.planning import check_planning
from gatepost.description.checks.posts import check_posts
from gatepost.description.checks.retention import check_retention
from gatepost.description.checks.seasons import check_seasons
from gatepost.description.checks.translations import check_translations
from gatepost.description.checks.words import check_words
from gatepost.description.described import Described, Located
from gatepost.kernel.notice import Notice
from gatepost.requirement.compiled import Conditions

CHECKS = (
    check_words,
    check_translations,
    check_seasons,
    check_identity,
    check_asking,
    check_conditions,
    check_organisation,
    check_agreements,
    check_delegations,
    check_hours,
    check_bound,
    check_posts,
    check_planning,
    check_contacts,
    check_committees,
    check_feeds,
    check_disclosure,
    check_deciding,
    check_money,
    check_retention,
)

_PLACE = re.compile(r"(.*?):(\d+)(?:, column (\d+))?").fullmatch


def check(
    things: Mapping[str, Sequence[Located]],
    conditions: Conditions,
    unread: Collection[str] = (),
) -> list[Notice]:
    """Return everything wrong in ``things``, which stand by the kinds of ``layout``.

    ``conditions`` keeps every expression that was compiled, to be used again. ``unread`` are
    the kinds of which some file could not be read, so that what is missing may be in it.
    """
    described = Described(things, unread, conditions)
    return sorted((notice for one in CHECKS for notice in one(described)), key=_order)


def _order(notice: Notice) -> tuple[str, int, int, str]:
    match = _PLACE(notice.where)
    if match is None:
        return notice.where, 0, 0, notice.code
    return match[1], int(match[2]), int(match[3] or 0), notice.code
