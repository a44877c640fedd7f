"""Suggesting a joint action when a plan forecasts a long wait (RP-06, paper §15).

A suggestion is told with the plan and kept nowhere: an action is the agencies' own decision, and
nothing here proposes or begins one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gatepost.casework.planning.world import PostDay
from gatepost.control.schedule import rules
from gatepost.control.schedule.reading import minutes
from gatepost.control.schedule.timetable import Timetable
from gatepost.kernel.notice import Notice


def suggested(
    day: PostDay, plan: Timetable, late: Mapping[str, int] | None = None
) -> Notice | None:
    """Return why the agencies of the post might act jointly; ``None`` if nobody waits too long.

    The limit is the post's standing order of the kind ``act_jointly``. Whom most of those who
    wait too long wait for is named; a place is said where no agency is short but places are.
    ``late`` tells by reference how many minutes later than ``day`` knows a consignment comes: it
    waits for nobody before.
    """
    order = day.act_jointly
    if order is None or order.minutes is None:
        return None
    arrivals = {
        one.id: minutes(one.arrival) + (late or {}).get(one.id, 0) for one in day.world.consignments
    }
    waits: dict[str, int] = {}
    short: Counter[str] = Counter()
    for halt in plan.halts:
        for name in halt.consignments:
            wait = halt.start - arrivals[name] if name in arrivals else 0
            if wait > order.minutes:
                waits[name] = max(wait, waits.get(name, 0))
                short[halt.waits_for or "a place"] += 1
    if not waits:
        return None
    most = max(short.values())
    return rules.LONG_WAIT.notice(
        day=day.day.isoformat(),
        count=len(waits),
        limit=order.minutes,
        post=day.post,
        minutes=max(waits.values()),
        agency=min(name for name, count in short.items() if count == most),
        order=order.id,
    )
