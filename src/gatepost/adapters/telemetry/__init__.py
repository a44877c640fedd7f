"""Traces and metrics by OpenTelemetry: off unless asked for, and nothing of a case."""
