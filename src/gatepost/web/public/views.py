"""The pages of the public guide; every one is made from the description in force on its day."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepost.cooperation.contacts import Contact
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.public.forms import NeedsForm
from gatepost.web.public.hours import week_of
from gatepost.web.public.needs import needs_answer
from gatepost.web.site import site
from gatepost.web.told import plain

NOT_PUBLIC = frozenset({"risk", "legal", "information_technology", "police"})
"""What a contact is asked about by other agencies only."""

FARTHEST = timedelta(days=3660)
"""How far from today a week of opening hours is shown."""


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show what the guide can tell, beginning with the question what one needs."""
    form = NeedsForm(site().desk.jurisdiction)
    return render(request, "public/start.html", {"form": form})


@require_GET
def needs(request: HttpRequest) -> HttpResponse:
    """Tell what all agencies would ask of the goods somebody names (SW-02)."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    form = NeedsForm(jurisdiction, request.GET or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "public/needs.html", {"form": form}, status=status)
    inquiry = form.inquiry(jurisdiction.law_day(here.now()))
    context = {
        "form": form,
        "inquiry": inquiry,
        "answer": needs_answer(jurisdiction, inquiry),
        "question": request.GET.urlencode(),
    }
    return render(request, "public/needs.html", context)


@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """Show the week of every post, that of today or of the day asked for."""
    here = site()
    today = here.desk.jurisdiction.law_day(here.now())
    day = _day(request.GET.get("day", ""), today)
    monday = day - timedelta(days=day.weekday())
    context = {
        "posts": week_of(here.desk.jurisdiction, here.now(), monday),
        "today": today,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
    }
    return render(request, "public/hours.html", context)


def _day(text: str, today: date) -> date:
    """Return the day a text names; ``today`` for a text that is none or one far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today


@require_GET
def fees(request: HttpRequest) -> HttpResponse:
    """List every fee in force, with its agency and its law."""
    here = site()
    today = here.desk.jurisdiction.law_day(here.now())
    found = [one for one in here.desk.jurisdiction.parts.get("fee", ()) if one.valid.on(today)]
    found.sort(key=lambda one: (one.agency, one.id))
    return render(request, "public/fees.html", {"fees": found, "today": today})


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """List every paper that an agency here knows, with what asks for it today."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    today = jurisdiction.law_day(here.now())
    asking: dict[str, list[str]] = {}
    for one in jurisdiction.parts.get("requirement", ()):
        version = next((v for v in one.valid if v.on(today)), None)
        asks = (version.asks or one.asks) if version else None
        for code in (asks.document, *asks.alternatives) if asks else ():
            if code:
                asking.setdefault(code, []).append(one.id)
    found = [(one, asking.get(one.code, [])) for one in jurisdiction.parts.get("document", ())]
    found.sort(key=lambda one: plain(one[0].name))
    return render(request, "public/papers.html", {"papers": found})


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """List the rights of traders and travellers, with the time and the place to use them."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    today = jurisdiction.law_day(here.now())
    found = [one for one in jurisdiction.parts.get("right", ()) if one.valid.on(today)]
    groups: dict[str, list[object]] = {}
    for one in sorted(found, key=lambda one: one.id):
        groups.setdefault(one.agency, []).append(one)
    standards = [one for one in jurisdiction.parts.get("standard", ()) if one.valid.on(today)]
    context = {"groups": groups.items(), "standards": standards}
    return render(request, "public/rights.html", context)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """List the posts with their offices and the agencies that have a unit there."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    today = jurisdiction.law_day(here.now())
    agencies = [one for one in jurisdiction.register.all_agencies if one.valid.on(today)]
    found = [
        (
            post,
            [
                (agency, unit)
                for agency in agencies
                for unit in agency.units
                if unit.valid.on(today) and post.id in unit.posts and unit.level == "local"
            ],
        )
        for post in jurisdiction.parts.get("post", ())
        if post.valid.on(today)
    ]
    context = {"places": found, "agencies": agencies, "contacts": _contacts(jurisdiction, today)}
    return render(request, "public/places.html", context)


def _contacts(jurisdiction: Jurisdiction, today: date) -> list[tuple[str, str, Contact]]:
    """Return post, agency and contact of everyone at a post whom the public may ask."""
    return [
        (post, listed.agency, one)
        for listed in jurisdiction.parts.get("contacts", ())
        for one in listed.contacts
        if one.valid.on(today) and one.level == "local" and one.function not in NOT_PUBLIC
        for post in one.posts
    ]
