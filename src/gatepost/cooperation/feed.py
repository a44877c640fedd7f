"""Standing feeds: which figures an agency receives every month without asking (IX-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import msgspec

from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.validity import Validity


class Feed(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The figures of each month of ``valid``, due on a ``day`` of the month after.

    ``recipient`` is the officer role that receives them, ``clause`` the one that opens them. What
    they show, and which cells are kept back, is for the clause to say and not for the feed.
    """

    id: str
    title: Text
    recipient: str
    clause: str
    day: Annotated[int, msgspec.Meta(ge=1, le=28)]
    legal_basis: tuple[LegalBasis, ...]
    valid: Validity


def months_due(feed: Feed, day: date) -> Iterator[date]:
    """Yield the first day of each month whose figures are due on or before ``day``.

    A month counts if any of its days does, and never before it is over.
    """
    month = feed.valid.start.replace(day=1)
    last = feed.valid.end or date.max
    while month <= last and (after := month_after(month)).replace(day=feed.day) <= day:
        yield month
        month = after


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
