"""Every step of a passage, allowed or not (OS-03)."""

from __future__ import annotations

from typing import get_args

import pytest

from gatepost.authority.passage import Passage, PassageStep, after, may_enter, under

TABLE: dict[tuple[Passage, PassageStep], Passage] = {
    ("before_exit", "exit"): "exited",
    ("before_exit", "reverse"): "reversed",
    ("reversed", "exit"): "exited",
    ("reversed", "turn_back"): "turned_back",
    ("exited", "turn_back"): "turned_back",
    ("turned_back", "readmit"): "readmitted",
    ("readmitted", "exit"): "exited",
    ("readmitted", "reverse"): "reversed",
}


@pytest.mark.parametrize("step", get_args(PassageStep))
@pytest.mark.parametrize("passage", get_args(Passage))
def test_every_step(passage: Passage, step: PassageStep) -> None:
    assert after(passage, step) == TABLE.get((passage, step))


@pytest.mark.parametrize("passage", get_args(Passage))
def test_entry_and_the_law_of_entry_go_together(passage: Passage) -> None:
    assert may_enter(passage) is (passage in ("exited", "reversed"))
    assert (under(passage) == "entry") is may_enter(passage)
