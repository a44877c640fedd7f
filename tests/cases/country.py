"""Aldermark and its written cases, whole or with one thing taken away."""

from __future__ import annotations

from pathlib import Path

from gatepost.bootstrap import read_description, rehearsal_desk
from gatepost.casework.rehearsal import Played, play
from gatepost.cli.check import written_cases
from gatepost.description.jurisdiction import Jurisdiction

FOLDER = Path(__file__).parents[2] / "jurisdictions" / "aldermark"
CASES = dict(written_cases(FOLDER / "cases"))
"""Every written case of Aldermark by its path."""


class Country:
    """Aldermark as described, and variants of it with one thing taken away."""

    def __init__(self) -> None:
        loaded = read_description(str(FOLDER))
        assert loaded.faults == [], loaded.faults
        self.parts = {kind: [i.value for i in items] for kind, items in loaded.items.items()}
        self.whole = Jurisdiction(self.parts)
        self.cases = CASES
        self.texts = {path: (FOLDER / path).read_text(encoding="utf-8") for path in CASES}
        self._played: dict[str, Played] = {}

    def play(self, path: str, jurisdiction: Jurisdiction | None = None) -> Played:
        """Play one case, in the whole country or in a variant."""
        return play(rehearsal_desk(jurisdiction or self.whole), self.cases[path])

    def touched(self, rule: str) -> list[str]:
        """Return the cases in which a rule had a part."""
        for path in self.cases:
            if path not in self._played:
                self._played[path] = self.play(path)
        return [path for path, played in self._played.items() if rule in played.rules]

    def misses(self, kind: str, values: list[object], rule: str, word: str = "") -> bool:
        """Tell whether some case comes out otherwise where things of a kind are others."""
        variant = self.changed(kind, values)
        return any(self.play(path, variant).differences for path in self._likely(kind, rule, word))

    def _likely(self, kind: str, rule: str, word: str) -> list[str]:
        """Return every case, those first that a change of a rule at a word most likely touches."""
        touched = set(self.touched(rule))
        named = rule.lower().replace("-", "_")
        return sorted(
            self.cases,
            key=lambda p: (
                f"/{kind}s/" not in p and named not in p and rule not in self.texts[p],
                p not in touched,
                word not in self.texts[p],
            ),
        )

    def changed(self, kind: str, values: list[object]) -> Jurisdiction:
        """Return the country with other things of one kind; what is compiled is shared."""
        known = None if kind == "set" else self.whole.conditions
        variant = Jurisdiction({**self.parts, kind: values}, known)
        for other, name in (
            ("requirement", "requirements"),
            ("fee", "fees"),
            ("indicator", "indicators"),
        ):
            # A set is read by what was compiled of the others.
            if kind not in (other, "set"):
                variant.__dict__[name] = getattr(self.whole, name)
        return variant
