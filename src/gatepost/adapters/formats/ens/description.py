"""The description of an interface: its files read, and everything wrong with them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gatepost.adapters.files.tree import Item, Kind, Loaded, read_tree
from gatepost.adapters.formats.ens import rules
from gatepost.adapters.formats.ens.interface import Interface, applies, shape_of, tables_of
from gatepost.adapters.formats.ens.judge import ROOTS, Judge, roots_of, shapes
from gatepost.adapters.formats.ens.model import (
    Element,
    Format,
    Group,
    Head,
    InterfaceRule,
    Known,
    Message,
    NamedValues,
    NotificationKind,
    RuleSet,
)
from gatepost.adapters.formats.ens.notifications import DECISION, EFFECTS, HOLD
from gatepost.adapters.formats.ens.structure import ADDED, Shape
from gatepost.adapters.formats.ens.values import reader_of
from gatepost.expression.rules import ExpressionFault
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.notice import Notice, Refused

HEAD_FILE = "interface.yaml"

KINDS = (
    Kind(HEAD_FILE, Head, "head"),
    Kind("formats.yaml", Format, "format", many=True),
    Kind("groups.yaml", Group, "group", many=True),
    Kind("messages/*.yaml", Message, "message"),
    Kind("known.yaml", Known, "known", many=True),
    Kind("sets.yaml", NamedValues, "set", many=True),
    Kind("rules/*.yaml", InterfaceRule, "rule", many=True),
    Kind("notifications.yaml", NotificationKind, "notification", many=True),
)

_FUNCTION = re.compile(r"[0-9]{2}").fullmatch
_OCCURS = re.compile(r"[01]\.\.(?:[1-9][0-9]{0,5}|n)").fullmatch


def read_interface(folder: Path, cache: Path | None = None) -> Loaded:
    """Return everything described in ``folder``, and what is wrong with how it is written."""
    return read_tree(folder, KINDS, cache, ("**/README.md",))


def faults_of(loaded: Loaded) -> list[Notice]:
    """Return everything wrong with what was read: how it is written, then what it says."""
    faults = list(loaded.faults)
    if not loaded.items["head"]:
        return faults or [rules.NO_HEAD.notice()]
    if loaded.unread:
        return faults
    faults += [*_twice(loaded), *_formats(loaded), *_structures(loaded), *_rule_sets(loaded)]
    faults += _notifications(loaded.items["notification"])
    return faults or list(_rules(loaded))


def load_interface(folder: Path, cache: Path | None = None) -> Interface:
    """Return the interface in ``folder``, checked; ``Refused`` for any fault in it."""
    loaded = read_interface(folder, cache)
    if faults := faults_of(loaded):
        raise Refused(faults)
    return Interface(_parts(loaded))


def _parts(loaded: Loaded) -> dict[str, list[Any]]:
    return {kind: [item.value for item in items] for kind, items in loaded.items.items()}


def _twice(loaded: Loaded) -> Iterator[Notice]:
    for kind, key in (
        ("format", "name"),
        ("group", "name"),
        ("message", "name"),
        ("known", "name"),
        ("set", "name"),
        ("rule", "id"),
    ):
        seen: set[str] = set()
        for item in loaded.items[kind]:
            name = getattr(item.value, key)
            if name in seen:
                yield rules.TWICE.notice(item.where(key), name=name)
            seen.add(name)


def _formats(loaded: Loaded) -> Iterator[Notice]:
    for item in loaded.items["format"]:
        one: Format = item.value
        ways = [one.pattern is not None, bool(one.values), one.decimal is not None]
        problem = "" if sum(ways) == 1 else f"it has {sum(ways)} of them"
        try:
            reader_of(one)
        except re.error as error:
            problem = str(error)
        if problem:
            yield rules.NOT_A_FORMAT.notice(item.where("name"), name=one.name, problem=problem)


def _structures(loaded: Loaded) -> Iterator[Notice]:
    formats = {item.value.name for item in loaded.items["format"]}
    groups = {item.value.name for item in loaded.items["group"]}
    for item in [*loaded.items["message"], *loaded.items["group"]]:
        yield from _elements(item, item.value.elements, ("elements",), formats, groups)


def _elements(
    item: Item,
    elements: Sequence[Element],
    keys: tuple[str | int, ...],
    formats: Collection[str],
    groups: Collection[str],
) -> Iterator[Notice]:
    names: set[str] = set()
    for index, one in enumerate(elements):
        at = (*keys, index)
        where = item.where(*at, "name")
        plain = one.name.isascii() and one.name.isidentifier() and not keyword.iskeyword(one.name)
        if not plain or one.name in ADDED:
            yield rules.NOT_A_NAME.notice(where, name=one.name)
        if one.name in names:
            yield rules.TWICE.notice(where, name=one.name)
        names.add(one.name)
        if not _OCCURS(one.occurs):
            yield rules.NOT_OCCURS.notice(
                item.where(*at, "occurs"), name=one.name, occurs=one.occurs
            )
        if one.format is not None and one.format not in formats:
            yield rules.UNKNOWN_FORMAT.notice(
                item.where(*at, "format"), name=one.format, suggestion=_near(one.format, formats)
            )
        if one.format is None and not one.elements and one.name not in groups:
            yield rules.UNKNOWN_GROUP.notice(where, name=one.name)
        yield from _elements(item, one.elements, (*at, "elements"), formats, groups)


def _rule_sets(loaded: Loaded) -> Iterator[Notice]:
    item = loaded.items["head"][0]
    sets = item.value.rule_sets
    for index, one in enumerate(sets):
        for other in sets[:index]:
            if one.valid.overlaps(other.valid):
                yield rules.RULE_SETS_OVERLAP.notice(
                    item.where("rule_sets", index, "valid"), one=other.name, other=one.name
                )


def _notifications(items: Sequence[Item]) -> Iterator[Notice]:
    for index, item in enumerate(items):
        one: NotificationKind = item.value
        if not _FUNCTION(one.function):
            yield rules.NOT_A_FUNCTION.notice(item.where("function"), function=one.function)
        if one.event not in (*EFFECTS, DECISION):
            known = ", ".join((*EFFECTS, DECISION))
            yield rules.UNKNOWN_EVENT.notice(item.where("event"), event=one.event, known=known)
        for key, given, event in (
            ("decision", one.decision is not None, DECISION),
            ("hold_for", _is_duration(one.hold_for), HOLD),
        ):
            if given != (one.event == event):
                place = item.where(key if getattr(one, key) is not None else "event")
                yield rules.INCOMPLETE.notice(place, name=one.name, event=event, wanted=key)
        for other in items[:index]:
            if other.value.function == one.function and other.value.valid.overlaps(one.valid):
                yield rules.TWICE.notice(item.where("function"), name=one.function)


def _is_duration(text: str | None) -> bool:
    try:
        return text is not None and bool(parse_duration(text))
    except ValueError:
        return False


def _rules(loaded: Loaded) -> Iterator[Notice]:
    """Yield what is wrong with rules and with what is gathered for them."""
    parts = _parts(loaded)
    tables = tables_of(parts)
    pairs = [(message, one) for message in parts["message"] for one in parts["head"][0].rule_sets]
    shaped = [(message, one, shape_of(message, one, tables)) for message, one in pairs]
    paths = {path: shape for _, _, top in shaped for path, shape in shapes(top)}
    places = [
        *_places(loaded.items["rule"], paths),
        *_known_places(loaded.items["known"], paths),
        *(fault for item in loaded.items["rule"] for fault in _named(item, parts)),
    ]
    yield from places or _conditions(loaded, shaped)


def _conditions(
    loaded: Loaded, shaped: Sequence[tuple[Message, RuleSet, Shape]]
) -> Iterator[Notice]:
    """Yield the faults of conditions, each asked in every message it belongs to, told once."""
    parts = _parts(loaded)
    told: set[tuple[str, str]] = set()
    for message, rule_set, shape in shaped:
        bare = Judge(shape, (), (), parts["set"])
        found = [
            fault
            for item in loaded.items["known"]
            for fault in _condition(item, "when", bare, ROOTS[:3])
        ]
        judge = Judge(shape, (), () if found else parts["known"], parts["set"])
        for item in () if found else loaded.items["rule"]:
            if applies(item.value, message, rule_set) and item.value.of in judge.shapes:
                found += _condition(item, "refused_when", judge, roots_of(item.value))
        for notice in found:
            if (notice.code, notice.where) not in told:
                told.add((notice.code, notice.where))
                yield notice


def _named(item: Item, parts: dict[str, list[Any]]) -> Iterator[Notice]:
    rule: InterfaceRule = item.value
    sets = [one.name for one in parts["head"][0].rule_sets]
    messages = [one.name for one in parts["message"]]
    for key, kind, names, all_names in (
        ("sets", "rule set", rule.sets, sets),
        ("messages", "message", rule.messages, messages),
    ):
        for index, name in enumerate(names):
            if name not in all_names:
                yield rules.UNKNOWN_SET.notice(
                    item.where(key, index), kind=kind, name=name, suggestion=_near(name, all_names)
                )
    if (rule.code is None) == (not rule.codes):
        yield rules.NO_CODE.notice(item.where("id"), name=rule.id)


def _places(items: Sequence[Item], paths: dict[str, Shape]) -> Iterator[Notice]:
    for item in items:
        shape = paths.get(item.value.of)
        if shape is None:
            yield rules.UNKNOWN_PLACE.notice(item.where("of"), of=item.value.of)
            continue
        for name in item.value.codes:
            yield from _value_of(item, ("codes", name), shape, name)


def _known_places(items: Sequence[Item], paths: dict[str, Shape]) -> Iterator[Notice]:
    for item in items:
        shape = paths.get(item.value.of)
        if shape is None:
            yield rules.UNKNOWN_PLACE.notice(item.where("of"), of=item.value.of)
        elif item.value.value != "elements":
            yield from _value_of(item, ("value",), shape, item.value.value)


def _value_of(item: Item, keys: tuple[str, ...], shape: Shape, name: str) -> Iterator[Notice]:
    part = shape.parts.get(name)
    if part is None or part.format is None or part.several:
        names = [one.name for one in shape.parts.values() if one.format is not None]
        yield rules.UNKNOWN_ELEMENT.notice(
            item.where(*keys), of=shape.name, name=name, suggestion=_near(name, names)
        )


def _condition(item: Item, key: str, judge: Judge, roots: Sequence[str]) -> Iterator[Notice]:
    if item.value.of not in judge.shapes:
        return
    try:
        judge.compiled(getattr(item.value, key), item.value.of, roots)
    except ExpressionFault as refused:
        for one in refused.notices:
            yield Notice(one.code, f"{item.where(key)}, {one.where}", one.values)


def _near(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return near[0] if near else ", ".join(sorted(names)[:12]) or "(none)"
