"""Addresses of the trader's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.trader import views

urlpatterns = [
    path("", views.cases, name="trader-cases"),
    path("mandates", views.mandates, name="trader-mandates"),
    path("forget", views.forget, name="trader-forget"),
    path("lodge", views.lodge_form, name="trader-lodge"),
    path("lodge/file", views.lodge_file, name="trader-lodge-file"),
    path("case/<str:reference>", views.case, name="trader-case"),
    path("case/<str:reference>/<str:kind>.pdf", views.document, name="trader-document"),
]
