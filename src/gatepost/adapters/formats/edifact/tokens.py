"""An interchange cut into segments: ISO 9735 separators, character sets and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from gatepost.adapters.formats import rules
from gatepost.kernel.notice import Notice, Refused

MAX_BYTES = 10_000_000
MAX_SEGMENT = 64_000
MAX_ELEMENTS = 64
MAX_COMPONENTS = 16
MAX_LENGTH = 512
"""The most characters any component may have (an..512, a free text)."""

MAX_DIGITS = 35
"""No number and no numeric identifier of the directories has more digits."""

MAX_TELEGRAM = 2_000
"""Airlines put a telegram header of some lines before the interchange; longer ones are none."""

CHARSETS = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOW": "utf-8",
    "UNOY": "utf-8",
}
"""The character repertoires of ISO 9735 and how their bytes are read."""

_START = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|(?<=[\r\n\x01\x02]))(?=UNA|UNB[^A-Za-z0-9 ])")
_LEVEL = re.compile(rb"UNB.(UNO[A-Z])", re.DOTALL)
_TAG = re.compile(r"[A-Z]{3}").fullmatch
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3"
"""Stand for released signs while a segment is cut; no text may hold them, as no character is."""


class Separators(NamedTuple):
    """The service characters; ``release`` is empty where there is none."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    terminator: str = "'"


class Segment(msgspec.Struct, frozen=True):
    """One segment: its tag, its elements as lists of components, and its number from 1."""

    tag: str
    elements: tuple[tuple[str, ...], ...]
    number: int

    def get(self, element: int, component: int = 1) -> str:
        """Return a component, both counted from 1; an empty text where there is none."""
        if element > len(self.elements):
            return ""
        found = self.elements[element - 1]
        return found[component - 1] if component <= len(found) else ""

    @property
    def where(self) -> str:
        """Return the place of the segment as notices name it."""
        return f"segment {self.number} ({self.tag})"


def begins_like_edifact(data: bytes) -> bool:
    """Tell whether ``data`` may hold an interchange, perhaps after a telegram header."""
    return _START.search(data, 0, MAX_TELEGRAM) is not None


def segments(data: bytes) -> tuple[Iterator[Segment], Separators]:
    """Return the segments of an interchange, cut while they are taken, and its separators.

    ``Refused`` (EDIFACT-001 to EDIFACT-006) for what is no interchange, for characters outside its
    repertoire and for anything beyond the limits.
    """
    if len(data) > MAX_BYTES:
        raise Refused([rules.EDIFACT_TOO_LARGE.notice(size=len(data), limit=MAX_BYTES)])
    start = _START.search(data, 0, MAX_TELEGRAM)
    if start is None:
        raise Refused([rules.NO_INTERCHANGE.notice(problem="it begins with neither UNA nor UNB")])
    separators, body = _opened(_decoded(data[start.end() :]))
    return _cut(body, separators), separators


def _decoded(data: bytes) -> str:
    level = _LEVEL.search(data, 0, 200)
    name = level[1].decode("ascii") if level else "UNOA"
    charset = CHARSETS.get(name)
    if charset is None:
        raise Refused([rules.EDIFACT_CHARACTERS.notice(level=name, problem="it is not read here")])
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not in it"
        raise Refused([rules.EDIFACT_CHARACTERS.notice(level=name, problem=problem)]) from None
    if found := _CONTROL.search(text):
        problem = f"it holds the control character U+{ord(found[0]):04X}"
        raise Refused([rules.EDIFACT_CHARACTERS.notice(level=name, problem=problem)])
    return text


def _opened(text: str) -> tuple[Separators, str]:
    """Return the separators, those of UNA if there is one, and what comes after it."""
    if not text.startswith("UNA"):
        return Separators(), text
    given = text[3:9]
    if len(given) < 6:
        raise Refused([rules.NO_INTERCHANGE.notice(problem="UNA is cut off")])
    component, element, decimal, release, _, terminator = list(given)
    service = [component, element, terminator, *([release] if release != " " else [])]
    if len({*service}) < len(service) or any(one.isalnum() or one == " " for one in service):
        raise Refused([rules.NO_INTERCHANGE.notice(problem="UNA makes its separators unusable")])
    decimal = decimal if decimal in ".," else "."
    release = "" if release == " " else release
    return Separators(component, element, decimal, release, terminator), text[9:]


def _cut(text: str, signs: Separators) -> Iterator[Segment]:
    end, release = re.escape(signs.terminator), re.escape(signs.release)
    plain = f"[^{end}{release}]" if release else f"[^{end}]"
    escaped = f"(?:{release}.{plain}*+)*+" if release else ""
    one = re.compile(f"\\s*+({plain}*+{escaped}){end}", re.DOTALL)
    position, number = 0, 0
    while position < len(text):
        found = one.match(text, position)
        if found is None:
            if text[position:].isspace():
                return
            raise Refused([rules.NO_TERMINATOR.notice(f"segment {number + 1}")])
        number += 1
        position = found.end()
        written = found[1]
        if len(written) > MAX_SEGMENT:
            raise Refused([_beyond(number, "characters", MAX_SEGMENT)])
        yield _segment(written, number, signs)


def _segment(written: str, number: int, signs: Separators) -> Segment:
    released = bool(signs.release) and signs.release in written
    if released:
        written = _held(written, signs)
    parts = [one.split(signs.component) for one in written.split(signs.element)]
    if released:
        meant = str.maketrans(dict(zip(_MARKS, _service(signs), strict=True)))
        parts = [[one.translate(meant) for one in element] for element in parts]
    tag, *elements = parts
    if len(elements) > MAX_ELEMENTS:
        raise Refused([_beyond(number, "elements", MAX_ELEMENTS)])
    name = tag[0].strip()
    if not _TAG(name):
        problem = "it does not begin with a tag of three capital letters"
        raise Refused([rules.NOT_A_SEGMENT.notice(f"segment {number}", problem=problem)])
    for element in elements:
        if len(element) > MAX_COMPONENTS:
            raise Refused([_beyond(number, "components in an element", MAX_COMPONENTS)])
        for component in element:
            if len(component) > MAX_LENGTH:
                raise Refused([_beyond(number, "characters in a component", MAX_LENGTH)])
            if len(component) > MAX_DIGITS and component.isdigit():
                raise Refused([_beyond(number, "digits in a number", MAX_DIGITS)])
    return Segment(name, tuple(tuple(map(_one_line, element)) for element in elements), number)


def _service(signs: Separators) -> tuple[str, str, str, str]:
    return signs.release, signs.element, signs.component, signs.terminator


def _held(written: str, signs: Separators) -> str:
    """Put marks in place of released signs; the release itself first, so that pairs stay pairs."""
    for sign, mark in zip(_service(signs), _MARKS, strict=True):
        written = written.replace(signs.release + sign, mark)
    return written.replace(signs.release, "")


def _one_line(component: str) -> str:
    """Drop line breaks: telegrams break lines anywhere, also within a value."""
    return component.replace("\r", "").replace("\n", "")


def _beyond(number: int, what: str, limit: int) -> Notice:
    return rules.BEYOND_LIMIT.notice(f"segment {number}", what=what, limit=limit)
