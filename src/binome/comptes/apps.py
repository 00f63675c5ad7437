"""People and organisations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, and the roles that tie them."""

    name = "binome.comptes"
    label = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        """Tells the journal which tables are its own."""
        from binome.comptes.lignes import declarer_les_tables  # noqa: PLC0415 - models must be ready first

        declarer_les_tables()
