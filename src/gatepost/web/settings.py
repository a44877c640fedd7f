"""The settings of the web application, read from the environment.

``GATEPOST_MODE`` is ``production`` unless it says ``demo``; what production lacks is refused
when the application starts, not when the first person needs it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from gatepost.web.accounts.providers import read_providers
from gatepost.web.keys import secret_key
from gatepost.web.places import ACCOUNTS_FILE

try:  # Django takes the SQLite library under this name; the system's may lose pages.
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

HERE = Path(__file__).parent

MODE = os.environ.get("GATEPOST_MODE", "production")
DATA = Path(os.environ.get("GATEPOST_DATA", "data"))
DATABASE = os.environ.get("GATEPOST_DATABASE") or None
JURISDICTION = os.environ.get("GATEPOST_JURISDICTION", "aldermark")
DEMO = MODE == "demo"

ACCOUNTS_SCHEMA = "gatepost_web"
WRITER_PATIENCE = 20
PARTS = {
    "NAME": "dbname",
    "USER": "user",
    "PASSWORD": "password",
    "HOST": "host",
    "PORT": "port",
}
"""What Django names of an address, and how the address names it; the rest are options."""


def database_of(url: str | None, data: Path) -> dict[str, Any]:
    """Return Django's settings for the tables beside the ledger.

    They stand in a file of their own beside the ledger's, or in a schema of their own of the
    same PostgreSQL database: writing a session never waits for a lodgement. Whatever the address
    says of the connection, such as ``sslmode``, holds here as it does for the ledger.
    """
    if url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / ACCOUNTS_FILE,
            "OPTIONS": {
                "timeout": WRITER_PATIENCE,
                "transaction_mode": "IMMEDIATE",
                "init_command": "pragma journal_mode = wal; pragma synchronous = full;",
            },
        }
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    named = {name: str(parts.pop(key, "")) for name, key in PARTS.items()}
    options = f"{parts.pop('options', '')} -c search_path={ACCOUNTS_SCHEMA}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {**parts, "options": options},
    }


SECRET_KEY = secret_key(DATA, os.environ.get("GATEPOST_SECRET_KEY_FILE"))
DEBUG = False
HOSTS = os.environ.get("GATEPOST_HOSTS", "").split(",")
ALLOWED_HOSTS = [host.strip() for host in HOSTS if host.strip()]
if DEMO:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

DATABASES = {"default": database_of(DATABASE, DATA)}
INSTALLED_APPS = [
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_htmx",
    "gatepost.adapters.store",
    "gatepost.web.apps.WebConfig",
]
MIDDLEWARE = [
    "gatepost.web.middleware.Requests",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gatepost.web.middleware.Sessions",
    "gatepost.web.middleware.Refusals",
]
ROOT_URLCONF = "gatepost.web.urls"
WSGI_APPLICATION = "gatepost.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE, HERE / "layout"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "gatepost.web.context.for_templates",
            ],
            "builtins": [
                "gatepost.web.templatetags.gatepost",
                "gatepost.web.templatetags.desks",
            ],
            "libraries": {"gatepost": "gatepost.web.templatetags.gatepost"},
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["gatepost.web.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "actor")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "home"

OIDC_PROVIDERS = read_providers(os.environ.get("GATEPOST_OIDC"))
OUTGOING_LOCAL = DEMO
"""Whether webhooks and providers may be on this machine and without TLS: in a demo only."""

SECURE = not DEMO
SESSION_COOKIE_NAME = "__Host-gatepost" if SECURE else "gatepost"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-gatepost-form" if SECURE else "gatepost-form"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = "gatepost.web.formats"
LANGUAGE_COOKIE_NAME = "gatepost-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 6_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
LOG = "json" if os.environ.get("GATEPOST_LOG") == "json" else "line"
"""Lines for people, or JSON with a line for each request: ``GATEPOST_LOG=json``."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "gatepost.web.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"class": "gatepost.web.logs.Json"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING"},
        "gatepost": {"handlers": ["stderr"], "level": "INFO"},
        "gatepost.request": {"level": "INFO" if LOG == "json" else "WARNING"},
        "django.request": {"level": "ERROR"},  # What a caller did wrong is told to the caller.
    },
}
