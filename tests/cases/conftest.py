"""Aldermark, loaded once for each test process."""

from __future__ import annotations

import pytest

from tests.cases.country import Country


@pytest.fixture(scope="session")
def country() -> Country:
    """Return Aldermark with its written cases."""
    return Country()
