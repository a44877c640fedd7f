"""Every event body of every room, for the codec that writes and reads them."""

from __future__ import annotations

from gatepost.authority import events as authority_events
from gatepost.casework import events as casework_events
from gatepost.control import events as control_events
from gatepost.control.schedule import events as schedule_events
from gatepost.cooperation import action_events
from gatepost.cooperation import events as cooperation_events
from gatepost.kernel.event import Body
from gatepost.ledger import events as ledger_events
from gatepost.lodgement import events as lodgement_events
from gatepost.release import events as release_events
from gatepost.requirement import events as requirement_events
from gatepost.review.decision import events as review_events
from gatepost.risk import events as risk_events

ROOMS = (
    ledger_events,
    authority_events,
    requirement_events,
    lodgement_events,
    risk_events,
    control_events,
    schedule_events,
    action_events,
    release_events,
    cooperation_events,
    review_events,
    casework_events,
)


def bodies_of(room: object) -> tuple[type[Body], ...]:
    """Return the event bodies a module defines, those with a name of their own."""
    return tuple(
        value
        for value in vars(room).values()
        if isinstance(value, type) and issubclass(value, Body) and ":" in value.name()
    )


BODIES: tuple[type[Body], ...] = tuple(body for room in ROOMS for body in bodies_of(room))
