"""How the service stands, for people and for programs; nothing of any case is in it."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepost.web.site import Site, site


class Service(msgspec.Struct, frozen=True):
    """What was tried just now: the store was asked, the description is loaded."""

    at: datetime
    version: str
    country: str
    store: bool
    demo: bool

    @property
    def good(self) -> bool:
        """Whether everything that was tried works."""
        return self.store


def service_of(here: Site) -> Service:
    """Return how the service stands now."""
    jurisdiction = here.desk.jurisdiction
    return Service(
        here.now(), version("gatepost"), jurisdiction.country.code, _store_answers(here), here.demo
    )


def _store_answers(here: Site) -> bool:
    try:
        here.desk.ledger.row("case", "")
    except Exception:
        # Whatever keeps the store from answering, the answer of this page is the same.
        return False
    return True


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Show how the service stands; 503 where something does not work."""
    service = service_of(site())
    code = 200 if service.good else 503
    return render(request, "public/status.html", {"service": service}, status=code)


@require_GET
def status_json(request: HttpRequest) -> HttpResponse:
    """Tell programs how the service stands."""
    service = service_of(site())
    return HttpResponse(
        msgspec.json.encode(service),
        content_type="application/json",
        status=200 if service.good else 503,
    )
