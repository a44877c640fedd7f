"""Every written case of Aldermark comes out as its author expects."""

from __future__ import annotations

import pytest

from tests.cases.country import CASES, Country


@pytest.mark.parametrize("path", CASES)
def test_case(country: Country, path: str) -> None:
    played = country.play(path)
    assert played.differences == ()
