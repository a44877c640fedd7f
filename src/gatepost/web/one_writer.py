"""One thread that writes for all others, and makes many answers durable at once."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any, TypeVar

from gatepost.casework.desk import Desk

T = TypeVar("T")
MOST = 64
"""Tasks that share one transaction: enough that its sync costs little for each."""

Task = Callable[[], Any]


class OneWriter:
    """Does tasks that write, in the order in which they come, a group in one transaction.

    A task that is refused leaves the others of its group as they are. If the store fails, none
    of the group is stored, and each is told so. SQLite has one writer; threads that wait for it
    by themselves starve each other.
    """

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._now = now
        self._waiting: queue.SimpleQueue[tuple[Task, Future[Any]]] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def __call__(self, task: Callable[[], T]) -> T:
        """Do ``task`` and return what it returns, once that is durable."""
        if threading.current_thread() is self._thread:
            return task()
        self._start()
        future: Future[T] = Future()
        self._waiting.put((task, future))
        return future.result()

    def _start(self) -> None:
        # Not before the first task: the process that answers is forked after it was loaded.
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._do(self._group())

    def _group(self) -> list[tuple[Task, Future[Any]]]:
        group = [self._waiting.get()]
        while len(group) < MOST:
            try:
                group.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return group

    def _do(self, group: list[tuple[Task, Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any, Exception | None]] = []
        try:
            now = self._now()
            # Before the group: if that is undone, the digest of the day must stay on record.
            self._desk.secret(self._desk.jurisdiction.law_day(now), now)
            with self._desk.ledger.group():
                for task, future in group:
                    try:
                        done.append((future, task(), None))
                    except Exception as fault:
                        done.append((future, None, fault))
        except Exception as fault:
            for _, future in group:
                future.set_exception(fault)
            return
        for future, result, problem in done:
            if problem is None:
                future.set_result(result)
            else:
                future.set_exception(problem)
