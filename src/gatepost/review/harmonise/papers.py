"""Whether two names are names of the same paper, by the dictionary of trade words (SW-04)."""

from __future__ import annotations

from gatepost.review.harmonise.model import Form, FormField, TradeWords
from gatepost.review.harmonise.reading import Reader


class Papers:
    """Reads the names of papers by one dictionary."""

    def __init__(self, words: TradeWords) -> None:
        self._reader = Reader(words)
        self._known: dict[str, str] = {}

    def same(self, one: str, other: str) -> bool:
        """Tell whether two names are of one paper, in the same words or in those of the trade."""
        speller = self._reader.speller
        return set(speller.row(one)) == set(speller.row(other)) or (
            bool(self._kind(one)) and self._kind(one) == self._kind(other)
        )

    def _kind(self, name: str) -> str:
        if name not in self._known:
            field = FormField("paper", name, kind="file")
            read = self._reader.read(Form("paper", name, (field,)))
            self._known[name] = read["paper"].question.asks if read else ""
        return self._known[name]
