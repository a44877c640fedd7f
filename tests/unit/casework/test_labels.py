"""A list shows a case exactly when the gate opens something of it: the store is asked the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gatepost.adapters.store.sqlite import SqliteLedger
from gatepost.bootstrap import CODEC
from gatepost.casework.labels import labels_of, sight_of
from gatepost.casework.shown import view_for
from gatepost.ledger.model import Row
from gatepost.lodgement.model import Lodged
from tests.unit.authority.test_disclosure import AGENCIES, DAY, Country

NOON = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


def cases(country: Country, number: int) -> list[tuple[Lodged, tuple[str, ...]]]:
    """Return random cases, each with the agencies it concerns."""
    found = []
    for count in range(number):
        asked = country.dice.asked()
        known = Lodged(
            f"R-{count}",
            "XA0001",
            "F",
            "",
            "",
            asked.regime,
            date(2026, 7, 2),
            NOON,
            "",
            post=asked.post,
            commodities=asked.commodities,
            people=asked.people,
        )
        found.append((known, country.dice.one_or_more(AGENCIES, 4)))
    return found


@pytest.mark.parametrize("seed", range(200, 206))
def test_what_is_listed_is_what_is_decided(seed: int, tmp_path: Path) -> None:
    country = Country(seed, 40)
    gate = country.book.on(DAY)
    ledger = SqliteLedger(tmp_path / "l.db", CODEC)
    rows = [
        (Row("case", known.reference, b"{}", labels=labels_of(known, concerned, "XA")), known,
         concerned)
        for known, concerned in cases(country, 60)
    ]  # fmt: skip
    ledger.put_rows([row for row, _, _ in rows])
    shown = 0
    for recipient in AGENCIES:
        for purpose in ("release", "risk", "control", "statistics"):
            for unit in (None, "north"):
                seen = sight_of(gate, recipient, unit, purpose, "list")
                listed = {row.key for row in ledger.rows("case", seen=seen)}
                opened = {
                    row.key
                    for row, known, concerned in rows
                    if view_for(gate, known, concerned, recipient, unit, purpose, "list").mask
                }
                assert listed == opened == {row.key for row, _, _ in rows if seen.shows(row)}
                assert ledger.count("case", seen=seen) == len(opened)
                shown += len(opened)
    ledger.close()
    assert shown
