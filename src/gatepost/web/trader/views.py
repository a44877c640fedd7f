"""Lodging, and following what was lodged."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gatepost.adapters import formats
from gatepost.adapters.formats.uploads import accept
from gatepost.casework.lodge import lodge
from gatepost.casework.reading import cases_of, read_case
from gatepost.casework.shorthand import expand
from gatepost.kernel.digest import digest_of
from gatepost.kernel.notice import Refused
from gatepost.web.site import site
from gatepost.web.told import Told, told
from gatepost.web.trader import acts, documents, kept
from gatepost.web.trader.forms import (
    DeclarationForm,
    GoodsForm,
    declaration_of,
    foretold,
    goods_foretold,
)
from gatepost.web.trader.page import trader_case
from gatepost.web.visitor import account_of, asking, here_for

MOST_ITEMS = 99
# The absolute limit too: a thousand forms more would be drawn for whoever asks for them.
GoodsForms: Any = forms.formset_factory(
    GoodsForm, min_num=1, extra=0, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
)


@require_GET
@here_for("trader")
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases to which the trader is a party, the newest first, and what is kept."""
    here = site()
    owner = account_of(request)
    context = {
        "cases": cases_of(here.desk, asking(request).actor.id, here.now())[::-1],
        "drafts": kept.drafts_of(owner),
        "profiles": kept.profiles_of(owner),
    }
    return render(request, "trader/cases.html", context)


@require_GET
@here_for("trader")
def mandates(request: HttpRequest) -> HttpResponse:
    """Show who may lodge for the trader, and for whom the trader may (SW-09)."""
    jurisdiction, who = site().desk.jurisdiction, asking(request).actor.id
    known = jurisdiction.register.all_brokerages
    context = {
        "given": [one for one in known if one.principal == who],
        "held": [one for one in known if one.agent == who],
        "today": jurisdiction.law_day(site().now()),
    }
    return render(request, "trader/mandates.html", context)


@require_http_methods(["GET", "POST"])
@here_for("trader")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case, and do what the trader's form says."""
    here = site()
    who = asking(request).actor
    appeal, amend = acts.AppealForm(), acts.AmendForm()
    refused: tuple[Told, ...] = ()
    context: dict[str, Any] = {}
    match request.POST.get("act") if request.method == "POST" else "":
        case "appeal":
            appeal = acts.AppealForm(request.POST)
            context["appealing"] = agency = request.POST.get("agency", "")
            if appeal.is_valid():
                refused = acts.appeal(reference, agency, appeal, who)
        case "amend":
            amend = acts.AmendForm(request.POST, request.FILES)
            context["amending"] = True
            if amend.is_valid():
                refused = acts.amend(reference, amend, who)
        case "":
            pass
        case _:
            raise Http404
    bad = bool(refused or appeal.errors or amend.errors)
    if request.method == "POST" and not bad:
        return redirect("trader-case", reference)
    reading = here.write(lambda: read_case(here.desk, reference, who, here.now()))
    context |= {
        "page": trader_case(here.desk, reading, here.now()),
        "appeal": appeal,
        "amend": amend,
        "refused": refused,
        "documents": documents.offered(reading),
    }
    return render(request, "trader/case.html", context, status=422 if bad else 200)


@require_GET
@here_for("trader")
def document(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Give a document of a case as PDF, in the reader's language."""
    if kind not in documents.KINDS:
        raise Http404
    here = site()
    who, now = asking(request).actor, here.now()
    reading = here.write(lambda: read_case(here.desk, reference, who, now, channel="export"))
    made = documents.document(here, reading, kind, settings.DATA, now)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{reading.reference}-{kind}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@here_for("trader")
def lodge_form(request: HttpRequest) -> HttpResponse:
    """Lodge by form, or keep what is typed as a draft, or add a goods item, or goods kept."""
    if request.method == "GET":
        return _begun(request)
    data = request.POST.copy()
    owner = account_of(request)
    if "save" in data:
        kept.save_draft(owner, data, _typed(data, _counted(data)), site().now())
        return redirect("trader-cases")
    if "add" in data or "use" in data:
        goods = _typed(data, _counted(data))[: MOST_ITEMS - 1]
        more = kept.profile_of(owner, data.get("profile", "")).fields if "use" in data else {}
        if "use" in data and len(goods) == 1 and not goods[0].get("commodity"):
            goods = []
        form = DeclarationForm(site().desk.jurisdiction, asking(request), initial=data.dict())
        return _shown(request, form, _goods_forms([*goods, more]))
    return _sent(request, data)


def _begun(request: HttpRequest) -> HttpResponse:
    """Show a form that begins with a draft, or with what was asked of the public guide."""
    jurisdiction = site().desk.jurisdiction
    asked = request.GET.dict()
    known: dict[str, Any] = {"declarant": asking(request).actor.id}
    if "draft" in asked:
        draft = kept.draft_of(account_of(request), asked["draft"]).fields
        known |= draft["declaration"]
        goods = draft["goods"]
    else:
        known |= foretold(jurisdiction, asked)
        goods = [goods_foretold(asked)]
    form = DeclarationForm(jurisdiction, asking(request), initial=known)
    return _shown(request, form, _goods_forms(goods))


def _sent(request: HttpRequest, data: Any) -> HttpResponse:
    jurisdiction, who = site().desk.jurisdiction, asking(request)
    form = DeclarationForm(jurisdiction, who, data)
    goods = GoodsForms(data, prefix="goods")
    if not (form.is_valid() & goods.is_valid()):
        return _shown(request, form, goods, status=422)
    short = declaration_of(form, list(goods), jurisdiction.country.currency, who.actor.id)
    try:
        reference = _lodged(request, msgspec.json.encode(expand(short)))
    except Refused as refused:
        return _shown(request, form, goods, tuple(map(told, refused.notices)), 422)
    owner = account_of(request)
    for one in goods:
        if name := one.cleaned_data.get("keep_as"):
            kept.save_profile(owner, name, one.cleaned_data)
    kept.forget_draft(owner, short.reference)
    return redirect("trader-case", reference)


def _counted(data: Any) -> int:
    """Return how many goods items the page says it has; none where it says something odd."""
    told = data.get("goods-TOTAL_FORMS", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def _typed(data: Any, count: int) -> list[dict[str, str]]:
    """Return what was typed so far for each goods item, as a form may begin with it."""
    names = list(GoodsForm.base_fields)
    return [
        {name: data.get(f"goods-{n}-{name}", "") for name in names}
        for n in range(min(count, MOST_ITEMS))
    ]


def _goods_forms(goods: list[dict[str, Any]]) -> Any:
    return GoodsForms(initial=goods or [{}], prefix="goods")


def _shown(
    request: HttpRequest,
    form: DeclarationForm,
    goods: Any,
    refused: tuple[Told, ...] = (),
    status: int = 200,
) -> HttpResponse:
    profiles = kept.profiles_of(account_of(request))
    context = {
        "form": form,
        "goods": goods,
        "refused": refused,
        "profiles": profiles,
        "countries": form.countries,
    }
    return render(request, "trader/lodge.html", context, status=status)


@require_http_methods(["POST"])
@here_for("trader")
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away a draft or a profile of goods."""
    owner = account_of(request)
    if "draft" in request.POST:
        kept.draft_of(owner, request.POST["draft"]).delete()
    else:
        kept.profile_of(owner, request.POST.get("profile", "")).delete()
    return redirect("trader-cases")


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
                reference = _lodged(request, file.read(acts.LARGEST + 1))
                return redirect("trader-case", reference)
            except Refused as fault:
                refused = tuple(map(told, fault.notices))
    status = 422 if refused else 200
    return render(request, "trader/lodge_file.html", {"refused": refused}, status=status)


def _lodged(request: HttpRequest, data: bytes) -> str:
    """Lodge what ``data`` holds for who is asking, and return its reference."""
    here = site()
    accept(data, "json", "xml", "edifact")
    dataset = formats.read_lodgement(data)
    digest, who = digest_of(dataset), asking(request).actor
    answer = here.write(lambda: lodge(here.desk, dataset, digest, here.now(), who))
    return answer.reference or ""
