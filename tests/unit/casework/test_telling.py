"""Lengths of time as a story tells them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepost.casework.telling import span


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=3, minutes=38), "3 h 38 min"),
        (timedelta(hours=24), "1 d"),
        (timedelta(days=1, minutes=35), "1 d 35 min"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(length: timedelta, told: str) -> None:
    assert span(length) == told
