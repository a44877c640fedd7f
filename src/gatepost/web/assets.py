"""The few files that pages need, served from the package under a name that changes with them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import django_htmx
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

STATIC = Path(__file__).parent / "static"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx"
FILES = {
    "gatepost.css": (STATIC / "gatepost.css", "text/css; charset=utf-8"),
    "desks.css": (STATIC / "desks.css", "text/css; charset=utf-8"),
    "htmx.js": (HTMX / "htmx-2.min.js", "text/javascript; charset=utf-8"),
    "gatepost.svg": (STATIC / "gatepost.svg", "image/svg+xml"),
}
YEAR = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """The content of one file, its digest and its type."""

    content: bytes
    digest: str
    kind: str


@cache
def asset_of(name: str) -> Asset:
    """Return a file by its name; ``KeyError`` if pages need none of that name."""
    path, kind = FILES[name]
    content = path.read_bytes()
    return Asset(content, hashlib.sha256(content).hexdigest()[:16], kind)


def asset_url(name: str) -> str:
    """Return the address of a file; it changes with the content, so it may be kept for ever."""
    return reverse("asset", args=[asset_of(name).digest, name])


def serve(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Answer with a file."""
    if name not in FILES or asset_of(name).digest != digest:
        raise Http404
    found = asset_of(name)
    return HttpResponse(found.content, content_type=found.kind, headers={"Cache-Control": YEAR})
