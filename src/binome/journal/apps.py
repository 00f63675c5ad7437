"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only entries and the keys of personal values."""

    name = "binome.journal"
    label = "journal"
    verbose_name = "Journal"
