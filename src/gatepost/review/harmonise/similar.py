"""Fields that the dictionary does not know, compared by the text of their titles (SW-04)."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from gatepost.review.harmonise.model import FormField
from gatepost.review.harmonise.words import Words

SLIP = 80.0
"""From 0 to 100: how alike two words must be to be one word with a slip of the pen."""


def alike(one: FormField, words: Words, other: FormField, others: Words) -> bool:
    """Tell whether two fields ask alike: answers of one kind, the same words but for slips.

    One word more, or another word, makes another question however long the rest is; one word
    alone says too little to be taken for the same by itself.
    """
    if one.kind != other.kind or min(len(words), len(others)) < 2:
        return False
    here, there = sorted(set(words) - set(others)), sorted(set(others) - set(words))
    if len(here) != len(there):
        return False
    return all(fuzz.ratio(left, right) >= SLIP for left, right in zip(here, there, strict=True))


def gathered(fields: Sequence[tuple[FormField, Words]]) -> list[list[int]]:
    """Return the positions of fields that are all alike, each position once."""
    groups: list[list[int]] = []
    for index, (field, words) in enumerate(fields):
        for group in groups:
            if all(alike(field, words, *fields[member]) for member in group):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups
