"""A draft indicator as somebody writes it, checked against the description: faults in place."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from gatepost.adapters.files.indicators import read_indicators
from gatepost.bootstrap import faults_in_drafts, read_description
from gatepost.expression.explain import reads
from gatepost.expression.parser import parse
from gatepost.kernel.notice import Notice
from gatepost.risk.model import Indicator
from gatepost.web.places import cache_in
from gatepost.web.told import told

LARGEST = 20_000
NAME = "draft.yaml"
_PLACE = re.compile(r"(.*?):(\d+)(?:, column (\d+))?").fullmatch


class Fault(msgspec.Struct, frozen=True):
    """Something wrong with a draft, in which line and column; 0 where it is the whole of it."""

    code: str
    sentence: str
    line: int = 0
    column: int = 0


class Written(msgspec.Struct, frozen=True):
    """One line of a draft as the page shows it beside its faults."""

    number: int
    text: str
    faults: tuple[Fault, ...]


class Draft(msgspec.Struct, frozen=True):
    """A draft that was checked; ``indicator`` only where nothing is wrong with it."""

    text: str
    faults: tuple[Fault, ...]
    indicator: Indicator | None = None
    reads: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Written, ...]:
        """Return the lines of the draft, each with what is wrong in it."""
        return tuple(
            Written(number, text, tuple(one for one in self.faults if one.line == number))
            for number, text in enumerate(self.text.splitlines(), start=1)
        )

    @property
    def everywhere(self) -> tuple[Fault, ...]:
        """Return the faults that belong to no line."""
        return tuple(one for one in self.faults if not one.line)


def checked(text: str, agency: str) -> Draft:
    """Return a draft with everything wrong in it; it must be of the analyst's own agency."""
    text = text.replace("\r\n", "\n")
    if len(text.encode()) > LARGEST:
        told_ = _("A draft has %d bytes at most.") % LARGEST
        return Draft(text[:LARGEST], (Fault("", told_),))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NAME
        file.write_text(text, encoding="utf-8")
        drafts = read_indicators(file)
        loaded = read_description(settings.JURISDICTION, cache_in(settings.DATA))
        notices = faults_in_drafts(loaded, drafts)
    items = [one.value for one in drafts.items["indicator"]]
    faults = [*_faults(notices), *_of_others(items, agency)]
    if faults or not items:
        return Draft(text, tuple(faults))
    (indicator,) = items
    return Draft(text, (), indicator, what_it_reads(indicator))


def what_it_reads(indicator: Indicator) -> tuple[str, ...]:
    """Return the elements that the condition of an indicator reads."""
    found = reads(parse(indicator.when)) if indicator.when else ()
    return tuple(sorted(".".join(parts) for parts in found))


def _faults(notices: Iterable[Notice]) -> Iterable[Fault]:
    for notice in notices:
        found = _PLACE(notice.where)
        line, column = (int(found[2]), int(found[3] or 0)) if found else (0, 0)
        yield Fault(notice.code, told(notice).sentence, line, column)


def _of_others(items: Iterable[Indicator], agency: str) -> Iterable[Fault]:
    for one in items:
        if one.agency != agency:
            yield Fault(
                "", _("This is a draft of %s; you write those of your own agency.") % one.agency
            )


def template_of(agency: str) -> str:
    """Return a draft to begin with: every key there must be, nothing filled in that matters."""
    return f"""id: {agency.upper().replace("_", "-")}-RISK-
title: {{en: ""}}
agency: {agency}
version: 1
author: 
second_reader: 
reason: {{en: ""}}
intent: unknown
mode: trial
level: item
regimes: [import]
when: starts_with(item.commodity, "")
control: {{kind: examination, check: , minutes: 20}}
legal_basis:
  - cite: 
valid: {{from: }}
review: 
"""
