"""Addresses of the administrator's pages."""

from __future__ import annotations

from django.urls import path

from gatepost.web.administrator import accounts, views

urlpatterns = [
    path("", accounts.listed, name="administrator-accounts"),
    path("account/new", accounts.made, name="administrator-new-account"),
    path("account/<int:number>", accounts.one, name="administrator-account"),
    path("roles", views.roles, name="administrator-roles"),
    path("law", views.law, name="administrator-law"),
    path("credentials", views.credentials, name="administrator-credentials"),
    path("health", views.health, name="administrator-health"),
]
