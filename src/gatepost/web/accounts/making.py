"""Making accounts, renewing their passwords, ending them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gatepost.adapters.store.models import Account
from gatepost.kernel.notice import Refused
from gatepost.web import rules


def make_account(
    name: str, password: str | None, actor: str, audiences: Iterable[str], subject: str = ""
) -> Account:
    """Make an account; refused with WEB-005 for its password and WEB-006 if the name is taken."""
    if Account.objects.filter(name=name).exists():
        raise Refused([rules.NAME_TAKEN.notice(name=name)])
    account = Account(name=name, actor=actor, audiences=list(audiences), subject=subject or None)
    if password is not None:
        _check(password, account)
    account.set_password(password)
    account.save()
    return account


def renew(name: str, password: str) -> None:
    """Set a new password and end what the account had besides: locks, sessions, second factor."""
    account = find(name)
    _check(password, account)
    account.set_password(password)
    account.failures, account.locked_until, account.totp, account.totp_step = 0, None, "", 0
    account.save()


def end_account(name: str) -> None:
    """Let nobody log in with an account any more; what it did stays on record."""
    account = find(name)
    account.is_active = False
    account.save(update_fields=["is_active"])


def find(name: str) -> Account:
    """Return an account by its name; refused with WEB-007 if there is none."""
    account = Account.objects.filter(name=name).first()
    if account is None:
        raise Refused([rules.NO_ACCOUNT.notice(name=name)])
    return account


def _check(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        reasons = " ".join(fault.messages)
        raise Refused([rules.WEAK_PASSWORD.notice(reasons=reasons)]) from fault
