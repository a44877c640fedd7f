"""Aldermark and its written cases, whole or with one thing taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gatepost.bootstrap import read_description, rehearsal_desk
from gatepost.casework import projection
from gatepost.casework.rehearsal import Played, play
from gatepost.casework.work import Work
from gatepost.cli.check import written_cases
from gatepost.consignment.model import Consignment
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.permit.match import Papers
from gatepost.requirement.compiled import RequirementBook, compile_fee, compile_requirement
from gatepost.requirement.determine import determine
from gatepost.requirement.model import Determination, Fee, Requirement

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
        self._lodged: dict[str, list[tuple[Consignment, datetime]]] = {}
        self._asked: dict[str, dict[str, list[Determination]]] = {}

    def play(self, path: str, jurisdiction: Jurisdiction | None = None) -> Played:
        """Play one case, in the whole country or in a variant."""
        return play(rehearsal_desk(jurisdiction or self.whole), self.cases[path])

    def _play_all(self) -> None:
        """Play every case in the whole country once, and keep what was lodged in it."""
        for path, written in self.cases.items():
            desk = rehearsal_desk(self.whole)
            self._played[path] = play(desk, written)
            work = Work(desk, datetime.max.replace(tzinfo=UTC))
            self._lodged[path] = [
                (work.consignment(row.key), work.case(row.key).known.accepted_at)
                for row in desk.ledger.rows(projection.CASE)
            ]

    def touched(self, rule: str) -> list[str]:
        """Return the cases in which a rule had a part."""
        if not self._played:
            self._play_all()
        return [path for path, played in self._played.items() if rule in played.rules]

    def asked(self, one: Requirement | Fee) -> dict[str, list[Determination]]:
        """Return by case what a requirement or fee asks of the goods lodged in it."""
        known = self.whole.conditions
        if isinstance(one, Fee):
            book, fees = RequirementBook(()), RequirementBook([compile_fee(one, known)])
        else:
            book, fees = RequirementBook([*compile_requirement(one, known)]), RequirementBook(())
        return {
            path: [
                determine(book.on(goods.day), goods, at, Papers(goods).first, fees.on(goods.day))
                for goods, at in lodged
            ]
            for path, lodged in self._lodged.items()
        }

    def misses(self, kind: str, values: Sequence[Any], rule: str, word: str = "") -> bool:
        """Tell whether some case comes out otherwise where things of a kind are others.

        Every case is asked before none is found; those most likely to differ come first.
        """
        variant = self.changed(kind, values)
        likely = self._likely(kind, rule, word)
        if kind in ("requirement", "fee"):
            other = self._asked_otherwise(kind, values, rule)
            likely.sort(key=lambda path: path not in other)
        return any(self.play(path, variant).differences for path in likely)

    def _asked_otherwise(self, kind: str, values: Sequence[Any], rule: str) -> set[str]:
        """Return the cases of whose goods a changed requirement or fee asks something else."""
        if rule not in self._asked:
            whole = next(one for one in self.parts[kind] if one.id == rule)
            self._asked[rule] = self.asked(whole)
        before = self._asked[rule]
        after = next((self.asked(one) for one in values if one.id == rule), {})
        return {path for path in self.cases if before[path] != after.get(path)}

    def _likely(self, kind: str, rule: str, word: str) -> list[str]:
        """Return every case, those first that a change of a rule at a word most likely touches."""
        thing = next((one for one in self.parts[kind] if one.id == rule), None)
        within = [*getattr(thing, "clauses", ()), *getattr(thing, "rows", ())]
        names = [rule, *(one.id for one in within)]
        touched = {path for name in names for path in self.touched(name)}
        named = rule.lower().replace("-", "_")

        def reasons(path: str) -> int:
            """Count what speaks for a case: it tells of the rule, the word, the kind of thing."""
            text = self.texts[path]
            return (
                4 * any(name in text for name in names)
                + 4 * (path in touched)
                + 3 * (bool(word) and word in text)
                + 2 * (named in path)
                + (f"/{kind}s/" in path)
            )

        return sorted(self.cases, key=reasons, reverse=True)

    def changed(self, kind: str, values: Sequence[Any]) -> Jurisdiction:
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
