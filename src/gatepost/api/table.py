"""The whole table: importing this fills it."""

from __future__ import annotations

from gatepost.api import acts, asking, declarations, notify, openapi
from gatepost.api.operations import OPERATIONS

ROOMS = (declarations, acts, asking, notify, openapi)

__all__ = ["OPERATIONS", "ROOMS"]
