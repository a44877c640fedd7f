"""Tables beside the ledger: who may log in, and what is not lodged yet.

Nothing of a case is kept here: the log holds what happened, and its rows hold the lists.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

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
    Agency, unit and posts are those of the role, on the day they are asked for. ``subject`` is who
    they are at their agency's own provider, ``totp`` the sealed secret of the second factor.
    """

    name = models.CharField(max_length=120, unique=True)
    actor = models.CharField(max_length=120, blank=True)
    audiences: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=400, null=True, blank=True, unique=True)
    totp = models.CharField(max_length=200, blank=True)
    totp_step = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    session_key = models.CharField(max_length=32, blank=True)

    objects = Accounts()

    USERNAME_FIELD = "name"

    def get_session_auth_hash(self) -> str:
        """Return what a session must know to go on: it ends with the password and with the key."""
        told = f"{self.password}|{self.session_key}"
        return salted_hmac("gatepost.session", told, algorithm="sha256").hexdigest()

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


class GoodsProfile(models.Model):
    """Goods somebody lodges again and again, as the fields of one goods item."""

    owner = models.ForeignKey(Account, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="profile_of_owner_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class Credential(models.Model):
    """A token of a machine: whose it is, what it may be used for, and until when.

    Only the digest of the token is kept; the token is shown once, when it is made.
    """

    digest = models.CharField(max_length=64, unique=True)
    owner = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=[("party", "party"), ("agency", "agency")])
    title = models.CharField(max_length=120, blank=True)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner"], name="credential_of_owner")]

    def __str__(self) -> str:
        return f"{self.owner}: {self.title or self.pk}"


class Place(models.Model):
    """How far a reader of the log has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader}: {self.position}"


class Message(models.Model):
    """One thing that happened to a case, in the mailbox of an owner of credentials."""

    owner = models.CharField(max_length=120)
    position = models.BigIntegerField()
    event = models.CharField(max_length=80)
    reference = models.CharField(max_length=18)
    agency = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "id"], name="message_of_owner")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "position"], name="message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.reference}"


class Webhook(models.Model):
    """Where an owner's messages are sent, and up to which they were taken."""

    owner = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    events: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField()
    taken = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="webhook_once")]

    def __str__(self) -> str:
        return self.url


class Prepared(models.Model):
    """An act that one officer has prepared and a second one has still to confirm.

    ``act`` is the whole of it; nothing of it has happened before somebody else confirms it.
    """

    reference = models.CharField(max_length=18)
    agency = models.CharField(max_length=120)
    by = models.CharField(max_length=120)
    act: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reference", "agency"], name="prepared_on_case")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.agency}"
