"""Every string that the public, a trader or a traveller sees is there in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from django.test import Client
from django.utils.translation import override

from docs.make_catalogues import (
    LANGUAGES,
    compiled,
    file_of,
    messages,
    read,
    updated,
    written,
)
from gatepost.authority.entitlement import Holder, Subject
from gatepost.casework.case import Status
from gatepost.kernel.language import Text
from gatepost.kernel.regime import Regime
from gatepost.release.model import DecisionKind
from gatepost.requirement.model import ControlKind, NeedKind, Place
from gatepost.web.site import Site
from gatepost.web.told import phrase
from gatepost.web.words import WORDS
from tests.unit.web.conftest import lodged
from tests.unit.web.test_way_through import FORM

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
KINDS: dict[str, Any] = {
    "status": Status,
    "need": NeedKind,
    "control": ControlKind,
    "place": Place,
    "decision": DecisionKind,
    "regime": Regime,
    "right": Subject,
    "holder": Holder,
}


def forms(string: Any) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [string]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_today_s_strings(language: str) -> None:
    known = {form for message in read(language) for form in forms(message.id)}
    wanted = {form for one in messages() for form in (one.text, one.plural) if form}
    assert wanted <= known, "run make messages, and translate what it says is not translated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_bringing_it_up_to_date_loses_no_translation(language: str) -> None:
    now = {str(one.id): one.string for one in updated(language) if one.id}
    before = {str(one.id): one.string for one in read(language) if one.id}
    assert now == {name: before[name] for name in now}
    assert written(updated(language)).startswith(b"# What the pages say")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_with_its_placeholders(language: str) -> None:
    for message in read(language):
        if not message.id:
            continue
        texts = forms(message.id)
        wanted = {name for text in texts for name in PLACEHOLDER.findall(text)}
        for form in forms(message.string):
            assert form.strip(), f"{language}: {texts[0]!r} is not translated"
            assert set(PLACEHOLDER.findall(form)) == wanted, f"{language}: {form!r}"
        assert not message.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_is_written(language: str) -> None:
    assert file_of(language, "mo").read_bytes() == compiled(read(language))


def test_the_collector_finds_templates_code_and_rules() -> None:
    found = {one.text: one for one in messages()}
    assert found["Opening hours"].place == "public/places.html"
    assert found["held"].place
    assert found["The appeal gives no grounds."].place == "RELEASE-035"
    assert found["%(count)d day"].plural == "%(count)d days"


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_has_a_word(kind: str) -> None:
    assert set(get_args(KINDS[kind])) <= set(WORDS[kind])


@pytest.mark.parametrize(
    ("language", "direction", "word"),
    [("fr", "ltr", "Vos dossiers"), ("es", "ltr", "Sus expedientes"), ("ar", "rtl", "ملفاتك")],
)
def test_a_trader_reads_pages_in_their_language(
    language: str, direction: str, word: str, as_role: Callable[[str], Client], here: Site
) -> None:
    reference = lodged(here)
    trader = as_role("trader")
    assert trader.post("/language", {"language": language, "next": "/trader/"}).status_code == 302
    page = trader.get("/trader/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert word in page
    case = trader.get(f"/trader/case/{reference}").content.decode()
    for english in ("Still to be provided", "waits for you", "What happened", "Status"):
        assert english not in case


def test_a_refusal_is_told_in_the_reader_s_language(
    as_role: Callable[[str], Client], here: Site
) -> None:
    trader = as_role("trader")
    trader.post("/language", {"language": "fr", "next": "/"})
    lodged(here)
    again = trader.post("/trader/lodge", {**FORM, "reference": "ROSES-1"}).content.decode()
    assert "a déjà déposé un autre contenu sous ROSES-1" in again


def test_what_is_not_translated_says_so(here: Site) -> None:
    text: Text = {"en": "Only <here>."}
    with override("en"):
        assert phrase(text) == "Only &lt;here&gt;."
    with override("ar"):
        shown = phrase(text)
        assert 'lang="en" dir="auto">Only &lt;here&gt;.' in shown
        assert phrase({"ar": "هنا", "en": "here"}) == "هنا"
