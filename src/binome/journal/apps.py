"""The journal as a Django application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.apps import AppConfig

if TYPE_CHECKING:
    from pathlib import Path

FICHIER: Final = "cles.sqlite3"
"""The name of the keys within a backup."""


class JournalConfig(AppConfig):
    """Append-only entries and the keys of personal values."""

    name = "binome.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        """Declares its own entries, and the keys to the backups, as a part of their own."""
        from binome.journal import trousseau  # noqa: PLC0415 - settings must be ready first
        from binome.journal.catalogue import declarer_evenements  # noqa: PLC0415 - the same
        from binome.journal.evenements import EVENEMENTS  # noqa: PLC0415 - the same
        from binome.socle.emports import Reserve, declarer_reserve  # noqa: PLC0415 - the same

        def copier(dossier: Path) -> None:
            trousseau.copier(dossier / FICHIER)

        def remettre(dossier: Path) -> None:
            trousseau.remettre(dossier / FICHIER)

        declarer_evenements(*EVENEMENTS)
        declarer_reserve(Reserve("cles", copier, remettre, trousseau.vide))
        from binome.journal.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
