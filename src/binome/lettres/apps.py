"""The letters as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LettresConfig(AppConfig):
    """What the branch writes, and the mails of each gesture."""

    name = "binome.lettres"
    label = "lettres"
    verbose_name = "Lettres"

    def ready(self) -> None:
        """Says what follows the gestures of dossiers, and what the journal says of mails."""
        from binome.dossiers.flux import FLUX  # noqa: PLC0415 - models must be ready first
        from binome.gestes.suites import declarer_suites  # noqa: PLC0415 - the same
        from binome.journal.catalogue import declarer_evenements  # noqa: PLC0415 - the same
        from binome.lettres.envois import EVENEMENTS  # noqa: PLC0415 - the same
        from binome.lettres.prevenir import suites  # noqa: PLC0415 - the same

        declarer_suites(FLUX.nom, suites())
        declarer_evenements(*EVENEMENTS)
