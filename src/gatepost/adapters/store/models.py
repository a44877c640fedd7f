"""Tables beside the ledger: who may log in, and what is not lodged yet.

Nothing of a case is kept here: the log holds what happened, and its rows hold the lists.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

AUDIENCES = (
    "trader",
    "officer",
    "coordinator",
    "analyst",
    "ministry",
    "administrator",
)


class Accounts(BaseUserManager["Account"]):
    """Makes accounts and finds them by the name they log in with."""

    def make(self, name: str, password: str | None = None, **fields: Any) -> Account:
        """Store a new account; without a password nobody logs in with one."""
        account = self.model(name=name, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who logs in, and the actor as whom casework knows them.

    ``actor`` is an officer's role, the id of a party, or empty for who has no part in cases.
    Agency, unit and posts are those of the role, on the day they are asked for.
    """

    name = models.CharField(max_length=120, unique=True)
    actor = models.CharField(max_length=120, blank=True)
    audiences: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)

    objects = Accounts()

    USERNAME_FIELD = "name"

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A declaration somebody is still writing, as the form's fields."""

    owner = models.ForeignKey(Account, on_delete=models.CASCADE)
    title = models.CharField(max_length=120)
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "saved_at"], name="draft_of_owner")]

    def __str__(self) -> str:
        return self.title
