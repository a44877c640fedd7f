"""Reading rows by SQL: the same questions to every database, in its own dialect."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from gatepost.adapters.store.paging import page_query
from gatepost.adapters.store.sight import Dialect, Wanted, keyed, labels_of, where
from gatepost.ledger.model import Row, Sight

COLUMNS = "view, key, agency, post, at, value, labels"


class SqlRows(ABC):
    """The rows of a :class:`~gatepost.casework.ports.Ledger` as a database with SQL gives them.

    A store tells its ``dialect`` and answers ``_ask``; what may be seen is part of each question.
    """

    dialect: ClassVar[Dialect]

    @abstractmethod
    def _ask(
        self, sql: str, values: Sequence[Any] = (), seen: Sight | None = None
    ) -> list[tuple[Any, ...]]:
        """Return what the database answers to ``sql``, asked for ``seen``."""

    def row(self, view: str, key: str, seen: Sight | None = None) -> bytes | None:
        """Return the value of one row."""
        test, values = where(Wanted(view, key), seen, self.dialect)
        found = self._ask(f"select value from row where {test}", values, seen)
        return str(found[0][0]).encode() if found else None

    def values(self, view: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return the values of rows by their keys."""
        test, values = where(Wanted(view), None, self.dialect)
        test += f" and {keyed(keys, self.dialect, values)}"
        found = self._ask(f"select key, value from row where {test}", values)
        return {key: value.encode() for key, value in found}

    def rows(
        self,
        view: str,
        agency: str | None = None,
        post: str | None = None,
        *,
        seen: Sight | None = None,
        since: str | None = None,
        before: str | None = None,
        label: str | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Return the rows of a view that fit."""
        wanted = Wanted(view, None, agency, post, since, before, label)
        test, values = where(wanted, seen, self.dialect)
        sql = f"select {COLUMNS} from row where {test} order by at nulls first, key"
        if limit is not None:
            sql += f" limit {self.dialect.mark}"
            values.append(limit)
        return self._rows(self._ask(sql, values, seen))

    def count(
        self,
        view: str,
        agency: str | None = None,
        post: str | None = None,
        *,
        seen: Sight | None = None,
        since: str | None = None,
        before: str | None = None,
        label: str | None = None,
    ) -> int:
        """Return how many rows of a view fit."""
        wanted = Wanted(view, None, agency, post, since, before, label)
        test, values = where(wanted, seen, self.dialect)
        return int(self._ask(f"select count(*) from row where {test}", values, seen)[0][0])

    def page(
        self,
        view: str,
        agency: str | None,
        post: str | None = None,
        *,
        seen: Sight | None,
        after: tuple[str, str] | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> list[Row]:
        """Return at most ``limit`` rows of a view, by ``at`` and key."""
        wanted = Wanted(view, None, agency, post)
        sql, values = page_query(wanted, seen, self.dialect, after, limit, newest_first)
        return self._rows(self._ask(sql, values, seen))

    def _rows(self, found: list[tuple[Any, ...]]) -> list[Row]:
        return [
            Row(view, key, value.encode(), agency, post, at, labels_of(labels))
            for view, key, agency, post, at, value, labels in found
        ]
