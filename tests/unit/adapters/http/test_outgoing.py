"""Who may be called: the public network by https, and nobody behind our back (SSRF)."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gatepost.adapters.http.fetching import get_json, post_form
from gatepost.adapters.http.outgoing import Unreachable, is_public, post


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "nonsense",
    ],
)
def test_what_is_not_public_is_not_called(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_what_is_public_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://localhost/",
        "https://user:secret@93.184.216.34/",
        "https:///nothing",
        "https://127.0.0.1:99999/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_an_address_that_leads_inside_is_refused(url: str) -> None:
    with pytest.raises(Unreachable):
        post(url, b"", {})


@pytest.mark.enable_socket
def test_every_address_of_the_shared_list_is_refused(shared_data: Path) -> None:
    """Names that are not known and addresses that lead inside are refused alike."""
    told = json.loads((shared_data / "attacks" / "ids" / "ssrf_urls.json").read_text())
    urls = [one for one in _texts(told) if "://" in one]
    assert len(urls) >= 25
    for url in [*urls, *(one.replace("http://", "https://") for one in urls)]:
        with pytest.raises(Unreachable):
            post(url, b"", {})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@pytest.fixture
def server() -> Iterator[str]:
    """Serve on this machine: /told takes, /away sends elsewhere, /json answers an object."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302 if self.path == "/away" else 204)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def do_GET(self) -> None:
            body = b'{"a": 1}' if self.path == "/json" else b"[" + b" " * 1_000_001
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # Who has read enough does not wait for the rest.
                self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_address[1]}"
        found.shutdown()


@pytest.mark.enable_socket
def test_a_local_server_is_called_only_where_that_is_allowed(server: str) -> None:
    assert post(f"{server}/told", b"x", {}, local=True) == 204
    assert post(f"{server}/away", b"x", {}, local=True) == 302
    with pytest.raises(Unreachable):
        post(f"{server}/told", b"x", {})
    assert get_json(f"{server}/json", local=True) == {"a": 1}
    for path in ("/away", "/long"):
        with pytest.raises(Unreachable):
            get_json(f"{server}{path}", local=True)
    with pytest.raises(Unreachable):
        get_json(f"{server}/json")
    with pytest.raises(Unreachable):
        post_form("http://127.0.0.1:1/", {}, local=True)
