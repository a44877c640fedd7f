"""Hours to which a law ties acts are stated, and the tie contradicts nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.authority.bound import POWER_BEHIND
from gatepost.authority.model import Mandate
from gatepost.description import rules
from gatepost.description.described import Described, Located
from gatepost.kernel.notice import Notice


def check_bound(described: Described) -> Iterator[Notice]:
    """Yield what does not hold in the acts that mandates tie to open hours.

    A pack that is laid over another country takes its mandates and has its own calendars, or
    none: there the tie binds where hours are stated.
    """
    stated = {
        (service.agency, thing.value.post)
        for thing in described.of("calendar")
        for service in thing.value.services
    }
    for thing in described.of("mandate"):
        if thing.value.in_hours:
            yield from _mandate(described, thing, thing.value, stated)


def _mandate(
    described: Described,
    thing: Located,
    mandate: Mandate,
    stated: set[tuple[str | None, str | None]],
) -> Iterator[Notice]:
    for index, act in enumerate(mandate.in_hours):
        power = POWER_BEHIND[act]
        if power not in mandate.powers:
            where = thing.where("in_hours", index)
            yield rules.BOUND_WITHOUT_POWER.notice(where, act=act, power=power)
        if act == "decide" and "clear" in mandate.automatic:
            where = thing.where("in_hours", index)
            yield rules.CLEARED_AT_ANY_HOUR.notice(where, agency=mandate.agency)
    posts = mandate.scope.posts or tuple(sorted(described.posts))
    known = any((mandate.agency, post) in stated for post in posts)
    if known or "calendar" in described.unread or described.of("pack"):
        return
    yield rules.BOUND_TO_NOTHING.notice(
        thing.where("in_hours"), agency=mandate.agency, posts=", ".join(posts) or "any post"
    )
