"""Calling others over HTTP, and only those who may be called."""
