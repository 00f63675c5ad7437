"""The open data as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DonneesOuvertesConfig(AppConfig):
    """The vintages of what is published."""

    name = "binome.donnees_ouvertes"
    label = "donnees_ouvertes"
    verbose_name = "Données ouvertes"

    def ready(self) -> None:
        """Says what becomes of each field."""
        from binome.donnees_ouvertes.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
