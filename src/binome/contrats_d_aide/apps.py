"""Aid contracts as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ContratsDAideConfig(AppConfig):
    """Aid contracts between a doctor, or a group, and their caisse."""

    name = "binome.contrats_d_aide"
    label = "contrats_d_aide"
    verbose_name = "Contrats d’aide"

    def ready(self) -> None:
        """Declares its tables and its flow to the journal, and what becomes of its texts."""
        from binome.contrats_d_aide.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
