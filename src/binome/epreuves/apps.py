"""Épreuves as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class EpreuvesConfig(AppConfig):
    """Épreuves."""

    name = "binome.epreuves"
    label = "epreuves"
    verbose_name = "Épreuves"
