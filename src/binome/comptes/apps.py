"""People and organisations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, and the roles that tie them."""

    name = "binome.comptes"
    label = "comptes"
    verbose_name = "Comptes"
