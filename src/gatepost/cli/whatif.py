"""``gatepost whatif``: the same traffic with a rule dropped, merged, delegated or changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from gatepost.adapters.files.jurisdiction import find_jurisdiction
from gatepost.bootstrap import describe, load_changed, load_checked, rehearsal_desk
from gatepost.cli.compare import about
from gatepost.cli.context import Session, as_json, command, plain_text
from gatepost.cli.output import Said, columns, print_json, progress, said, say, say_all
from gatepost.kernel.notice import Notice, Refused
from gatepost.review.whatif import rules
from gatepost.review.whatif.gaps import Touched, lacking, touched
from gatepost.review.whatif.model import Change, Delegate, Drop, Join, Merge, Threshold
from gatepost.simulation.compare import DAY, MOVEMENTS, Model, play

F = TypeVar("F", bound=Callable[..., Any])


class Effect(msgspec.Struct, frozen=True):
    """One figure of the day, as it is and as it would be."""

    figure: str
    before: float
    after: float


class WhatIf(msgspec.Struct, frozen=True):
    """The day as it is and as changed; ``effects`` are the figures that differ."""

    movements: int
    day: str
    changes: tuple[Change, ...]
    baseline: Model
    changed: Model
    effects: tuple[Effect, ...]
    lacking: tuple[Said, ...]
    touched: tuple[Touched, ...]


def many(name: str, metavar: str, text: str) -> Callable[[F], F]:
    """Return an option that may be given several times."""
    return click.option(name, metavar=metavar, help=text, multiple=True, callback=plain_text)


@click.command()
@click.argument("pack", metavar="NAME", callback=plain_text)
@many("--drop", "RULE", "Do without this rule.")
@many("--merge", "CHECK=OF:BY", "BY takes over what OF found in this check.")
@many("--delegate", "POWER=OF:BY", "Officers of BY examine or sample for OF.")
@many("--join", "A:B", "These agencies examine in one stop.")
@many("--condition", "RULE=CONDITION", "Give a rule another condition.")
@as_json
@command
def whatif(
    session: Session,
    pack: str,
    drop: tuple[str, ...],
    merge: tuple[str, ...],
    delegate: tuple[str, ...],
    join: tuple[str, ...],
    condition: tuple[str, ...],
    as_json: bool,
) -> None:
    """Try a change before it is made.

    NAME is a jurisdiction. The hundred movements of one day are played under its description as
    it is and as changed; the files stay as they are."""
    changes = _asked(drop, merge, delegate, join, condition)
    whole = load_checked(pack, session.cache)
    other = load_changed(pack, changes, DAY, session.cache)
    models = []
    with progress("Playing the day", 2) as advance:
        for done, jurisdiction in enumerate((whole, other), 1):
            desk = rehearsal_desk(jurisdiction)
            models.append(play(pack, desk, about(jurisdiction), lambda now: None))
            advance(done)
    before, after = models
    described = describe(pack, session.cache)
    found = WhatIf(
        MOVEMENTS,
        DAY.isoformat(),
        tuple(changes),
        before,
        after,
        tuple(_effects(before, after)),
        said(lacking(described, changes, session.now().date())),
        tuple(touched(described, changes, _cases(pack))),
    )
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _cases(pack: str) -> dict[str, str]:
    """Return the texts of the written cases of a jurisdiction by their paths."""
    folder = find_jurisdiction(pack.partition(":")[0]) / "cases"
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def _asked(
    drop: tuple[str, ...],
    merge: tuple[str, ...],
    delegate: tuple[str, ...],
    join: tuple[str, ...],
    condition: tuple[str, ...],
) -> list[Change]:
    """Return the changes asked for; ``Refused`` with every one that cannot be read."""
    faults: list[Notice] = []
    changes: list[Change] = [Drop(rule) for rule in drop]

    def bad(option: str, text: str, example: str) -> None:
        faults.append(rules.NO_CHANGE.notice(option, text=text, example=example))

    for text in merge:
        checks, parties = _halves(text)
        if checks and len(parties) == 2:
            changes.append(Merge(parties[0], parties[1], tuple(checks.split(","))))
        else:
            bad("--merge", text, "identity=veterinary:food_safety")
    for text in delegate:
        power, parties = _halves(text)
        if power == "examine" and len(parties) == 2:
            changes.append(Delegate(parties[0], parties[1], ("examine",)))
        elif power == "sample" and len(parties) == 2:
            changes.append(Delegate(parties[0], parties[1], ("sample",)))
        else:
            bad("--delegate", text, "examine=food_safety:customs")
    for text in join:
        named = tuple(text.split(":"))
        if len(named) > 1 and all(named):
            changes.append(Join(named))
        else:
            bad("--join", text, "customs:food_safety")
    for text in condition:
        rule, sign, when = text.partition("=")
        if rule and sign and when.strip():
            changes.append(Threshold(rule.strip(), when.strip()))
        else:
            bad("--condition", text, "'FOOD-REQ-010=item.net_mass > 500'")
    if faults:
        raise Refused(faults)
    return changes


def _halves(text: str) -> tuple[str, list[str]]:
    what, _, parties = text.partition("=")
    return what, [one for one in parties.split(":") if one]


def _effects(before: Model, after: Model) -> list[Effect]:
    one, other = dict(_figures(before)), dict(_figures(after))
    return [Effect(name, value, other[name]) for name, value in one.items() if value != other[name]]


def _figures(model: Any, above: str = "") -> list[tuple[str, float]]:
    """Return the numbers of a model by their names."""
    found: list[tuple[str, float]] = []
    for name in model.__struct_fields__:
        value = getattr(model, name)
        told = f"{above}{name}".replace("_", " ")
        if isinstance(value, msgspec.Struct):
            found += _figures(value, f"{told}: ")
        elif isinstance(value, int | float):
            found.append((told, value))
    return found


def _tell(found: WhatIf) -> None:
    say(f"{found.movements} movements of {found.day}")
    for change in found.changes:
        values = msgspec.structs.astuple(change)
        words = (one if isinstance(one, str) else ", ".join(one) for one in values)
        say(f"  {type(change).__name__.lower()} {', '.join(words)}")
    say()
    if not found.effects:
        say("Nothing changes.")
    rows = [("", "as it is", "as changed", "difference")] if found.effects else []
    for one in found.effects:
        delta = f"{one.after - one.before:+g}"
        rows.append((one.figure, f"{one.before:g}", f"{one.after:g}", delta))
    say_all(columns(rows))
    for notice in found.lacking:
        say(f"{notice.code}  {notice.sentence}")
    for each in found.touched:
        parts = (("papers", each.documents), ("data", each.data), ("notices", each.notices))
        told = [f"{name} {', '.join(values)}" for name, values in parts if values]
        say(f"{each.rule} touches {', '.join([*told, f'{len(each.cases)} written cases'])}")
