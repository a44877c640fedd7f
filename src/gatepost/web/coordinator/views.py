"""A post's day: the plan on record, planning it anew, delays, and moving a stop."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.authority.hours_report import report_of
from gatepost.bootstrap import open_planner
from gatepost.casework.planning.board import BoardSlot, DayBoard, day_board
from gatepost.casework.planning.keeping import DayAct, act_on_day, kept_day
from gatepost.kernel.notice import Notice
from gatepost.web.coordinator.drawn import picture
from gatepost.web.coordinator.forms import LateForm, MoveForm
from gatepost.web.officer.forms import fresh
from gatepost.web.site import site
from gatepost.web.told import told
from gatepost.web.visitor import Visitor, asking, here_for

SECONDS = 0.8
"""How long a plan may be looked for: whoever writes meanwhile waits for it."""


class Shown(msgspec.Struct, frozen=True):
    """One stop as the page shows it, with the forms that move it or make it late."""

    slot: BoardSlot
    move: MoveForm
    late: LateForm | None


@require_GET
@here_for("coordinator")
def today(request: HttpRequest) -> HttpResponse:
    """Lead to today at the coordinator's first post."""
    who, here = asking(request), site()
    if not who.posts:
        raise Http404
    day = here.desk.jurisdiction.law_day(here.now())
    return redirect("coordinator-post-day", who.posts[0], day.isoformat())


@require_http_methods(["GET", "POST"])
@here_for("coordinator")
def day(request: HttpRequest, post: str, day: str) -> HttpResponse:
    """Show a post's day, and do what a form says: adopt a plan, tell a delay, move a stop."""
    who = asking(request)
    when = _day(day)
    if post not in who.posts or when is None:
        raise Http404
    if request.method == "GET":
        return _shown(request, who, post, when)
    asked = request.POST.get("do", "")
    form: forms.Form | None = None
    if asked == "adopt":
        fields: dict[str, Any] = {"act": "adopt"}
    elif asked == "move":
        form = MoveForm(_places(who, post, when), request.POST)
        fields = _moved(form)
    elif asked == "late":
        form = LateForm(request.POST)
        fields = _late(form, post, when)
    else:
        raise Http404
    if form is not None and not form.is_valid():
        return _shown(request, who, post, when, form)
    notices = _done(request, who, post, when, fields)
    if notices:
        return _shown(request, who, post, when, form, notices)
    return redirect("coordinator-post-day", post, day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moved(form: MoveForm) -> dict[str, Any]:
    if not form.is_valid():
        return {}
    data = form.cleaned_data
    return {
        "act": "move",
        "slot": data["slot"],
        "start": f"{data['start']:%H:%M}",
        "place": data["place"] or None,
        "reason": data["reason"],
    }


def _late(form: LateForm, post: str, when: date) -> dict[str, Any]:
    """Return the act that tells a delay, beside those that are known already."""
    if not form.is_valid():
        return {}
    known = kept_day(site().desk, post, when).late
    data = form.cleaned_data
    return {"act": "adopt", "late": {**known, data["reference"]: data["minutes"]}}


def _done(
    request: HttpRequest, who: Visitor, post: str, when: date, fields: dict[str, Any]
) -> tuple[Notice, ...]:
    here = site()
    now = here.now()
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 0
    act = DayAct(
        f"web-{request.POST.get('id', '')[:64] or fresh()}",
        post=post,
        day=when,
        at=now,
        by=who.actor.id,
        version=number,
        **fields,
    )
    planner = open_planner()
    return here.write(lambda: act_on_day(here.desk, act, now, planner, SECONDS)).notices


def _places(who: Visitor, post: str, when: date) -> list[str]:
    here = site()
    board = day_board(here.desk, post, when, who.actor, here.now())
    return _places_of(board)


def _places_of(board: DayBoard) -> list[str]:
    return [one.id for one in board.rows if one.kind == "place"]


def _shown(
    request: HttpRequest,
    who: Visitor,
    post: str,
    when: date,
    sent: forms.Form | None = None,
    notices: tuple[Notice, ...] = (),
) -> HttpResponse:
    here = site()
    now = here.now()
    jurisdiction = here.desk.jurisdiction
    board = day_board(here.desk, post, when, who.actor, now)
    hours = report_of(jurisdiction.hours, when, when, post)
    minutes = _minutes(now, when)
    joint = [one for one in board.slots if len(one.agencies) > 1]
    context = {
        "board": board,
        "post": post,
        "posts": who.posts,
        "day": when,
        "before": when - timedelta(days=1),
        "after": when + timedelta(days=1),
        "picture": picture(board, hours, minutes, "all" in request.GET),
        "slots": [_slot(one, board, sent) for one in board.slots],
        "joint": len(joint),
        "over": when < jurisdiction.law_day(now),
        "saved": sum(len(one.agencies) - 1 for one in joint),
        "late": kept_day(here.desk, post, when).late,
        "refused": tuple(map(told, notices)),
        "sent": sent if sent is not None and sent.errors else None,
    }
    bad = notices or (sent is not None and sent.errors)
    return render(request, "coordinator/day.html", context, status=422 if bad else 200)


def _minutes(now: datetime, when: date) -> int | None:
    local = now.astimezone(site().desk.jurisdiction.zone)
    return local.hour * 60 + local.minute if local.date() == when else None


def _slot(slot: BoardSlot, board: DayBoard, sent: forms.Form | None) -> Shown:
    begins = f"{slot.start // 60 % 24:02d}:{slot.start % 60:02d}"
    name = f"{slot.id}-%s"
    move = MoveForm(
        _places_of(board), initial={"slot": slot.id, "start": begins}, auto_id=f"move-{name}"
    )
    if isinstance(sent, MoveForm) and sent.data.get("slot") == slot.id:
        move = MoveForm(_places_of(board), sent.data, auto_id=f"move-{name}")
    known = next((one for one in slot.references if one), None)
    late = LateForm(initial={"reference": known}, auto_id=f"late-{name}") if known else None
    if isinstance(sent, LateForm) and known and sent.data.get("reference") == known:
        late = LateForm(sent.data, auto_id=f"late-{name}")
    return Shown(slot, move, late)
