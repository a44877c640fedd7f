"""Filters and tags of the work desks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms, template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gatepost.casework.telling import span as span_text
from gatepost.kernel.language import in_language
from gatepost.risk.intervals import Share
from gatepost.timerelease.model import DASH
from gatepost.web.coordinator.drawn import clock as clock_text
from gatepost.web.coordinator.drawn import number_of
from gatepost.web.officer.forms import fresh
from gatepost.web.site import site
from gatepost.web.templatetags.gatepost import agency as agency_name

register = template.Library()

MAIN = ("answer_appeal", "resolve", "examine", "sample", "find", "decide")
"""The acts that are a case's own way through; others are folded away until they are wanted."""
TITLES: dict[str, tuple[Promise, Promise]] = {
    "examine": (_("Examine"), _("Examined")),
    "sample": (_("Sample"), _("Sample taken")),
    "find": (_("Finding"), _("Record finding")),
    "decide": (_("Decide"), _("Decide")),
    "meet": (_("A condition is met"), _("It is met")),
    "hold": (_("Hold"), _("Hold")),
    "lift": (_("Lift a hold"), _("Lift")),
    "answer_appeal": (_("Answer the appeal"), _("Answer")),
    "resolve": (_("Rule on the conflict"), _("Rule")),
    "request_data": (_("Ask for more"), _("Ask")),
    "override": (_("Override the selection"), _("Override")),
    "assign": (_("Hand on, take over or put back"), _("Assign")),
    "remove": (_("The goods left"), _("They left")),
}
_PLACES: dict[str, Promise] = {
    "before": _("before the border"),
    "border": _("at the border"),
    "off_lane": _("off the lane"),
    "inland": _("inland"),
    "premises": _("at the premises"),
}
_TARGETS: dict[str, Promise] = {
    "item": _("item"),
    "traveller": _("traveller"),
    "consignment": _("all of it"),
}
_TO_DO: dict[str, Promise] = {
    "control": _("check"),
    "hold": _("lift the hold, or let it end"),
    "trader to provide": _("the trader provides"),
    "rule on the conflict": _("rule on the conflict"),
    "agree with the other agencies": _("agree with the other agencies"),
    "decide": _("decide"),
    "meet": _("see whether the condition is met"),
    "answer": _("answer the appeal"),
    "agree": _("agree with the other agencies"),
    "rule": _("rule on the conflict"),
    "carry_out": _("act on the appeal granted"),
}


_CHECKS: dict[str, Promise] = {
    "open": _("to do"),
    "examined": _("examined, result awaited"),
    "sampled": _("sampled, result awaited"),
    "done": _("done"),
    "recognised": _("recognised"),
    "cancelled": _("set aside"),
}


@register.filter
def main_acts(given: Mapping[str, forms.Form]) -> list[tuple[str, forms.Form]]:
    """Return the forms of the main acts that are offered, in their order."""
    return [(name, given[name]) for name in MAIN if name in given]


@register.filter
def other_acts(given: Mapping[str, forms.Form]) -> list[tuple[str, forms.Form]]:
    """Return the other forms that are offered."""
    return [(name, form) for name, form in given.items() if name in TITLES and name not in MAIN]


@register.filter
def act_title(name: str) -> Promise:
    """Return what an act is called."""
    return TITLES[name][0]


@register.filter
def act_button(name: str) -> Promise:
    """Return what stands on the button of an act."""
    return TITLES[name][1]


@register.filter
def errors_of(given: Mapping[str, forms.Form], name: str) -> list[Any]:
    """Return the fields with errors of one of several forms."""
    return [field for field in given[name] if field.errors] if name in given else []


@register.filter
def to_do(action: str) -> str | Promise:
    """Return what an agency does next, in words."""
    return _TO_DO.get(action, action)


@register.filter
def stop_said(name: str) -> str:
    """Return what a stop of a plan is called: ``stop-1`` is the first."""
    return gettext("Stop %s") % name.partition("-")[2]


@register.filter
def place_said(place: str) -> str | Promise:
    """Return where a stop is."""
    return _PLACES.get(place, place)


@register.filter
def check_said(status: str) -> str | Promise:
    """Return how far a check is, in words."""
    return _CHECKS.get(status, status)


@register.filter
def target_said(target: str) -> str:
    """Return what a target is called: ``item/1`` is item 1."""
    kind, _slash, number = target.partition("/")
    return f"{_TARGETS.get(kind, kind)} {number}".strip()


@register.filter
def plain_said(name: str) -> str:
    """Return a name of the description with spaces: ``standing_water``."""
    return name.replace("_", " ")


@register.filter
def rule_of(control: str) -> str:
    """Return the rule behind a control by its name: what stands before the target."""
    return control.partition("@")[0]


@register.filter
def span(length: timedelta | None) -> str:
    """Return a length of time in words."""
    return span_text(length) if length is not None else ""


@register.filter
def post(name: str) -> str:
    """Return the name of a post in the reader's language."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    found = jurisdiction.register.post(name, jurisdiction.law_day(here.now()))
    return in_language(found.name, get_language() or "en") if found else name


@register.simple_tag
def new_act() -> str:
    """Return the id of an act that is not done yet."""
    return fresh()


@register.filter
def seconds_said(seconds: float | None) -> str:
    """Return a number of seconds in words; a dash for none, and so much before for a negative."""
    if seconds is None:
        return "\N{EN DASH}"
    told = span_text(timedelta(seconds=abs(seconds)))
    return gettext("%s before") % told if seconds < 0 else told


@register.filter
def interval_said(name: str) -> str:
    """Return the name of an interval or step in words."""
    return name.replace(DASH, gettext(" to ")).replace("_", " ")


@register.filter
def percent(share: float | None) -> str:
    """Return a share as a percentage; a dash for none."""
    return "\N{EN DASH}" if share is None else f"{share:.1%}"


@register.filter
def levels(told: str) -> list[tuple[int, str]]:
    """Return the lines of a scale: ``0 100 %,50 75 %`` are two, each its place and its name."""
    pairs = (one.split(" ", 1) for one in told.split(","))
    return [(int(place), name) for place, name in pairs]


@register.filter
def colour(number: int) -> int:
    """Return which of the colours of a chart a thing has by its number."""
    return number % 8


@register.filter
def model_said(name: str) -> str:
    """Return the name of a model in words: ``ladder:rung_4_law`` is a variant of the ladder."""
    told = name.replace(":", ": ").replace("_", " ")
    return told[:1].upper() + told[1:]


@register.filter
def text(told: dict[str, str]) -> str:
    """Return a described text in the reader's language."""
    return in_language(told, get_language() or "en") if told else ""


@register.filter
def share(told: Share) -> str:
    """Return a share as people read it: counts, and the interval of 95 %."""
    if told.share is None or told.low is None or told.high is None:
        return gettext("nothing known")
    return gettext("%(found)d of %(of)d (%(low)s to %(high)s)") % {
        "found": told.found,
        "of": told.of,
        "low": f"{told.low:.0%}",
        "high": f"{told.high:.0%}",
    }


@register.filter
def clock(minutes: int | None) -> str:
    """Return minutes from midnight as a time of the day."""
    return clock_text(minutes)


@register.filter
def stop_number(slot: str) -> str:
    """Return the number of a stop of a day by its name."""
    return number_of(slot)


@register.filter
def row_said(name: str, agency: str) -> str:
    """Return the name of a place or an officer's role without its agency's and the post's."""
    last = name.rpartition(".")[2]
    return f"{agency_name(agency)}: {last.replace('_', ' ')}" if "." in name else name


@register.filter
def value_of(told: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping has under a key."""
    return told.get(key)


@register.filter
def side(code: str) -> str:
    """Return the state on whose side of the border something is, by its code."""
    for one in site().desk.jurisdiction.register.all_states:
        if one.code == code:
            return in_language(one.name, get_language() or "en")
    return code
