"""A ledger whose line is cut, and that others overtake, as a seed decides."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from gatepost.casework.ports import Ledger
from gatepost.ledger.model import ActRow, Change, Commit, Outcome, Recorded, Row, Sight
from gatepost.ledger.seal import Written


class Cut(Exception):
    """The line to the store was cut: whoever asked does not know what became of it."""


class Rates(msgspec.Struct, frozen=True):
    """How often each fault happens, as a share of calls."""

    read_cut: float = 0.01
    cut_before: float = 0.05
    cut_after: float = 0.05
    overtaken: float = 0.1


CALM = Rates(0.0, 0.0, 0.0, 0.0)


class FaultyLedger:
    """Passes every call on to ``inner``, or cuts it, or lets ``meanwhile`` happen before it."""

    def __init__(self, inner: Ledger, rng: random.Random, rates: Rates) -> None:
        self.inner = inner
        self.rates = rates
        self.meanwhile: Callable[[], None] = lambda: None
        self._rng = rng

    def _fails(self, rate: float) -> bool:
        return self._rng.random() < rate

    def _reading(self) -> None:
        if self._fails(self.rates.read_cut):
            raise Cut

    def read(self, stream: str, after: int = 0, seen: Sight | None = None) -> list[Recorded]:
        self._reading()
        return self.inner.read(stream, after, seen)

    def read_all(
        self, after_position: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, Recorded]]:
        return self.inner.read_all(after_position, limit)

    def written(self, after_position: int = 0, limit: int | None = None) -> Iterator[Written]:
        return self.inner.written(after_position, limit)

    def act(self, key: str) -> ActRow | None:
        self._reading()
        return self.inner.act(key)

    def row(self, view: str, key: str, seen: Sight | None = None) -> bytes | None:
        self._reading()
        return self.inner.row(view, key, seen)

    def values(self, view: str, keys: Collection[str]) -> dict[str, bytes]:
        self._reading()
        return self.inner.values(view, keys)

    def rows(
        self, view: str, agency: str | None = None, post: str | None = None, **more: Any
    ) -> list[Row]:
        self._reading()
        return self.inner.rows(view, agency, post, **more)

    def count(
        self, view: str, agency: str | None = None, post: str | None = None, **more: Any
    ) -> int:
        self._reading()
        return self.inner.count(view, agency, post, **more)

    def page(
        self, view: str, agency: str | None, post: str | None = None, **more: Any
    ) -> list[Row]:
        self._reading()
        return self.inner.page(view, agency, post, **more)

    def commit(self, commit: Commit) -> Outcome:
        if self._fails(self.rates.cut_before):
            raise Cut
        if self._fails(self.rates.overtaken):
            self.meanwhile()
        outcome = self.inner.commit(commit)
        if self._fails(self.rates.cut_after):
            raise Cut
        return outcome

    def group(self) -> AbstractContextManager[None]:
        return self.inner.group()

    def withhold(self, stream: str, version: int) -> bool:
        return self.inner.withhold(stream, version)

    def put_rows(self, changes: Iterable[Change]) -> None:
        self.inner.put_rows(changes)

    def drop_rows(self, view: str | None = None) -> None:
        self.inner.drop_rows(view)

    def close(self) -> None:
        self.inner.close()
