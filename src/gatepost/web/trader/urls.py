"""Addresses of the trader's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.trader import views

urlpatterns = [
    path("", views.cases, name="trader-cases"),
    path("lodge", views.lodge_form, name="trader-lodge"),
    path("lodge/file", views.lodge_file, name="trader-lodge-file"),
    path("case/<str:reference>", views.case, name="trader-case"),
]
