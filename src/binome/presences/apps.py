"""Présences as a Django application."""

from __future__ import annotations

from django.apps import AppConfig

from binome.habillage.hors_ligne import declarer_coquille


class PresencesConfig(AppConfig):
    """Who was there, and what proves it."""

    name = "binome.presences"
    label = "presences"
    verbose_name = "Présences"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.presences.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first
        from binome.presences.papier_flux import declarer_le_papier  # noqa: PLC0415 - the same

        declarer_tout()
        declarer_le_papier()
        declarer_coquille("dessin.css", "dessin.js", "tablette.css", "tablette.js")
