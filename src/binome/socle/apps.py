"""The ground floor as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SocleConfig(AppConfig):
    """What holds for the whole process is set here, once."""

    name = "binome.socle"

    def ready(self) -> None:
        """Guards the connections from forks."""
        from binome.socle.duplication import veiller_aux_duplications  # noqa: PLC0415

        veiller_aux_duplications()
