"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from gatepost.web.accounts import views

urlpatterns = [
    path("log-in", views.log_in, name="log-in"),
    path("log-in/<slug:role>", views.log_in_demo, name="log-in-demo"),
    path("log-out", views.log_out, name="log-out"),
]
