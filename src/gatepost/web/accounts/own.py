"""What somebody does with their own account: password, second factor, ending other sessions."""

from __future__ import annotations

import base64
import logging
from datetime import datetime, timedelta

import segno
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.adapters.store.models import Account
from gatepost.web.accounts import lockout, totp
from gatepost.web.accounts.forms import CodeForm, NewPasswordForm
from gatepost.web.site import site
from gatepost.web.visitor import logged_in

log = logging.getLogger("gatepost.accounts")
NEW_SECRET = "new-second-factor"
FRESH = timedelta(minutes=10)
"""How long ago somebody may have logged in who sets up another second factor."""


@logged_in
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("current", "fresh")
def own_account(request: HttpRequest, account: Account) -> HttpResponse:
    """Show one's account and change its password; all other sessions end with the old one."""
    form = NewPasswordForm(account, request.POST or None)
    changed = False
    now = site().now()
    if request.method == "POST":
        if lockout.is_locked(account, now):
            form.add_error(None, _("Too many answers were wrong. Wait a while."))
        elif form.is_valid():
            account.set_password(form.cleaned_data["fresh"])
            account.save(update_fields=["password"])
            update_session_auth_hash(request, account)
            lockout.succeeded(account)
            log.info("password changed: account %s", account.pk)
            changed, form = True, NewPasswordForm(account)
        elif "current" in form.errors:
            lockout.failed(account, now)
    context = {"form": form, "changed": changed, "account": account}
    return render(request, "accounts/own.html", context, status=422 if form.errors else 200)


@logged_in
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
def second_factor(request: HttpRequest, account: Account) -> HttpResponse:
    """Set up a second factor: it counts once a code of it was right."""
    now = site().now()
    if now - datetime.fromisoformat(request.session["began"]) > FRESH:
        return redirect_to_login(request.get_full_path())
    form = CodeForm(request.POST or None)
    kept = request.session.get(NEW_SECRET)
    if kept is None:
        kept = request.session[NEW_SECRET] = totp.seal(totp.new_secret(), account.name)
    secret = totp.unseal(kept, account.name)
    if request.method == "POST" and form.is_valid():
        step = totp.step_of(secret, form.cleaned_data["code"], now, 0)
        if step is not None:
            account.totp, account.totp_step = kept, step
            account.save(update_fields=["totp", "totp_step"])
            log.info("second factor set up: account %s", account.pk)
            del request.session[NEW_SECRET]
            request.session.cycle_key()
            return redirect("home")
        form.add_error("code", _("This code is not right. Does the clock of your telephone agree?"))
    context = {"form": form, "secret": totp.as_text(secret), "square": _square(secret, account)}
    status = 422 if form.errors else 200
    return render(request, "accounts/second_factor.html", context, status=status)


def _square(secret: bytes, account: Account) -> SafeString:
    drawn = segno.make(totp.address(secret, account.name), error="m")
    data = base64.b64encode(drawn.svg_inline(scale=5, border=2).encode()).decode()
    return mark_safe(f"data:image/svg+xml;base64,{data}")


@logged_in
@require_POST
def log_out_elsewhere(request: HttpRequest, account: Account) -> HttpResponse:
    """End every session of the account but this one."""
    account.session_key = get_random_string(32)
    account.save(update_fields=["session_key"])
    update_session_auth_hash(request, account)
    return redirect("own-account")
