"""The strip of a case: each agency's way through the steps, and why each step is as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gatepost.casework.case import Case
from gatepost.control.model import Control
from gatepost.release.model import CLEARING, AgencyDecision, Interest
from gatepost.web.case.reasons import Reason

State = Literal["none", "done", "waiting", "open", "held", "refused"]
"""``waiting`` is for the trader, ``open`` for the agency itself."""

STEPS: tuple[tuple[str, Promise], ...] = (
    ("papers", _("Papers")),
    ("checks", _("Checks")),
    ("examination", _("Examination")),
    ("decision", _("Decision")),
)
_TOLD = frozenset({"needs", "risk", "control", "decide"})
"""The steps of the way through whose reasons belong to one agency."""
_DECIDED: dict[str, Promise] = {
    "clear": _("cleared"),
    "clear_conditional": _("cleared on a condition"),
    "refuse": _("refused"),
    "return": _("sent back"),
    "destroy": _("to be destroyed"),
    "seize": _("seized"),
}


class Cell(msgspec.Struct, frozen=True):
    """One step of one agency: its name, how it stands, and that in words."""

    step: Promise
    state: State
    words: str


class Strip(msgspec.Struct, frozen=True):
    """One agency's way through a case, and the reasons behind it."""

    agency: str
    cells: tuple[Cell, ...]
    reasons: tuple[Reason, ...]


def strips_of(
    case: Case, interests: Mapping[str, Interest], reasons: Sequence[Reason]
) -> tuple[Strip, ...]:
    """Return the strip of every agency concerned, as far as the case is open to the reader."""
    return tuple(
        Strip(
            agency,
            tuple(_cells(case, agency, interests)),
            tuple(one for one in reasons if one.agency == agency and one.step in _TOLD),
        )
        for agency in case.agencies
    )


def _cells(case: Case, agency: str, interests: Mapping[str, Interest]) -> Iterator[Cell]:
    controls = [
        one
        for one in case.controls.by_id.values()
        if one.agency == agency and one.status != "cancelled"
    ]
    told = (
        _papers(case, agency),
        _checks([one for one in controls if not one.physical]),
        _checks([one for one in controls if one.physical]),
        _decision(case, agency, interests),
    )
    for (_name, label), (state, words) in zip(STEPS, told, strict=True):
        yield Cell(label, state, str(words))


def _papers(case: Case, agency: str) -> tuple[State, str]:
    needs = [need for need in case.needs if need.agency == agency]
    wanting = sum(need.open for need in needs)
    if not needs:
        return "none", ""
    if wanting:
        return "waiting", ngettext("%d wanting", "%d wanting", wanting) % wanting
    return "done", str(_("present"))


def _checks(controls: Sequence[Control]) -> tuple[State, str]:
    if not controls:
        return "none", ""
    todo = [one for one in controls if one.status == "open"]
    if todo:
        return "open", ngettext("%d to do", "%d to do", len(todo)) % len(todo)
    if any(one.open for one in controls):
        return "open", str(_("result awaited"))
    if any(one.result == "nonconform" for one in controls):
        return "refused", str(_("not in order"))
    if all(one.status == "recognised" for one in controls):
        return "done", str(_("recognised"))
    return "done", str(_("in order"))


def _decision(case: Case, agency: str, interests: Mapping[str, Interest]) -> tuple[State, str]:
    if any(hold.agency == agency for hold in case.release.open_holds):
        return "held", str(_("held"))
    wanted = {key for key, one in interests.items() if one.agency == agency}
    given = {key: one for key, one in case.release.decisions.items() if one.agency == agency}
    if not wanted and not given:
        return "none", ""
    if not wanted <= set(given):
        refused = any(one.kind not in CLEARING for one in given.values())
        return ("refused", _kinds(given)) if refused else ("open", str(_("to decide")))
    refused = any(one.kind not in CLEARING for one in given.values())
    return "refused" if refused else "done", _kinds(given)


def _kinds(given: Mapping[str, AgencyDecision]) -> str:
    kinds = dict.fromkeys(one.kind for one in given.values())
    return ", ".join(str(_DECIDED[kind]) for kind in kinds)
