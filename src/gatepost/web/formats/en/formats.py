"""Read by Django's ``FORMAT_MODULE_PATH``; 07/03 would be two different days to two readers."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
