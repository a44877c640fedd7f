"""Which address is answered by which view."""

from __future__ import annotations

from django.urls import include, path

from gatepost.web import assets, home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthy, name="healthy"),
    path("assets/<str:digest>/<str:name>", assets.serve, name="asset"),
    path("language", home.language, name="language"),
    path("api/v1/", include("gatepost.api.urls")),
    path("api/sandbox/v1/", include("gatepost.api.sandbox_urls")),
    path("account/", include("gatepost.web.accounts.urls")),
    path("guide/", include("gatepost.web.public.urls")),
    path("trader/", include("gatepost.web.trader.urls")),
    path("officer/", include("gatepost.web.officer.urls")),
    path("administrator/", include("gatepost.web.administrator.urls")),
    path("analyst/", include("gatepost.web.analyst.urls")),
    path("coordinator/", include("gatepost.web.coordinator.urls")),
    path("ministry/", include("gatepost.web.ministry.urls")),
]
