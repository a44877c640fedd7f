"""The first page: what this is, who one may be here, and where to go."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from gatepost.web.accounts.demo import demo_roles
from gatepost.web.site import site
from gatepost.web.visitor import visitor

FIRST_PAGES = {
    "trader": "trader-cases",
    "ministry": "ministry-times",
    "coordinator": "coordinator-day",
    "analyst": "analyst-indicators",
    "administrator": "administrator-accounts",
    "officer": "officer-work",
}
"""The page on which each audience starts."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the start page, or lead to the first page of who is logged in."""
    who = visitor(request)
    for audience in who.audiences if who else ():
        if audience in FIRST_PAGES:
            return redirect(FIRST_PAGES[audience])
    return render(request, "home.html", {"roles": demo_roles() if site().demo else ()})


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives and its store answers, and nothing else."""
    site().desk.ledger.row("case", "")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language somebody reads."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(back, hosts, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if safe else "/")
    if check_for_language(wanted) and wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=31536000,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer
