"""Filters and tags that every template may use without loading them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import get_language

from gatepost.kernel.language import in_language
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice
from gatepost.web.assets import asset_url
from gatepost.web.site import site
from gatepost.web.told import BOOK
from gatepost.web.told import moment as moment_text

register = template.Library()


@register.filter
def sentence(notice: Notice) -> str:
    """Return what a notice says."""
    return BOOK.sentence(notice)


@register.filter
def moment(at: datetime | None) -> str:
    """Return a moment in the zone of the jurisdiction, with its offset; nothing for ``None``."""
    return moment_text(at, site().desk.jurisdiction.zone) if at else ""


@register.filter
def agency(name: str | None) -> str:
    """Return the name of an agency in the reader's language."""
    here = site()
    jurisdiction = here.desk.jurisdiction
    found = jurisdiction.register.agency(name or "", jurisdiction.law_day(here.now()))
    return in_language(found.name, get_language() or "en") if found else name or ""


@register.filter
def cited(law: tuple[LegalBasis, ...]) -> str:
    """Return the citations of a legal basis."""
    return "; ".join(one.cite for one in law)


@register.filter
def rule_sentence(rule: str | None) -> str:
    """Return what a described rule says, in the reader's language."""
    language = get_language() or "en"
    return site().desk.jurisdiction.sentence_of(rule, language) or "" if rule else ""


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a file that pages need."""
    return asset_url(name)
