"""How a name and a password become an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gatepost.adapters.store.models import Account
from gatepost.web.accounts import lockout
from gatepost.web.site import site


class AccountBackend:
    """Checks a password, taking as long for a name that nobody has."""

    def authenticate(
        self, request: HttpRequest | None, name: str = "", password: str = "", **rest: Any
    ) -> Account | None:
        """Return the account, if the password is right, the account active and not locked."""
        now = site().now()
        account = Account.objects.filter(name=name, is_active=True).first()
        if account is None or lockout.is_locked(account, now):
            Account().set_password(password)
            return None
        if not account.check_password(password):
            lockout.failed(account, now)
            return None
        if not account.totp:
            lockout.succeeded(account)
        return account

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
