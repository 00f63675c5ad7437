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
        from binome.epreuves.clos import declarer_les_decisions  # noqa: PLC0415 - the same
        from binome.jurys.blocs import decisions_closes  # noqa: PLC0415 - the same
        from binome.jurys.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
        declarer_les_decisions(decisions_closes)
