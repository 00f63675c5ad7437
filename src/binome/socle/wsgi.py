"""The entry of the server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binome.socle.reglages")
application = get_wsgi_application()
