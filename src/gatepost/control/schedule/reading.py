"""What a world says, in minutes and with what is usual filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gatepost.control.schedule.admit import minutes_of
from gatepost.control.schedule.world import Clock, Consignment, Examination, Order, Place, World


def minutes(clock: Clock) -> int:
    """Return a time that was admitted as minutes from midnight."""
    found = minutes_of(clock)
    assert found is not None
    return found


def asked_of(world: World, consignment: Consignment) -> Iterator[tuple[str, str, int, str]]:
    """Yield agency, skill, minutes and stop of each examination, what is usual filled in."""
    usual = {one.id: one for one in world.agencies}
    for asked in consignment.agencies:
        one = Examination(asked) if isinstance(asked, str) else asked
        agency = usual.get(one.agency)
        skill = one.skill or (agency.skill if agency else None) or one.agency
        length = one.minutes or (agency.minutes if agency else None)
        assert length is not None
        yield one.agency, skill, length, one.stop


def places_of(places: int | Sequence[Place], kind: str) -> tuple[Place, ...]:
    """Return the bays or scanners; a number stands for so many that are alike."""
    if isinstance(places, int):
        return tuple(Place(f"{kind}-{number}") for number in range(1, places + 1))
    return tuple(places)


def tier_of(orders: Iterable[Order], consignment: Consignment) -> int:
    """Return the class of a consignment; 0 goes first, and its conveyance with it."""
    found = [one for one in orders if one.kind == "goes_first"]
    tiers = (n for n, one in enumerate(found) if consignment.cargo in one.cargo)
    return next(tiers, len(found))
