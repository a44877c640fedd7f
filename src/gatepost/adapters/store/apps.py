"""The Django app of the tables beside the ledger: accounts, drafts and what serves them."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Names the app ``store``; the ledger keeps its own tables and statements."""

    name = "gatepost.adapters.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
