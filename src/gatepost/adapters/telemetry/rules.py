"""What telemetry may have to tell a person."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NOT_INSTALLED = Rule(
    "TELEMETRY-001",
    "{variable} asks for traces and metrics, and the packages that send them are not installed.",
    "Install gatepost[telemetry], or unset the variable.",
)
