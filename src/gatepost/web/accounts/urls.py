"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from gatepost.web.accounts import outside, own, views

urlpatterns = [
    path("", own.own_account, name="own-account"),
    path("second-factor", own.second_factor, name="second-factor"),
    path("log-out-elsewhere", own.log_out_elsewhere, name="log-out-elsewhere"),
    path("log-in", views.log_in, name="log-in"),
    path("log-in/code", views.log_in_code, name="log-in-code"),
    path("log-in/with/<slug:provider>", outside.leave, name="oidc-leave"),
    path("log-in/back", outside.come_back, name="oidc-back"),
    path("log-in/as/<slug:role>", views.log_in_demo, name="log-in-demo"),
    path("log-out", views.log_out, name="log-out"),
]
