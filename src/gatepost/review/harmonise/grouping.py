"""Fields that ask the same thing: by a person, by the dictionary, by their text (SW-04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gatepost.kernel.notice import Notice, Refused
from gatepost.review.harmonise import rules
from gatepost.review.harmonise.model import (
    By,
    Confirmed,
    Form,
    FormField,
    Group,
    Harmonised,
    Question,
    Reading,
    TradeWords,
)
from gatepost.review.harmonise.reading import Reader
from gatepost.review.harmonise.similar import gathered
from gatepost.review.harmonise.words import Words

Name = tuple[str, str]
"""A field by the form it stands in and its path."""


class _Pile:
    """Fields found to ask alike, and by what."""

    def __init__(self, asks: str, elements: Sequence[str], by: By, names: Sequence[Name]) -> None:
        self.asks = asks
        self.elements = tuple(elements)
        self.by: By = by
        self.names = list(names)


def harmonise(
    forms: Sequence[Form], words: TradeWords, given: Confirmed | None = None
) -> Harmonised:
    """Return which fields of the forms ask the same thing.

    ``given`` is what a person decided earlier and goes before what is found. ``Refused`` with
    every name in it that is no field, and every pair it calls both same and apart.
    """
    given = given or Confirmed()
    fields = {(form.id, one.path): one for form in forms for one in form.fields}
    agency = {form.id: form.agency for form in forms}
    if faults := list(_faults(given, fields)):
        raise Refused(faults)
    reader = Reader(words)
    read = {
        (form.id, path): reading for form in forms for path, reading in reader.read(form).items()
    }
    piles = [*_by_question(read), *_by_text(reader, forms, read)]
    piles = _decided(piles, given)
    groups = sorted(
        (_group(pile, fields, agency) for pile in piles if len(pile.names) > 1),
        key=lambda one: (-len(one.fields), one.asks, one.fields),
    )
    held = {name for one in groups for name in one.fields}
    single = tuple(text for name in fields if (text := _text(name)) not in held)
    again = sum(one.asked_again for one in groups)
    return Harmonised(tuple(groups), single, len(forms), len(fields), again)


def _text(name: Name) -> str:
    return f"{name[0]}:{name[1]}"


def _by_question(read: dict[Name, Reading]) -> Iterator[_Pile]:
    by_question: dict[Question, list[Name]] = {}
    for name, reading in read.items():
        by_question.setdefault(reading.question, []).append(name)
    for question, names in by_question.items():
        asks = f"{question.asks} ({question.scope})" if question.scope else question.asks
        yield _Pile(asks, read[names[0]].elements, "dictionary", names)


def _by_text(reader: Reader, forms: Sequence[Form], read: dict[Name, Reading]) -> Iterator[_Pile]:
    """Yield piles of fields alike in their text, within one agency, whose words are its own."""
    left: dict[str, list[tuple[Name, FormField, Words]]] = {}
    for form in forms:
        for field in () if reader.is_step(form) else form.fields:
            name = (form.id, field.path)
            if name not in read and not reader.of_the_step(field):
                left.setdefault(form.agency, []).append((name, field, reader.all_of(field)))
    for own in left.values():
        for group in gathered([(field, words) for _, field, words in own]):
            first = own[group[0]][1]
            asks = first.title or first.path
            yield _Pile(asks, (), "similarity", [own[index][0] for index in group])


def _decided(piles: Sequence[_Pile], given: Confirmed) -> list[_Pile]:
    """Return the piles as a person decided: first what is apart, then what is same."""
    found = [_Pile(one.asks, one.elements, one.by, one.names) for one in piles]
    for names in given.apart:
        for one, other in combinations(map(_name, names), 2):
            home = next((p for p in found if one in p.names and other in p.names), None)
            if home is not None:
                home.names.remove(other)
                found.append(_Pile(home.asks, home.elements, "person", [other]))
    for names in given.same:
        members = [_name(one) for one in names]
        homes = [pile for pile in found if set(members) & set(pile.names)]
        known = [one for one in homes if one.elements] or homes
        asks = known[0].asks if known else members[0][1]
        elements = known[0].elements if known else ()
        whole = dict.fromkeys([*members, *(n for home in homes for n in home.names)])
        found = [pile for pile in found if pile not in homes]
        found.append(_Pile(asks, elements, "person", list(whole)))
    return found


def _name(text: str) -> Name:
    form, _, path = text.rpartition(":")
    return form, path


def _faults(given: Confirmed, fields: dict[Name, FormField]) -> Iterator[Notice]:
    same = {pair for names in given.same for pair in combinations(sorted(names), 2)}
    for key, rows in (("same", given.same), ("apart", given.apart)):
        for index, names in enumerate(rows):
            where = f"{key}[{index}]"
            for name in names:
                if _name(name) not in fields:
                    yield rules.UNKNOWN_FIELD.notice(where, field=name)
            if key == "apart":
                for one, other in combinations(sorted(names), 2):
                    if (one, other) in same:
                        yield rules.SAME_AND_APART.notice(where, one=one, other=other)


def _group(pile: _Pile, fields: dict[Name, FormField], agency: dict[str, str]) -> Group:
    names = sorted(pile.names)
    asked = [name for name in names if not fields[name].shown]
    return Group(
        asks=pile.asks,
        wco=pile.elements,
        by=pile.by,
        fields=tuple(map(_text, names)),
        titles=tuple(dict.fromkeys(fields[name].title or name[1] for name in names)),
        forms=len({form for form, _ in names}),
        agencies=tuple(sorted({agency[form] for form, _ in names})),
        asked_again=max(0, len(asked) - 1),
    )
