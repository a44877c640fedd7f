"""What two agencies check, ask or decide twice, as far as it is published law (RG-01, RG-02)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.adapters.forms.own import read_words
from gatepost.bootstrap import describe
from gatepost.review.harmonise.papers import Papers
from gatepost.review.overlap.model import KINDS, Finding, FindingKind, Remedy
from gatepost.review.overlap.pairs import compare
from gatepost.web.places import cache_in

TITLES: dict[FindingKind, Promise] = {
    "contradictory": _("They contradict each other"),
    "redundant": _("They do the same"),
    "competing": _("Both claim it"),
    "overlapping": _("They overlap"),
    "of little value": _("It finds next to nothing"),
    "compatible": _("Settled well"),
}
REMEDIES: dict[Remedy, Promise] = {
    "keep": _("keep both"),
    "merge": _("merge"),
    "delegate": _("let one act for the other"),
    "sequence": _("put in order"),
    "move": _("move"),
    "drop": _("drop"),
}


class Told(msgspec.Struct, frozen=True):
    """A finding with what is proposed, in words."""

    finding: Finding
    remedy: Promise


class Group(msgspec.Struct, frozen=True):
    """All findings of one kind."""

    kind: FindingKind
    title: Promise
    findings: tuple[Told, ...]


class Overlaps(msgspec.Struct, frozen=True):
    """What the description in force tells; ``kept_back`` findings rest on indicators."""

    groups: tuple[Group, ...]
    kept_back: int


@lru_cache(maxsize=4)
def overlaps(day: date) -> Overlaps:
    """Return what agencies do twice by the law from ``day`` on; remembered, for it is the same.

    What rests on an indicator is that agency's own affair and is counted only.
    """
    described = describe(settings.JURISDICTION, cache_in(settings.DATA))
    secret = {item.value.id for item in described.of("indicator")}
    found = compare(described, day, Papers(read_words()).same)
    shown = [one for one in found if not secret.intersection(one.rules)]
    return Overlaps(tuple(_groups(shown)), len(found) - len(shown))


def _groups(found: Iterable[Finding]) -> Iterable[Group]:
    by_kind: dict[FindingKind, list[Told]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(Told(one, REMEDIES[one.remedy]))
    for kind in KINDS:
        if kind in by_kind:
            yield Group(kind, TITLES[kind], tuple(by_kind[kind]))
