"""One page of a long list, asked so that an index gives it however long the list."""

from __future__ import annotations

from gatepost.adapters.store.sight import Dialect, Wanted, where
from gatepost.ledger.model import Sight


def page_query(
    wanted: Wanted,
    seen: Sight | None,
    dialect: Dialect,
    after: tuple[str, str] | None,
    limit: int,
    newest_first: bool,
) -> tuple[str, list[object]]:
    """Return the statement and its values; what is seen is part of the question."""
    test, values = where(wanted, seen, dialect)
    mark = dialect.mark
    if after is None:
        test += " and at is not null"
    else:
        test += f" and (at, key) {'<' if newest_first else '>'} ({mark}, {mark})"
        values.extend(after)
    order = "at desc nulls last, key desc" if newest_first else "at nulls first, key"
    sql = (
        f"select view, key, agency, post, at, value, labels from row where {test}"
        f" order by {order} limit {mark}"
    )
    return sql, [*values, limit]
