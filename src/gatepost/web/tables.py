"""Bringing the tables beside the ledger up to date."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def bring_up_to_date() -> None:
    """Make the tables that are missing and change those of an older release."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"create schema if not exists {settings.ACCOUNTS_SCHEMA}")
    else:
        file = settings.DATABASES["default"]["NAME"]
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    call_command("migrate", verbosity=0, interactive=False)
