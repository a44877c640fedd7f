"""Addresses of the coordinator's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.coordinator import jointly, views

urlpatterns = [
    path("", views.today, name="coordinator-day"),
    path("<str:post>/actions", jointly.joint_actions, name="coordinator-actions"),
    path("<str:post>/<str:day>", views.day, name="coordinator-post-day"),
]
