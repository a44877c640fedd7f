"""Texts that people read, as a map by language: ``{en: …, fr: …}``."""

from __future__ import annotations

from collections.abc import Mapping

Text = dict[str, str]


def in_language(text: Mapping[str, str], language: str = "en") -> str:
    """Return ``text`` in ``language``, else in the first language it was written in."""
    return text.get(language) or next(iter(text.values()), "")
