"""Addresses of the ministry's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.ministry import views

urlpatterns = [
    path("", views.release_times, name="ministry-times"),
    path("agreements", views.agreements, name="ministry-agreements"),
    path("overlaps", views.overlapping, name="ministry-overlaps"),
    path("models", views.models, name="ministry-models"),
]
