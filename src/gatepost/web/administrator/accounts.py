"""Accounts: who there is, making one, and what is done when somebody leaves or is locked out."""

from __future__ import annotations

import logging

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.adapters.store.models import Account
from gatepost.web.accounts import lockout
from gatepost.web.administrator.forms import NewAccountForm, WhoseForm
from gatepost.web.site import site
from gatepost.web.visitor import asking, here_for

log = logging.getLogger("gatepost.accounts")
PAGE = 100


@require_GET
@here_for("administrator")
def listed(request: HttpRequest) -> HttpResponse:
    """List accounts by name, those that hold a word if one is asked for."""
    wanted = request.GET.get("q", "").strip()[:120]
    found = Account.objects.order_by("name")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(actor__icontains=wanted))
    after = request.GET.get("after", "")[:120]
    page = list(found.filter(name__gt=after)[: PAGE + 1])
    context = {
        "accounts": page[:PAGE],
        "more": page[PAGE - 1].name if len(page) > PAGE else "",
        "wanted": wanted,
        "count": found.count(),
        "moment_now": site().now(),
    }
    return render(request, "administrator/accounts.html", context)


@require_http_methods(["GET", "POST"])
@here_for("administrator")
@sensitive_post_parameters("password")
def made(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    register = site().desk.jurisdiction.register
    form = NewAccountForm(register, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.make()
        if account is not None:
            log.info("account %s made by %s", account.pk, request.user.pk)
            return redirect("administrator-account", account.pk)
    status = 422 if form.errors else 200
    return render(request, "administrator/new_account.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@here_for("administrator")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show an account, and end it, open it again, or change whose pages it sees.

    Nobody does any of it to the own account.
    """
    account = get_object_or_404(Account, pk=number)
    own = account.name == asking(request).name
    register = site().desk.jurisdiction.register
    begun = {"actor": account.actor, "audiences": account.audiences}
    form = WhoseForm(register, initial=begun)
    if request.method == "POST":
        if own:
            raise Http404
        act = request.POST.get("do", "")
        if act == "whose":
            form = WhoseForm(register, request.POST)
            if form.is_valid():
                _set_whose(account, form)
        elif act in ACTS:
            ACTS[act](account)
        else:
            raise Http404
        if not form.errors:
            log.info("account %s: %s by %s", account.pk, act, request.user.pk)
            return redirect("administrator-account", number)
    locked = lockout.is_locked(account, site().now())
    context = {"account": account, "form": form, "own": own, "locked": locked}
    status = 422 if form.errors else 200
    return render(request, "administrator/account.html", context, status=status)


def _set_whose(account: Account, form: WhoseForm) -> None:
    account.actor = form.cleaned_data["actor"]
    account.audiences = form.cleaned_data["audiences"]
    account.session_key = get_random_string(32)
    account.save(update_fields=["actor", "audiences", "session_key"])


def _end(account: Account) -> None:
    account.is_active = False
    account.session_key = get_random_string(32)
    account.save(update_fields=["is_active", "session_key"])


def _reopen(account: Account) -> None:
    account.is_active = True
    account.save(update_fields=["is_active"])


def _unlock(account: Account) -> None:
    lockout.succeeded(account)


def _forget_second_factor(account: Account) -> None:
    """Let a new second factor be set up at the next log-in; every session ends."""
    account.totp, account.totp_step = "", 0
    account.session_key = get_random_string(32)
    account.save(update_fields=["totp", "totp_step", "session_key"])


ACTS = {"end": _end, "reopen": _reopen, "unlock": _unlock, "factor": _forget_second_factor}
