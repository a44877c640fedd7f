"""Addresses of the interface for programs."""

from __future__ import annotations

from gatepost.api import table
from gatepost.api.dispatch import patterns
from gatepost.web.site import site

urlpatterns = patterns(table.OPERATIONS, site)
