"""The list of indicators, writing one, asking the past, and the steps of its life."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.casework.targeting import IndicatorAct
from gatepost.web.analyst import life
from gatepost.web.analyst.drafts import checked, template_of, what_it_reads
from gatepost.web.analyst.forms import DraftForm, StepForm
from gatepost.web.analyst.trying import Trial, tried, worths
from gatepost.web.site import site
from gatepost.web.told import Told, told
from gatepost.web.visitor import asking, here_for


@require_GET
@here_for("analyst")
def indicators(request: HttpRequest) -> HttpResponse:
    """List the indicators of the analyst's agency, and of others what is shared with it."""
    who, here = asking(request), site()
    day = here.desk.jurisdiction.law_day(here.now())
    own = life.own(here.desk, who.agency, day)
    shared = life.shared_with(here.desk.jurisdiction, who.agency, day)
    context = {"own": own, "shared": shared, "day": day}
    return render(request, "analyst/indicators.html", context)


@require_GET
@here_for("analyst")
def worth(request: HttpRequest) -> HttpResponse:
    """Show what each indicator was worth, beside what chance finds."""
    who = asking(request)
    context = {"worths": worths(who.actor, who.agency, site().now())}
    return render(request, "analyst/worth.html", context)


@require_http_methods(["GET", "POST"])
@here_for("analyst")
def write(request: HttpRequest) -> HttpResponse:
    """Write a draft: check it, ask the past, or take its file along."""
    who, now = asking(request), site().now()
    if request.method == "GET":
        form = DraftForm(initial={"text": template_of(who.agency)})
        return render(request, "analyst/write.html", {"form": form})
    form = DraftForm(request.POST)
    draft, trial, asked = None, None, request.POST.get("do", "check")
    if form.is_valid():
        draft = checked(form.cleaned_data["text"], who.agency)
        if draft.indicator is not None and asked == "file":
            return _file(draft.text, draft.indicator.id)
        if draft.indicator is not None and asked == "try":
            trial = tried(draft.indicator, who.actor, now)
    wrong = form.errors or (draft is not None and draft.faults)
    context = {
        "form": form,
        "draft": draft,
        "trial": trial,
        "nothing_open": asked == "try" and trial is None and not wrong,
    }
    return render(request, "analyst/write.html", context, status=422 if wrong else 200)


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    safe = "".join(one for one in name if one.isalnum() or one in "-_")
    answer["Content-Disposition"] = f'attachment; filename="{safe}.yaml"'
    return answer


@require_http_methods(["GET", "POST"])
@here_for("analyst")
def indicator(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """Show an indicator of the own agency; ask the past, propose a step, or confirm one."""
    who, here = asking(request), site()
    now = here.now()
    found = life.one_of(here.desk, who.agency, name, version)
    if found is None:
        raise Http404
    form, trial = StepForm(), None
    refused: tuple[Told, ...] = ()
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if asked == "try":
        trial = tried(found, who.actor, now)
    elif asked == "propose":
        form = StepForm(request.POST)
        if form.is_valid():
            trial = tried(found, who.actor, now) if form.cleaned_data["to"] == "live" else None
            refused = _step(request, _proposed(form, name, version, trial, now))
    elif asked == "confirm":
        refused = _step(request, IndicatorAct("", "confirm", name, now, version))
    elif asked:
        raise Http404
    if asked in ("propose", "confirm") and not refused and not form.errors:
        return redirect("analyst-indicator", name, version)
    day = here.desk.jurisdiction.law_day(now)
    context = {
        "one": life.shown(here.desk, found, day),
        "reads": what_it_reads(found),
        "form": form,
        "trial": trial,
        "refused": refused,
        "nothing_open": asked == "try" and trial is None,
    }
    status = 422 if refused or form.errors else 200
    return render(request, "analyst/indicator.html", context, status=status)


def _proposed(
    form: StepForm, name: str, version: int, trial: Trial | None, now: Any
) -> IndicatorAct:
    data = form.cleaned_data
    evidence = trial.evidence if trial else None
    return IndicatorAct(
        "", "propose", name, now, version, None, data["to"], data["start"], data["reason"], evidence
    )


def _step(request: HttpRequest, act: IndicatorAct) -> tuple[Told, ...]:
    who, here = asking(request), site()
    answer = here.write(lambda: life.take(here.desk, act, who, here.now()))
    return tuple(map(told, answer.notices))
