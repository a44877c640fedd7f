"""What the settings of production promise, read in a process of its own."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from gatepost.cli import main
from gatepost.web.accounts.making import make_account
from gatepost.web.logs import Line
from gatepost.web.settings import database_of
from gatepost.web.site import Site

PROGRAM = """
import json, django
from django.conf import settings
from django.core import checks
django.setup()
names = [
    "DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "PASSWORD_HASHERS", "SECURE_REFERRER_POLICY",
    "OUTGOING_LOCAL",
]
found = {name: getattr(settings, name) for name in names}
found["warnings"] = [one.id for one in checks.run_checks(include_deployment_checks=True)]
found["key"] = len(settings.SECRET_KEY)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the settings as production has them."""
    kept = ("PATH", "HOME", "PYTHONPATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "gatepost.web.settings",
        "GATEPOST_DATA": str(tmp_path_factory.mktemp("production")),
        "GATEPOST_HOSTS": "border.example,www.border.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
    )
    return dict(json.loads(done.stdout))


def test_the_framework_has_nothing_to_warn_of(production: dict[str, Any]) -> None:
    # security.W021: nobody is put on the preload list of browsers without asking.
    assert set(production["warnings"]) <= {"security.W021"}
    assert production["DEBUG"] is production["DEMO"] is production["OUTGOING_LOCAL"] is False
    assert production["key"] >= 64


def test_cookies_are_for_this_host_over_tls_and_not_for_scripts(production: dict[str, Any]) -> None:
    for name in ("SESSION", "CSRF"):
        assert production[f"{name}_COOKIE_SECURE"] is True
        assert production[f"{name}_COOKIE_HTTPONLY"] is True
        assert production[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{name}_COOKIE_SAMESITE"] in ("Lax", "Strict")


def test_everything_is_spoken_over_tls_for_a_year(production: dict[str, Any]) -> None:
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_only_the_named_hosts_are_served(production: dict[str, Any]) -> None:
    assert production["ALLOWED_HOSTS"] == ["border.example", "www.border.example"]


@pytest.mark.parametrize("hosts", ["*", "border.example, *", ".", ".*"])
def test_an_installation_that_answers_to_any_name_is_refused(
    hosts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEPOST_HOSTS", hosts)
    done = CliRunner().invoke(main, ["serve", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "WEB-015" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "border.example"])
def test_a_demo_is_for_this_machine_only(host: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--demo", "--host", host, "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "WEB-016" in done.stderr


def test_accounts_are_reached_as_safely_as_the_ledger(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    url = "postgresql://g%40te:p%2Fw@db.example:5433/border?sslmode=verify-full&application_name=a"
    found = database_of(url, tmp_path)
    named = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "border",
        "USER": "g@te",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"] == {
        "sslmode": "verify-full",
        "application_name": "a",
        "options": "-c search_path=gatepost_web",
    }


def test_passwords_are_kept_with_argon2_alone(production: dict[str, Any]) -> None:
    assert production["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    from gatepost.web.keys import NAME, secret_key

    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_logging_in_and_failing_to_are_on_record(
    here: Site, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "gatepost.accounts")
    make_account("ann", "roses arrive at dawn", "XA1001", ["trader"])
    client = Client()
    client.post("/account/log-in", {"name": "ann\nadmin", "password": "secret-word"})
    client.post("/account/log-in", {"name": "ann", "password": "roses arrive at dawn"})
    client.post("/account/log-out")
    told = [record.getMessage() for record in caplog.records]
    assert [line.split(":")[0] for line in told] == ["log-in refused", "logged in", "logged out"]
    assert not any("secret-word" in line or "dawn" in line for line in told)


def test_a_line_of_the_log_is_one_line_in_utc() -> None:
    record = logging.LogRecord("gatepost", logging.INFO, "", 0, "a\nb\x1b[31m %s", ("\r\n",), None)
    line = Line("%(asctime)s %(message)s").format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "+00:00 " in line


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/api/v1/status", "/healthz"])
def test_methods_that_nothing_needs_are_refused(
    method: str, path: str, here: Site, db: None
) -> None:
    assert Client().generic(method.upper(), path).status_code == 405


def test_a_fault_tells_nothing_of_the_inside(
    here: Site, db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*told: object) -> bytes:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(here.desk.ledger, "row", broken)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content
    assert "a secret of the inside" in caplog.text


def test_pages_and_answers_are_not_kept_by_browsers(here: Site, db: None) -> None:
    for path in ("/account/log-in", "/api/v1/status", "/healthz"):
        assert "no-store" in Client().get(path)["Cache-Control"], path
    assert "Access-Control-Allow-Origin" not in Client().get("/api/v1/status")
    assert Client().get("/")["X-Content-Type-Options"] == "nosniff"


def test_whoever_logs_out_leaves_nothing_behind(here: Site, db: None) -> None:
    answer = Client().post("/account/log-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
