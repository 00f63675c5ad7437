"""The app of the API."""

from __future__ import annotations

from django.apps import AppConfig

from binome.socle.emports import declarer_rayon


class ApiConfig(AppConfig):
    """Named apart, so that its tables say whose they are."""

    name = "binome.api"
    label = "binome_api"
    verbose_name = "API"

    def ready(self) -> None:
        """Tells the backups of the lots: each lasts a day and can be sent again."""
        declarer_rayon("lots", derivable=True)
        from binome.api.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
