"""Equal contents have equal digests, whatever the order of names."""

from __future__ import annotations

from gatepost.kernel.digest import digest_of


def test_the_order_of_names_does_not_count() -> None:
    assert digest_of({"a": 1, "b": [1, 2]}) == digest_of({"b": [1, 2], "a": 1})


def test_the_order_of_a_list_and_the_writing_of_a_value_count() -> None:
    assert digest_of({"a": [1, 2]}) != digest_of({"a": [2, 1]})
    assert digest_of({"a": "10.00"}) != digest_of({"a": "10"})
