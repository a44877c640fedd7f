"""How values are written in the columns of a table."""

from __future__ import annotations

from gatepost.ledger.model import Row

RowText = tuple[str, str, str | None, str | None, str | None, str]


def row_text(row: Row) -> RowText:
    """Return the columns view, key, agency, post, at and value of ``row``."""
    return row.view, row.key, row.agency, row.post, row.at, row.value.decode()
