"""The dashboards as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PilotageConfig(AppConfig):
    """The monthly readings of the indicators."""

    name = "binome.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"

    def ready(self) -> None:
        """Says what becomes of each field."""
        from binome.pilotage.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
