"""Épreuves as a Django application."""

from __future__ import annotations

from django.apps import AppConfig

from binome.habillage.hors_ligne import declarer_coquille


class EpreuvesConfig(AppConfig):
    """Épreuves."""

    name = "binome.epreuves"
    label = "epreuves"
    verbose_name = "Épreuves"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.epreuves.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
        declarer_coquille("livret.css", "grilles.js")
