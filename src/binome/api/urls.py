"""The addresses under `/api/`: none of them can fail in HTML."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from binome.api import pages
from binome.api.document import api
from binome.api.enveloppe import envelopper

operations, application, espace = api.urls
for motif in operations:
    if isinstance(motif, URLPattern):
        motif.callback = envelopper(motif.callback)

urlpatterns = [
    path("v1/openapi.json", envelopper(pages.document), name="api-openapi"),
    path("v1/", envelopper(pages.introuvable)),
    path("v1/", (operations, application, espace)),
    path("", envelopper(pages.racine), name="api"),
    path("operations/<str:nom>/", envelopper(pages.operation), name="api-operation"),
    path("objets/", envelopper(pages.objets), name="api-objets"),
    path("erreurs/", envelopper(pages.erreurs), name="api-erreurs"),
    path("erreurs/<str:code>", envelopper(pages.erreur), name="api-erreur"),
    re_path("", envelopper(pages.introuvable)),
]
