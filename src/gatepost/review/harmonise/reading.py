"""What a field asks, read from its words by the dictionary of trade words (SW-04).

Read are the title, what it names first, the name of the field, and what the title says in
brackets, until one of them says enough. A title of bare words (*Quantity*) is read together with
what it stands under. Of two questions in one title the one that explains more of its words is
meant, of two that explain as many the one named first. In doubt a field is not read: it is left
to its text and to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from gatepost.codelists.currencies import is_currency
from gatepost.review.harmonise.model import (
    Form,
    FormField,
    Party,
    Property,
    Question,
    Reading,
    TradeWords,
)
from gatepost.review.harmonise.words import Found, Phrase, Speller, Words, longest

ENOUGH = 0.5
"""A question must explain more than this share of a title's words."""

SHORT = 2
"""A heading or an answer of more words than this is no plain name of a thing."""

NATIONAL, FOREIGN = "national currency", "foreign currency"
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Za-z])")


class _Guess(msgspec.Struct, frozen=True):
    """One possible question, and which words of the row it explains."""

    reading: Reading
    at: frozenset[int]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Most words first, then those that stand closest together, then the earliest."""
        first = min(self.at)
        return len(self.at), first - max(self.at), -first


class _Read(msgspec.Struct, frozen=True):
    """A field read, and how many of its words were not understood."""

    field: FormField
    reading: Reading
    left: int


class _Asked(msgspec.Struct, frozen=True):
    """A field's words: its title's, its name's, and those of what it stands in and under."""

    field: FormField
    title: Words
    name: Words
    above: tuple[Words, ...]


class Reader:
    """Reads the fields of forms by one dictionary."""

    def __init__(self, words: TradeWords) -> None:
        self.speller = Speller(words)
        self._words = words
        self._other = self._set(words.other_question)
        self._step = self._set(words.of_the_step)
        self._step_forms = self._set(words.step_forms)
        self._written = self._set(words.written_as)
        self._bare = self._set(words.bare)
        self._plain = self._set(words.plain_headings)
        self._ranges = frozenset(words.ranges)
        self._parties = [(one, self._phrases(one.words)) for one in words.parties]
        self._unnamed = self._phrases(words.unnamed)
        self._properties = [(one, self._phrases(one.words)) for one in words.properties]
        self._things = [(one, self._phrases(one.words)) for one in words.things]
        self._answers = [(one, self._set(one.choices)) for one in words.things if one.choices]
        self._papers = [(one, self._phrases(one.words)) for one in words.documents]
        self._usual = next(one for one in words.parties if one.party == words.unnamed_is)
        self._levels = {one.thing for one in words.things if one.level}
        self._money = {one.thing for one in words.things if one.money}

    def read(self, form: Form) -> dict[str, Reading]:
        """Return what is known of the fields of a form, by their paths."""
        if self.is_step(form):
            return {}
        asked = [self._asked(one) for one in form.fields]
        named = self._names_the_usual(asked)
        found = []
        for one in asked:
            if one.field.kind == "yes_no" or self.of_the_step(one.field):
                continue
            best = self._best(one, form.agency, named)
            if best is not None:
                found.append(best)
        return {one.field.path: one.reading for one in self._sure(self._scoped(found))}

    def title(self, field: FormField) -> Words:
        """Return the words of a field's title, or of its name where it has no title."""
        asked = self._asked(field)
        return asked.title or asked.name

    def all_of(self, field: FormField) -> Words:
        """Return the words of a title, what it says in brackets, and what a bare one asks of."""
        asked = self._asked(field)
        row = asked.title or asked.name
        above = self._named_above(asked) if self._bare.issuperset(row) else ()
        return (*above, *row, *sorted(self.speller.plain_asides(field.title)))

    def is_step(self, form: Form) -> bool:
        """Tell whether a form as a whole is about one step, such as a payment."""
        steps = form.id.rpartition(".")[0].split("/")[-2:]
        texts = (*steps, form.title)
        return any(self._step_forms.intersection(self.speller.row(one)) for one in texts)

    def of_the_step(self, field: FormField) -> bool:
        """Tell whether a field says something about its own step only."""
        headings = (self.speller.row(one) for one in field.headings)
        within = any(self._step_forms.intersection(one) for one in headings)
        return within or bool(self._step.intersection(self.title(field)))

    def _asked(self, field: FormField) -> _Asked:
        *above, name = field.path.replace("[]", "").split(".")
        context = (*reversed(above), *reversed(field.headings))
        row = self.speller.row
        return _Asked(field, row(field.title), row(name), tuple(row(one) for one in context))

    def _names_the_usual(self, asked: Iterable[_Asked]) -> bool:
        """Tell whether a form names the party that a firm without a role would stand for."""
        usual = next(phrases for one, phrases in self._parties if one is self._usual)
        return any(longest(usual, row) for one in asked for row in (one.title, one.name))

    def _best(self, asked: _Asked, agency: str, named: bool) -> _Read | None:
        if self._ranges.intersection(self.speller.plain_asides(asked.field.title)):
            return None
        if by_choices := self._by_choices(asked.field):
            return by_choices
        for row, whole in self._rows(asked):
            guesses = self._guesses(row, asked, agency, named)
            best = max(guesses, key=lambda one: one.rank, default=None)
            if best is not None and self._explains(best, row, whole):
                return _Read(asked.field, best.reading, len(self._left(best, row)))
        return None

    def _by_choices(self, field: FormField) -> _Read | None:
        """Return what a list asks whose answers, most of them, are those to a known question."""
        rows = [set(self.speller.row(one)) for one in field.choices]
        for thing, answers in self._answers:
            known = sum(1 for row in rows if row & answers and len(row) <= SHORT)
            if known > 1 and known > ENOUGH * len(rows):
                return _Read(field, Reading(Question(thing.thing), thing.elements), 0)
        return None

    def _rows(self, asked: _Asked) -> Iterator[tuple[Words, bool]]:
        """Yield the rows of words to read a field by, and whether all of it must be understood."""
        title, name = asked.title, asked.name
        if set(title) < set(name) and not self._bare.issuperset(name):
            # The name says what the title says, and more.
            yield name, False
        above = self._named_above(asked)
        if above and title and self._bare.issuperset(title):
            yield tuple(dict.fromkeys((*above, *title))), True
            return
        if title:
            yield title, False
            first = self.speller.first(asked.field.title)
            if first and first != title:
                yield first, False
        if name:
            yield name, bool(title)
        aside = self.speller.asides(asked.field.title)
        if aside:
            yield aside, True

    def _named_above(self, asked: _Asked) -> Words:
        """Return what a field stands under if that names a thing, not a part of the form."""
        for row in asked.above:
            if row and len(row) <= SHORT and not self._plain.issuperset(row):
                return row
        return ()

    def _explains(self, guess: _Guess, row: Words, whole: bool) -> bool:
        left = self._left(guess, row)
        if whole or self._other.intersection(left):
            return not left
        return len(guess.at) > ENOUGH * (len(guess.at) + len(left))

    def _left(self, guess: _Guess, row: Words) -> list[str]:
        words = (word for index, word in enumerate(row) if index not in guess.at)
        return [word for word in words if word not in self._written]

    def _guesses(self, row: Words, asked: _Asked, agency: str, named: bool) -> Iterator[_Guess]:
        if asked.field.kind == "file":
            yield from self._attached(row, agency)
            return
        yield from self._of_things(row, agency)
        yield from self._of_parties(row, asked, agency, named)

    def _of_things(self, row: Words, agency: str) -> Iterator[_Guess]:
        for thing, phrases in self._things:
            if found := longest(phrases, row):
                question = Question(thing.thing, agency if thing.issuer else "")
                yield _Guess(Reading(question, thing.elements), found.at)

    def _attached(self, row: Words, agency: str) -> Iterator[_Guess]:
        for paper, phrases in self._papers:
            if found := longest(phrases, row):
                scope = agency if paper.issuer else ""
                yield _Guess(Reading(Question(f"copy of {paper.document}", scope)), found.at)

    def _of_parties(self, row: Words, asked: _Asked, agency: str, named: bool) -> Iterator[_Guess]:
        party, at = self._party(row, named)
        for other in (asked.name, *asked.above):
            if party is None or party.procedural:
                instead, _ = self._party(other, named)
                party = instead or party
        if party is None:
            return
        rest = tuple("" if index in at else word for index, word in enumerate(row))
        answered = False
        for one, phrases in self._properties:
            found = longest(phrases, row)
            if found and found.at <= at:
                found = longest(phrases, rest)
            if found:
                answered = True
                yield _Guess(_of_party(party, one, agency), found.at | at)
        if at and not answered:
            for one, _ in self._properties:
                if one.bare:
                    yield _Guess(_of_party(party, one, agency), at)

    def _party(self, row: Words, named: bool) -> tuple[Party | None, frozenset[int]]:
        best: tuple[Party, Found] | None = None
        for party, phrases in self._parties:
            found = longest(phrases, row)
            if found and (best is None or _before(found, best[1])):
                best = party, found
        if best is not None:
            return best[0], best[1].at
        unnamed = None if named else longest(self._unnamed, row)
        return (self._usual, unnamed.at) if unnamed else (None, frozenset())

    def _scoped(self, found: Sequence[_Read]) -> list[_Read]:
        """Return readings with their scope: of a measure line or total, of money its currency."""
        measured = [one.field for one in found if one.reading.question.asks in self._levels]
        lines = any(one.repeated for one in measured)
        return [self._in_scope(one, lines) for one in found]

    def _in_scope(self, one: _Read, lines: bool) -> _Read:
        asks, scope = one.reading.question.asks, [one.reading.question.scope]
        if asks in self._levels:
            # A form that describes the goods once is read as having one line.
            scope.append("total" if lines and not one.field.repeated else "line")
        if asks in self._money:
            scope.append(_currency(one.field))
        question = Question(asks, ", ".join(filter(None, scope)))
        return msgspec.structs.replace(one, reading=Reading(question, one.reading.elements))

    def _sure(self, found: Sequence[_Read]) -> Iterator[_Read]:
        """Yield readings but those by which one form would ask the same twice in other words.

        A code beside its name asks the same, and so do two titles that are understood to the last
        word. Of others only the field that is understood best is taken to be meant.
        """
        by_question: dict[Question, list[_Read]] = {}
        for one in found:
            by_question.setdefault(one.reading.question, []).append(one)
        for rivals in by_question.values():
            best = min(rivals, key=lambda one: one.left)
            words = self._said(best.field)
            for one in rivals:
                if one.field.shown or not one.left or self._said(one.field) == words:
                    yield one

    def _said(self, field: FormField) -> frozenset[str]:
        asked = self._asked(field)
        return frozenset((*asked.title, *asked.name)) - self._written

    def _phrases(self, texts: Sequence[str]) -> list[Phrase]:
        rows = dict.fromkeys(self.speller.row(text) for text in texts)
        return [Phrase(row) for row in rows if row]

    def _set(self, texts: Sequence[str]) -> frozenset[str]:
        return frozenset(word for text in texts for word in self.speller.row(text))


def _currency(field: FormField) -> str:
    """Return whether an amount is asked in a currency that the form names, or in a foreign one."""
    texts = (field.title, field.path.rpartition(".")[2])
    if any("foreign" in text.casefold() for text in texts):
        return FOREIGN
    codes = (code for text in texts for code in _CODE.findall(text))
    return NATIONAL if any(is_currency(code) for code in codes) else ""


def _before(one: Found, other: Found) -> bool:
    """Tell whether a party is meant rather than another: named first, or at more length."""
    return (-one.start, len(one.at)) > (-other.start, len(other.at))


def _of_party(party: Party, one: Property, agency: str) -> Reading:
    scope = agency if one.issuer else ""
    question = Question(f"{party.party}: {one.property}", scope)
    return Reading(question, tuple(_elements(party, one)))


def _elements(party: Party, one: Property) -> Iterator[str]:
    if not party.path or not one.element:
        return
    if one.element == "name":
        yield f"{party.name} {party.path}/Name"
    elif one.element == "id":
        yield f"{party.id} {party.path}/ID"
    else:
        yield one.element.format(path=party.path)
