"""Spans, a counter and a histogram for each step of the way through.

Only the name of a step and how it ended are told. What an exception says may quote what was
lodged, so it is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from opentelemetry.metrics import Meter
from opentelemetry.trace import Status, StatusCode, Tracer

from gatepost.casework.desk import Observe
from gatepost.kernel.notice import Refused

STEPS = "gatepost.steps"
SECONDS = "gatepost.step.duration"
STEP, OUTCOME = "gatepost.step", "gatepost.outcome"

STATUSES = frozenset({"accepted", "refused", "done"})
OUTCOMES = frozenset({"Done", "Repeated", "Stale"})
"""What a ledger answers to a commit, by the name of its type."""


def observer(tracer: Tracer, meter: Meter) -> Observe:
    """Return what measures the steps: each in a span of its own, inside that of its caller."""
    counter = meter.create_counter(STEPS, "1", "Steps done, by step and outcome.")
    duration = meter.create_histogram(SECONDS, "s", "How long a step took.")

    def observe(step: str, do: Callable[[], Any]) -> Any:
        outcome, start = "failed", perf_counter()
        with tracer.start_as_current_span(
            f"gatepost.{step}", record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                found = do()
                outcome = _outcome(found)
                return found
            except Refused:
                outcome = "refused"
                raise
            finally:
                span.set_attribute(OUTCOME, outcome)
                if outcome == "failed":
                    span.set_status(Status(StatusCode.ERROR))
                told = {STEP: step, OUTCOME: outcome}
                counter.add(1, told)
                duration.record(perf_counter() - start, told)

    return observe


def _outcome(found: object) -> str:
    status = getattr(found, "status", None)
    if status in STATUSES:
        return str(status)
    name = type(found).__name__
    return name.lower() if name in OUTCOMES else "done"
