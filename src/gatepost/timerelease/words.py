"""How lengths of time and intervals are said to people."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.timerelease.milestones import HEADLINE
from gatepost.timerelease.model import DASH


def length(seconds: float | None) -> str:
    """Return a length of time in its two largest units, negative ones with a minus."""
    if seconds is None:
        return "\N{EN DASH}"
    sign = "\N{MINUS SIGN}" if seconds < 0 else ""
    whole = abs(round(seconds))
    if whole < 60:
        return f"{sign}{whole} s"
    if whole < 3600:
        return f"{sign}{whole / 60:.1f} min"
    minutes = round(whole / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{sign}{days} d {hours} h" if days else f"{sign}{hours} h {minutes:02d}"


STEPS = {
    "amended": "amending the declaration",
    "answer": "the declarant's answer",
    "arrival": "the arrival",
    "assessment": "the assessment",
    "decision": "the decision",
    "documents_received": "the documents asked for",
    "examination": "the examination",
    "examination_start": "the start of the examination",
    "finding": "the result of the control",
    "hold": "the hold",
    "laboratory_result": "the laboratory",
    "lodgement": "the declaration",
    "notified": "what the agency needs to begin",
    "payment": "the payment",
    "positioned": "positioning the goods",
    "primary": "the first control",
    "release": "the release",
    "removal": "the removal",
    "secondary": "the second control",
    "unknown": "what is not recorded",
    "unloaded": "unloading",
}
"""Steps as a sentence names them."""


def step_words(step: str) -> str:
    """Return a step of attribution as a sentence names it."""
    return STEPS.get(step) or plain(step)


def plain(name: str) -> str:
    """Return the name of a milestone or party as people write it: ``plant_health`` as two words."""
    return name.replace("_", " ")


def interval_words(name: str) -> str:
    """Return an interval in words, as ``arrival to release``."""
    return plain(name.replace(DASH, " to "))


def by_arrival(seconds: float | None, interval: str) -> str:
    """Return a length; of a release that came before the arrival, that it did."""
    if seconds is not None and seconds < 0 and interval == HEADLINE.name:
        return f"{length(-seconds)} before arrival"
    return length(seconds)


def percent(share: float, digits: int = 1) -> str:
    """Return a share in per cent."""
    return f"{100 * share:.{digits}f}\N{NO-BREAK SPACE}%"


def party_words(name: str, names: Mapping[str, str]) -> str:
    """Return a party as a report names it."""
    return names.get(name) or plain(name).capitalize()


def group_words(breakdown: str, group: str, names: Mapping[str, str]) -> str:
    """Return a group of a breakdown as a report names it."""
    if breakdown == "goods" and group.isdigit():
        return f"Chapter {group}"
    if breakdown == "hour" and group.isdigit():
        return f"{int(group):02}:00 to {int(group):02}:59"
    if breakdown == "pre_arrival":
        return {"yes": "Before the goods", "no": "After the goods"}.get(group, group)
    return party_words(group, names)
