"""Who calls: a machine of a party or of an agency, known by its token, with scopes."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Q
from django.http import HttpRequest

from gatepost.adapters.store.models import Credential
from gatepost.api.problems import Failed
from gatepost.kernel.actor import Actor

FOR = "for:"
"""Begins an entry among the scopes that names a purpose an agency's machine may declare."""
Scope = Literal["lodge", "read", "act", "work", "notify"]
SCOPES: tuple[Scope, ...] = ("lodge", "read", "act", "work", "notify")
PREFIX = "gatepost_"
KEPT = 1.0
"""Seconds for which a token that was right is not looked up again; a revoked one ends within."""
MOST = 10_000
REALM = 'Bearer realm="gatepost"'


class Caller(msgspec.Struct, frozen=True):
    """The owner of a token and what it may be used for."""

    owner: str
    kind: Literal["party", "agency"]
    scopes: tuple[str, ...]
    credential: int

    @property
    def actor(self) -> Actor:
        """As whom casework knows the program: a party, or an agency's machine, which only reads."""
        if self.kind == "party":
            return Actor(self.owner, "party")
        return machine_of(self.owner)

    @property
    def purposes(self) -> frozenset[str]:
        """The purposes for which the token may be used to read."""
        return frozenset(one.removeprefix(FOR) for one in self.scopes if one.startswith(FOR))


def machine_of(agency: str) -> Actor:
    """Return an agency's machine as the gate knows it: no officer, and in no unit."""
    return Actor(f"{agency} (machine)", "machine", agency)


def purpose_of(caller: Caller, declared: str | None) -> str | None:
    """Return for what a caller asks: an agency's machine must say, and its token must name it."""
    if caller.kind == "party":
        return declared
    known = ", ".join(sorted(caller.purposes)) or "none"
    if declared is None:
        title = "Say for what you ask, under `purpose`."
        raise Failed(422, "purpose", title, f"This token is for: {known}.")
    if declared not in caller.purposes:
        title = f"This token is not for the purpose '{declared}'."
        raise Failed(403, "purpose", title, f"It is for: {known}.")
    return declared


def make_token() -> tuple[str, str]:
    """Return a new token and the digest that is stored of it; the token is shown once."""
    token = PREFIX + secrets.token_urlsafe(32)
    return token, digest_of_token(token)


def digest_of_token(token: str) -> str:
    """Return the digest of a token: it has 256 bits of chance, so a plain hash keeps it secret."""
    return hashlib.sha256(token.encode()).hexdigest()


class Known:
    """Tokens looked up a moment ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[str, tuple[float, Caller]] = {}

    def get(self, digest: str, at: float) -> Caller | None:
        """Return the caller if the token was right less than :data:`KEPT` seconds before."""
        with self._lock:
            found = self._found.get(digest)
        return found[1] if found and at - found[0] < KEPT else None

    def put(self, digest: str, caller: Caller, at: float) -> None:
        """Remember that a token is right."""
        with self._lock:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[digest] = (at, caller)

    def forget(self) -> None:
        """Look every token up again."""
        with self._lock:
            self._found.clear()


KNOWN = Known()


def caller_of(request: HttpRequest, now: datetime) -> Caller:
    """Return who calls; 401 without a token that is right, in force and not revoked."""
    word, _, token = request.headers.get("Authorization", "").partition(" ")
    if word.lower() != "bearer" or not token:
        raise _unknown("Send a token: Authorization: Bearer …")
    digest, moment = digest_of_token(token), time.monotonic()
    found = KNOWN.get(digest, moment)
    if found is None:
        found = _looked_up(digest, now)
        KNOWN.put(digest, found, moment)
    return found


def _looked_up(digest: str, now: datetime) -> Caller:
    in_force = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    one = Credential.objects.filter(in_force, digest=digest, revoked_at__isnull=True).first()
    if one is None:
        raise _unknown("This token is not known here, or it has ended.")
    kind: Literal["party", "agency"] = "agency" if one.kind == "agency" else "party"
    return Caller(one.owner, kind, tuple(one.scopes), one.pk)


def _unknown(detail: str) -> Failed:
    headers = {"WWW-Authenticate": REALM}
    return Failed(401, "unauthenticated", "Who calls is not known.", detail, headers=headers)


def require(caller: Caller, scope: str) -> None:
    """Refuse a caller whose token is not for this."""
    if scope not in caller.scopes:
        title = f"This token is not for '{scope}'."
        known = ", ".join(one for one in caller.scopes if not one.startswith(FOR))
        raise Failed(403, "scope", title, f"It is for: {known}.")
