"""One page of an officer's work list, over all the posts the officer serves at."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

import msgspec

from gatepost.casework.projection import WorkItem, decode_work_item
from gatepost.casework.reading import work_page
from gatepost.ledger.model import Row
from gatepost.web.site import site
from gatepost.web.visitor import Visitor

PAGE = 50
LOOKED_AT = 500
"""Lines read for one page at most; who asks for few among many gets the rest by ``More``."""

Cursor = tuple[str, str]


class Page(msgspec.Struct, frozen=True):
    """The lines of a page, the oldest first; ``more`` is where the next begins, if there is one."""

    items: tuple[WorkItem, ...]
    more: str


def page_of(who: Visitor, wanted: Callable[[WorkItem], bool], after: str) -> Page:
    """Return the lines that are ``wanted`` after the place where the page before ended."""
    items: list[WorkItem] = []
    for count, row in enumerate(_rows(who, _cursor(after)), start=1):
        item = decode_work_item(row.value)
        if wanted(item):
            items.append(item)
        if len(items) == PAGE or count == LOOKED_AT:
            last = f"{row.at}|{row.key}"
            rest = next(_rows(who, (row.at or "", row.key)), None)
            return Page(tuple(items), last if rest else "")
    return Page(tuple(items), "")


def _rows(who: Visitor, after: Cursor | None) -> Iterator[Row]:
    """Yield the lines of all posts together, by time and key."""
    return heapq.merge(
        *(_at(who, post, after) for post in who.posts or (None,)),
        key=lambda row: (row.at or "", row.key),
    )


def _at(who: Visitor, post: str | None, after: Cursor | None) -> Iterator[Row]:
    here = site()
    while True:
        rows = here.write(
            lambda after=after: work_page(  # type: ignore[misc]
                here.desk, who.actor, here.now(), post, after, PAGE
            )
        )
        yield from rows
        if len(rows) < PAGE:
            return
        after = (rows[-1].at or "", rows[-1].key)


def _cursor(text: str) -> Cursor | None:
    """Return the place that a link names; the beginning where it names none."""
    at, _bar, key = text.partition("|")
    return (at, key) if at and key else None
