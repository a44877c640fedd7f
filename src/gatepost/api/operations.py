"""The table of operations: each is a function with the types of what it takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest

from gatepost.api.callers import Caller
from gatepost.web.site import Site

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No parameters."""


class Call(msgspec.Struct, frozen=True):
    """One call: who, when, and what was sent, read by the types of its operation."""

    request: HttpRequest
    site: Site
    now: datetime
    caller: Caller | None
    query: Any
    body: Any
    key: str = ""
    reserve: Callable[[], None] | None = None

    @property
    def by(self) -> Caller:
        """Who calls an operation that is not for everybody."""
        assert self.caller is not None
        return self.caller

    def do(self, task: Callable[[], T]) -> T:
        """Put the Idempotency-Key on record and do ``task``, both in one write to the ledger."""

        def both() -> T:
            if self.reserve is not None:
                self.reserve()
            return task()

        return self.site.write(both)


class Answer(msgspec.Struct, frozen=True):
    """What an operation gives: a value of its type, or bytes in a format that was asked for."""

    value: Any
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = {}


class Operation(msgspec.Struct, frozen=True):
    """One line of the table; ``path`` has its variables in braces."""

    name: str
    method: str
    path: str
    run: Callable[..., Any]
    summary: str
    scope: str | None
    query: type
    body: Any
    gives: Any
    status: int
    takes: tuple[str, ...]
    also: tuple[str, ...]
    problems: tuple[int, ...]


OPERATIONS: list[Operation] = []


def operation(
    method: str,
    path: str,
    *,
    gives: Any,
    scope: str | None = None,
    query: type = Nothing,
    body: Any = None,
    status: int = 200,
    takes: tuple[str, ...] = ("application/json",),
    also: tuple[str, ...] = (),
    problems: tuple[int, ...] = (),
) -> Callable[[F], F]:
    """Put a function into the table.

    ``takes`` are the media types of the body, ``also`` those an answer may have besides JSON,
    ``problems`` the ways in which it fails besides those that every operation has.
    """

    def put(run: F) -> F:
        summary = (run.__doc__ or "").strip().split("\n")[0].rstrip(".")
        OPERATIONS.append(
            Operation(
                run.__name__,
                method,
                path,
                run,
                summary,
                scope,
                query,
                body,
                gives,
                status,
                takes if body is not None else (),
                also,
                problems,
            )
        )
        return run

    return put


def by_path(operations: list[Operation]) -> Mapping[str, dict[str, Operation]]:
    """Return operations by path and method."""
    found: dict[str, dict[str, Operation]] = {}
    for one in operations:
        found.setdefault(one.path, {})[one.method] = one
    return found
