"""Roles, the description in force, credentials, and how the installation stands."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.adapters.health import examined
from gatepost.adapters.place import Place
from gatepost.adapters.store.models import Account, Credential
from gatepost.bootstrap import DATABASE_FILE
from gatepost.web.accounts import lockout
from gatepost.web.administrator.state import described, roles_of, sealed
from gatepost.web.site import site
from gatepost.web.visitor import here_for

log = logging.getLogger("gatepost.accounts")
SOON = timedelta(days=90)
CREDENTIALS = 500
"""The most credentials of one page."""


@require_GET
@here_for("administrator")
def roles(request: HttpRequest) -> HttpResponse:
    """Show the roles in post today, and how many accounts have each."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    day = jurisdiction.law_day(here.now())
    held = Counter(Account.objects.filter(is_active=True).values_list("actor", flat=True))
    context = {"agencies": roles_of(jurisdiction.register, day, held).items(), "day": day}
    return render(request, "administrator/roles.html", context)


@require_GET
@here_for("administrator")
def law(request: HttpRequest) -> HttpResponse:
    """Show the description in force, and what begins and ends around today."""
    here = site()
    jurisdiction = here.desk.described
    day = jurisdiction.law_day(here.now())
    context = {"law": described(jurisdiction, day, SOON), "day": day, "name": settings.JURISDICTION}
    return render(request, "administrator/law.html", context)


@require_http_methods(["GET", "POST"])
@here_for("administrator")
def credentials(request: HttpRequest) -> HttpResponse:
    """List the tokens of programs, and revoke one."""
    now = site().now()
    if request.method == "POST":
        wanted = request.POST.get("revoke", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
        if Credential.objects.filter(pk=number, revoked_at=None).update(revoked_at=now):
            log.info("token %d revoked by %s", number, request.user.pk)
        return redirect("administrator-credentials")
    found = Credential.objects.order_by(F("revoked_at").asc(nulls_first=True), "owner", "pk")
    context = {"credentials": found[:CREDENTIALS], "moment_now": now, "count": found.count()}
    return render(request, "administrator/credentials.html", context)


@require_GET
@here_for("administrator")
def health(request: HttpRequest) -> HttpResponse:
    """Show the audit log's state and what of the accounts wants attention.

    With ``look`` the whole log is read, as ``gatepost doctor`` does.
    """
    here = site()
    now = here.now()
    place = Place(settings.DATA / DATABASE_FILE, settings.DATABASE)
    looked = "look" in request.GET
    active = Account.objects.filter(is_active=True)
    staff = [one for one in active.filter(totp="", subject=None) if set(one.audiences) - {"trader"}]
    context = {
        "sealed": sealed(settings.DATA),
        "health": examined(here.desk, place, lambda done: None) if looked else None,
        "demo_mode": here.demo,
        "accounts": active.count(),
        "without_factor": staff,
        "locked": [one for one in active if lockout.is_locked(one, now)],
        "endless": Credential.objects.filter(revoked_at=None, expires_at=None).count(),
    }
    return render(request, "administrator/health.html", context)
