"""Jobs as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class EmploisConfig(AppConfig):
    """Who works for whom, and the groups of practices."""

    name = "binome.emplois"
    label = "emplois"
    verbose_name = "Emplois"

    def ready(self) -> None:
        """Tells the journal which tables and which entries are its own."""
        from binome.emplois.evenements import EVENEMENTS  # noqa: PLC0415 - models must be ready first
        from binome.emplois.lignes import declarer_les_tables  # noqa: PLC0415 - the same
        from binome.journal.catalogue import declarer_evenements  # noqa: PLC0415 - the same

        declarer_evenements(*EVENEMENTS)
        declarer_les_tables()
        from binome.emplois.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
