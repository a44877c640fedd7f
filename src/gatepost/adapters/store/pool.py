"""Connections that wait for the next thread to use them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """A connection, as far as the pool cares."""

    def close(self) -> None:
        """Let go of it."""


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """Lends a connection to one thread at a time and opens another when none is free.

    ``sound`` tells whether a connection that comes back may be lent again.
    """

    def __init__(self, connect: Callable[[], C], sound: Callable[[C], bool]) -> None:
        self._connect = connect
        self._sound = sound
        self._free: list[C] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[C]:
        """Lend a connection for the time of a ``with``."""
        with self._lock:
            connection = self._free.pop() if self._free else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            self._take_back(connection)

    def _take_back(self, connection: C) -> None:
        with self._lock:
            kept = not self._closed and self._sound(connection)
            if kept:
                self._free.append(connection)
        if not kept:
            connection.close()

    def close(self) -> None:
        """Close every connection that is free now, and the lent ones when they come back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for connection in free:
            connection.close()
