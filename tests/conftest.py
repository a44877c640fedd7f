"""What every test may ask for: where the project lies, the shared data, a moment."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# A busy machine is no fault of the code, so no deadline anywhere; CI repeats the same
# examples in every run, a developer's machine looks for new ones.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def jurisdictions(root: Path) -> Path:
    """Return the folder of the jurisdictions that come with the project."""
    return root / "jurisdictions"


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Path:
    """Return the folder of real messages beside the project; without it the test skips."""
    folder = root.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder shared/data does not stand beside the project")
    return folder


@pytest.fixture
def now() -> datetime:
    """Return a fixed moment to hand to the domain: a Thursday morning at North Gate."""
    return datetime(2026, 7, 2, 8, 14, tzinfo=UTC)
