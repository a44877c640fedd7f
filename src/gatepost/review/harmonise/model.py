"""The nouns of harmonising: forms and their fields, trade words, and groups that ask alike."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["text", "number", "date", "time", "yes_no", "choice", "file"]
By = Literal["dictionary", "similarity", "person"]


class FormField(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question of a form: the ``path`` of its answer, and the words it is asked in.

    ``headings`` are the headings it stands under, outermost first. ``shown`` tells a field that
    only repeats what is known already: it is not asked again.
    """

    path: str
    title: str = ""
    headings: tuple[str, ...] = ()
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    shown: bool = False

    @property
    def repeated(self) -> bool:
        """Whether the field stands in a line of which there may be many."""
        return "[]" in self.path


class Captured(msgspec.Struct, frozen=True):
    """What a file says of a form: the agency and the title are empty where it names none."""

    fields: tuple[FormField, ...]
    agency: str = ""
    title: str = ""


class Form(msgspec.Struct, frozen=True):
    """A form as an agency asks it; ``id`` is its file."""

    id: str
    agency: str
    fields: tuple[FormField, ...]
    title: str = ""


class Party(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A role in trade, the words for it, and where the WCO data model has it.

    ``procedural``: a role in the procedure only, which may be that of any party in trade.
    """

    party: str
    words: tuple[str, ...]
    path: str = ""
    procedural: bool = False
    name: str = ""
    id: str = ""


class Property(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is asked of a party. ``bare``: what is asked where only the party is named.

    ``element`` is ``name`` or ``id`` for the party's own element, else a number and a path.
    ``issuer``: a number in a register, and each agency keeps its own.
    """

    property: str
    words: tuple[str, ...]
    element: str = ""
    bare: bool = False
    issuer: bool = False


class Thing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is asked of a consignment. ``level``: a total is not its lines.

    ``choices``: words of the answers, by which a list of them is known whatever it is called.
    ``money``: an amount in national currency is not the amount in foreign currency.
    """

    thing: str
    words: tuple[str, ...]
    elements: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    level: bool = False
    money: bool = False
    issuer: bool = False


class Paper(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document that is attached; its file is not its number."""

    document: str
    words: tuple[str, ...]
    issuer: bool = False


class TradeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The dictionary: the words in which trade forms ask, as data with a source."""

    source: str
    fillers: tuple[str, ...]
    spellings: dict[str, str]
    other_question: tuple[str, ...]
    of_the_step: tuple[str, ...]
    step_forms: tuple[str, ...]
    written_as: tuple[str, ...]
    bare: tuple[str, ...]
    plain_headings: tuple[str, ...]
    ranges: tuple[str, ...]
    parties: tuple[Party, ...]
    unnamed: tuple[str, ...]
    unnamed_is: str
    properties: tuple[Property, ...]
    things: tuple[Thing, ...]
    documents: tuple[Paper, ...]


class Question(msgspec.Struct, frozen=True, order=True):
    """What a field asks: of whom or what, and within which scope an answer holds.

    ``scope`` is an agency for numbers of its register, ``total`` or ``line`` for measures.
    """

    asks: str
    scope: str = ""


class Reading(msgspec.Struct, frozen=True):
    """A field read: its question and the WCO elements that hold the answer."""

    question: Question
    elements: tuple[str, ...] = ()


class Confirmed(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a person decided: fields (``form:path``) that are ``same`` or that are ``apart``."""

    same: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()


class Group(msgspec.Struct, frozen=True):
    """Fields that ask the same thing. ``asked_again`` counts the fields beyond the first.

    Fields that only show what is known already are in the group and not in the count.
    """

    asks: str
    wco: tuple[str, ...]
    by: By
    fields: tuple[str, ...]
    titles: tuple[str, ...]
    forms: int
    agencies: tuple[str, ...]
    asked_again: int


class Metrics(msgspec.Struct, frozen=True):
    """What is handed in: forms, questions, copies of papers and signatures."""

    documents: int
    elements: int
    copies: int
    signatures: int


class Simplified(msgspec.Struct, frozen=True):
    """The counts as the forms are, and when each question is asked once."""

    before: Metrics
    after: Metrics


class Harmonised(msgspec.Struct, frozen=True):
    """All groups, the fields that stand alone, and the counts."""

    groups: tuple[Group, ...]
    single: tuple[str, ...]
    forms: int
    fields: int
    asked_again: int
    simplified: Simplified | None = None
