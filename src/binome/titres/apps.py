"""Parchemins and attestations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class TitresConfig(AppConfig):
    """Parchemins and attestations."""

    name = "binome.titres"
    label = "titres"
    verbose_name = "Titres"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.titres.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
