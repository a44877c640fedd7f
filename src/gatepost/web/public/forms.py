"""What somebody asks of the guide: which goods, whence, whither, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.casework.guide import Inquiry
from gatepost.codelists.hs import is_heading
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.countries import country_choices
from gatepost.web.told import plain

REGIMES = (
    ("import", _("They come in")),
    ("export", _("They go out")),
    ("transit", _("They pass through")),
)
MODES = (
    ("3", _("Road")),
    ("1", _("Sea")),
    ("2", _("Rail")),
    ("4", _("Air")),
)


class NeedsForm(forms.Form):
    """The question "what do I need?"; only the direction and the commodity must be told."""

    regime = forms.ChoiceField(label=_("What happens with the goods"), choices=REGIMES)
    commodity = forms.CharField(
        label=_("Commodity code"),
        max_length=13,
        help_text=_("Six to ten digits, such as 060311 for cut roses."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    origin = forms.ChoiceField(label=_("Country of origin"), required=False)
    day = forms.DateField(
        label=_("Day at the border"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    mode = forms.ChoiceField(label=_("They travel by"), required=False)
    office = forms.ChoiceField(label=_("Border post"), required=False)
    export_country = forms.ChoiceField(label=_("Sent from (country)"), required=False)
    destination = forms.ChoiceField(label=_("Going to (country)"), required=False)
    procedure = forms.ChoiceField(label=_("Customs procedure"), required=False)
    net_mass = forms.DecimalField(
        label=_("Net mass in kg"), required=False, min_value=0, max_digits=16
    )
    quantity = forms.DecimalField(
        label=_("Number or quantity"), required=False, min_value=0, max_digits=16
    )
    value = forms.DecimalField(label=_("Value"), required=False, min_value=0, max_digits=16)

    FIRST = ("regime", "commodity", "origin", "day")

    def __init__(self, jurisdiction: Jurisdiction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = [("", _("not told"))]
        countries = [*unknown, *country_choices(jurisdiction)]
        parts = jurisdiction.parts
        posts = [(o, plain(one.name)) for one in parts.get("post", ()) for o in one.offices[:1]]
        kinds = [(c.code, f"{c.code} {plain(c.name)}") for c in parts["customs_procedure"]]
        self._choose("origin", countries)
        self._choose("export_country", countries)
        self._choose("destination", countries)
        self._choose("mode", [*unknown, *MODES])
        self._choose("office", [*unknown, *posts])
        self._choose("procedure", [*unknown, *kinds])
        self.fields["value"].label = _("Value in %(currency)s") % {
            "currency": jurisdiction.country.currency
        }

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_commodity(self) -> str:
        """Return the digits alone; refused if they begin no code of the Harmonized System."""
        digits: str = self.cleaned_data["commodity"].replace(".", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 10):
            raise forms.ValidationError(_("Write six to ten digits, such as 060311."))
        if not is_heading(digits):
            raise forms.ValidationError(
                _("No commodity has the code %(code)s. Look it up in the tariff."),
                params={"code": digits},
            )
        return digits

    def inquiry(self, today: date) -> Inquiry:
        """Return the question of the valid form; a day that is not told is ``today``."""
        told = {key: value for key, value in self.cleaned_data.items() if value not in ("", None)}
        for key in ("net_mass", "quantity", "value"):
            if key in told:
                told[key] = float(told[key])
        return msgspec.convert({"day": today, **told}, Inquiry)

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields that make the answer narrower."""
        return [field for field in self if field.name not in self.FIRST]

    @property
    def narrowed(self) -> bool:
        """Whether something of the rest is told or wrong."""
        return any(field.data or field.errors for field in self.rest)
