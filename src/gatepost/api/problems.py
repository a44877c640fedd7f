"""What went wrong, told to programs as RFC 9457 says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from django.http import HttpResponse

from gatepost.adapters.store import rules as store_rules
from gatepost.kernel.notice import Notice, Refused
from gatepost.lodgement import rules as lodgement_rules
from gatepost.web.middleware import NOT_THERE
from gatepost.web.told import BOOK

MEDIA_TYPE = "application/problem+json"

CONFLICTS = frozenset(
    one.number
    for one in (lodgement_rules.CONFLICT, lodgement_rules.TAKEN, lodgement_rules.ACT_CONFLICT)
)
BUSY = frozenset({lodgement_rules.BUSY.number, store_rules.BUSY.number, store_rules.FAILED.number})


class Wrong(msgspec.Struct, frozen=True):
    """One thing that is wrong: the number of its rule, its sentence and its place."""

    code: str
    sentence: str
    where: str


class Problem(msgspec.Struct, frozen=True):
    """A problem (RFC 9457): ``type`` is stable, ``notices`` tell everything wrong at once."""

    type: str
    title: str
    status: int
    detail: str = ""
    notices: tuple[Wrong, ...] = ()


class Failed(Exception):
    """An operation ends with a problem."""

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str = "",
        notices: Iterable[Notice] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.problem = Problem(
            f"urn:gatepost:problem:{name}", title, status, detail, wrong(notices)
        )
        self.headers = dict(headers or {})
        super().__init__(title)


def wrong(notices: Iterable[Notice]) -> tuple[Wrong, ...]:
    """Return notices with their sentences."""
    return tuple(Wrong(one.code, BOOK.sentence(one), one.where) for one in notices)


def not_there() -> Failed:
    """Return what a stranger is told, whether it is not there or not theirs."""
    return Failed(404, "not-found", "There is nothing here for you.")


def refused(fault: Refused) -> Failed:
    """Return the problem that a refusal of the rooms is."""
    codes = {notice.code for notice in fault.notices}
    if codes & NOT_THERE:
        return not_there()
    if codes & BUSY:
        title = "The store is busy; nothing was stored. Send the same again."
        headers = {"Retry-After": "1"}
        return Failed(503, "busy", title, notices=fault.notices, headers=headers)
    if codes & CONFLICTS:
        title = "Something else was sent under this key before."
        return Failed(409, "conflict", title, notices=fault.notices)
    if all(code.startswith("AUTH") for code in codes):
        return Failed(403, "not-allowed", "You may not do this.", notices=fault.notices)
    return Failed(422, "refused", "This was refused; nothing was stored.", notices=fault.notices)


def answer(failed: Failed) -> HttpResponse:
    """Return the response that tells a problem."""
    return HttpResponse(
        msgspec.json.encode(failed.problem),
        status=failed.problem.status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **failed.headers},
    )
