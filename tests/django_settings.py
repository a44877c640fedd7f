"""The settings of the web application as tests and the type checker load them: a demo's."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["GATEPOST_MODE"] = "demo"
os.environ["GATEPOST_DATA"] = "there-is-no-such-folder"
os.environ["GATEPOST_SECRET_KEY_FILE"] = str(Path(__file__).with_name("key_of_tests.txt"))
os.environ.pop("GATEPOST_DATABASE", None)

from gatepost.web.settings import *  # noqa: F403

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
