"""A form as our own YAML file, and what a person decided about earlier groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gatepost.adapters.files.jurisdiction import find_jurisdiction
from gatepost.adapters.files.tree import read_file
from gatepost.kernel.notice import Refused
from gatepost.review.harmonise.model import Captured, Confirmed, FormField, Kind, TradeWords

WORDS_OF = "wco"
WORDS_FILE = "trade_words.yaml"


class OwnField(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One field as it is written: its name, the words it is asked in, its kind."""

    name: str
    title: str = ""
    heading: str = ""
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    shown: bool = False


class OwnForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form as it is written: whose it is and what it asks."""

    agency: str
    fields: tuple[OwnField, ...]
    title: str = ""


def read_own(file: Path) -> Captured:
    """Return the agency and the fields of a form; ``Refused`` with everything that does not fit."""
    form: OwnForm = _read(file, OwnForm)
    fields = tuple(
        FormField(
            one.name,
            one.title,
            (one.heading,) if one.heading else (),
            one.kind,
            one.choices,
            one.shown,
        )
        for one in form.fields
    )
    return Captured(fields, form.agency, form.title)


def read_confirmed(file: Path) -> Confirmed:
    """Return what a person decided; ``Refused`` with everything that does not fit."""
    found: Confirmed = _read(file, Confirmed)
    return found


def read_words() -> TradeWords:
    """Return the dictionary of trade words that ships."""
    found: TradeWords = _read(find_jurisdiction(WORDS_OF) / WORDS_FILE, TradeWords)
    return found


def _read(file: Path, kind: type[Any]) -> Any:
    loaded = read_file(file, kind, "file")
    if loaded.faults:
        raise Refused(loaded.faults)
    return loaded.items["file"][0].value
