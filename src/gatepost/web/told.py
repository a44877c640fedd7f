"""Values as people read them: notices by their sentence, moments in the zone of the place."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from django.utils import formats

from gatepost.bootstrap import RULES
from gatepost.kernel.notice import Notice, RuleBook, rules_of
from gatepost.web import rules

BOOK = RuleBook([*RULES.rules.values(), *rules_of(vars(rules))])
"""Every numbered rule, those of the web application included."""


class Told(msgspec.Struct, frozen=True):
    """A notice with its sentence; ``field`` is the id of the form field it is about, if any."""

    code: str
    sentence: str
    where: str
    field: str = ""


def told(notice: Notice, field: str = "") -> Told:
    """Return a notice as a person reads it."""
    return Told(notice.code, BOOK.sentence(notice), notice.where, field)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment in ``zone`` by the reader's locale, with its offset from UTC."""
    local = at.astimezone(zone)
    day = formats.date_format(local, "DATE_FORMAT")
    offset = local.strftime("%z")
    return f"{day}, {local:%H:%M} ({offset[:3]}:{offset[3:]})"
