"""``gatepost compare``: the same traffic under several ways to organise a border."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Any

import click
import msgspec

from gatepost.adapters.files.packs import variants_of
from gatepost.bootstrap import load_checked, rehearsal_desk
from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.output import columns, print_json, progress, say
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.language import in_language
from gatepost.simulation.compare import DAY, MOVEMENTS, Model, play


class Comparison(msgspec.Struct, frozen=True):
    """What a program reads; the models stand in the order asked for, and nothing ranks them."""

    movements: int
    day: str
    packs: tuple[Model, ...]
    note: str


NOTE = (
    "The same movements under each model, by simulation. Facilitation and security are told side"
    " by side; no score adds them up, for which matters more is not for a program to say."
)

About = tuple[str, str, tuple[str, ...], tuple[str, ...]]


@click.command()
@click.argument("packs", nargs=-1, required=True, metavar="PACK...", callback=plain_text)
@as_json
@command
def compare(session: Session, packs: tuple[str, ...], as_json: bool) -> None:
    """Play the same traffic under several models.

    PACK is a model pack, one of its variants, or a jurisdiction. A pack with variants stands
    for all of them. Above the table stands what of each model is real."""
    names = list(dict.fromkeys(one for pack in packs for one in variants_of(pack) or (pack,)))
    loaded = [(name, load_checked(name, session.cache)) for name in names]
    models = []
    with progress("Playing models", len(names)) as advance:
        for done, (name, jurisdiction) in enumerate(loaded, 1):
            desk = rehearsal_desk(jurisdiction)
            models.append(play(name, desk, about(jurisdiction), lambda now: None))
            advance(done)
    found = Comparison(MOVEMENTS, DAY.isoformat(), tuple(models), NOTE)
    if as_json:
        print_json(found)
    else:
        _tell(found)


def about(jurisdiction: Jurisdiction) -> About:
    """Return the title of a jurisdiction, its notice, what of it is real and what borrowed."""
    pack = jurisdiction.pack
    if pack is None:
        name = in_language(jurisdiction.country.name)
        return name, "A fictional country.", (), (f"Everything of {name} is fictional.",)
    real, borrowed = (tuple(map(in_language, texts)) for texts in (pack.real, pack.borrowed))
    return in_language(pack.title), in_language(pack.notice), real, borrowed


def _tell(found: Comparison) -> None:
    for model in found.packs:
        say(f"{model.name}: {model.title}")
        say(f"  {model.notice}")
        for text in model.real:
            say(f"  real       {text}")
        for text in model.borrowed:
            say(f"  Aldermark  {text}")
        say()
    say(f"{found.movements} movements of {found.day}")
    say()
    for models in _abreast(found.packs, _width()):
        for line in columns(_table(models)):
            say(line)
        say()
    say(NOTE)


def _table(models: Sequence[Model]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", *(_short(model.name) for model in models))]
    for heading, lines in _lines(models[0]):
        rows.append((heading, *("" for _ in models)))
        for name, path in lines:
            rows.append((f"  {name}", *(_value(model, path) for model in models)))
    return rows


def _width() -> int | None:
    """Return how wide the terminal is; ``None`` where what is printed goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _abreast(models: Sequence[Model], width: int | None) -> list[Sequence[Model]]:
    """Return the models in as many tables as are needed for each to fit into ``width``."""
    groups: list[Sequence[Model]] = [models[:1]]
    for model in models[1:]:
        wider = [*groups[-1], model]
        if width is None or len(max(columns(_table(wider)), key=len)) <= width:
            groups[-1] = wider
        else:
            groups.append([model])
    return groups


def _short(name: str) -> str:
    return name.rpartition(":")[2]


Lines = list[tuple[str, tuple[str, ...]]]


def _lines(model: Model) -> list[tuple[str, Lines]]:
    groups = ("facilitation", "security", "staff", "legal_blocks")
    told: list[tuple[str, Lines]] = [
        (
            group.replace("_", " "),
            [
                (field.replace("_", " "), (group, field))
                for field in getattr(model, group).__struct_fields__
            ],
        )
        for group in groups
    ]
    plain: Lines = [(name.replace("_", " "), (name,)) for name in _PLAIN]
    return [("traffic", plain), *told]


_PLAIN = ("lodged", "not_accepted", "unreleased", "disclosures", "disclosed_elements")


def _value(model: Model, path: tuple[str, ...]) -> str:
    value: Any = model
    for name in path:
        value = getattr(value, name)
    return f"{value:g}" if isinstance(value, float) else str(value)
