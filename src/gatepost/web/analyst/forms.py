"""What an analyst fills in: a draft, and a step of an indicator."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DraftForm(forms.Form):
    """A draft as YAML."""

    text = forms.CharField(
        label=_("The indicator"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "yaml"}),
        help_text=_("As its file in the agency's folder will be."),
    )


class StepForm(forms.Form):
    """What an indicator shall become, from which day, and why."""

    to = forms.ChoiceField(
        label=_("It shall"),
        choices=(
            ("live", _("go live")),
            ("trial", _("go back on trial")),
            ("ended", _("end")),
        ),
        widget=forms.RadioSelect,
    )
    start = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A day that has not begun; tomorrow if you name none."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
