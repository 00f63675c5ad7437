"""The entry of the server."""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

from binome.reglages.declarations import DELAIS
from binome.reglages.reglage import poser_pour_une_bibliotheque
from binome.socle.donnees import PRIVE

poser_pour_une_bibliotheque("DJANGO_SETTINGS_MODULE", "binome.socle.reglages")
if not DELAIS.donne():
    DELAIS.poser("courts")
os.umask(PRIVE)


class Requete(WSGIRequest):
    """A request that can always be made, so that its faults are answered and not thrown."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Too many parameters beside a charset would end here, before anything can answer."""
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # the stubs forget it
        except SuspiciousOperation:
            return  # raised again when the parameters are read, where it becomes a 400


application = get_wsgi_application()
application.request_class = Requete
