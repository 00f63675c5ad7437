"""Agreements of payers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PrisesEnChargeConfig(AppConfig):
    """What payers agreed, and what each month proves of it."""

    name = "binome.prises_en_charge"
    label = "prises_en_charge"
    verbose_name = "Prises en charge"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.prises_en_charge.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
