"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Lists of dossiers, views that people keep of them, and who treats which one."""

    name = "binome.bureau"
    label = "bureau"
    verbose_name = "Bureau"

    def ready(self) -> None:
        """Adds its parts to the page of a dossier; declares its table and its entries to the journal."""
        from binome.bureau.models import VueGardee  # noqa: PLC0415 - models must be ready first
        from binome.bureau.volets import declarer as declarer_les_volets  # noqa: PLC0415 - the same
        from binome.journal.catalogue import (  # noqa: PLC0415 - the same
            Evenement,
            declarer_evenements,
        )
        from binome.journal.tables import TableSuivie, declarer  # noqa: PLC0415 - the same
        from binome.socle.sort_des_champs import (  # noqa: PLC0415 - the same
            CODE,
            DE_LA_BRANCHE,
            declarer_champs,
        )

        declarer_les_volets()
        declarer(TableSuivie(VueGardee, (), lambda numero: (f"vue:{numero}", "")))
        declarer_evenements(
            Evenement("vue.garder", "Une vue de la liste des dossiers est gardée."),
            Evenement("vue.oter", "Une vue gardée est ôtée."),
        )
        declarer_champs({"bureau.VueGardee": {"nom": DE_LA_BRANCHE, "requete": CODE}})
