"""A document as PDF: a page made by Typst, with its codes as QR.

What is on the page is handed in as words of the reader's language; here is only how it looks.
"""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
import segno
import typst

TEMPLATE = Path(__file__).with_name("document.typ")
ARABIC = "Noto Sans Arabic"


class Code(msgspec.Struct, frozen=True):
    """One code: what it proves, in words, and its text."""

    caption: str
    text: str


class Page(msgspec.Struct, frozen=True):
    """Everything on a document. ``table`` begins with its heads; ``facts`` are name and value."""

    language: str
    right_to_left: bool
    country: str
    title: str
    reference: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    table: tuple[tuple[str, ...], ...]
    lines_title: str
    lines: tuple[str, ...]
    codes: tuple[Code, ...]
    codes_note: str
    foot: str


def can_write(language: str) -> bool:
    """Tell whether the fonts of this machine write a language; only Arabic needs one of its own."""
    return language != "ar" or ARABIC in _families()


@cache
def _families() -> frozenset[str]:
    return frozenset(one.lower() for one in typst.Fonts().families()) | frozenset(
        typst.Fonts().families()
    )


def pdf_of(page: Page, made: datetime) -> bytes:
    """Return the document as PDF; its codes stand in its keywords too, for who has the file."""
    told = msgspec.to_builtins(page)
    for code in told["codes"]:
        code["picture"] = _picture(code["text"])
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"page": msgspec.json.encode(told).decode()},
        timestamp=int(made.timestamp()),
    )


def _picture(text: str) -> str:
    """Return a code as SVG, in the smallest QR symbol that holds it."""
    picture = io.BytesIO()
    segno.make_qr(text, error="l", boost_error=False).save(picture, kind="svg", border=2)
    return picture.getvalue().decode()
