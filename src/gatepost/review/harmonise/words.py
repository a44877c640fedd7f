"""Titles as rows of plain words, and phrases of a dictionary found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from gatepost.review.harmonise.model import TradeWords

Words = tuple[str, ...]

_ASIDE = re.compile(r"\(([^)]*)\)")
_COUNTER = re.compile(r"^\s*\d+[.)]?\s*(?:[a-z]\b[.)]?)?\s*", re.IGNORECASE)
_INITIALS = re.compile(r"\b([A-Za-z])[/.]([A-Za-z])\b")
_ALTERNATIVE = re.compile(r"[,/&]|\band\b|\bor\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:-[a-z]+)?")
_KEPT = ("ss", "us", "is", "ies")


class Found:
    """A phrase found in a row of words: where, and how many words it explains."""

    __slots__ = ("at", "start")

    def __init__(self, at: frozenset[int]) -> None:
        self.at = at
        self.start = min(at)


class Speller:
    """Turns what people write into the words the dictionary is written in."""

    def __init__(self, words: TradeWords) -> None:
        self._spellings = words.spellings
        self._fillers = frozenset(words.fillers)

    def row(self, text: str) -> Words:
        """Return the words of a title; what stands in brackets is an aside, left out."""
        plain = _ASIDE.sub(" ", text)
        return self._split(plain) or self._split(text)

    def first(self, text: str) -> Words:
        """Return the words of the first of several things that a title names."""
        plain = _INITIALS.sub(r"\1\2", _ASIDE.sub(" ", text))
        return self._split(_ALTERNATIVE.split(plain, 1)[0])

    def asides(self, text: str) -> Words:
        """Return the words in a title's brackets."""
        return self._split(" ".join(_ASIDE.findall(text)))

    def _split(self, text: str) -> Words:
        text = _INITIALS.sub(r"\1\2", _COUNTER.sub("", text))
        spaced = _CAMEL.sub(" ", text.replace("'s", "").replace("_", " ")).casefold()
        found = (self._one(word) for word in _WORD.findall(spaced))
        return tuple(word for word in found if word not in self._fillers)

    def _one(self, word: str) -> str:
        if word in self._spellings or word in self._fillers:
            return self._spellings.get(word, word)
        if len(word) > 3 and word.endswith("ies"):
            word = f"{word[:-3]}y"
        elif len(word) > 3 and word.endswith("s") and not word.endswith(_KEPT):
            word = word[:-1]
        return self._spellings.get(word, word)

    def plain_asides(self, text: str) -> frozenset[str]:
        """Return the words in a title's brackets as they are written, in small letters."""
        return frozenset(" ".join(_ASIDE.findall(text)).casefold().split())


class Phrase:
    """Words that stand near each other, in whatever order."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._reach = len(words) + 1

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words without their order."""
        return frozenset(self.words)

    def find(self, row: Sequence[str]) -> Found | None:
        """Return the first place where all words stand with at most one other between them."""
        if not self.bag.issubset(row):
            return None
        for start, word in enumerate(row):
            if word not in self.bag:
                continue
            wanted, at = set(self.bag), set()
            for index in range(start, min(start + self._reach, len(row))):
                if row[index] in wanted:
                    wanted.remove(row[index])
                    at.add(index)
            if not wanted:
                return Found(frozenset(at))
        return None


def longest(phrases: Iterable[Phrase], row: Sequence[str]) -> Found | None:
    """Return where a phrase explains most words; of equals the closest, then the first."""
    found = [one for phrase in phrases if (one := phrase.find(row))]
    return max(found, key=lambda one: (len(one.at), one.start - max(one.at)), default=None)
