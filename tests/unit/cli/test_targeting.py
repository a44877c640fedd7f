"""What is attached to a proposal must be the result of a back-test of that indicator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatepost.cli.targeting import evidence_of
from gatepost.kernel.notice import Refused

RESULT = {
    "indicators": [
        {
            "id": "R-1",
            "version": 2,
            "consignments": 3,
            "hits": 4,
            "precision": {"found": 1, "of": 2, "share": 0.5, "low": 0.1, "high": 0.9},
        }
    ],
    "wordings": {"R-1 2": "w" * 64},
    "history": {"file": "past.csv", "consignments": 10},
    "today": {"chance_of_any_stop": 0.1},
    "both": {"chance_of_any_stop": 0.2},
}


def test_the_figures_are_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(RESULT))
    found = evidence_of(file, "R-1", 2)
    assert (found.wording, found.consignments, found.hits) == ("w" * 64, 10, 4)
    assert (found.stopped_before, found.stopped_after) == (0.1, 0.2)
    assert found.precision.of == 2
    file.write_text(json.dumps({**RESULT, "joint": 9}))
    assert evidence_of(file, "R-1", 2).digest != found.digest


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("", 2),
        ("[]", 2),
        ("[" * 100_000, 2),
        (json.dumps(RESULT), 1),
        (json.dumps({**RESULT, "wordings": {}}), 2),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, text: str, version: int) -> None:
    file = tmp_path / "result.json"
    file.write_text(text)
    with pytest.raises(Refused) as refused:
        evidence_of(file, "R-1", version)
    assert [one.code for one in refused.value.notices] == ["CLI-008"]
