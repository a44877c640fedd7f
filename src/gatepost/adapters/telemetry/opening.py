"""Asking for telemetry: by the variables of OpenTelemetry, nothing by default."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.adapters.telemetry import rules
from gatepost.casework.desk import Observe
from gatepost.kernel.notice import Refused

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
DISABLED = "OTEL_SDK_DISABLED"
SERVICE = "gatepost"

_open: list[Observe] = []


def open_observer(environment: Mapping[str, str], otherwise: Observe) -> Observe:
    """Return what sends traces and metrics to ``OTEL_EXPORTER_OTLP_ENDPOINT``, once a process.

    ``otherwise`` where no such address is named, or ``OTEL_SDK_DISABLED`` is ``true``. Refused
    with TELEMETRY-001 where the packages are not installed.
    """
    if not environment.get(ENDPOINT) or environment.get(DISABLED, "").lower() == "true":
        return otherwise
    if not _open:
        try:
            from gatepost.adapters.telemetry.sending import exporting
        except ModuleNotFoundError as fault:
            if not (fault.name or "").startswith("opentelemetry"):
                raise
            raise Refused([rules.NOT_INSTALLED.notice(variable=ENDPOINT)]) from fault
        _open.append(exporting(SERVICE))
    return _open[0]
