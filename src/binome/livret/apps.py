"""Livret as a Django application."""

from __future__ import annotations

from django.apps import AppConfig

from binome.habillage.hors_ligne import declarer_coquille


class LivretConfig(AppConfig):
    """The pair's booklet."""

    name = "binome.livret"
    label = "livret"
    verbose_name = "Livret"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.livret.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
        declarer_coquille("dessin.css", "dessin.js")
        declarer_coquille("livret.css", "livret.js", "sans_patient.js")
