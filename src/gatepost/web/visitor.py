"""Who is asking: the account, the actor it stands for, and where the actor serves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import msgspec
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gatepost.adapters.store.models import Account
from gatepost.casework.desk import Desk
from gatepost.kernel.actor import Actor
from gatepost.kernel.language import in_language
from gatepost.web.site import site

View = Callable[..., HttpResponse]


class Visitor(msgspec.Struct, frozen=True):
    """An account as the views know it; an officer's role gives unit, posts and agency."""

    name: str
    actor: Actor
    title: str
    audiences: tuple[str, ...]
    agency: str = ""
    unit: str = ""
    posts: tuple[str, ...] = ()


def visitor_of(desk: Desk, account: Account, day: date) -> Visitor | None:
    """Return who an account is on ``day``; ``None`` if its role is not in post that day."""
    register = desk.jurisdiction.register
    audiences = tuple(account.audiences)
    actor = desk.actor(account.actor) if account.actor else Actor("", "party")
    if actor.kind != "officer":
        return Visitor(account.name, actor, account.name, audiences)
    officer = register.officer(actor.id, day)
    if officer is None:
        return None
    agency = register.agency(actor.agency or "", day)
    name = in_language(agency.name) if agency else actor.agency or ""
    return Visitor(
        account.name,
        actor,
        f"{in_language(officer.role)}, {name}",
        audiences,
        actor.agency or "",
        officer.unit,
        register.posts_of(officer, day),
    )


def visitor(request: HttpRequest) -> Visitor | None:
    """Return who is asking; ``None`` if nobody is logged in."""
    found: Visitor | None = getattr(request, "_visitor", None)
    account = request.user
    if found is None and isinstance(account, Account):
        here = site()
        found = visitor_of(here.desk, account, here.desk.jurisdiction.law_day(here.now()))
        request._visitor = found  # type: ignore[attr-defined]
    return found


def here_for(*audiences: str) -> Callable[[View], View]:
    """Let a view answer only those audiences; others are told that there is no such page."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = visitor(request)
            if who is None:
                return redirect_to_login(request.get_full_path())
            if not set(audiences) & set(who.audiences):
                raise Http404
            if lacks_second_factor(request, who):
                return redirect("second-factor")
            return view(request, *args, **kwargs)

        return guarded

    return around


def lacks_second_factor(request: HttpRequest, who: Visitor) -> bool:
    """Tell whether somebody must set up a second factor first: whoever is more than a trader.

    Who logs in with their agency's accounts has it there; the demo wants none.
    """
    account = request.user
    staff = set(who.audiences) - {"trader"}
    outside = request.session.get("outside", False)
    return bool(staff and not site().demo and not outside and not getattr(account, "totp", ""))


def logged_in(view: View) -> View:
    """Let a view answer whoever is logged in, and hand it the account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        return view(request, request.user, *args, **kwargs)

    return guarded


def asking(request: HttpRequest) -> Visitor:
    """Return who is asking where somebody surely is."""
    who = visitor(request)
    assert who is not None
    return who


def account_of(request: HttpRequest) -> Account:
    """Return the account of who is asking where somebody surely is."""
    assert isinstance(request.user, Account)
    return request.user
