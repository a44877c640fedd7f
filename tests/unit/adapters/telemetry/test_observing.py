"""Traces and metrics: the steps in their order, how each ended, and nothing of a case."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

pytest.importorskip("opentelemetry.sdk", reason="gatepost[telemetry] is not installed")

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from gatepost.adapters.telemetry import opening
from gatepost.adapters.telemetry.observing import OUTCOME, SECONDS, STEP, STEPS
from gatepost.adapters.telemetry.sending import measuring
from gatepost.casework.desk import unobserved
from gatepost.kernel.notice import Refused
from tests.office import BEEF, ROSES, Office


class Seen:
    """What an office's steps were told as."""

    def __init__(self, office: Office) -> None:
        self._spans = InMemorySpanExporter()
        self._metrics = InMemoryMetricReader()
        office.desk.observe = measuring("test", SimpleSpanProcessor(self._spans), self._metrics)

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        return self._spans.get_finished_spans()

    def points(self, name: str) -> list[Any]:
        data = self._metrics.get_metrics_data()
        assert data is not None
        (scope,) = data.resource_metrics[0].scope_metrics
        return [p for m in scope.metrics if m.name == name for p in m.data.data_points]


@pytest.fixture
def office() -> Office:
    return Office()


def test_steps_lie_in_each_other_as_they_are_done(office: Office) -> None:
    seen = Seen(office)
    reference = office.lodge(BEEF)
    office.done("decide", reference, "vet.one", decision="clear")
    by_id = {one.context.span_id: one for one in seen.spans if one.context}
    inside = {
        (by_id[one.parent.span_id].name if one.parent else None, one.name) for one in seen.spans
    }
    assert inside == {
        (None, "gatepost.lodge"),
        ("gatepost.lodge", "gatepost.settle"),
        ("gatepost.lodge", "gatepost.commit"),
        (None, "gatepost.act"),
        ("gatepost.act", "gatepost.settle"),
        ("gatepost.act", "gatepost.commit"),
    }


def test_how_each_step_ended_is_counted(office: Office) -> None:
    seen = Seen(office)
    reference = office.lodge(BEEF)
    office.refusal("decide", reference, "vet.one", decision="refuse")
    with pytest.raises(Refused):
        office.answer(ROSES, items=())
    counted = Counter(
        {(p.attributes[STEP], p.attributes[OUTCOME]): p.value for p in seen.points(STEPS)}
    )
    assert counted["lodge", "accepted"] == 1
    assert counted["lodge", "refused"] == 1
    assert counted["act", "refused"] == 1
    assert counted["commit", "done"] == 2
    assert len(seen.points(SECONDS)) == len(counted)


def test_a_fault_is_told_without_what_it_says(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(office)

    def broken(*told: object) -> None:
        raise ZeroDivisionError("the plate BR-1234 of Roses Ltd")

    monkeypatch.setattr(office.desk.ledger, "commit", broken)
    with pytest.raises(ZeroDivisionError):
        office.lodge(BEEF)
    text = "".join(one.to_json() for one in seen.spans)
    assert '"gatepost.outcome": "failed"' in text
    assert "BR-1234" not in text
    assert "Roses" not in text


def test_nothing_of_a_case_is_in_what_is_sent(office: Office) -> None:
    seen = Seen(office)
    reference = office.lodge(BEEF)
    office.done("decide", reference, "vet.one", decision="clear", reason="sound")
    told = {name: value for one in seen.spans for name, value in (one.attributes or {}).items()}
    assert set(told) == {OUTCOME}
    assert reference not in "".join(one.to_json() for one in seen.spans)


def test_it_is_off_unless_an_address_is_named() -> None:
    for environment in ({}, {opening.ENDPOINT: "http://x", opening.DISABLED: "true"}):
        assert opening.open_observer(environment, unobserved) is unobserved


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_open", [])
    monkeypatch.delitem(sys.modules, "gatepost.adapters.telemetry.sending")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.metric_exporter", None)
    with pytest.raises(Refused) as refused:
        opening.open_observer({opening.ENDPOINT: "http://x"}, unobserved)
    assert [one.code for one in refused.value.notices] == ["TELEMETRY-001"]
