"""Gatepost: many border agencies, one decision."""
