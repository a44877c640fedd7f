"""Joint actions of a post: proposing one, joining, stopping, and what they changed (RP-06)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gatepost.casework.acting_jointly import JointAct, act_jointly
from gatepost.casework.acting_jointly import actions as actions_at
from gatepost.cooperation.action import JointAction
from gatepost.kernel.notice import Notice
from gatepost.web.officer.forms import fresh
from gatepost.web.site import site
from gatepost.web.templatetags.gatepost import agency as agency_name
from gatepost.web.told import told
from gatepost.web.visitor import Visitor, asking, here_for


class ProposalForm(forms.Form):
    """What agencies of a post shall do together, what sets it off, and until when."""

    title = forms.CharField(label=_("What"), max_length=120, required=False)
    trigger = forms.CharField(label=_("What sets it off"), max_length=240, required=False)
    agencies = forms.MultipleChoiceField(
        label=_("Who takes part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    measures = forms.CharField(
        label=_("Who does what"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One measure a line."),
    )
    until = forms.DateTimeField(
        label=_("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    like = forms.ChoiceField(
        label=_("Like an earlier one"),
        required=False,
        help_text=_("What you leave out is taken from it."),
    )

    def __init__(self, post: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        here = site()
        jurisdiction = here.desk.jurisdiction
        day = jurisdiction.law_day(here.now())
        serving = [
            one.id
            for one in jurisdiction.register.all_agencies
            if one.valid.on(day) and any(post in unit.posts for unit in one.units)
        ]
        over = [one for one in actions_at(here.desk, post) if one.state == "over"]
        choices: dict[str, list[tuple[str, Any]]] = {
            "agencies": [(one, agency_name(one)) for one in serving],
            "like": [("", _("none")), *((one.id, one.title) for one in over)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@here_for("coordinator")
def joint_actions(request: HttpRequest, post: str) -> HttpResponse:
    """Show the joint actions of a post; propose one, join one, or stop one with its result."""
    who = asking(request)
    if post not in who.posts:
        raise Http404
    if request.method == "GET":
        return _shown(request, post, ProposalForm(post))
    asked, now = request.POST.get("do", ""), site().now()
    form = ProposalForm(post, request.POST if asked == "propose" else None)
    if asked == "propose":
        if not form.is_valid():
            return _shown(request, post, form)
        act = _proposed(form, post, now)
    elif asked in ("join", "stop"):
        name, result = request.POST.get("action", ""), request.POST.get("result", "")
        act = JointAct("", asked, name, now, result=result[:1000])  # type: ignore[arg-type]
    else:
        raise Http404
    notices = _done(request, who, act, now)
    if notices:
        return _shown(request, post, form, notices)
    return redirect("coordinator-actions", post)


def _proposed(form: ProposalForm, post: str, now: datetime) -> JointAct:
    said = form.cleaned_data
    number = len(actions_at(site().desk, post)) + 1
    return JointAct(
        "",
        "propose",
        f"{post.upper().replace('_', '-')}-{now:%Y}-{number}",
        now,
        title=said["title"],
        post=post,
        trigger=said["trigger"],
        agencies=tuple(said["agencies"]),
        measures=tuple(one.strip() for one in said["measures"].splitlines() if one.strip()),
        until=said["until"],
        like=said["like"] or None,
    )


def _done(request: HttpRequest, who: Visitor, act: JointAct, now: datetime) -> tuple[Notice, ...]:
    here = site()
    key = f"web-{request.POST.get('id', '')[:64] or fresh()}"
    named = msgspec.structs.replace(act, id=key)
    return here.write(lambda: act_jointly(here.desk, named, now, who.actor.id)).notices


def _shown(
    request: HttpRequest, post: str, form: ProposalForm, notices: tuple[Notice, ...] = ()
) -> HttpResponse:
    found: list[JointAction] = actions_at(site().desk, post)[::-1]
    context = {
        "post": post,
        "actions": found,
        "form": form,
        "refused": tuple(map(told, notices)),
    }
    bad = notices or form.errors
    return render(request, "coordinator/actions.html", context, status=422 if bad else 200)
