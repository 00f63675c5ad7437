"""The passeport de compétences as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PasseportConfig(AppConfig):
    """The passeport de compétences."""

    name = "binome.passeport"
    label = "passeport"
    verbose_name = "Passeport de compétences"
