"""The sandbox: the same operations over a ledger of their own, with outcomes the caller chooses."""

from __future__ import annotations

import threading

import msgspec
from django.conf import settings

from gatepost.api import declarations
from gatepost.api.openapi import document
from gatepost.api.operations import OPERATIONS, Answer, Call, Operation
from gatepost.bootstrap import open_desk
from gatepost.simulation.outcome import Chosen, bring_about
from gatepost.web.one_writer import OneWriter
from gatepost.web.site import Site, site

SCHEMA = "gatepost_sandbox"
PREFIX = "/api/sandbox/v1"
ELSEWHERE = frozenset({"mailbox", "make_webhook", "webhooks", "delete_webhook"})
"""What there is for real cases only."""

_open: list[Site] = []
_guard = threading.Lock()


class OutcomeQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the case is to stand afterwards, as far as the law lets it."""

    outcome: Chosen = "accepted"


def sandbox() -> Site:
    """Return the site of the sandbox, opened when it is first asked for."""
    with _guard:
        if not _open:
            _open.append(_opened(site()))
        return _open[0]


def _opened(real: Site) -> Site:
    data = settings.DATA / "sandbox"
    desk = open_desk(real.desk.jurisdiction, data, settings.DATABASE, schema=SCHEMA)
    writer = None if settings.DATABASE else OneWriter(desk, real.now)
    return Site(desk, real.now, real.demo, writer)


def lodge(call: Call) -> Answer:
    """Lodge a declaration and let the agencies' officers bring the case to `outcome`.

    What the law does not let happen does not: goods whose papers are missing are not released.
    """
    answer = declarations.lodge(call)
    reference, chosen = answer.value.reference, call.query.outcome
    call.site.write(lambda: bring_about(call.site.desk, reference, chosen, call.now))
    return answer


def openapi(call: Call) -> object:
    """Give this document."""
    return document(PREFIX, sandbox_operations())


def sandbox_operations() -> list[Operation]:
    """Return the operations of the sandbox."""
    found = []
    for one in OPERATIONS:
        if one.name in ELSEWHERE:
            continue
        if one.name == "lodge":
            summary = "Lodge a declaration and choose what comes of it"
            one = msgspec.structs.replace(one, run=lodge, query=OutcomeQuery, summary=summary)
        elif one.name == "openapi":
            one = msgspec.structs.replace(one, run=openapi)
        found.append(one)
    return found
