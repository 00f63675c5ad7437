"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Lists of dossiers, views that people keep of them, and who treats which one."""

    name = "binome.bureau"
    label = "bureau"
    verbose_name = "Bureau"

    def ready(self) -> None:
        """Adds its parts to the page of a dossier."""
        from binome.bureau.volets import declarer  # noqa: PLC0415 - models must be ready first

        declarer()
