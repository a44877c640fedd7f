"""The application as a server of WSGI calls it: ``gatepost.web.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.web.settings")
application = get_wsgi_application()
