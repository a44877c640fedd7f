"""Models of organisation side by side: the same traffic played under each, no score (GV-03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.adapters.files.jurisdiction import with_file
from gatepost.adapters.files.packs import variants_of
from gatepost.bootstrap import load_checked, rehearsal_desk
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.simulation.compare import Model, play
from gatepost.web.places import cache_in

MOST = 4
"""How many models are compared at once."""
BAR = 120

ROWS: tuple[tuple[Promise, tuple[tuple[Promise, str, str], ...]], ...] = (
    (
        _("Facilitation"),
        (
            (_("Stops at the border"), "facilitation", "stops"),
            (_("of these for formalities"), "facilitation", "border_stops"),
            (_("of these to be examined"), "facilitation", "examination_stops"),
            (_("Minutes from arrival, median"), "facilitation", "minutes_median"),
            (_("Minutes from arrival, nine in ten"), "facilitation", "minutes_p90"),
            (_("Released before arrival"), "facilitation", "released_before_arrival"),
        ),
    ),
    (
        _("Security"),
        (
            (_("Checks done"), "security", "checks_done"),
            (_("Controls ordered"), "security", "controls_ordered"),
            (_("Controls done"), "security", "controls_done"),
            (_("Relied on another's finding"), "security", "controls_recognised"),
            (_("Findings against"), "security", "findings_against"),
            (_("Released uncontrolled"), "security", "released_uncontrolled"),
        ),
    ),
    (
        _("Staff"),
        (
            (_("Officers' hours"), "staff", "officer_hours"),
            (_("Agencies that send officers"), "staff", "agencies"),
        ),
    ),
    (
        _("What the law does not allow"),
        (
            (_("Stops that could not be shared"), "legal_blocks", "stops_not_shared"),
            (_("Results that could not be relied on"), "legal_blocks", "results_not_recognised"),
            (_("Formalities done apart"), "legal_blocks", "formalities_apart"),
            (_("Acts refused"), "legal_blocks", "acts_refused"),
        ),
    ),
)


class Value(msgspec.Struct, frozen=True):
    """One figure of one model, and how long its bar is beside those of the others."""

    told: str
    bar: float


class Row(msgspec.Struct, frozen=True):
    """One figure of all models."""

    name: str
    values: tuple[Value, ...]


class Group(msgspec.Struct, frozen=True):
    """Figures that belong together."""

    name: str
    rows: tuple[Row, ...]


def names() -> tuple[str, ...]:
    """Return the models that can be compared: the packs with their variants, and this country."""
    packs = [one for pack in with_file("pack.yaml") for one in variants_of(pack) or (pack,)]
    return (settings.JURISDICTION, *packs)


def compared(wanted: Iterable[str]) -> tuple[Model, ...]:
    """Return what becomes of the same traffic under each model asked for, of those there are."""
    known = names()
    return tuple(_played(one) for one in dict.fromkeys(wanted) if one in known)[:MOST]


@lru_cache(maxsize=32)
def _played(name: str) -> Model:
    """Play a model; remembered, for the same description gives the same figures."""
    jurisdiction = load_checked(name, cache_in(settings.DATA))
    return play(name, rehearsal_desk(jurisdiction), _about(jurisdiction), lambda now: None)


def _about(jurisdiction: Jurisdiction) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    pack = jurisdiction.pack
    if pack is None:
        return in_language(jurisdiction.country.name), "", (), ()
    real, borrowed = (tuple(map(in_language, texts)) for texts in (pack.real, pack.borrowed))
    return in_language(pack.title), in_language(pack.notice), real, borrowed


def groups(models: Sequence[Model]) -> tuple[Group, ...]:
    """Return the figures of all models side by side."""
    return tuple(
        Group(str(title), tuple(_row(models, str(name), part, key) for name, part, key in rows))
        for title, rows in ROWS
    )


def _row(models: Sequence[Model], name: str, part: str, key: str) -> Row:
    values = [float(getattr(getattr(model, part), key)) for model in models]
    most = max(values, default=0.0) or 1.0
    return Row(
        name, tuple(Value(f"{one:g}", round(max(one, 0.0) / most * BAR, 1)) for one in values)
    )
