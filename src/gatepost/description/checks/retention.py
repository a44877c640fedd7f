"""Where one agency's law ends the keeping of cases, that of every other does too."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.description import rules
from gatepost.description.described import Described
from gatepost.kernel.notice import Notice


def check_retention(described: Described) -> Iterator[Notice]:
    """Yield the agencies without a rule: a case that concerns one of them never ends.

    Who only reads, such as statistics, keeps figures and needs none. A country that describes
    no rule at all keeps its cases elsewhere, and says so by that; a pack laid over another
    country describes its organisation, not its records.
    """
    ruled = {thing.value.agency for thing in described.of("retention")}
    if not ruled or "retention" in described.unread or described.of("pack"):
        return
    for thing in described.of("agency"):
        agency = thing.value
        if agency.id not in ruled and agency.tier != "user" and described.own(agency):
            yield rules.KEPT_FOR_EVER.notice(thing.where("id"), agency=agency.id)
