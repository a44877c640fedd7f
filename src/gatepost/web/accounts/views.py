"""Logging in and out."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gatepost.adapters.store.models import Account
from gatepost.web.site import site

BACKEND = "gatepost.web.accounts.backend.AccountBackend"


class LogInForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(label=_("Name"), max_length=120)
    password = forms.CharField(label=_("Password"), max_length=1000, widget=forms.PasswordInput)
    name.widget.attrs["autocomplete"] = "username"
    password.widget.attrs["autocomplete"] = "current-password"


def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; what is wrong is told in one sentence for every case."""
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            login(request, account, backend=BACKEND)
            return HttpResponseRedirect(_next(request))
        form.add_error(None, _("No account has this name and this password."))
    status = 422 if form.errors else 200
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "accounts/log_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return "/"


@require_POST
def log_in_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Log in as a named role of the demo; there is no such address elsewhere."""
    if not site().demo:
        raise Http404
    account = get_object_or_404(Account, name=role, is_active=True)
    login(request, account, backend=BACKEND)
    return redirect("home")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Forget who is asking."""
    logout(request)
    return redirect("home")
