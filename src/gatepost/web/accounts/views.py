"""Logging in and out."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.adapters.store.models import Account
from gatepost.web.accounts import lockout, totp
from gatepost.web.accounts.demo import demo_roles
from gatepost.web.accounts.forms import CodeForm, LogInForm
from gatepost.web.site import site

BACKEND = "gatepost.web.accounts.backend.AccountBackend"
log = logging.getLogger("gatepost.accounts")
HALF = "half-way"
HALF_ENDS = timedelta(minutes=5)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; what is wrong is told in one sentence for every case."""
    form = LogInForm(request.POST or None)
    next_page = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            if account.totp:
                began = site().now().isoformat()
                request.session.cycle_key()
                request.session[HALF] = {"account": account.pk, "at": began, "next": next_page}
                return redirect("log-in-code")
            return entered(request, account, next_page)
        log.warning("log-in refused: account %s", number_of(request.POST.get("name", "")))
        form.add_error(
            None,
            _("No account has this name and this password, or it is locked for a while."),
        )
    providers = tuple(settings.OIDC_PROVIDERS.values())
    roles = demo_roles() if site().demo else ()
    context = {"form": form, "next": next_page, "providers": providers, "roles": roles}
    return render(request, "accounts/log_in.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def log_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor, after the password was right."""
    half, now = request.session.get(HALF), site().now()
    if half is None or now - datetime.fromisoformat(half["at"]) > HALF_ENDS:
        request.session.pop(HALF, None)
        return redirect("log-in")
    account = get_object_or_404(Account, pk=half["account"], is_active=True)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if code_is_right(account, form.cleaned_data["code"], now):
            del request.session[HALF]
            return entered(request, account, half["next"])
        form.add_error("code", _("This code is not right, or it was used, or too many were wrong."))
    context = {"form": form}
    return render(request, "accounts/code.html", context, status=422 if form.errors else 200)


def code_is_right(account: Account, code: str, now: datetime) -> bool:
    """Tell whether a code is right now and was not used; wrong ones lock the account in the end."""
    if lockout.is_locked(account, now):
        return False
    secret = totp.unseal(account.totp, account.name)
    step = totp.step_of(secret, code, now, account.totp_step)
    # Only who moves the step on has used the code: of two at once, one is refused.
    if step is None or not Account.objects.filter(pk=account.pk, totp_step__lt=step).update(
        totp_step=step
    ):
        log.warning("code refused: account %s", account.pk)
        lockout.failed(account, now)
        return False
    lockout.succeeded(account)
    return True


def number_of(name: str) -> int | None:
    """Return the number of the account of this name; what was typed may be anything, a password."""
    return Account.objects.filter(name=name.replace("\0", "")).values_list("pk", flat=True).first()


def entered(request: HttpRequest, account: Account, next_page: str) -> HttpResponse:
    """Begin a session and lead on."""
    login(request, account, backend=BACKEND)
    log.info("logged in: account %s, second factor %s", account.pk, bool(account.totp))
    now = site().now().isoformat()
    request.session["began"] = request.session["seen"] = now
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(next_page, hosts, require_https=request.is_secure())
    return HttpResponseRedirect(next_page if safe else "/")


@require_POST
def log_in_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Log in as a named role of the demo; there is no such address elsewhere."""
    if not site().demo:
        raise Http404
    account = get_object_or_404(Account, name=role, is_active=True)
    return entered(request, account, request.POST.get("next", ""))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Forget who is asking."""
    log.info("logged out: account %s", request.user.pk)
    logout(request)
    answer = redirect("home")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
