"""The forms by which a declaration is lodged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.casework.shorthand import Declaration, Goods
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.countries import country_choices
from gatepost.web.site import site
from gatepost.web.told import plain
from gatepost.web.visitor import Visitor

MODES = (
    ("3", _("Road")),
    ("1", _("Sea")),
    ("2", _("Rail")),
    ("4", _("Air")),
)


def country() -> forms.TextInput:
    """Return a field for a country code that offers the page's list of countries."""
    return forms.TextInput(attrs={"list": "countries", "autocomplete": "off"})


class DeclarationForm(forms.Form):
    """What is said once of a declaration; the goods follow, one form each."""

    type = forms.ChoiceField(label=_("What happens with the goods"))
    office = forms.ChoiceField(label=_("Border post"))
    mode = forms.ChoiceField(label=_("They travel by"), choices=MODES)
    declarant = forms.ChoiceField(
        label=_("Declarant"), help_text=_("You, or a principal whose mandate you hold.")
    )
    reference = forms.CharField(
        label=_("Your reference"), max_length=35, help_text=_("A number of your own, used once.")
    )
    arrival = forms.DateTimeField(
        label=_("Expected at the post"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    means = forms.CharField(label=_("Vehicle, flight or vessel"), max_length=35)
    journey = forms.CharField(label=_("Journey number"), max_length=17, required=False)
    export_country = forms.CharField(label=_("Sent from (country)"), max_length=2, widget=country())
    destination = forms.CharField(label=_("Going to (country)"), max_length=2, widget=country())

    def __init__(self, jurisdiction: Jurisdiction, who: Visitor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries = country_choices(jurisdiction)
        types = jurisdiction.parts.get("declaration_type", ())
        posts = jurisdiction.parts.get("post", ())
        self._choose("type", [(f"{t.prefix}D", plain(t.name)) for t in types if len(t.prefix) == 2])
        self._choose("office", [(office, plain(p.name)) for p in posts for office in p.offices])
        self._choose("declarant", [(one, one) for one in declarants(jurisdiction, who)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def declarants(jurisdiction: Jurisdiction, who: Visitor) -> list[str]:
    """Return for whom somebody may lodge: for themselves, and whose mandate they hold."""
    today = jurisdiction.law_day(site().now())
    held = jurisdiction.register.brokerages_of(who.actor.id, today)
    return list(dict.fromkeys([who.actor.id, *sorted(one.principal for one in held)]))


class GoodsForm(forms.Form):
    """One goods item."""

    commodity = forms.CharField(label=_("Commodity code"), min_length=6, max_length=13)
    description = forms.CharField(label=_("What it is"), max_length=256)
    origin = forms.CharField(label=_("Country of origin"), max_length=2, widget=country())
    net_mass = forms.DecimalField(label=_("Net mass in kg"), min_value=0, max_digits=16)
    gross_mass = forms.DecimalField(label=_("Gross mass in kg"), min_value=0, max_digits=16)
    packages = forms.IntegerField(label=_("Packages"), min_value=1, max_value=99999999)
    value = forms.DecimalField(label=_("Value in EUR"), min_value=0, max_digits=16)
    procedure = forms.CharField(label=_("Customs procedure"), max_length=4, initial="4000")
    documents = forms.CharField(
        label=_("Documents"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: code and number, such as N851 PC-12."),
    )
    keep_as = forms.CharField(
        label=_("Keep these goods as"),
        required=False,
        max_length=120,
        help_text=_("A name of your own, to lodge them again."),
    )


def foretold(jurisdiction: Jurisdiction, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what the form may begin with, from what somebody asked the public guide."""
    found = {name: asked.get(name, "") for name in ("office", "mode", "export_country")}
    found["destination"] = asked.get("destination", "")
    regime, here = asked.get("regime"), jurisdiction.country.code
    for one in jurisdiction.parts.get("declaration_type", ()):
        if one.regime == regime and len(one.prefix) == 2:
            found["type"] = f"{one.prefix}D"
            break
    if regime == "import":
        found["destination"] = found["destination"] or here
        found["export_country"] = found["export_country"] or asked.get("origin", "")
    elif regime == "export":
        found["export_country"] = found["export_country"] or here
    return {name: value for name, value in found.items() if value}


def goods_foretold(asked: Mapping[str, str]) -> dict[str, str]:
    """Return what the first goods item may begin with, likewise."""
    names = ("commodity", "origin", "net_mass", "value", "procedure")
    known = {name: asked[name] for name in names if asked.get(name)}
    if "commodity" in known:
        known["commodity"] = "".join(filter(str.isalnum, known["commodity"]))
    return known


def declaration_of(
    form: DeclarationForm, goods: list[GoodsForm], currency: str, who: str
) -> Declaration:
    """Return the declaration that valid forms amount to; ``who`` lodges for another as agent."""
    said = form.cleaned_data
    return Declaration(
        type=said["type"],
        office=said["office"],
        mode=said["mode"],
        declarant=said["declarant"],
        reference=said["reference"],
        agent=None if who == said["declarant"] else who,
        importer=said["declarant"],
        arrival=said["arrival"].strftime("%Y-%m-%dT%H:%M"),
        means=said["means"],
        journey=said["journey"] or said["means"],
        export_country=said["export_country"].upper(),
        destination=said["destination"].upper(),
        currency=currency,
        items=tuple(_goods_of(one.cleaned_data) for one in goods),
    )


def _goods_of(said: dict[str, Any]) -> Goods:
    return Goods(
        commodity=said["commodity"].replace(" ", ""),
        description=said["description"],
        origin=said["origin"].upper(),
        net_mass=str(said["net_mass"]),
        gross_mass=str(said["gross_mass"]),
        packages=said["packages"],
        package_type="PK",
        value=str(said["value"]),
        procedure=said["procedure"],
        documents=tuple(
            line.strip() for line in said["documents"].splitlines() if len(line.split()) > 1
        ),
    )
