"""Lodging, and following what was lodged."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.adapters import formats
from gatepost.casework.lodge import lodge
from gatepost.casework.reading import cases_of, read_case
from gatepost.casework.shorthand import expand
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.web.cases import case_page
from gatepost.web.site import site
from gatepost.web.told import Told, told
from gatepost.web.trader.forms import (
    DeclarationForm,
    GoodsForm,
    declaration_of,
    foretold,
    goods_foretold,
)
from gatepost.web.visitor import asking, here_for

LARGEST = 5_000_000
MOST_ITEMS = 99
# The absolute limit too: a thousand forms more would be drawn for whoever asks for them.
GoodsForms: Any = forms.formset_factory(
    GoodsForm, min_num=1, extra=0, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
)


@require_GET
@here_for("trader")
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases to which the trader is a party, the newest first."""
    here = site()
    found = cases_of(here.desk, asking(request).actor.id, here.now())
    return render(request, "trader/cases.html", {"cases": found[::-1]})


@require_GET
@here_for("trader")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case."""
    here = site()
    who = asking(request).actor
    reading = here.write(lambda: read_case(here.desk, reference, who, here.now()))
    return render(request, "trader/case.html", {"page": case_page(here.desk, reading, here.now())})


@require_http_methods(["GET", "POST"])
@here_for("trader")
def lodge_form(request: HttpRequest) -> HttpResponse:
    """Lodge by form; ``add`` in place of ``lodge`` gives one more goods item."""
    jurisdiction = site().desk.jurisdiction
    if request.method == "GET":
        asked = request.GET.dict()
        known = {"declarant": asking(request).actor.id, **foretold(jurisdiction, asked)}
        form = DeclarationForm(jurisdiction, initial=known)
        return _shown(request, form, GoodsForms(initial=[goods_foretold(asked)], prefix="goods"))
    data = request.POST.copy()
    if "add" in data:
        data["goods-TOTAL_FORMS"] = str(min(_counted(data) + 1, MOST_ITEMS))
        form = DeclarationForm(jurisdiction, initial=data.dict())
        return _shown(request, form, GoodsForms(initial=_typed(data), prefix="goods"))
    form, goods = DeclarationForm(jurisdiction, data), GoodsForms(data, prefix="goods")
    if not (form.is_valid() & goods.is_valid()):
        return _shown(request, form, goods, status=422)
    short = declaration_of(form, list(goods), jurisdiction.country.currency)
    try:
        reference = _lodged(request, msgspec.json.encode(expand(short)))
    except Refused as refused:
        return _shown(request, form, goods, tuple(map(told, refused.notices)), 422)
    return redirect("trader-case", reference)


def _counted(data: Any) -> int:
    """Return how many goods items the page says it has; none where it says something odd."""
    told = data.get("goods-TOTAL_FORMS", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def _typed(data: Any) -> list[dict[str, str]]:
    """Return what was typed so far for each goods item, as a form may begin with it."""
    names = list(GoodsForm.base_fields)
    return [
        {name: data.get(f"goods-{n}-{name}", "") for name in names}
        for n in range(int(data["goods-TOTAL_FORMS"]))
    ]


def _shown(
    request: HttpRequest,
    form: DeclarationForm,
    goods: Any,
    refused: tuple[Told, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "goods": goods, "refused": refused}
    return render(request, "trader/lodge.html", context, status=status)


@require_http_methods(["GET", "POST"])
@here_for("trader")
def lodge_file(request: HttpRequest) -> HttpResponse:
    """Lodge a declaration in a file, JSON or WCO XML."""
    refused: tuple[Told, ...] = ()
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            refused = (Told("", _("Choose a file."), "", "file"),)
        else:
            try:
                reference = _lodged(request, file.read(LARGEST + 1))
                return redirect("trader-case", reference)
            except Refused as fault:
                refused = tuple(map(told, fault.notices))
    status = 422 if refused else 200
    return render(request, "trader/lodge_file.html", {"refused": refused}, status=status)


def _lodged(request: HttpRequest, data: bytes) -> str:
    """Lodge what ``data`` holds for who is asking, and return its reference."""
    here = site()
    dataset = formats.read_lodgement(data)
    digest, who = digest_of(dataset), asking(request).actor
    answer = here.write(lambda: lodge(here.desk, dataset, digest, here.now(), who))
    return answer.reference or ""
