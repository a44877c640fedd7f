"""Every written case of Aldermark and of Brenland comes out as its author expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.bootstrap import rehearsal_desk
from gatepost.casework.rehearsal import play
from gatepost.cli.check import written_cases
from tests.cases.country import CASES, Country
from tests.packs import shipped

BRENLAND = dict(written_cases(Path(__file__).parents[2] / "jurisdictions" / "brenland" / "cases"))


@pytest.mark.parametrize("path", CASES)
def test_case(country: Country, path: str) -> None:
    played = country.play(path)
    assert played.differences == ()


@pytest.mark.parametrize("path", BRENLAND)
def test_case_of_brenland(path: str) -> None:
    played = play(rehearsal_desk(shipped("brenland")), BRENLAND[path])
    assert played.differences == ()
