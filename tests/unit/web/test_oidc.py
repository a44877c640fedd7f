"""Logging in with an agency's accounts, at a real provider in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gatepost.web.accounts import oidc
from gatepost.web.accounts.making import make_account
from gatepost.web.accounts.providers import Provider
from gatepost.web.site import Site, serving
from tests.oidc_provider import CLIENT, SECRET

pytestmark = pytest.mark.enable_socket
ROOT = Path(__file__).parents[3]
VET = "veterinary.north_gate.official"

Start = Callable[[str], str]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a provider, spoiled in one way, and gives its address."""
    running: list[subprocess.Popen[str]] = []

    def begin(spoil: str = "") -> str:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.oidc_provider"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "SPOIL": spoil},
        )
        running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().strip()

    yield begin
    for process in running:
        process.kill()
        process.communicate()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *told: Any, **named: Any) -> None:
        """Stay where we are: the test follows by itself."""


def where_it_leads(url: str) -> str:
    """Return where a page redirects to."""
    opener = urllib.request.build_opener(_Stay)
    with pytest.raises(urllib.error.HTTPError) as caught:
        opener.open(url, timeout=10)
    location = caught.value.headers["Location"]
    caught.value.close()
    assert location, url
    return str(location)


@contextmanager
def using(issuer: str, tmp_path: Path, settings: Any) -> Iterator[Client]:
    """Let the provider at ``issuer`` be the veterinary service's, on the real clock."""
    oidc._kept.clear()
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    settings.OIDC_PROVIDERS = {
        "vet": Provider("vet", "Veterinary Service", issuer, CLIENT, str(secret))
    }
    settings.OUTGOING_LOCAL = True
    yield Client()


@pytest.fixture
def now_here(here: Site) -> Iterator[Site]:
    """Let the pages run on the real clock, since the provider's tokens do."""
    from gatepost.web.clock import clock

    with serving(Site(here.desk, clock)) as site:
        yield site


def _log_in(client: Client, as_whom: str = "") -> Any:
    left = client.post("/account/log-in/with/vet", {"next": "/officer/"})
    assert left.status_code == 302, left.content
    back = where_it_leads(left["Location"] + (f"&as={as_whom}" if as_whom else ""))
    return client.get(back.replace("http://testserver", ""))


def test_an_officer_logs_in_with_the_agencys_account(
    start: Start, tmp_path: Path, settings: Any, now_here: Site, db: None
) -> None:
    issuer = start("")
    make_account("vet", None, VET, ["officer"], subject=f"{issuer}|vet-17")
    with using(issuer, tmp_path, settings) as client:
        assert "Veterinary Service" in client.get("/account/log-in").content.decode()
        answer = _log_in(client)
        assert answer.status_code == 302
        assert answer["Location"] == "/officer/"
        page = client.get("/officer/")
        assert page.status_code == 200
        assert "Official veterinarian" in page.content.decode()
        # The code was used, and the state is forgotten: the same answer again leads nowhere.
        assert client.get("/account/log-in/back?code=x&state=y").status_code == 302


def test_nobody_is_let_in_whom_we_do_not_know(
    start: Start, tmp_path: Path, settings: Any, now_here: Site, db: None
) -> None:
    issuer = start("")
    make_account("vet", None, VET, ["officer"], subject=f"{issuer}|vet-17")
    with using(issuer, tmp_path, settings) as client:
        assert _log_in(client, "somebody").status_code == 403
        assert client.get("/officer/").status_code == 302


@pytest.mark.parametrize(
    "spoil", ["state", "aud", "exp", "iat", "nonce", "iss", "sub", "alg", "key"]
)
def test_a_provider_that_lies_is_not_believed(
    spoil: str, start: Start, tmp_path: Path, settings: Any, now_here: Site, db: None
) -> None:
    issuer = start(spoil)
    make_account("vet", None, VET, ["officer"], subject=f"{issuer}|vet-17")
    with using(issuer, tmp_path, settings) as client:
        assert _log_in(client).status_code == 403
        assert client.get("/officer/").status_code == 302


def test_a_provider_of_another_name_and_none_at_all_are_told(
    start: Start, tmp_path: Path, settings: Any, now_here: Site, db: None
) -> None:
    with using(start("issuer"), tmp_path, settings) as client:
        assert client.post("/account/log-in/with/vet").status_code == 403
    with using("http://127.0.0.1:1", tmp_path, settings) as client:
        assert client.post("/account/log-in/with/vet").status_code == 403
        assert client.post("/account/log-in/with/nobody").status_code == 404
