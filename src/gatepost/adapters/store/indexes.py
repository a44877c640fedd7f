"""The indexes of the rows, so that no list reads more than it shows, however many cases there are.

An index is no part of the schema's number: what a store lacks is made when it is opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

INDEXES = {
    "row_in_order": "(view, {at}, key)",
    "row_at_post": "(view, post, {at}, key)",
    "row_of_agency": "(view, agency, {at}, key) where agency is not null",
    "row_of_agency_at_post": "(view, agency, post, {at}, key) where agency is not null",
}
"""By name: all of a view, those at a post, those of an agency, and those of one at one post."""

REPLACED = ("row_by_agency", "row_by_post")
"""Indexes of earlier releases: they held rows of no agency too, and nobody asks them for those."""


def missing(found: Collection[str], at: str) -> Iterator[str]:
    """Yield the statements that bring the indexes up to date; ``found`` are those there are.

    ``at`` names the column so that rows without a moment come first, as every list has them.
    """
    for name, columns in INDEXES.items():
        if name not in found:
            yield f"create index {name} on row {columns.format(at=at)}"
    for name in REPLACED:
        if name in found:
            yield f"drop index {name}"
