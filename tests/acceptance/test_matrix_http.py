"""The authorisation matrix over HTTP: every operation of the API and every page, by everybody.

The country, its words and the six states of the agreement are those of the matrix over casework.
Each agency and each authority abroad calls with a machine of its own for the purpose `control`;
officers, parties and somebody without a name look at the pages. An operation or a page that is
added is in the matrix by itself: both are read from the tables the server answers by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gatepost.adapters.secrets import FixedKey
from gatepost.adapters.store.models import Account, Credential, Message
from gatepost.api.callers import KNOWN, SCOPES, make_token
from gatepost.api.mail import sort_mail
from gatepost.api.table import OPERATIONS
from gatepost.bootstrap import CODEC
from gatepost.casework.desk import Desk
from gatepost.casework.disclosed import disclosures_of, received_by
from gatepost.casework.memory import MemoryLedger
from gatepost.web.site import Site, serving
from tests.acceptance.test_matrix import (
    ABROAD,
    CHAPTERS,
    HOUR,
    NOON,
    STATES,
    TODAY,
    all_words,
    country,
    lodged,
    opens,
    words_of,
)

NOW = NOON + HOUR
LOOKED_AT = ("customs", "police")
"""Whose cases are asked for one by one; the lists are searched for the words of all twelve."""
PARTY, STRANGER = "XA1001", "XA7777"
UNKNOWN = "26XA00000000000000"
NOBODYS = frozenset({"GET /status", "GET /requirements", "GET /openapi.json"})
"""What everybody may ask, without a token too: nothing of a case is in it."""
BODIES: dict[str, Any] = {
    "POST /declarations": {"Declaration": {"TypeCode": "IMD"}},
    "POST /declarations/{reference}/acts": {"act": "decide", "decision": "clear"},
    "POST /sync": {"acts": [{"id": "1", "act": "tick", "at": NOW.isoformat()}]},
    "POST /webhooks": {"url": "https://told.example/"},
}
AUDIENCES = ["trader", "officer", "coordinator", "analyst", "ministry", "public"]


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def served(state: str, db: None) -> Iterator[tuple[Site, dict[str, str]]]:
    """Serve the twelve cases under one state of the agreement."""
    KNOWN.forget()
    ledger = MemoryLedger(CODEC)
    references = lodged(ledger)
    desk = Desk(country(state), ledger, FixedKey(b"k" * 32))
    with serving(Site(desk, lambda: NOW, demo=True)) as site:
        yield site, references


class Asking:
    """Calls operations in one name and remembers nothing."""

    numbers = count(1)

    def __init__(self, owner: str | None, purpose: str) -> None:
        self.owner, self.purpose = owner, purpose
        self.client = Client(raise_request_exception=False)
        self.headers: dict[str, str] = {}
        if owner is not None:
            token, digest = make_token()
            party = owner.startswith("XA")
            Credential.objects.create(
                digest=digest,
                owner=owner,
                kind="party" if party else "agency",
                scopes=[*SCOPES, "for:control", "for:duty"],
                made_at=NOON,
                expires_at=NOON + timedelta(days=9),
            )
            self.headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, reference: str) -> tuple[int, str]:
        """Call one operation on a case, and return the status and all that came back."""
        where = "/api/v1" + path.replace("{reference}", reference).replace("{id}", "1")
        body = BODIES.get(f"{method} {path}")
        if method == "GET":
            query = {"purpose": self.purpose} if "declarations" in path or "work" in path else {}
            if path == "/requirements":
                query = {"regime": "import", "commodity": "72010000"}
            answer = self.client.get(where, query, headers=self.headers)
        elif method == "DELETE":
            answer = self.client.delete(where, headers=self.headers)
        else:
            told = {"Idempotency-Key": f"k{next(self.numbers)}"}
            sent = msgspec.json.encode(self._named(path, body, reference))
            answer = self.client.post(
                where, sent, content_type="application/json", headers={**self.headers, **told}
            )
        return answer.status_code, answer.content.decode()

    def _named(self, path: str, body: Any, reference: str) -> Any:
        officer = {"by": f"{self.owner}.two"} if self.owner in CHAPTERS else {}
        if path == "/sync":
            return {"acts": [{**one, **officer, "reference": reference} for one in body["acts"]]}
        return {**body, **officer} if "acts" in path else body


def leaked(answer: str, allowed: set[str]) -> list[str]:
    return [word for word in [*all_words(), "987654"] if word in answer and word not in allowed]


def test_every_operation_tells_no_word_that_nothing_opens(
    served: tuple[Site, dict[str, str]], state: str
) -> None:
    _, references = served
    purpose = "duty" if state == "wrong purpose" else "control"
    tried = 0
    for owner in (*CHAPTERS, *ABROAD, STRANGER, None):
        asks = Asking(owner, purpose)
        for of in LOOKED_AT:
            shown = owner is not None and owner != STRANGER and opens(of, owner, state)
            allowed = {words_of(of).goods} if shown else set()
            if owner == of and shown:
                allowed.add(words_of(of).decision)
            for one in OPERATIONS:
                name = f"{one.method} {one.path}"
                acts = name == "POST /declarations/{reference}/acts"
                # Behind an act stands an officer, whose usual purpose is the release.
                here = owner == of if acts else shown
                status, answer = asks.call(one.method, one.path, references[of])
                tried += 1
                assert leaked(answer, allowed) == [], (state, owner, of, name, answer)
                if name in NOBODYS:
                    continue
                if owner is None:
                    assert status == 401, name
                elif "{reference}" in one.path and not here:
                    there = answer.replace(references[of], "")
                    missing = asks.call(one.method, one.path, UNKNOWN)
                    assert (status, there) == (missing[0], missing[1].replace(UNKNOWN, "")), name
                    # A machine abroad names no officer of its own, so its act is none at all.
                    none = 403 if owner in ABROAD and name.startswith("POST") else 404
                    assert status in (none, 422 if none == 403 else none), (state, owner, name)
                elif "{reference}" in one.path and one.method == "GET":
                    assert status == 200, (state, owner, name, answer)
    assert tried == 16 * len(LOOKED_AT) * len(OPERATIONS)


def test_lists_of_machines_hold_what_the_gate_opens_and_are_on_record(
    served: tuple[Site, dict[str, str]], state: str
) -> None:
    site, references = served
    purpose = "duty" if state == "wrong purpose" else "control"
    for owner in (*CHAPTERS, *ABROAD):
        asks = Asking(owner, purpose)
        wanted = {references[of] for of in CHAPTERS if opens(of, owner, state)}
        found: set[str] = set()
        query: dict[str, Any] = {"purpose": purpose, "limit": 5}
        while True:
            page = asks.client.get("/api/v1/declarations", query, headers=asks.headers).json()
            found |= {line["reference"] for line in page["cases"]}
            assert all(line["declarant"] is None for line in page["cases"])
            if page["next"] is None:
                break
            query["cursor"] = page["next"]
        assert found == wanted, (state, owner)
        on_record = {
            one
            for entry in received_by(site.desk, owner, TODAY)
            if entry.channel == "list" and entry.actor == f"{owner} (machine)"
            for one in entry.references
        }
        assert on_record == wanted


def test_messages_are_of_what_the_gate_opens_by_notification(
    served: tuple[Site, dict[str, str]], state: str
) -> None:
    site, references = served
    for owner in (*CHAPTERS, *ABROAD, STRANGER):
        Asking(owner, "control")
    while sort_mail(site):
        pass
    for owner in (*CHAPTERS, *ABROAD):
        told = set(Message.objects.filter(owner=owner).values_list("reference", "event"))
        mine = {event for reference, event in told if reference == references.get(owner)}
        assert ("release:decision:given" in mine) is (owner in CHAPTERS)
        others = {(r, event) for r, event in told if r != references.get(owner)}
        if state not in ("permitted", "wrong purpose"):
            # A token that names both purposes is told by the one that is right.
            assert others == set(), (state, owner)
        # The clause shares what was lodged, and of what others decided nothing.
        assert {event for _, event in others} <= {
            "lodgement:declaration:accepted",
            "lodgement:declaration:registered",
        }
        for reference, _ in others:
            entries = disclosures_of(site.desk, reference)
            assert any(one.channel == "notify" and one.agency == owner for one in entries)
    assert not Message.objects.filter(owner=STRANGER).exists()


def bare(page: str, reference: str) -> str:
    """Return a page without what differs from one answer to the next in any case."""
    return re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", page).replace(reference, "")


def pages() -> Iterator[str]:
    """Yield the address of every page for people, its variables in braces."""
    yield from _pages(get_resolver().url_patterns, "/")


def _pages(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if route.startswith(("/api/", "/account/", "/assets/", "/language")):
            continue
        if isinstance(one, URLResolver):
            yield from _pages(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def _at(page: str, reference: str) -> str:
    return re.sub(r"{\w+}", "x", page.replace("{reference}", reference))


def test_every_page_shows_no_word_that_nothing_opens(
    served: tuple[Site, dict[str, str]], state: str
) -> None:
    _, references = served
    every = list(pages())
    assert "/officer/case/{reference}" in every
    assert "/trader/case/{reference}" in every
    for owner in (*CHAPTERS, STRANGER, None):
        client = Client(raise_request_exception=False)
        if owner is not None:
            actor = owner if owner == STRANGER else f"{owner}.one"
            client.force_login(Account.objects.make(owner, actor=actor, audiences=AUDIENCES))
        for page in every:
            for of in LOOKED_AT if "{reference}" in page else LOOKED_AT[:1]:
                # The pages ask for the purpose `release`, which the agreement does not name.
                mine = owner == of
                allowed = {words_of(of).goods, words_of(of).decision} if mine else set()
                if "{" not in page and owner in CHAPTERS:
                    allowed = {words_of(owner).goods, words_of(owner).decision}
                answer = client.get(_at(page, references[of]))
                body = b"".join(answer).decode()
                assert leaked(body, allowed) == [], (state, owner, page)
                if page == "/officer/case/{reference}" and owner is not None:
                    assert answer.status_code == (200 if mine else 404), (state, owner, of)
                    if not mine:
                        missing = client.get(_at(page, UNKNOWN))
                        assert bare(body, references[of]) == bare(missing.content.decode(), UNKNOWN)
                        act = {"act": "decide", "id": "1", "decision": "clear"}
                        acted = client.post(_at(page, references[of]), act)
                        assert acted.status_code == 404
                        assert leaked(acted.content.decode(), set()) == []
