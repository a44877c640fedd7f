"""Sending traces and metrics by OTLP over HTTP, in the background; what is left goes at the end."""

from __future__ import annotations

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from gatepost.adapters.telemetry.observing import observer
from gatepost.casework.desk import Observe


def exporting(service: str) -> Observe:
    """Return what measures and sends to the address that OpenTelemetry's variables name."""
    metrics = PeriodicExportingMetricReader(OTLPMetricExporter())
    return measuring(service, BatchSpanProcessor(OTLPSpanExporter()), metrics)


def measuring(service: str, spans: SpanProcessor, metrics: MetricReader) -> Observe:
    """Return what measures and hands spans and metrics to these."""
    about = Resource.create({SERVICE_NAME: service})
    tracer = TracerProvider(resource=about)
    tracer.add_span_processor(spans)
    meter = MeterProvider([metrics], resource=about)
    return observer(tracer.get_tracer(service), meter.get_meter(service))
