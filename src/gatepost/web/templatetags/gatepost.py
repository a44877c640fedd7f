"""Filters and tags that every template may use without loading them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import formats
from django.utils.safestring import SafeString

from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.notice import Notice
from gatepost.web.assets import asset_url
from gatepost.web.countries import country_name
from gatepost.web.site import site
from gatepost.web.told import agency_name
from gatepost.web.told import length as length_text
from gatepost.web.told import moment as moment_text
from gatepost.web.told import phrase as phrase_text
from gatepost.web.told import sentence as sentence_of
from gatepost.web.words import word as word_of

register = template.Library()


@register.filter
def sentence(notice: Notice) -> str:
    """Return what a notice says."""
    return sentence_of(notice)


@register.filter
def moment(at: datetime | None) -> str:
    """Return a moment in the zone of the jurisdiction, with its offset; nothing for ``None``."""
    return moment_text(at, site().desk.jurisdiction.zone) if at else ""


@register.filter
def agency(name: str | None) -> str:
    """Return the name of an agency in the reader's language."""
    return agency_name(name)


@register.filter
def paper(code: str | None) -> SafeString:
    """Return the name of a document by its code."""
    known = site().desk.jurisdiction.parts.get("document", ())
    found = next((one.name for one in known if one.code == code), {"en": code or ""})
    return phrase_text(found)


@register.filter
def word(name: str | None, kind: str) -> str:
    """Return what a name of the program is called, such as a status or a kind of control."""
    return word_of(name, kind) if name else ""


@register.filter
def duration(text: str | None) -> str:
    """Return a length of time of the description, such as ``14d``, in words."""
    return length_text(text) if text else ""


@register.filter
def in_minutes(count: int | None) -> str:
    """Return a number of minutes in words; a dash where none is told."""
    return "-" if count is None else length_text(f"{count}min")


@register.filter
def in_percent(part: float | None) -> str:
    """Return a share in per cent; a dash where none is told."""
    return "-" if part is None else f"{part:.0%}"


@register.filter
def country(code: str | None) -> str:
    """Return the name of a country in the reader's language."""
    return country_name(site().desk.jurisdiction, code) if code else ""


@register.filter
def money(amount: float) -> str:
    """Return an amount with two digits as the reader's locale writes it."""
    return formats.number_format(amount, 2, use_l10n=True, force_grouping=True)


@register.filter
def cited(law: tuple[LegalBasis, ...]) -> str:
    """Return the citations of a legal basis."""
    return "; ".join(one.cite for one in law)


@register.filter
def rule_sentence(rule: str | None) -> SafeString:
    """Return what a described rule says, in the reader's language or marked as of another."""
    return phrase_text(site().desk.jurisdiction.text_of(rule) if rule else {})


@register.filter
def phrase(text: Mapping[str, str] | None) -> SafeString:
    """Return a described text in the reader's language or marked as of another."""
    return phrase_text(text or {})


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a file that pages need."""
    return asset_url(name)
