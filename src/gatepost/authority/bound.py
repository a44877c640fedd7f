"""Where a law ties an act to an open service: is the service open at this moment (OS-05)?

The gate asks it for acts on cases, and ``gatepost may`` for who wants to know before.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from gatepost.authority import rules
from gatepost.authority.decide import Question
from gatepost.authority.hours import OpeningHours
from gatepost.authority.model import Bound, Power
from gatepost.authority.register import Register
from gatepost.kernel.notice import Notice

POWER_BEHIND: dict[Bound, Power] = {
    "examine": "examine",
    "sample": "sample",
    "find": "examine",
    "decide": "decide",
    "release": "release",
}
"""The power that each act needs which a law can tie to hours."""


class Bind(msgspec.Struct, frozen=True):
    """The act whose hours are asked: by which ``mandate`` it is done, and at which moment.

    ``zone`` is in which the answer tells the time where the post names none.
    """

    act: str
    mandate: str
    moment: datetime
    zone: ZoneInfo


def shut_notice(
    register: Register, hours: OpeningHours, asked: Question, bind: Bind
) -> Notice | None:
    """Return AUTH-048 where the mandate ties the act to an open service and it is shut.

    ``None`` where the law does not tie it, and where nobody states the hours.
    """
    mandates = register.mandates(asked.agency, asked.day)
    law = next((one for one in mandates if one.id == bind.mandate), None)
    post = register.post(asked.post, asked.day) if asked.post is not None else None
    if law is None or post is None or bind.act not in law.in_hours:
        return None
    formality = f"{register.own_state}:{asked.regime}"
    shut = hours.shut(post, asked.agency, formality, asked.commodities, bind.moment)
    if shut is None:
        return None
    zone = ZoneInfo(post.zone) if post.zone else bind.zone
    opens, far = shut.opens, f", {shut.kilometres} km away" if shut.kilometres else ""
    return rules.SERVICE_SHUT.notice(
        mandate=law.id,
        agency=asked.agency,
        act=bind.act,
        post=post.id,
        at=f"{bind.moment.astimezone(zone):%a %H:%M}",
        opens=f"{opens.astimezone(zone):%a %Y-%m-%d %H:%M}" if opens else "in no two weeks",
        nearest=f"Open now: {shut.nearest}{far}."
        if shut.nearest
        else "No other post has it open now.",
    )
