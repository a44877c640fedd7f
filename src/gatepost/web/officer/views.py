"""The work list and the case of an officer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.casework.act import perform
from gatepost.casework.reading import read_case, work_list
from gatepost.web.cases import case_page
from gatepost.web.officer.forms import FORMS, ActForm
from gatepost.web.site import site
from gatepost.web.told import told
from gatepost.web.visitor import Visitor, asking, here_for


@require_GET
@here_for("officer")
def work(request: HttpRequest) -> HttpResponse:
    """List what the officer's agency can do at the officer's posts, the oldest first."""
    who, desk = asking(request), site().desk
    posts = who.posts or (None,)
    found = [item for post in posts for item in work_list(desk, who.agency, post)]
    return render(request, "officer/work.html", {"items": found})


@require_http_methods(["GET", "POST"])
@here_for("officer")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case, and do what the officer's form says."""
    who = asking(request)
    forms: dict[str, ActForm] = {name: form() for name, form in FORMS.items()}
    refused: tuple[Any, ...] = ()
    if request.method == "POST":
        name = request.POST.get("act", "")
        if name not in FORMS:
            raise Http404
        sent = forms[name] = FORMS[name](request.POST)
        if sent.is_valid():
            refused = _done(who, reference, sent)
            if not refused:
                return redirect("officer-case", reference)
    return _shown(request, who, reference, forms, refused)


def _done(who: Visitor, reference: str, form: ActForm) -> tuple[Any, ...]:
    """Do the act of a form and return what refuses it."""
    here = site()
    now = here.now()
    act = form.act(reference, at=now, agency=who.agency)
    done = here.write(lambda: perform(here.desk, act, now, who.actor.id))
    return tuple(map(told, done.notices))


def _shown(
    request: HttpRequest,
    who: Visitor,
    reference: str,
    forms: dict[str, ActForm],
    refused: tuple[Any, ...],
) -> HttpResponse:
    here = site()
    reading = here.write(lambda: read_case(here.desk, reference, who.actor, here.now()))
    case = reading.case
    mine = [c for c in case.controls.open if c.agency == who.agency]
    context = {
        "page": case_page(here.desk, reading),
        "forms": forms,
        "refused": refused,
        "controls": mine,
        "findings": case.controls.findings,
    }
    bad = refused or any(form.errors for form in forms.values())
    return render(request, "officer/case.html", context, status=422 if bad else 200)
