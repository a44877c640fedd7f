"""What an officer may do with a case, as forms; the gate decides whether they may."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.casework.acts.model import Act

DECISIONS = (
    ("clear", _("Clear")),
    ("refuse", _("Refuse")),
    ("return", _("Send back")),
    ("destroy", _("Have destroyed")),
    ("seize", _("Seize")),
)


def fresh() -> str:
    """Return the id of an act that is not done yet: sent twice, it is done once."""
    return uuid4().hex


class ActForm(forms.Form):
    """An act; ``id`` goes with the form, so that a second press of the button does nothing."""

    id = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=fresh)
    name = ""

    def fields_of_act(self) -> dict[str, Any]:
        """Return the fields of the act besides who, what and when."""
        return {key: value for key, value in self.cleaned_data.items() if key != "id" and value}

    def act(self, reference: str, **known: Any) -> Act:
        """Return the act that the valid form tells."""
        told = {"id": f"web-{self.cleaned_data['id']}", "act": self.name, "reference": reference}
        return msgspec.convert({**told, **known, **self.fields_of_act()}, Act)


class DecideForm(ActForm):
    """The agency's decision on everything it has a say in."""

    name = "decide"
    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed unless you clear."),
    )


class FindForm(ActForm):
    """What was found by the agency's open checks."""

    name = "find"
    result = forms.ChoiceField(
        label=_("Finding"),
        choices=(("conform", _("In order")), ("nonconform", _("Not in order"))),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What was seen"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExamineForm(ActForm):
    """The examination itself was done."""

    name = "examine"


FORMS: dict[str, type[ActForm]] = {form.name: form for form in (DecideForm, FindForm, ExamineForm)}
