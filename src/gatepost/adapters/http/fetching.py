"""Asking a server that the operator named, such as an agency's identity provider."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from gatepost.adapters.http.outgoing import SECONDS, Unreachable

MOST = 1_000_000


class _NoRedirect(HTTPRedirectHandler):
    """Follows nothing: what was named is what is asked."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to be sent elsewhere."""


_opener = build_opener(_NoRedirect)


def get_json(url: str, local: bool = False) -> dict[str, Any]:
    """Return the JSON object at ``url``; ``local`` allows plain HTTP, for tests and the demo."""
    return _json(Request(url, headers={"Accept": "application/json"}), local)


def post_form(url: str, fields: Mapping[str, str], local: bool = False) -> dict[str, Any]:
    """Send a form and return the JSON object that is answered."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _json(Request(url, urlencode(fields).encode(), headers), local)


def _json(request: Request, local: bool) -> dict[str, Any]:
    scheme = urlsplit(request.full_url).scheme
    if scheme != "https" and not (local and scheme == "http"):
        raise Unreachable("only https is called")
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            data = answer.read(MOST + 1)
    except (HTTPError, URLError, OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable(f"{urlsplit(request.full_url).hostname}: {fault}") from fault
    if len(data) > MOST:
        raise Unreachable("the answer is too long")
    try:
        found = json.loads(data)
    except ValueError as fault:
        raise Unreachable("the answer is no JSON") from fault
    if not isinstance(found, dict):
        raise Unreachable("the answer is no JSON object")
    return found
