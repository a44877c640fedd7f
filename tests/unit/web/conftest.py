"""The pages over Aldermark in memory, on a morning at North Gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.test import Client

from gatepost.adapters.secrets import FixedKey
from gatepost.bootstrap import load_checked, memory_desk
from gatepost.casework.lodge import lodge
from gatepost.casework.shorthand import Declaration, Goods, expand
from gatepost.description.jurisdiction import Jurisdiction
from gatepost.kernel.digest import digest_of
from gatepost.web.accounts.demo import make_accounts
from gatepost.web.site import Site, serving

MORNING = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)
NO_CHANCE = FixedKey(bytes(32))

ROSES = Declaration(
    type="IMD",
    office="XA000101",
    mode="3",
    declarant="XA1001",
    importer="XA1001",
    reference="ROSES-1",
    arrival="2026-07-03T14:00",
    means="BR-1234",
    means_nationality="XB",
    journey="BR-1234-1",
    export_country="XB",
    destination="XA",
    items=(
        Goods(
            commodity="06031100",
            origin="XB",
            description="cut roses",
            gross_mass="212.0",
            net_mass="180.0",
            packages=24,
            package_type="CT",
            value="2600.00",
            procedure="4000",
        ),
    ),
)


@pytest.fixture(scope="session")
def aldermark() -> Jurisdiction:
    """Return the country, read once."""
    return load_checked("aldermark")


@pytest.fixture
def here(aldermark: Jurisdiction) -> Iterator[Site]:
    """Let the pages show an empty ledger in memory, in demo mode, at a fixed moment."""
    with serving(Site(memory_desk(aldermark, NO_CHANCE), lambda: MORNING, demo=True)) as site:
        yield site


@pytest.fixture
def as_role(here: Site, db: None) -> Callable[[str], Client]:
    """Return a function that logs in as a role of the demo."""
    make_accounts()

    def log_in(role: str) -> Client:
        client = Client(raise_request_exception=True)
        assert client.post(f"/account/log-in/as/{role}").status_code == 302
        return client

    return log_in


def lodged(here: Site, short: Declaration = ROSES, **changes: Any) -> str:
    """Lodge past the pages and return the reference."""
    dataset = expand(msgspec.structs.replace(short, **changes))
    answer = lodge(here.desk, dataset, digest_of(dataset), MORNING)
    assert answer.reference is not None
    return answer.reference
