"""The documents' pages as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PiecesConfig(AppConfig):
    """What is filed in a dossier: its rows stay in the room of dossiers, its pages are here."""

    name = "binome.pieces"
    label = "pages_des_pieces"
    verbose_name = "Pièces"

    def ready(self) -> None:
        """Adds its parts to the page of a dossier."""
        from binome.pieces.volets import declarer  # noqa: PLC0415 - models must be ready first

        declarer()
