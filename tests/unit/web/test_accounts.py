"""Passwords, the second factor, locks and sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.test import Client

from gatepost.adapters.store.models import Account
from gatepost.kernel.notice import Refused
from gatepost.web import settings as real_settings
from gatepost.web.accounts import totp
from gatepost.web.accounts.making import end_account, make_account, renew
from gatepost.web.site import Site, serving
from tests.unit.web.conftest import MORNING

PASSWORD = "roses arrive at dawn"
INSPECTOR = "plant_health.north_gate.inspector"


class Hands:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def on(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def hands(here: Site, db: None) -> Iterator[Hands]:
    """Let the pages run as in production, on a clock that the test moves."""
    found = Hands()
    with serving(Site(here.desk, found)):
        yield found


def _log_in(client: Client, name: str = "ann", password: str = PASSWORD) -> Any:
    return client.post("/account/log-in", {"name": name, "password": password})


def _is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


def _trader() -> Account:
    return make_account("ann", PASSWORD, "XA1001", ["trader"])


def test_passwords_are_kept_with_argon2() -> None:
    assert real_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_weak_password_is_refused(password: str, hands: Hands) -> None:
    with pytest.raises(Refused, match="WEB-005"):
        make_account("ann", password, "XA1001", ["trader"])
    assert not Account.objects.exists()


def test_a_long_password_with_spaces_is_welcome(hands: Hands) -> None:
    long = "  " + "ä word " * 30
    make_account("ann", long, "XA1001", ["trader"])
    client = Client()
    assert _log_in(client, password=long).status_code == 302
    assert _is_in(client)


def test_a_wrong_name_and_a_wrong_password_are_one_answer(hands: Hands) -> None:
    _trader()
    answers = [_log_in(Client(), *given) for given in (("ann", "wrong"), ("bob", PASSWORD))]
    assert [answer.status_code for answer in answers] == [422, 422]
    told = [answer.context["form"].non_field_errors() for answer in answers]
    assert told[0] == told[1]


def test_wrong_passwords_lock_the_account_longer_each_time(hands: Hands) -> None:
    _trader()
    for _ in range(5):
        assert _log_in(Client(), password="wrong").status_code == 422
    client = Client()
    assert _log_in(client).status_code == 422
    hands.on(seconds=61)
    assert _log_in(client, password="wrong").status_code == 422
    hands.on(seconds=61)
    assert _log_in(client).status_code == 422
    hands.on(seconds=61)
    assert _log_in(client).status_code == 302
    assert Account.objects.get().failures == 0


def test_a_lock_lasts_an_hour_at_most(hands: Hands) -> None:
    _trader()
    Account.objects.update(failures=1000)
    _log_in(Client(), password="wrong")
    locked = Account.objects.get().locked_until
    assert locked is not None
    assert locked - hands.now == timedelta(hours=1)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: SHA-1, eight digits."""
    secret = b"12345678901234567890"
    for seconds, code in (
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ):
        assert totp.code_at(secret, seconds // totp.STEP, 8) == code


def test_a_secret_is_stored_sealed_and_for_one_account() -> None:
    secret = totp.new_secret()
    sealed = totp.seal(secret, "ann")
    assert totp.as_text(secret) not in sealed
    assert totp.unseal(sealed, "ann") == secret
    with pytest.raises(InvalidTag):
        totp.unseal(sealed, "bob")


def _with_factor(hands: Hands, actor: str = INSPECTOR, audience: str = "officer") -> bytes:
    secret = totp.new_secret()
    account = make_account("ann", PASSWORD, actor, [audience])
    account.totp = totp.seal(secret, "ann")
    account.save()
    return secret


def _code(secret: bytes, hands: Hands, steps: int = 0) -> str:
    return totp.code_at(secret, int(hands.now.timestamp()) // totp.STEP + steps)


def test_the_password_alone_lets_nobody_in_who_has_a_second_factor(hands: Hands) -> None:
    secret = _with_factor(hands)
    client = Client()
    assert _log_in(client)["Location"] == "/account/log-in/code"
    assert not _is_in(client)
    assert client.post("/account/log-in/code", {"code": "000000"}).status_code == 422
    code = _code(secret, hands)
    assert (
        client.post("/account/log-in/code", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    )
    assert _is_in(client)
    assert client.get("/officer/").status_code == 200


def test_a_code_is_used_once(hands: Hands) -> None:
    secret = _with_factor(hands)
    code = _code(secret, hands)
    for wanted in (302, 422):
        client = Client()
        _log_in(client)
        assert client.post("/account/log-in/code", {"code": code}).status_code == wanted
    assert client.post("/account/log-in/code", {"code": _code(secret, hands, 1)}).status_code == 302


@pytest.mark.parametrize(("steps", "status"), [(-1, 302), (1, 302), (-2, 422), (2, 422)])
def test_clocks_may_differ_by_half_a_minute(steps: int, status: int, hands: Hands) -> None:
    secret = _with_factor(hands)
    client = Client()
    _log_in(client)
    answer = client.post("/account/log-in/code", {"code": _code(secret, hands, steps)})
    assert answer.status_code == status


def test_wrong_codes_lock_the_account(hands: Hands) -> None:
    secret = _with_factor(hands)
    client = Client()
    _log_in(client)
    for _ in range(5):
        client.post("/account/log-in/code", {"code": "000000"})
    assert client.post("/account/log-in/code", {"code": _code(secret, hands)}).status_code == 422


def test_half_way_ends_after_five_minutes(hands: Hands) -> None:
    secret = _with_factor(hands)
    client = Client()
    _log_in(client)
    hands.on(minutes=6)
    answer = client.post("/account/log-in/code", {"code": _code(secret, hands)})
    assert answer["Location"] == "/account/log-in"
    assert not _is_in(client)


def test_whoever_is_more_than_a_trader_sets_up_a_second_factor_first(hands: Hands) -> None:
    make_account("ann", PASSWORD, INSPECTOR, ["officer"])
    client = Client()
    _log_in(client)
    assert client.get("/officer/")["Location"] == "/account/second-factor"
    page = client.get("/account/second-factor")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    wrong = client.post("/account/second-factor", {"code": "000000"})
    assert wrong.status_code == 422
    secret = totp.unseal(client.session["new-second-factor"], "ann")
    assert client.post("/account/second-factor", {"code": _code(secret, hands)}).status_code == 302
    assert client.get("/officer/").status_code == 200
    assert totp.as_text(secret) not in Account.objects.get().totp


def test_a_new_second_factor_wants_a_fresh_log_in(hands: Hands) -> None:
    _trader()
    client = Client()
    _log_in(client)
    hands.on(minutes=11)
    assert "/account/log-in" in client.get("/account/second-factor")["Location"]


def test_a_session_ends_when_nobody_uses_it_and_after_a_day(hands: Hands) -> None:
    _trader()
    client = Client()
    _log_in(client)
    for _ in range(3):
        hands.on(minutes=25)
        assert _is_in(client)
    hands.on(minutes=31)
    assert not _is_in(client)
    _log_in(client)
    for _ in range(28):
        hands.on(minutes=25)
        assert _is_in(client)
    hands.on(minutes=25)
    assert not _is_in(client)


def test_a_session_has_a_new_key_after_logging_in(hands: Hands) -> None:
    _with_factor(hands)
    client = Client()
    _log_in(client)
    before = client.session.session_key
    secret = totp.unseal(Account.objects.get().totp, "ann")
    client.post("/account/log-in/code", {"code": _code(secret, hands)})
    assert client.session.session_key not in (None, before)


def test_a_new_password_ends_all_other_sessions(hands: Hands) -> None:
    _trader()
    here, elsewhere = Client(), Client()
    _log_in(here)
    _log_in(elsewhere)
    wrong = here.post("/account/", {"current": "wrong", "fresh": "another one at dusk"})
    assert wrong.status_code == 422
    weak = here.post("/account/", {"current": PASSWORD, "fresh": "short"})
    assert weak.status_code == 422
    good = here.post("/account/", {"current": PASSWORD, "fresh": "another one at dusk"})
    assert good.status_code == 200
    assert _is_in(here)
    assert not _is_in(elsewhere)


def test_one_may_log_out_here_and_everywhere_else(hands: Hands) -> None:
    _trader()
    here, elsewhere = Client(), Client()
    _log_in(here)
    _log_in(elsewhere)
    assert here.post("/account/log-out-elsewhere").status_code == 302
    assert _is_in(here)
    assert not _is_in(elsewhere)
    cookie = here.cookies["gatepost"].value
    here.post("/account/log-out")
    again = Client()
    again.cookies["gatepost"] = cookie
    assert not _is_in(again)


def test_renewing_and_ending_an_account_ends_its_sessions(hands: Hands) -> None:
    secret = _with_factor(hands, "XA1001", "trader")
    client = Client()
    _log_in(client)
    client.post("/account/log-in/code", {"code": _code(secret, hands)})
    assert _is_in(client)
    renew("ann", "another one at dusk")
    assert not _is_in(client)
    assert Account.objects.get().totp == ""
    _log_in(client, password="another one at dusk")
    assert _is_in(client)
    end_account("ann")
    assert not _is_in(client)
    assert _log_in(client, password="another one at dusk").status_code == 422
    with pytest.raises(Refused, match="WEB-007"):
        renew("bob", PASSWORD)
    with pytest.raises(Refused, match="WEB-007"):
        end_account("bob")
    with pytest.raises(Refused, match="WEB-006"):
        make_account("ann", PASSWORD, "", ["trader"])


def test_a_role_that_is_not_in_post_sees_nothing(hands: Hands) -> None:
    make_account("ann", PASSWORD, "plant_health.nowhere.inspector", ["officer"])
    client = Client()
    _log_in(client)
    assert client.get("/officer/").status_code in (302, 404)
    assert b"Work list" not in client.get("/").content


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_led_elsewhere(next_page: str, hands: Hands) -> None:
    _trader()
    given = {"name": "ann", "password": PASSWORD, "next": next_page}
    assert Client().post("/account/log-in", given)["Location"] == "/"
    told = {"language": "fr", "next": next_page}
    assert Client().post("/language", told)["Location"] == "/"
