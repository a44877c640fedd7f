"""Every operation against its own description: no server error, no answer it does not tell.

A few examples each here; `make fuzz` asks for 200 and more. One check is left out: what fits a
schema may still make no sense, and is then refused with 422.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gatepost.adapters.store.models import Credential
from gatepost.api.callers import KNOWN, SCOPES, make_token
from gatepost.api.openapi import document
from gatepost.api.table import OPERATIONS
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.web.site import Site, serving
from tests.unit.web.conftest import MORNING, NO_CHANCE, ROSES, lodged

EXAMPLES = int(os.environ.get("GATEPOST_EXAMPLES", "12"))

API = schemathesis.openapi.from_dict(document())
assert len(OPERATIONS) > 5
API.app = get_wsgi_application()
API.config.update(base_url="http://testserver/api/v1")


@pytest.fixture(scope="module")
def aldermark() -> Jurisdiction:
    """Return the country, read once."""
    return load_checked("aldermark")


@pytest.fixture
def token(aldermark: Jurisdiction, db: None) -> Iterator[str]:
    """Let the operations work on one case in memory, and return a token for all of them."""
    with serving(Site(memory_desk(aldermark, NO_CHANCE), lambda: MORNING)) as site:
        KNOWN.forget()
        lodged(site, ROSES)
        found, digest = make_token()
        Credential.objects.create(
            digest=digest, owner="XA1001", kind="party", scopes=list(SCOPES), made_at=MORNING
        )
        yield found


@API.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_an_operation_keeps_to_its_description(case: Any, token: str) -> None:
    case.headers["Authorization"] = f"Bearer {token}"
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
