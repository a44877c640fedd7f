"""One YAML document as plain values, and where each of them stands.

The values are those of the YAML 1.2 core schema without its surprises: ``true`` and ``false``,
``null``, ``~`` and nothing, decimal numbers; all else is text. So ``NO`` is Norway, ``on`` is a
word, ``0603`` keeps its zero, ``12E3`` is a code, ``8:30`` and ``2026-07-01`` are text, which a
struct turns into a time or a date where it asks for one. Keys are always text.

Two readers walk the same parser events. :func:`build` is for the many files without a fault and
knows no lines. :func:`survey` is asked only when something is wrong or a line is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

import msgspec
from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gatepost.adapters.files import rules
from gatepost.kernel.notice import Notice, Rule

LARGEST = 1_000_000
"""The most bytes a file may have."""

DEEPEST = 40
"""The most levels values may be nested."""

_DEEP = "exceeded maximum nesting depth"

Plain = Any
"""``None``, ``bool``, ``int``, ``float``, ``str``, and lists and dictionaries of them."""

Keys = tuple[str | int, ...]
"""The way to a value: the keys and list positions from the top of its file."""

# At most 18 digits, so that every whole number fits the 64 bits of the formats it travels in.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]+)?").fullmatch
_NUMERIC = frozenset("-0123456789")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def scalar(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted word of YAML."""
    if text[:1] in _NUMERIC:
        match = _NUMBER(text)
        if match is None:
            return text
        return float(text) if match.lastindex else int(text)
    return _WORDS.get(text, text)


def _events(data: bytes) -> Callable[[], Any]:
    """Return a function that gives the parser's events one by one, then ``None``."""
    return cast("Callable[[], Any]", CParser(data).get_event)


class Faulty(Exception):
    """The document cannot be built; :func:`survey` tells why."""


def build(data: bytes) -> tuple[Plain, bool]:
    """Return the document in ``data`` and whether no key in it was written twice.

    ``None`` stands for an empty document; of two equal keys the last is kept. Raises
    :class:`Faulty`, or ``yaml.YAMLError``, if there is no way to build the whole.
    """
    next_event = _events(data)
    stack: list[tuple[dict[str, Plain] | None, list[Plain], str | None]] = []
    top: list[Plain] = []
    mapping: dict[str, Plain] | None = None
    rows = top
    key: str | None = None
    single = True
    value: Plain
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                raise Faulty
            value = event.value
            if mapping is not None and key is None:
                key = value
                continue
            if not event.style and (value[:1] in _NUMERIC or value in _WORDS):
                value = scalar(value)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            nameless = mapping is not None and key is None
            if nameless or event.anchor or event.tag or len(stack) >= DEEPEST:
                raise Faulty
            stack.append((mapping, rows, key))
            mapping, rows, key = ({} if kind is MappingStartEvent else None), [], None
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = rows if mapping is None else mapping
            mapping, rows, key = stack.pop()
        elif kind is AliasEvent or (kind is DocumentStartEvent and top):
            raise Faulty
        else:
            continue
        if mapping is None:
            rows.append(value)
        else:
            # A value follows its key, so the key is here.
            single = single and key not in mapping
            mapping[key] = value  # type: ignore[index]
            key = None
    return (top[0] if top else None), single


class Survey(msgspec.Struct):
    """Where everything in a document stands, and all that is wrong with its writing."""

    lines: dict[Keys, int]
    faults: list[Notice]

    def line(self, keys: Keys) -> int:
        """Return the line of ``keys``, or of the nearest thing around it that is written."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _Frame(msgspec.Struct):
    """A list or mapping that is being read: ``seen`` holds the keys of a mapping."""

    keys: Keys
    seen: dict[str, int] | None
    key: str | None = None
    count: int = 0

    def step(self) -> Keys:
        """Return the way to the value that comes now, and expect the next one."""
        if self.seen is None:
            self.count += 1
            return (*self.keys, self.count - 1)
        key, self.key = self.key, None
        return (*self.keys, key or "")


class _Surveyor:
    def __init__(self, path: str) -> None:
        self.path = path
        self.survey = Survey({}, [])
        self.frames: list[_Frame] = []
        self.documents = 0
        self.deep = False

    def read(self, data: bytes) -> Survey:
        next_event = _events(data)
        try:
            # Past the deepest level the ways would grow without end, so nothing more is told.
            while not self.deep and (event := next_event()) is not None:
                self.take(event, event.start_mark.line + 1)
        except YAMLError as error:
            # The parser's own limit lies above ours, but its scanner runs ahead and meets it first.
            fault = _not_yaml(error, data, self.path)
            if _DEEP in str(error):
                fault = rules.TOO_DEEP.notice(fault.where, limit=DEEPEST)
            self.survey.faults.append(fault)
        return self.survey

    def take(self, event: Event, line: int) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.fault(rules.SECOND_DOCUMENT, line)
        elif self.documents > 1 or isinstance(event, DocumentEndEvent):
            return
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.frames.pop()
        elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
            self.node(event, line)

    def node(
        self, event: MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent, line: int
    ) -> None:
        if isinstance(event, AliasEvent) or event.anchor or event.tag:
            self.fault(rules.ANCHOR, line)
        frame = self.frames[-1] if self.frames else None
        keys: Keys = ()
        if frame is not None and frame.seen is not None and frame.key is None:
            self.name(frame, event, line)
            if isinstance(event, ScalarEvent | AliasEvent):
                return
        elif frame is not None:
            keys = frame.step()
        self.survey.lines.setdefault(keys, line)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            self.frames.append(_Frame(keys, {} if isinstance(event, MappingStartEvent) else None))
            if len(self.frames) > DEEPEST:
                self.deep = True
                self.fault(rules.TOO_DEEP, line, limit=DEEPEST)

    def name(self, frame: _Frame, event: Event, line: int) -> None:
        if not isinstance(event, ScalarEvent):
            frame.key = ""
            if not isinstance(event, AliasEvent):
                self.fault(rules.KEY_NOT_TEXT, line)
            return
        key = frame.key = event.value
        assert frame.seen is not None
        if key in frame.seen:
            self.fault(rules.DUPLICATE_KEY, line, key=key, first=frame.seen[key])
        frame.seen.setdefault(key, line)
        self.survey.lines.setdefault((*frame.keys, key), line)

    def fault(self, rule: Rule, line: int, **values: str | int) -> None:
        self.survey.faults.append(rule.notice(f"{self.path}:{line}", **values))


def survey(data: bytes, path: str) -> Survey:
    """Return the lines of the document in ``data`` and every fault in its writing."""
    return _Surveyor(path).read(data)


@lru_cache(maxsize=256)
def lines(data: bytes) -> Survey:
    """Return the survey of ``data``, remembered for the next question about the same file."""
    return survey(data, "")


def unfit(data: bytes, path: str) -> Notice | None:
    """Return what keeps ``data`` from being read as YAML at all, if anything does."""
    if len(data) > LARGEST:
        return rules.TOO_LARGE.notice(f"{path}:1", limit=LARGEST)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        return rules.NOT_UTF8.notice(f"{path}:{line}", column=column)
    if b"\t" in data:
        line, _ = _place(data, data.index(b"\t"))
        return rules.TAB.notice(f"{path}:{line}")
    return None


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return the line and the column of a byte, both counted from 1."""
    return data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)


def _not_yaml(error: YAMLError, data: bytes, path: str) -> Notice:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        line, column = _place(data, getattr(error, "position", None) or 0)
    if "nesting depth" in str(problem):  # libyaml from 0.2.6 on counts brackets itself
        return rules.TOO_DEEP.notice(f"{path}:{line}", limit=DEEPEST)
    return rules.NOT_YAML.notice(f"{path}:{line}", problem=problem, line=line, column=column)
