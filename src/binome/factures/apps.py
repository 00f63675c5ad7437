"""The money as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class FacturesConfig(AppConfig):
    """Invoices, expenses, payments."""

    name = "binome.factures"
    label = "factures"
    verbose_name = "Factures"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.factures.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
