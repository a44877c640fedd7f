"""Logging in with an agency's own accounts."""

from __future__ import annotations

import logging

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gatepost.adapters.http.outgoing import Unreachable
from gatepost.adapters.store.models import Account
from gatepost.web.accounts import oidc
from gatepost.web.accounts.views import entered
from gatepost.web.site import site

BEGUN = "oidc"
log = logging.getLogger("gatepost.accounts")


@require_POST
def leave(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody to their agency's provider."""
    known = settings.OIDC_PROVIDERS.get(provider)
    if known is None:
        raise Http404
    try:
        where, begun = oidc.begin(known, _back(request), request.POST.get("next", ""), _local())
    except (oidc.NotBelieved, Unreachable) as fault:
        return _failed(request, provider, fault)
    request.session[BEGUN] = msgspec.to_builtins(begun)
    return HttpResponseRedirect(where)


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Believe who came back, or say that nothing was proved."""
    kept = request.session.pop(BEGUN, None)
    if kept is None:
        return redirect("log-in")
    begun = msgspec.convert(kept, oidc.Begun)
    known = settings.OIDC_PROVIDERS.get(begun.provider)
    if known is None:
        raise Http404
    given = {name: str(request.GET[name]) for name in request.GET}
    try:
        now = site().now().timestamp()
        subject = oidc.subject_of(known, begun, given, _back(request), now, _local())
    except (oidc.NotBelieved, Unreachable) as fault:
        return _failed(request, begun.provider, fault)
    account = Account.objects.filter(subject=subject, is_active=True).first()
    if account is None:
        return _failed(request, begun.provider, oidc.NotBelieved("nobody has this subject here"))
    answer = entered(request, account, begun.next)
    request.session["outside"] = True
    return answer


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("oidc-back"))


def _local() -> bool:
    return bool(settings.OUTGOING_LOCAL)


def _failed(request: HttpRequest, provider: str, fault: Exception) -> HttpResponse:
    log.warning("Logging in with %s proved nothing: %s", provider, type(fault).__name__)
    return render(request, "accounts/not_believed.html", status=403)
