"""People and organisations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, and the roles that tie them."""

    name = "binome.comptes"
    label = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        """Tells the journal which tables and which entries are its own."""
        from binome.comptes.evenements import EVENEMENTS  # noqa: PLC0415 - models must be ready first
        from binome.comptes.lignes import declarer_les_tables  # noqa: PLC0415 - the same
        from binome.journal.catalogue import declarer_evenements  # noqa: PLC0415 - the same

        declarer_evenements(*EVENEMENTS)
        declarer_les_tables()
        from binome.comptes.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
