"""What every template may show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from gatepost.kernel.language import in_language
from gatepost.web.site import site
from gatepost.web.visitor import visitor

NONE = "no_sections.html"
"""What stands for the sections of an audience that has none of its own."""


def for_templates(request: HttpRequest) -> dict[str, Any]:
    """Return the country, who is asking, the moment and the direction of writing."""
    here = site()
    who = visitor(request)
    return {
        "country": in_language(here.desk.jurisdiction.country.name, get_language() or "en"),
        "visitor": who,
        "sections": [(f"{one}/sections.html", NONE) for one in who.audiences] if who else [],
        "demo": here.demo,
        "now": here.now().astimezone(here.desk.jurisdiction.zone),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "nonce": getattr(request, "csp_nonce", ""),
    }
