"""What holds wherever a word stands: a text has every language, a law is named, a code exists.

A key means the same in every file, so each is checked by its name, in whatever it stands;
which keys a type has is found out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from gatepost.codelists.countries import is_country
from gatepost.codelists.currencies import is_currency
from gatepost.codelists.hs import is_heading
from gatepost.description import rules
from gatepost.description.described import Described, Keys, listed
from gatepost.kernel.duration import parse_duration
from gatepost.kernel.language import Text
from gatepost.kernel.legal import LegalBasis
from gatepost.kernel.moment import is_zone
from gatepost.kernel.notice import Notice, Rule, Value
from gatepost.kernel.validity import Validity
from gatepost.requirement.compiled import PREFIX_LENGTHS


class Wrong(NamedTuple):
    """What is wrong with a value: the way to it from there, the rule and the rule's values."""

    keys: Keys
    rule: Rule
    values: dict[str, Value]


Look = Callable[[Any, Described], "list[Wrong] | tuple[()]"]


def check_words(described: Described) -> Iterator[Notice]:
    """Yield what is wrong with single words, texts, days and laws, in every file."""
    for things in described.things.values():
        for thing in things:
            for wrong in _look_into(thing.value, (), described):
                yield wrong.rule.notice(thing.where(*wrong.keys), **wrong.values)


def _look_into(value: Any, keys: Keys, described: Described) -> Iterator[Wrong]:
    kind: type[msgspec.Struct] = type(value)
    looks, parts = _plan(kind)
    for attribute, key, look in looks:
        for wrong in look(getattr(value, attribute), described):
            yield wrong._replace(keys=(*keys, key, *wrong.keys))
    if isinstance(value, Validity) and value.end is not None and value.end < value.start:
        days: dict[str, Value] = {"start": str(value.start), "end": str(value.end)}
        yield Wrong((*keys, "to"), rules.FROM_AFTER_TO, days)
    for attribute, key, many in parts:
        part = getattr(value, attribute)
        if many:
            for index, one in enumerate(part or ()):
                yield from _look_into(one, (*keys, key, index), described)
        elif part is not None:
            yield from _look_into(part, (*keys, key), described)


@cache
def _plan(
    kind: type[msgspec.Struct],
) -> tuple[list[tuple[str, str, Look]], list[tuple[str, str, bool]]]:
    """Return the fields of a struct to look at, and those with structs inside (one or many)."""
    looks: list[tuple[str, str, Look]] = []
    parts: list[tuple[str, str, bool]] = []
    for field in msgspec.structs.fields(kind):
        name, key = field.name, field.encode_name
        inner, many = _bare(field.type)
        if field.type == Text:
            looks.append((name, key, _text))
        elif name in LOOKS and not (name == "regimes" and not field.required):
            looks.append((name, key, LOOKS[name]))
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            if inner is not LegalBasis:
                parts.append((name, key, many))
            if many and name == "valid":
                looks.append((name, key, _ever))
    return looks, parts


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Return a type without ``None`` and without the tuple around it, and whether one was."""
    options = [one for one in get_args(annotation) if one is not NoneType]
    if NoneType in get_args(annotation) and len(options) == 1:
        return _bare(options[0])
    if get_origin(annotation) is tuple:
        return options[0], True
    return annotation, False


def _text(text: Text, described: Described) -> list[Wrong]:
    languages = described.country.languages if described.country else ()
    return [
        Wrong((), rules.MISSING_LANGUAGE, {"language": language})
        for language in languages
        if not text.get(language, "").strip()
    ]


def _law(laws: tuple[LegalBasis, ...] | None, described: Described) -> list[Wrong] | tuple[()]:
    if laws is None:
        return ()
    if not laws:
        return [Wrong((), rules.NO_LEGAL_BASIS, {})]
    return [
        Wrong((index,), rules.NO_LEGAL_BASIS, {})
        for index, law in enumerate(laws)
        if not law.cite.strip()
    ]


def _ever(versions: tuple[Validity, ...], described: Described) -> list[Wrong] | tuple[()]:
    return () if versions else [Wrong((), rules.NEVER_IN_FORCE, {})]


def _regimes(regimes: tuple[str, ...], described: Described) -> list[Wrong] | tuple[()]:
    return () if regimes else [Wrong((), rules.NO_REGIME, {})]


@cache
def _goods_fault(prefix: str) -> Wrong | None:
    digits = prefix.isascii() and prefix.isdigit()
    if not digits or len(prefix) not in PREFIX_LENGTHS:
        return Wrong((), rules.NOT_A_PREFIX, {"prefix": prefix})
    if not is_heading(prefix):
        return Wrong((), rules.UNKNOWN_HS, {"prefix": prefix, "head": prefix[:6]})
    return None


def _goods(prefixes: tuple[str, ...], described: Described) -> list[Wrong]:
    return [
        wrong._replace(keys=(index,))
        for index, prefix in enumerate(prefixes)
        if (wrong := _goods_fault(prefix)) is not None
    ]


def _each(rule: Rule, name: str, good: Callable[[str, Described], bool]) -> Look:
    """Return the look at one word or several that must all be ``good``."""

    def look(words: str | tuple[str, ...] | None, described: Described) -> list[Wrong]:
        if words is None or isinstance(words, str):
            single = words is None or good(words, described)
            return [] if single else [Wrong((), rule, {name: words or ""})]
        return [
            Wrong((index,), rule, {name: word})
            for index, word in enumerate(words)
            if not good(word, described)
        ]

    return look


def _is_duration(text: str, described: Described) -> bool:
    try:
        parse_duration(text)
    except ValueError:
        return False
    return True


def _posts(posts: str | tuple[str, ...], described: Described) -> list[Wrong]:
    known = listed(described.posts)
    found = _post(posts, described)
    return [wrong._replace(values={**wrong.values, "known": known}) for wrong in found]


_post = _each(
    rules.UNKNOWN_POST, "post", lambda post, all: not all.missing("post", post, all.posts)
)
_country = _each(rules.UNKNOWN_COUNTRY, "code", lambda code, _: is_country(code))
_document = _each(
    rules.UNKNOWN_DOCUMENT,
    "code",
    lambda code, all: not all.missing("document", code, all.documents),
)
_duration = _each(rules.NOT_A_DURATION, "text", _is_duration)

LOOKS: dict[str, Look] = {
    "legal_basis": _law,
    "regimes": _regimes,
    "commodity": _goods,
    "except_commodity": _goods,
    "origin": _country,
    "except_origin": _country,
    "shared_with": _country,
    "side": _country,
    "modes": _each(rules.UNKNOWN_MODE, "mode", lambda mode, _: mode in set("123456789")),
    "document": _document,
    "alternatives": _document,
    "zone": _each(rules.UNKNOWN_ZONE, "zone", lambda zone, _: is_zone(zone)),
    "currency": _each(rules.UNKNOWN_CURRENCY, "currency", lambda code, _: is_currency(code)),
    "post": _posts,
    "posts": _posts,
    **dict.fromkeys(
        ("lead", "limit", "within", "after", "opens", "closes", "on_call", "notice", "meets"),
        _duration,
    ),
}
