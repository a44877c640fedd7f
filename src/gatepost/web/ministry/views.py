"""Release times, the map of instruments, and the comparison of models."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepost.web.ministry import models as model_pages
from gatepost.web.ministry.overlaps import overlaps
from gatepost.web.ministry.sharing import LAYERS, map_of
from gatepost.web.ministry.study import study
from gatepost.web.site import site
from gatepost.web.visitor import asking, here_for

PERIODS = (7, 30, 90)


@require_GET
@here_for("ministry")
def release_times(request: HttpRequest) -> HttpResponse:
    """Show how long release took in the last days, by whom, and what it waited for."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else 30
    found = study(asking(request).actor, days, site().now())
    context = {"study": found, "days": days, "periods": PERIODS}
    return render(request, "ministry/times.html", context)


@require_GET
@here_for("ministry")
def agreements(request: HttpRequest) -> HttpResponse:
    """Show who shares what with whom by the instruments in force today."""
    here = site()
    here.desk.refresh()
    jurisdiction = here.desk.jurisdiction
    layer: Any = request.GET.get("of", "share")
    if layer not in LAYERS:
        layer = "share"
    found = map_of(jurisdiction, layer, jurisdiction.law_day(here.now()))
    context = {"map": found, "layer": layer, "layers": LAYERS.items()}
    return render(request, "ministry/agreements.html", context)


@require_GET
@here_for("ministry")
def overlapping(request: HttpRequest) -> HttpResponse:
    """Show what two agencies check, ask or decide twice by the law from today on."""
    here = site()
    day = here.desk.jurisdiction.law_day(here.now())
    return render(request, "ministry/overlaps.html", {"found": overlaps(day), "day": day})


@require_GET
@here_for("ministry")
def models(request: HttpRequest) -> HttpResponse:
    """Show the same traffic under the models asked for, side by side."""
    wanted = request.GET.getlist("model")
    found = model_pages.compared(wanted)
    context = {
        "names": model_pages.names(),
        "wanted": [one.name for one in found],
        "models": found,
        "groups": model_pages.groups(found) if found else (),
        "most": model_pages.MOST,
        "left_out": max(0, len(set(wanted) & set(model_pages.names())) - model_pages.MOST),
    }
    return render(request, "ministry/models.html", context)
