"""The interface for programs over Aldermark in memory, and callers with tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import msgspec
import pytest
from django.test import Client

from gatepost.adapters.store.models import Credential
from gatepost.api.callers import KNOWN, SCOPES, make_token
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.casework.shorthand import Declaration, expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.site import Site, serving
from tests.unit.web.conftest import MORNING, NO_CHANCE, ROSES


@pytest.fixture(scope="session")
def aldermark() -> Jurisdiction:
    """Return the country, read once."""
    return load_checked("aldermark")


@pytest.fixture
def here(aldermark: Jurisdiction) -> Iterator[Site]:
    """Let the operations work on an empty ledger in memory, at a fixed moment."""
    KNOWN.forget()
    with serving(Site(memory_desk(aldermark, NO_CHANCE), lambda: MORNING)) as site:
        yield site


class Machine:
    """A program that calls with a token; each POST gets a key of its own unless told one."""

    def __init__(self, token: str | None) -> None:
        self._client = Client()
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._count = count(1)

    def get(self, path: str, **headers: str) -> Any:
        return self._client.get(_address(path), headers={**self._headers, **headers})

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> Any:
        told = {"Idempotency-Key": key or f"k{next(self._count)}", **headers}
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        media = headers.pop("media", "application/json")
        return self._client.post(
            _address(path), data, content_type=media, headers={**self._headers, **told}
        )

    def delete(self, path: str) -> Any:
        return self._client.delete(_address(path), headers=self._headers)

    def lodge(self, short: Declaration = ROSES, **changes: Any) -> Any:
        return self.post("/declarations", expand(msgspec.structs.replace(short, **changes)))


def _address(path: str) -> str:
    return "/api" + path.removeprefix("/..") if path.startswith("/..") else f"/api/v1{path}"


Calling = Callable[..., Machine]


@pytest.fixture
def calling(here: Site, db: None) -> Calling:
    """Return a function that makes a credential and gives the machine that uses it."""

    def make(owner: str, *scopes: str, **fields: Any) -> Machine:
        token, digest = make_token()
        kind = "party" if owner.startswith("X") else "agency"
        Credential.objects.create(
            digest=digest,
            owner=owner,
            kind=kind,
            scopes=list(scopes or SCOPES),
            made_at=MORNING,
            **fields,
        )
        return Machine(token)

    return make


@pytest.fixture
def trader(calling: Calling) -> Machine:
    """Return the machine of the importer of roses."""
    return calling("XA1001")


@pytest.fixture
def stranger(here: Site, db: None) -> Machine:
    """Return a program without a token."""
    return Machine(None)
