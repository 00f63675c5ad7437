"""Dossiers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Applications, their documents, and what is decided of them."""

    name = "binome.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        """Listens to the accounts, and declares the shelves to the backups."""
        from binome.dossiers import (  # noqa: PLC0415 - models must be ready first
            etagere,  # noqa: F401 - a shelf declares itself
            rattachement,
        )

        rattachement.ecouter()
