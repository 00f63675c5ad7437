"""Where the site is, as letters, papers and links to keep name it: never as a request calls it."""

from __future__ import annotations

from django.conf import settings
from django.utils.encoding import iri_to_uri


def adresse_entiere(chemin: str) -> str:
    """A page of the site from its path (`/espace/`), as it may be opened from anywhere."""
    return f"{settings.ADRESSE}{iri_to_uri(chemin)}"
