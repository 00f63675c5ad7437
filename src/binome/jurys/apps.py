"""Juries as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JurysConfig(AppConfig):
    """Juries."""

    name = "binome.jurys"
    label = "jurys"
    verbose_name = "Jurys"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.jurys.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
