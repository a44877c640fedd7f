"""The timeline of a case: each step with how long it took, and the chart of whose time it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gatepost.casework.case import Case, UsersOn
from gatepost.casework.course import Step, Stretch, course, stretches
from gatepost.casework.reading import Reading
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.case.reasons import Reason, reasons_of
from gatepost.web.charts import Axis, Bar, Mark, Rows, scale

HAPPENED: dict[str, Promise] = {
    "lodgement:declaration:registered": _("Lodged"),
    "lodgement:declaration:accepted": _("Accepted"),
    "lodgement:declaration:amended": _("Amended"),
    "lodgement:declaration:withdrawn": _("Withdrawn"),
    "lodgement:goods:presented": _("Goods presented"),
    "lodgement:conveyance:arrived": _("Arrived"),
    "lodgement:exit:completed": _("Neighbour's exit completed"),
    "lodgement:order:reversed": _("Entry goes before exit"),
    "lodgement:entry:turned_back": _("Turned back"),
    "lodgement:movement:readmitted": _("Taken back by the neighbour"),
    "requirement:needs:determined": _("Needs determined"),
    "requirement:data:requested": _("More was asked for"),
    "risk:assessment:made": _("Risk assessed"),
    "risk:channel:overridden": _("Selection overridden"),
    "control:controls:ordered": _("Controls ordered"),
    "control:plan:made": _("Controls planned"),
    "control:examination:performed": _("Examined"),
    "control:sample:taken": _("Sample taken"),
    "control:finding:recorded": _("Finding recorded"),
    "control:result:recognised": _("Finding recognised"),
    "release:decision:given": _("Decided"),
    "release:decisions:lapsed": _("Decisions lapsed"),
    "release:hold:placed": _("Held"),
    "release:hold:lifted": _("Hold lifted"),
    "release:hold:expired": _("Hold ended"),
    "release:condition:met": _("Condition met"),
    "release:condition:failed": _("Condition failed"),
    "release:conflict:raised": _("Decisions contradict each other"),
    "release:conflict:referred": _("Conflict referred"),
    "release:conflict:resolved": _("Conflict resolved"),
    "release:clock:escalated": _("Over the service standard"),
    "release:release:granted": _("Released"),
    "release:release:denied": _("Not released"),
    "release:goods:removed": _("Removed"),
    "release:appeal:lodged": _("Appealed"),
    "release:appeal:answered": _("Appeal answered"),
    "casework:act:refused": _("An act was refused"),
    "casework:report:received": _("Report received"),
    "casework:work:assigned": _("Work assigned"),
    "cooperation:case:handed_over": _("Handed over"),
}
"""What happened, in a word or two; an event without one is told by its name."""


class Line(msgspec.Struct, frozen=True):
    """One line of the timeline; ``by`` is the officer's role where that is open."""

    at: datetime
    what: str
    says: str
    agency: str
    by: str
    after: timedelta | None
    reasons: tuple[Reason, ...]


def timeline(jurisdiction: Jurisdiction, reading: Reading) -> tuple[Line, ...]:
    """Return the steps of a case, the first one first."""
    return tuple(_line(jurisdiction, step) for step in course(reading.events))


def _line(jurisdiction: Jurisdiction, step: Step) -> Line:
    by = step.actor.id if step.actor.kind == "officer" else ""
    return Line(
        step.at,
        str(HAPPENED.get(step.event, step.event)),
        _says(step),
        step.agency or "",
        by,
        step.after,
        reasons_of(jurisdiction, step.whys),
    )


def _says(step: Step) -> str:
    """Return what a step says beside its name; a plan has a part of the page of its own."""
    if step.event == "control:plan:made":
        return ""
    return step.says.replace("item/", f"{gettext('item')} ").replace("_", " ")


def whose_time(case: Case, users_on: UsersOn, now: datetime, zone: tzinfo) -> Rows | None:
    """Return the chart of the time of each agency's part, until the release or until ``now``.

    Its hours are those of ``zone``. ``None`` where there is no time to draw: all was decided in
    the minute of the lodgement.
    """
    found = stretches(case, users_on)
    released = case.release.released
    ends = [one.end or now for one in found]
    end = max([*ends, released.at] if released else ends, default=now)
    start = case.known.accepted_at.astimezone(zone)
    if not found or end - start < timedelta(minutes=1):
        return None
    axis = scale(start, end.astimezone(zone))
    names = dict.fromkeys(one.agency for one in found)
    rows = tuple(
        (name, tuple(_bar(axis, one, now) for one in found if one.agency == name)) for name in names
    )
    marks = tuple(_marks(case, axis))
    return Rows(axis, rows, marks)


def _bar(axis: Axis, one: Stretch, now: datetime) -> Bar:
    end = one.end or now
    kind = "waiting" if one.whose == "trader" else ("done" if one.end else "open")
    return axis.bar(one.start, max(end, one.start), kind)


def _marks(case: Case, axis: Axis) -> Iterable[Mark]:
    known, released = case.known, case.release.released
    told = (
        (known.arrived_at, _("arrived")),
        (released.at if released else None, _("released")),
    )
    for at, name in told:
        if at is not None and axis.start <= at <= axis.end:
            yield axis.mark(at, str(name))
