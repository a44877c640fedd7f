"""Countries by name in the reader's language (ISO 3166-1, the lists that pycountry brings)."""

from __future__ import annotations

import gettext
from functools import cache

import pycountry
from django.utils.translation import get_language

from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.told import plain


def country_choices(jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    """Return code and name of every country, by name; those of the description come first."""
    own = described(jurisdiction)
    rest = [one for one in _world(get_language() or "en") if one[0] not in own]
    return [*own.items(), *rest]


def country_name(jurisdiction: Jurisdiction, code: str) -> str:
    """Return the name of a country in the reader's language, else its code."""
    return described(jurisdiction).get(code) or dict(_world(get_language() or "en")).get(code, code)


def described(jurisdiction: Jurisdiction) -> dict[str, str]:
    """Return the countries that the description names: this one and its neighbours."""
    here = jurisdiction.country
    found = {here.code: plain(here.name)}
    for one in jurisdiction.parts.get("state", ()):
        found.setdefault(one.code, plain(one.name))
    return found


@cache
def _world(language: str) -> tuple[tuple[str, str], ...]:
    names = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )
    found = [(one.alpha_2, names.gettext(one.name)) for one in pycountry.countries]
    return tuple(sorted(found, key=lambda one: one[1]))
