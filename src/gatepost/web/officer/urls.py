"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.officer import views

urlpatterns = [
    path("", views.work, name="officer-work"),
    path("case/<str:reference>", views.case, name="officer-case"),
]
