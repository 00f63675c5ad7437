"""Dossiers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DossiersConfig(AppConfig):
    """Applications, their documents, and what is decided of them."""

    name = "binome.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        """Listens to the accounts; declares files to the shelves, tables and entries to the journal."""
        from binome.dossiers import rattachement  # noqa: PLC0415 - models must be ready first
        from binome.dossiers.employeurs.inventaire import (  # noqa: PLC0415 - the same
            inventorier_la_copie,
        )
        from binome.dossiers.evenements import EVENEMENTS  # noqa: PLC0415 - the same
        from binome.dossiers.flux import FLUX  # noqa: PLC0415 - the same
        from binome.dossiers.lignes import declarer_les_tables  # noqa: PLC0415 - the same
        from binome.dossiers.rayons import declarer_les_rayons  # noqa: PLC0415 - the same
        from binome.gestes.registre import declarer_flux  # noqa: PLC0415 - the same
        from binome.journal.catalogue import declarer_evenements  # noqa: PLC0415 - the same

        rattachement.ecouter()
        post_migrate.connect(inventorier_la_copie, sender=self, dispatch_uid="dossiers.emplois")
        declarer_les_tables()  # before the flow, which is refused without its table
        declarer_flux(FLUX)
        declarer_evenements(*EVENEMENTS)
        declarer_les_rayons()
        from binome.dossiers.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
