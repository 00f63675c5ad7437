"""Sessions as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """Sessions of training, slots and enrolments."""

    name = "binome.sessions"
    label = "sessions_de_formation"
    verbose_name = "Sessions"

    def ready(self) -> None:
        """Declares its tables and its flows to the journal, and what becomes of its texts."""
        from binome.sessions.declarations import declarer_tout  # noqa: PLC0415 - models must be ready first

        declarer_tout()
