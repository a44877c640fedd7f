"""How a name and a password become an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gatepost.adapters.store.models import Account


class AccountBackend:
    """Checks a password, taking as long for a name that nobody has."""

    def authenticate(
        self, request: HttpRequest | None, name: str = "", password: str = "", **rest: Any
    ) -> Account | None:
        """Return the account, if the password is right and the account is active."""
        account = Account.objects.filter(name=name).first()
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
