"""Addresses of the sandbox."""

from __future__ import annotations

from gatepost.api import table
from gatepost.api.dispatch import patterns
from gatepost.api.sandbox import sandbox, sandbox_operations

assert table.ROOMS
urlpatterns = patterns(sandbox_operations(), sandbox)
