"""Locking an account for a while after wrong passwords and codes, longer each time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from gatepost.adapters.store.models import Account

FREE = 5
"""Wrong answers that lock nothing."""
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)


def is_locked(account: Account, now: datetime) -> bool:
    """Tell whether no answer counts now, right or wrong."""
    return account.locked_until is not None and account.locked_until > now


def failed(account: Account, now: datetime) -> None:
    """Count a wrong answer, and lock the account once there were too many."""
    Account.objects.filter(pk=account.pk).update(failures=F("failures") + 1)
    account.refresh_from_db(fields=["failures"])
    beyond = account.failures - FREE
    if beyond >= 0:
        account.locked_until = now + min(LONGEST, FIRST * 2 ** min(beyond, 10))
        account.save(update_fields=["locked_until"])


def succeeded(account: Account) -> None:
    """Begin to count anew."""
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["failures", "locked_until"])
