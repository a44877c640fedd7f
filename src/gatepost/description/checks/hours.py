"""Opening hours do not contradict each other, and serve posts and formalities that exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gatepost.authority import rules as authority_rules
from gatepost.authority.calendar import (
    Calendar,
    Service,
    contradictions,
    holiday_faults,
    same_service,
)
from gatepost.authority.instrument import abroad
from gatepost.description import rules
from gatepost.description.described import Described, Located, listed
from gatepost.kernel.notice import Notice


def check_hours(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in calendars and holidays."""
    for thing in described.of("holidays"):
        for keys, rule, values in holiday_faults(thing.value):
            yield rule.notice(thing.where(*keys), **values)
    for thing in described.of("calendar"):
        calendar: Calendar = thing.value
        for keys, rule, values in contradictions(calendar):
            yield rule.notice(thing.where(*keys), **values)
        for index, service in enumerate(calendar.services):
            yield from _service(described, thing, calendar, service, index)
    yield from _between(described)


def _service(
    described: Described, thing: Located, calendar: Calendar, service: Service, index: int
) -> Iterator[Notice]:
    agency = service.agency
    here = agency is not None and abroad(agency) is None
    if agency is not None and here and described.missing("agency", agency, described.agencies):
        yield rules.UNKNOWN_AGENCY.notice(
            thing.where("services", index, "agency"),
            agency=agency,
            known=listed(described.agencies),
        )
    performed = described.performed.get(calendar.post or "", frozenset())
    for n, formality in enumerate(service.formalities):
        if described.missing("post", formality, performed):
            yield rules.NOT_PERFORMED_HERE.notice(
                thing.where("services", index, "formalities", n),
                formality=formality,
                post=calendar.post or calendar.id,
            )


def _between(described: Described) -> Iterator[Notice]:
    """Yield what two calendars of one post say of the same service."""
    for one, other in combinations(described.of("calendar"), 2):
        if one.value.post is None or one.value.post != other.value.post:
            continue
        for first in one.value.services:
            for index, second in enumerate(other.value.services):
                if same_service(first, second):
                    yield authority_rules.TWO_CALENDARS.notice(
                        other.where("services", index),
                        service=second.service,
                        side=second.side,
                        day=max(first.valid.start, second.valid.start).isoformat(),
                    )
