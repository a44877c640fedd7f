"""The work list and the case of an officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.casework.ability import Ability, abilities, referred_to
from gatepost.casework.act import perform
from gatepost.casework.projection import WorkItem
from gatepost.casework.reading import read_case
from gatepost.kernel.notice import Notice
from gatepost.web.cases import case_page
from gatepost.web.officer import prepared
from gatepost.web.officer.forms import FORMS, ActForm
from gatepost.web.officer.listed import page_of
from gatepost.web.officer.offered import laws_of_holds, offered
from gatepost.web.officer.shown import goods_shown, seen_by
from gatepost.web.site import site
from gatepost.web.told import told
from gatepost.web.visitor import Visitor, asking, here_for


@require_GET
@here_for("officer")
def work(request: HttpRequest) -> HttpResponse:
    """List what the officer's agency can do at the officer's posts, the oldest first."""
    who = asking(request)
    whose = request.GET.get("whose", "all")
    found = page_of(who, _of(whose, who), request.GET.get("after", "")[:200])
    context = {"page": found, "whose": whose, "fresh": FORMS["assign"]()}
    return render(request, "officer/work.html", context)


def _of(whose: str, who: Visitor) -> Callable[[WorkItem], bool]:
    """Return what tells the lines that somebody asks for: all, the own, or those of nobody."""
    match whose:
        case "mine":
            return lambda item: item.officer == who.actor.id
        case "nobody":
            return lambda item: item.officer is None
        case _:
            return lambda item: True


@require_http_methods(["GET", "POST"])
@here_for("officer")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case, and do what the officer's form says."""
    who = asking(request)
    if request.method == "GET":
        return _shown(request, who, reference)
    name, now = request.POST.get("act", ""), site().now()
    if name == "confirm":
        notices = prepared.confirm(who, reference, request.POST.get("prepared", ""), now)
        return _answered(request, who, reference, notices)
    if name == "drop":
        prepared.drop(who, reference, request.POST.get("prepared", ""), now)
        return redirect("officer-case", reference)
    if name not in FORMS:
        raise Http404
    able = abilities(site().desk, reference, who.actor, now)
    sent = FORMS[name](request.POST, choices=_as_sent(name, request.POST, able, who))
    if not sent.is_valid():
        return _shown(request, who, reference, name)
    return _answered(request, who, reference, _done(who, reference, sent, able), name)


def _as_sent(
    name: str, data: QueryDict, able: tuple[Ability, ...], who: Visitor
) -> dict[str, list[tuple[str, Any]]]:
    """Return the choices by which what was sent is read: the gate, not the form, judges them.

    Only the law of a hold is one that the officer's agency has.
    """
    names = FORMS[name].on_case
    choices = {one: [(value, value) for value in data.getlist(one)] for one in names}
    return {**choices, "law": laws_of_holds(able, who.agency)}


def _done(
    who: Visitor, reference: str, form: ActForm, able: tuple[Ability, ...]
) -> tuple[Notice, ...]:
    """Do the act of a form, or prepare it for a second officer; return what refuses it."""
    here = site()
    now = here.now()
    act = form.act(reference, at=now, agency=who.agency)
    if any(one.power == form.name and one.four_eyes for one in able):
        prepared.prepare(who, act, now)
        return ()
    return here.write(lambda: perform(here.desk, act, now, who.actor.id)).notices


def _answered(
    request: HttpRequest,
    who: Visitor,
    reference: str,
    notices: tuple[Notice, ...],
    name: str = "",
) -> HttpResponse:
    if not notices:
        return redirect("officer-case", reference)
    return _shown(request, who, reference, name, notices)


def _shown(
    request: HttpRequest,
    who: Visitor,
    reference: str,
    sent: str = "",
    notices: tuple[Notice, ...] = (),
) -> HttpResponse:
    here = site()
    now = here.now()
    reading = here.write(lambda: read_case(here.desk, reference, who.actor, now))
    able = abilities(here.desk, reference, who.actor, now)
    day = here.desk.jurisdiction.law_day(now)
    offers = offered(
        here.desk, reading, who, able, day, referred_to(here.desk, reference, who.actor, now)
    )
    forms = {name: FORMS[name](choices=choices) for name, choices in offers.acts.items()}
    if sent:
        forms[sent] = FORMS[sent](request.POST, choices=offers.acts.get(sent))
    context = {
        "page": case_page(here.desk, reading, now),
        "goods": goods_shown(reading),
        "seen": seen_by(here.desk.jurisdiction, reading),
        "forms": forms,
        "sent": sent,
        "refused": tuple(map(told, notices)),
        "holder": reading.case.assigned.get(who.agency),
        "four_eyes": {one.power for one in able if one.four_eyes},
        "waiting": prepared.waiting(who, reference, now),
        "findings": reading.case.controls.findings,
    }
    bad = notices or any(form.errors for form in forms.values())
    return render(request, "officer/case.html", context, status=422 if bad else 200)
