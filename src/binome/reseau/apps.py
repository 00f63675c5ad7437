"""Réseau as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ReseauConfig(AppConfig):
    """The network of training organisations."""

    name = "binome.reseau"
    label = "reseau"
    verbose_name = "Réseau"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.reseau.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
