"""What a trader may do with a case: put the declaration right, and appeal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.adapters import formats
from gatepost.casework.act import perform
from gatepost.casework.acts.model import Act
from gatepost.kernel.actor import Actor
from gatepost.kernel.notice import Refused
from gatepost.web.site import site
from gatepost.web.told import Told, told

LARGEST = 5_000_000


def fresh() -> str:
    """Return the id of an act that is not done yet: sent twice, it is done once."""
    return uuid4().hex


class AppealForm(forms.Form):
    """Grounds for an appeal against one agency."""

    id = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=fresh)
    reason = forms.CharField(
        label=_("What is wrong with the decision"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AmendForm(forms.Form):
    """The whole declaration again, put right."""

    id = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=fresh)
    reason = forms.CharField(label=_("What changes"), max_length=1000)
    file = forms.FileField(label=_("Declaration as JSON or WCO Data Model XML"))


def appeal(reference: str, agency: str, form: AppealForm, who: Actor) -> tuple[Told, ...]:
    """Appeal, and return what refuses it."""
    return _done(form, reference, who, act="appeal", agency=agency)


def amend(reference: str, form: AmendForm, who: Actor) -> tuple[Told, ...]:
    """Amend by the file of the form, and return what refuses it."""
    try:
        dataset = formats.read_lodgement(form.cleaned_data["file"].read(LARGEST + 1))
    except Refused as fault:
        return tuple(map(told, fault.notices))
    return _done(form, reference, who, act="amend", declaration=dataset)


def _done(form: forms.Form, reference: str, who: Actor, **fields: Any) -> tuple[Told, ...]:
    here = site()
    now = here.now()
    said = form.cleaned_data
    act = Act(f"web-{said['id']}", reference=reference, at=now, reason=said["reason"], **fields)
    answer = here.write(lambda: perform(here.desk, act, now, who.id))
    return tuple(map(told, answer.notices)) if answer.status == "refused" else ()
