"""Values as people read them: notices by their sentence, moments in the zone of the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from gatepost.bootstrap import RULES
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import in_language
from gatepost.kernel.notice import Notice, Rule, RuleBook, rules_of
from gatepost.web import rules
from gatepost.web.site import site

BOOK = RuleBook([*RULES.rules.values(), *rules_of(vars(rules))])
"""Every numbered rule, those of the web application included."""

LTR, END = "\u2066", "\u2069"
"""Begin and end what is written from left to right within any other writing."""


class Told(msgspec.Struct, frozen=True):
    """A notice with its sentence; ``field`` is the id of the form field it is about, if any."""

    code: str
    sentence: str
    where: str
    field: str = ""


def told(notice: Notice, field: str = "") -> Told:
    """Return a notice as a person reads it."""
    return Told(notice.code, sentence(notice), notice.where, field)


def sentence(notice: Notice) -> str:
    """Return what a notice says, in the reader's language where its rule is translated."""
    rule = BOOK.rules.get(notice.code)
    if rule is None:
        return BOOK.sentence(notice)
    said, remedy = (gettext(text) if text else "" for text in (rule.sentence, rule.remedy))
    return Rule(rule.number, said, remedy).render(notice.values)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment in ``zone`` by the reader's locale, with its offset from UTC."""
    local = at.astimezone(zone)
    day = formats.date_format(local, "DATE_FORMAT")
    offset = local.strftime("%z")
    time = f"{local:%H:%M} ({offset[:3]}:{offset[3:]})"
    # Among letters that run to the left, a clock and its offset would be turned around.
    return f"{day}، {LTR}{time}{END}" if get_language_bidi() else f"{day}, {time}"


def plain(text: Mapping[str, str]) -> str:
    """Return a described text in the reader's language, else in the first it was written in."""
    return in_language(text, get_language() or "en")


def phrase(text: Mapping[str, str]) -> SafeString:
    """Return a described text for a page; one that is not translated is marked with its language.

    So a browser reads and breaks it rightly, and the reader sees that it is not theirs.
    """
    language = get_language() or "en"
    if text.get(language):
        return format_html("{}", text[language])
    for other, words in text.items():
        return format_html('<span class="foreign" lang="{0}" dir="auto">{1}</span>', other, words)
    return SafeString("")


def length(text: str) -> str:
    """Return a length of time as the law writes it (``1d 12h``) in words."""
    minutes = int(parse_duration(text).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    told = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
        if minutes or not (days or hours)
        else "",
    ]
    return " ".join(filter(None, told))


def agency_name(agency: str | None) -> str:
    """Return the name of an agency or unit of the country in the reader's language, else its id."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    day, register = jurisdiction.law_day(here.now()), jurisdiction.register
    found = register.agency(agency or "", day) or register.unit(agency or "", day)
    return plain(found.name) if found else agency or ""
