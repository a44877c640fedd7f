"""What a coordinator fills in: where a stop is moved to, and what comes later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """A stop begins at another time, perhaps in another place."""

    slot = forms.CharField(widget=forms.HiddenInput, max_length=40)
    start = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"),
    )
    place = forms.ChoiceField(label=_("In"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=400, required=False)

    def __init__(self, places: Iterable[str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", _("the same place")), *((one, one) for one in places)]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class LateForm(forms.Form):
    """A consignment comes later than it was announced."""

    reference = forms.CharField(widget=forms.HiddenInput, max_length=18)
    minutes = forms.IntegerField(label=_("Minutes later"), min_value=5, max_value=24 * 60)
