"""The read trace as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class LecturesConfig(AppConfig):
    """What was opened, by whom, when; apart from the journal of what was changed."""

    name = "binome.lectures"
    label = "lectures"
    verbose_name = "Lectures"

    def ready(self) -> None:
        """Says what becomes of each field."""
        from binome.lectures.registre import CHAMPS  # noqa: PLC0415 - models must be ready first
        from binome.socle.sort_des_champs import declarer_champs  # noqa: PLC0415 - the same

        declarer_champs(CHAMPS)
