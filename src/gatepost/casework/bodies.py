"""Every event body of every room, for the codec that writes and reads them."""

from __future__ import annotations

from gatepost.casework import events as casework_events
from gatepost.control import events as control_events
from gatepost.kernel.event import Body
from gatepost.ledger import events as ledger_events
from gatepost.lodgement import events as lodgement_events
from gatepost.release import events as release_events
from gatepost.requirement import events as requirement_events
from gatepost.risk import events as risk_events

ROOMS = (
    ledger_events,
    requirement_events,
    lodgement_events,
    risk_events,
    control_events,
    release_events,
    casework_events,
)

BODIES: tuple[type[Body], ...] = tuple(
    value
    for room in ROOMS
    for value in vars(room).values()
    if isinstance(value, type) and issubclass(value, Body) and value is not Body
)
