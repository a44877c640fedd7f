"""Addresses of the analyst's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.analyst import views

urlpatterns = [
    path("", views.indicators, name="analyst-indicators"),
    path("worth", views.worth, name="analyst-worth"),
    path("write", views.write, name="analyst-write"),
    path("indicator/<str:name>/<int:version>", views.indicator, name="analyst-indicator"),
]
