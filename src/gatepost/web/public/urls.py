"""Addresses of the public guide."""

from __future__ import annotations

from django.urls import path

from gatepost.web.public import status, times, views

urlpatterns = [
    path("", views.start, name="guide"),
    path("needs", views.needs, name="guide-needs"),
    path("hours", views.hours, name="guide-hours"),
    path("fees", views.fees, name="guide-fees"),
    path("papers", views.papers, name="guide-papers"),
    path("places", views.places, name="guide-places"),
    path("rights", views.rights, name="guide-rights"),
    path("times", times.times, name="guide-times"),
    path("times.csv", times.times_csv, name="guide-times-csv"),
    path("times.json", times.times_json, name="guide-times-json"),
    path("status", status.status, name="guide-status"),
    path("status.json", status.status_json, name="guide-status-json"),
]
