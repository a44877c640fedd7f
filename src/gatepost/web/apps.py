"""The Django app of the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app ``web``; it has no tables of its own."""

    name = "gatepost.web"
    label = "web"
