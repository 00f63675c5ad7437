"""The report's tables as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RapportConfig(AppConfig):
    """What is counted for the tables of the report."""

    name = "binome.rapport"
    label = "rapport"
    verbose_name = "Tableaux du rapport"

    def ready(self) -> None:
        """Says what becomes of each field."""
        from binome.rapport.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
