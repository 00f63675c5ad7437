"""The passeport de compétences as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PasseportConfig(AppConfig):
    """The passeport de compétences."""

    name = "binome.passeport"
    label = "passeport"
    verbose_name = "Passeport de compétences"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.passeport.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
