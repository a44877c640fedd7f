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

    def without(self, kind: str, index: int) -> Jurisdiction:
        """Return the country without one described thing."""
        left = [one for n, one in enumerate(self.parts[kind]) if n != index]
        return self.changed(kind, left)

    def changed(self, kind: str, values: list[object]) -> Jurisdiction:
        """Return the country with other things of one kind; what is compiled is shared."""
        variant = Jurisdiction({**self.parts, kind: values})
        for other, name in (
            ("requirement", "requirements"),
            ("fee", "fees"),
            ("indicator", "indicators"),
        ):
            if other != kind:
                variant.__dict__[name] = getattr(self.whole, name)
        return variant
